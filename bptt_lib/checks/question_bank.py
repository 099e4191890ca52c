"""The lessons' questions: predict, then look.

Each belongs to one place in a notebook, where its text stands above the cell that answers
it. What a wrong answer earns is an explanation of how one comes to give it.
"""

from __future__ import annotations

from bptt_lib.checks.questions import choice, number, shape

QUESTIONS = (
    # What is BPTT?
    number(
        "10-contributions",
        "A sequence has T = 4 steps. How many contributions are added up in the gradient of W_hh?",
        4,
        why=(
            "W_hh is used once at each step, so each step contributes once. The contribution of "
            "the first step is zero if h0 is zero, but it is there: with another h0 it counts."
        ),
        wrong={
            1: (
                "There is one matrix, but it is used at every step, and each use moves the loss "
                "in its own way."
            ),
            3: (
                "You may have counted the arrows between the four states. The step that reads h0 "
                "uses W_hh as well."
            ),
            5: "There are five hidden states with h0, but W_hh is used only to make four of them.",
        },
    ),
    # Task 1
    number(
        "10-hidden-states-rows",
        "X_seq has T = 6 rows. How many rows has hidden_states?",
        7,
        why="Row 0 is h0, the state before anything was read; then comes one row for each step.",
        wrong={6: "That is one state for each step, but the first step has to start from h0."},
    ),
    choice(
        "10-no-recurrence",
        "If every entry of W_hh were 0, on which inputs would h_5 depend?",
        {"a": "on x_0 to x_5", "b": "on x_5 only", "c": "on none"},
        "b",
        why=(
            "W_hh is the only road from one step to the next. Without it, each state sees its "
            "own input and the bias, and the network has no memory."
        ),
        wrong={
            "a": "x_0 could reach h_5 only through h_0 to h_4, and W_hh stands between them.",
            "c": "W_xh is still there: it brings x_5 into h_5 directly.",
        },
    ),
    # Task 2
    choice(
        "10-future-of-last-step",
        "What is dh_from_future at the last step?",
        {"a": "zero", "b": "the same as dh_from_loss", "c": "W_hh.T times dL_dh_last"},
        "a",
        why=(
            "No step comes after the last one, so its state has no future to act through. "
            "That is where the walk back begins."
        ),
        wrong={
            "b": "They are two different roads to the loss. After the last step one of them ends.",
            "c": (
                "W_hh.T carries a gradient from one step to the step before it. The gradient "
                "dL_dh_last is at the last state already."
            ),
        },
    ),
    shape(
        "10-shape-of-dW-xh",
        "D = 2 and H = 3. Which shape does the gradient of W_xh have?",
        (3, 2),
        why=(
            "A gradient has the shape of what it belongs to: one number for each weight. "
            "W_xh is (H, D), and so is the outer product of da_t (H,) and x_t (D,)."
        ),
        wrong={
            (2, 3): "That is the transpose: the outer product of x_t and da_t, in this order.",
            (3, 3): "That is W_hh, whose outer product has h_{t-1} in it instead of x_t.",
        },
    ),
    number(
        "10-loss-at-first-step",
        "A sequence has T = 4 steps, but only the first has a loss: the other three rows of "
        "dL_dh_seq are zero. How many steps contribute something to the gradient of W_xh?",
        1,
        why=(
            "What happens later cannot change what has been said already. Gradients flow back "
            "in time only, so this one reaches the first step and nothing else."
        ),
        wrong={
            4: "The later steps come after this loss. Nothing that they do can change it.",
            3: "The later steps come after this loss. Nothing that they do can change it.",
            0: "h_0 was made from x_0 through W_xh, so the first step does contribute.",
        },
    ),
    # Task 3
    choice(
        "10-growth",
        "W_hh has spectral radius 1.2 and tanh stays on its straight middle part. After 30 steps "
        "back, a gradient has grown by a factor of about ...",
        {"a": "1.2", "b": "36", "c": "240"},
        "c",
        why="Each step multiplies, so the factor is about 1.2 to the power 30, which is 237.",
        wrong={
            "a": "That is the factor of a single step.",
            "b": "That is 30 times 1.2. But the factors of the steps multiply, they do not add.",
        },
    ),
    number(
        "10-clip-factor",
        "A gradient consists of two arrays, with L2 norms 3 and 4, and max_norm is 1. "
        "By which factor is the first array scaled?",
        0.2,
        why=(
            "The global norm is the square root of 3**2 + 4**2, which is 5. Both arrays are "
            "scaled by 1 / 5."
        ),
        wrong={
            1 / 3: "That would clip this array by itself. The norm that counts is that of both.",
            1 / 7: "Norms do not add: it is their squares that do.",
            0.25: "That goes by the larger array alone. The norm that counts is that of both.",
            5: "5 is the global norm; the factor is max_norm divided by it.",
        },
        tolerance=0.005,
    ),
    choice(
        "10-clip-below",
        "The global norm is 0.3 and max_norm is 1. What does clipping do?",
        {"a": "scales up to norm 1", "b": "nothing", "c": "divides by 0.3"},
        "b",
        why="Clipping is a ceiling. A gradient that fits under it passes unchanged.",
        wrong={
            "a": "That would be normalising. A small gradient is small for a reason: leave it so.",
            "c": "The factor 1 / 0.3 is above 1, so the minimum with 1 takes over.",
        },
    ),
    # Task 4
    number(
        "10-loss-of-guessing",
        "There are V = 12 different characters. An untrained network finds all of them about "
        "equally likely. What is its cross-entropy at each step, in nats? (Two decimals.)",
        2.48,
        why="The right character gets probability 1 / 12, and -ln(1 / 12) = ln 12 = 2.4849.",
        wrong={
            3.58: "That is the logarithm to base 2: right in bits. Nats use the natural logarithm.",
            0.08: "That is the probability of the right character; the loss is -ln of it.",
            -2.48: "The size is right. But the logarithm of a probability is negative, and the "
            "loss takes its negative.",
        },
        tolerance=0.011,
    ),
    number(
        "10-longest-step",
        "lr is 0.1 and max_norm is 5. How far, in the L2 norm over all five parameters together, "
        "can a single update move the weights at most?",
        0.5,
        why=(
            "The update is lr times the clipped gradient, whose norm is at most 5. That bound on "
            "each step is what clipping buys."
        ),
        wrong={
            5: "That bounds the gradient. The update is lr times the gradient.",
            50: "lr multiplies the gradient, it does not divide it.",
            2.5: "The limit holds for all five arrays together, not for each of them.",
        },
        tolerance=0.001,
    ),
)
