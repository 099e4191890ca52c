"""What people get wrong in `rnn_forward_cache`."""

from __future__ import annotations

from typing import Any

import numpy as np

from bptt_lib.checks.exercise import Misconception
from bptt_lib.checks.misconceptions._forward import RIGHT, Forward
from bptt_lib.checks.misconceptions._parts import FORESEEN
from bptt_lib.checks.report import Array


def stored(**keys: Any) -> Any:
    """Return a last line that stores something else under some keys."""

    def finish(cache: dict[str, Array], s: Any) -> dict[str, Array]:
        return {**cache, **{key: make(cache, s) for key, make in keys.items()}}

    return finish


def sigmoid(a: Array) -> Array:
    """Return the logistic function."""
    result: Array = 1.0 / (1.0 + np.exp(-a))
    return result


CATALOGUE: tuple[Misconception, ...] = (
    # -- h0 and the row it takes --
    Misconception(
        "h0-ignored",
        "h0 is ignored",
        "Your first step starts from zeros, whatever h0 is. Row 0 of hidden_states should be h0, "
        "and step 0 should read it.",
        "Where does the argument h0 appear in your body?",
        "min-char-rnn and its ports, which begin with hprev = zeros.",
        Forward(start=lambda s: np.zeros_like(s.h0)),
    ),
    Misconception(
        "h0-stored-but-not-read",
        "Step 0 does not read h0",
        "Row 0 holds h0, but what step 0 computes has no trace of it.",
        "Which state does W_hh multiply at t = 0?",
        FORESEEN,
        Forward(read=lambda s: s.h * (s.t > 0)),
    ),
    Misconception(
        "row-0-left-empty",
        "Row 0 of hidden_states stays empty",
        "Your steps are right, but row 0 of hidden_states is zero. It is the place of h0, which "
        "the backward pass will look for there.",
        "After np.zeros, which rows do you fill?",
        FORESEEN,
        Forward(
            finish=stored(hidden_states=lambda c, s: np.vstack([0 * s.h0, c["hidden_states"][1:]]))
        ),
    ),
    Misconception(
        "h0-not-stored",
        "hidden_states lacks h0",
        "You keep one state for each step, T in all. The backward pass also needs the state before "
        "step 0, so hidden_states has one row more, and h0 is the first.",
        "How many states are there when T steps are taken?",
        "Deep-ML style tasks that return the T states only.",
        Forward(finish=stored(hidden_states=lambda c, s: c["hidden_states"][1:])),
    ),
    Misconception(
        "h0-stored-last",
        "h0 is stored at the end",
        "h0 stands in the last row, and each state one row too early. min-char-rnn's hs[-1] is a "
        "dict's key; in an array, index -1 is the last row.",
        "What does index -1 mean in an array?",
        "Foreseen in ports of min-char-rnn (hs[-1] = hprev) to an array.",
        Forward(finish=stored(hidden_states=lambda c, s: np.roll(c["hidden_states"], -1, axis=0))),
    ),
    Misconception(
        "states-one-row-early",
        "States are stored one row too early",
        "The state that step t makes goes into row t, over the one that it read, and the last row "
        "stays empty.",
        "Row 0 is h0. Which row is then the state after step 0?",
        FORESEEN,
        Forward(
            finish=stored(hidden_states=lambda c, s: np.vstack([c["hidden_states"][1:], 0 * s.h0]))
        ),
    ),
    Misconception(
        "last-state-left-out",
        "The state after the last step is left out",
        "You keep h0 and the states up to step T - 2. The last state is the one that the loss "
        "looks at.",
        "Do you append before or after the state is computed?",
        FORESEEN,
        Forward(finish=stored(hidden_states=lambda c, s: c["hidden_states"][:-1])),
    ),
    Misconception(
        "only-the-last-state",
        "Only the last state is kept",
        "hidden_states holds one vector, the state after the last step. The backward pass needs "
        "each state on the way.",
        "What will step 2 of the backward pass want to know?",
        "PyTorch's h_n taken for output.",
        Forward(finish=stored(hidden_states=lambda c, s: c["hidden_states"][-1])),
    ),
    Misconception(
        "all-rows-the-last-state",
        "All rows are the last state",
        "Each row you stored is the same, the state after the last step. The rows are one array, "
        "changed in place in each round, not a copy made in each.",
        "What does append keep: the numbers, or the array?",
        FORESEEN,
        Forward(
            finish=stored(
                hidden_states=lambda c, s: np.repeat(c["hidden_states"][-1:], s.T + 1, axis=0)
            )
        ),
    ),
    # -- the sum --
    Misconception(
        "bias-missing",
        "The bias is missing",
        "Your pre-activations lack b_h. With all else zero they should equal it.",
        "How many terms has the sum a_t?",
        FORESEEN,
        Forward(a=lambda s: s.W_xh @ s.x + s.W_hh @ s.h_prev),
    ),
    Misconception(
        "bias-twice",
        "The bias is added twice",
        "b_h is in your sum two times. PyTorch has two biases, one for each product; here there is "
        "one.",
        "Where is b_h added?",
        "Foreseen from PyTorch's bias_ih and bias_hh.",
        Forward(a=lambda s: s.W_xh @ s.x + s.W_hh @ s.h_prev + 2 * s.b_h),
    ),
    Misconception(
        "bias-outside-tanh",
        "The bias is added after tanh",
        "b_h stands outside the tanh, so states leave the range from -1 to 1 and the "
        "pre-activations lack it.",
        "Where does the bracket of tanh close?",
        FORESEEN,
        Forward(
            a=lambda s: s.W_xh @ s.x + s.W_hh @ s.h_prev,
            activation=lambda s: np.tanh(s.a) + s.b_h,
        ),
    ),
    Misconception(
        "recurrence-outside-tanh",
        "The recurrent term is added after tanh",
        "W_hh h_{t-1} stands outside the tanh. tanh goes over the whole sum.",
        "Where does the bracket of tanh close?",
        "lmjohns3/theanets #109",
        Forward(
            a=lambda s: s.W_xh @ s.x + s.b_h,
            activation=lambda s: np.tanh(s.a) + s.W_hh @ s.h_prev,
        ),
    ),
    Misconception(
        "recurrence-missing",
        "The state before is not used",
        "Each of your steps sees only its own input. Without W_hh h_{t-1} nothing is remembered "
        "from step to step.",
        "What makes an RNN recurrent?",
        FORESEEN,
        Forward(a=lambda s: s.W_xh @ s.x + s.b_h),
    ),
    Misconception(
        "input-missing",
        "The input is not used",
        "Your pre-activations do not depend on X_seq.",
        "How many terms has the sum a_t?",
        FORESEEN,
        Forward(a=lambda s: s.W_hh @ s.h_prev + s.b_h),
    ),
    Misconception(
        "W_hh-transposed",
        "W_hh is transposed",
        "You compute h @ W_hh, as in the convention of CS231n and d2l. Here the weight stands on "
        "the left. W_hh is square, so no shape warns you.",
        "Entry [i, j] of W_hh: which unit is read, and which is written?",
        "CS231n assignment 3 and d2l, where x @ W is the convention.",
        Forward(a=lambda s: s.W_xh @ s.x + s.h_prev @ s.W_hh + s.b_h),
    ),
    Misconception(
        "W_xh-transposed",
        "W_xh is transposed",
        "You compute x @ W_xh, which fits only where D = H. Here W_xh has shape (H, D) and stands "
        "on the left.",
        "Which shape must the product of W_xh and x_t have?",
        "CS231n assignment 3 and d2l, where x @ W is the convention.",
        Forward(a=lambda s: s.x @ s.W_xh + s.W_hh @ s.h_prev + s.b_h),
    ),
    Misconception(
        "both-weights-transposed",
        "Both weights are transposed",
        "You compute x @ W_xh + h @ W_hh, as CS231n and d2l do. Here weights stand on the left.",
        "Compare the shapes in the docstring with those your products need.",
        "CS231n assignment 3 and d2l, where x @ W is the convention.",
        Forward(a=lambda s: s.x @ s.W_xh + s.h_prev @ s.W_hh + s.b_h),
    ),
    Misconception(
        "previous-input",
        "Each step reads the input of the step before",
        "Step t uses row t - 1 of X_seq; at t = 0 that is the last row.",
        "X_seq has no extra row: which row belongs to step 0?",
        "Foreseen: the row shift of hidden_states applied to inputs.",
        Forward(x=lambda s: s.X[s.t - 1]),
    ),
    # -- what is handed on --
    Misconception(
        "always-from-h0",
        "Each step starts from h0",
        "Your state is not handed on: step 1 and all later ones read h0 again, so T = 1 is right "
        "and nothing after it.",
        "Which variable does the loop read, and which one does it write?",
        FORESEEN,
        Forward(carry=lambda s: s.h0),
    ),
    Misconception(
        "hands-on-the-pre-activation",
        "The pre-activation is handed on instead of the state",
        "The next step reads a_t where it should read h_t = tanh(a_t).",
        "Which of the two is called hidden state?",
        FORESEEN,
        Forward(carry=lambda s: s.a),
    ),
    Misconception(
        "backward-in-time",
        "The sequence is read from its end",
        "Your loop runs from the last step to step 0. Forward in time is this function's way; the "
        "other one comes next.",
        "Which step reads h0?",
        FORESEEN,
        Forward(steps=lambda T: reversed(range(T))),
    ),
    # -- the activation --
    Misconception(
        "sigmoid-instead-of-tanh",
        "The activation is a sigmoid",
        "Your states run from 0 to 1, but these units are tanh.",
        "Look at the formula of h_t again.",
        FORESEEN,
        Forward(activation=lambda s: sigmoid(s.a)),
    ),
    Misconception(
        "no-activation",
        "There is no activation",
        "h_t equals a_t: your RNN is linear.",
        "What stands between a_t and h_t?",
        FORESEEN,
        Forward(activation=lambda s: s.a),
    ),
    Misconception(
        "relu-instead-of-tanh",
        "The activation is ReLU",
        "Your states are never negative, but these units are tanh.",
        "Look at the formula of h_t again.",
        FORESEEN,
        Forward(activation=lambda s: np.maximum(s.a, 0.0)),
    ),
    Misconception(
        "tanh-twice",
        "tanh is applied twice",
        "Your states are tanh of tanh of a_t.",
        "Is tanh taken where a_t is made, and again where h_t is made?",
        FORESEEN,
        Forward(activation=lambda s: np.tanh(np.tanh(s.a))),
    ),
    # -- what is stored --
    Misconception(
        "pre-activations-after-tanh",
        "pre_activations holds hidden states",
        "What you store under pre_activations has been through tanh already. It is the sum before.",
        "What does “pre” mean here?",
        FORESEEN,
        Forward(finish=stored(pre_activations=lambda c, s: c["hidden_states"][1:])),
    ),
    Misconception(
        "hidden-states-before-tanh",
        "hidden_states holds pre-activations",
        "What you store under hidden_states has not been through tanh, though the recurrence used "
        "the right states.",
        "Which variable do you store, a or h?",
        FORESEEN,
        Forward(finish=stored(hidden_states=lambda c, s: np.vstack([s.h0, c["pre_activations"]]))),
    ),
    Misconception(
        "pre-activations-without-recurrence",
        "pre_activations lacks the recurrent term",
        "The states are right, but what you store under pre_activations is W_xh x_t + b_h alone.",
        "Is the sum complete at the line where you store it?",
        "Foreseen in vectorised solutions that store the input projection.",
        Forward(finish=stored(pre_activations=lambda c, s: s.X @ s.W_xh.T + s.b_h)),
    ),
    Misconception(
        "pre-activations-without-bias",
        "pre_activations lacks the bias",
        "The states are right, but what you store under pre_activations has no b_h in it.",
        "Is the sum complete at the line where you store it?",
        FORESEEN,
        Forward(finish=stored(pre_activations=lambda c, s: c["pre_activations"] - s.b_h)),
    ),
    Misconception(
        "inputs-projected",
        "inputs holds W_xh x_t",
        "Under inputs belongs X_seq as it came in; the backward pass multiplies with it.",
        "Which of your arrays has D columns?",
        FORESEEN,
        Forward(finish=stored(inputs=lambda c, s: s.X @ s.W_xh.T)),
    ),
    Misconception(
        "inputs-transposed",
        "inputs has time along its columns",
        "Your inputs have shape (D, T). Time runs along the rows, here and in all of the course.",
        "Which axis of X_seq is time?",
        "Coursera C5W1, whose arrays have time on the last axis.",
        Forward(finish=stored(inputs=lambda c, s: s.X.T)),
    ),
)

CATALOGUE += (
    Misconception(
        "always-the-first-input",
        "Each step reads the first input",
        "Row 0 of X_seq goes into every step; the other rows are not looked at.",
        "Which index of X_seq changes in your loop?",
        FORESEEN,
        Forward(x=lambda s: s.X[0]),
    ),
    Misconception(
        "inputs-from-the-end",
        "The inputs are read from the end",
        "Step t reads row T - 1 - t of X_seq, while states are stored in order. Only the backward "
        "pass runs from the end.",
        "Which row of X_seq belongs to step 0?",
        FORESEEN,
        Forward(x=lambda s: s.X[s.T - 1 - s.t]),
    ),
    Misconception(
        "state-two-steps-back",
        "Each step reads the state two steps back",
        "Step t reads h_{t-2}: an index is lowered by one more than it should. Row t of "
        "hidden_states is the state before step t already.",
        "Which row of hidden_states does step t read, and which does it write?",
        FORESEEN,
        Forward(read=lambda s: s.hs[max(s.t - 1, 0)]),
    ),
    Misconception(
        "h0-replaced-by-ones",
        "The first state is ones instead of h0",
        "Your first step starts from ones, whatever h0 is. Row 0 of hidden_states should be h0, "
        "and step 0 should read it.",
        "Where does the argument h0 appear in your body?",
        FORESEEN,
        Forward(start=lambda s: np.ones_like(s.h0)),
    ),
    Misconception(
        "bias-at-step-0-only",
        "The bias is added at step 0 only",
        "b_h is in the sum of step 0 and in no other. Each step has the same three terms.",
        "Is the line that adds b_h inside the loop?",
        FORESEEN,
        Forward(a=lambda s: s.W_xh @ s.x + s.W_hh @ s.h_prev + s.b_h * (s.t == 0)),
    ),
    Misconception(
        "h0-at-each-step",
        "h0 is added at each step",
        "Every step reads h_{t-1} + h0. After step 0, h0 acts through the states that it made, and "
        "not by itself.",
        "At which step is h0 the state before?",
        FORESEEN,
        Forward(read=lambda s: s.h + s.h0 * (s.t > 0)),
    ),
    Misconception(
        "weights-swapped",
        "W_xh and W_hh are swapped",
        "W_hh multiplies the input and W_xh the state. That fits only where D = H; read the "
        "letters: xh goes from x to h.",
        "Which of the two weights has D columns?",
        FORESEEN,
        Forward(a=lambda s: s.W_hh @ s.x + s.W_xh @ s.h_prev + s.b_h),
    ),
    Misconception(
        "arctan-instead-of-tanh",
        "The activation is the arctangent",
        "Your states are arctan of a_t; these units are tanh, the hyperbolic tangent.",
        "Look at the formula of h_t again.",
        FORESEEN,
        Forward(activation=lambda s: np.arctan(s.a)),
    ),
    Misconception(
        "hard-tanh",
        "The activation is cut off, not tanh",
        "Your states are a_t cut at -1 and 1; tanh bends smoothly.",
        "Look at the formula of h_t again.",
        FORESEEN,
        Forward(activation=lambda s: np.clip(s.a, -1.0, 1.0)),
    ),
    Misconception(
        "divided-by-T",
        "The pre-activations are divided by T",
        "You divide the sum of a step by the number of steps. Nothing in the forward pass knows "
        "how long the sequence is.",
        "Is there a 1/T in the formula of a_t?",
        FORESEEN,
        Forward(a=lambda s: (s.W_xh @ s.x + s.W_hh @ s.h_prev + s.b_h) / s.T),
    ),
)

__all__ = ["CATALOGUE", "RIGHT"]
