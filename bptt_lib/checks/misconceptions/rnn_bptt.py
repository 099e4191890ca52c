"""What people get wrong in `rnn_bptt`."""

from __future__ import annotations

from typing import Any

import numpy as np

from bptt_lib.checks.exercise import Misconception
from bptt_lib.checks.misconceptions._backward import RIGHT, Backward
from bptt_lib.checks.misconceptions._parts import FORESEEN
from bptt_lib.checks.report import Array

WEIGHTS = ("W_xh", "W_hh", "b_h")
C5W1 = "deeplearning.ai community, threads 11690, 15940, 534149 (C5W1, rnn_backward)"


def scaled(factor: Any) -> Any:
    """Return a last line that multiplies the weight gradients."""

    def finish(grads: dict[str, Array], s: Any) -> dict[str, Array]:
        return {k: g * factor(s) if k in WEIGHTS else g for k, g in grads.items()}

    return finish


def each(change: Any) -> Any:
    """Return a last line that changes every gradient."""

    def finish(grads: dict[str, Array], s: Any) -> dict[str, Array]:
        return {k: change(g) for k, g in grads.items()}

    return finish


def overwriting(name: str) -> Any:
    """Return a last line that leaves only what step 0 gave to one gradient."""

    def finish(grads: dict[str, Array], s: Any) -> dict[str, Array]:
        at_0 = {"W_xh": np.outer(s.da, s.x), "W_hh": np.outer(s.da, s.h_prev), "b_h": s.da}
        return {**grads, name: at_0[name]}

    return finish


def normalised(grads: dict[str, Array], s: Any) -> dict[str, Array]:
    """Make all gradients together of length 1."""
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values())) + 1e-12
    return {k: g / norm for k, g in grads.items()}


def detached(steps_back: int) -> Any:
    """Return a way back that stops some steps before the end."""
    return lambda s: s.W_hh.T @ s.da if s.T - 1 - s.t < steps_back else np.zeros_like(s.da)


def rows_off_by_one(s: Any) -> Array:
    """Take row t of the hidden states for h_t, and the row before it for h_{t-1}."""
    return np.outer(s.da, s.hs[s.t - 1])


CATALOGUE: tuple[Misconception, ...] = (
    # -- which hidden state --
    Misconception(
        "h-t-for-h-prev",
        "W_hh's gradient uses h_t where it needs the state before it",
        "At each step you multiply the gradient at a_t with h_t, the state that the step made. "
        "But W_hh was multiplied with the state that the step read. Look at the row of "
        "hidden_states that you take, and remember that row 0 is h0.",
        "Write the forward line of step t, and see what stands to the right of W_hh in it.",
        "Foreseen in ports of min-char-rnn, where hs[t] is h_t, to a cache with h0 in row 0.",
        Backward(into_W_hh=lambda s: np.outer(s.da, s.h)),
    ),
    Misconception(
        "h-two-steps-back",
        "W_hh's gradient uses the state two steps back",
        "You subtract 1 from the index of a cache that is shifted by 1 already: row t of "
        "hidden_states is the state before step t. At t = 0 the index becomes -1, which is the "
        "last state of all.",
        "Which row of hidden_states holds h0, and which the state that step 0 made?",
        "Foreseen: min-char-rnn's hs[t-1] applied to a cache with h0 in row 0.",
        Backward(into_W_hh=rows_off_by_one),
    ),
    Misconception(
        "hidden-states-off-by-one",
        "All hidden states are taken one row too early",
        "You read hidden_states[t] as the state that step t made. Row 0 is h0, so both the tanh "
        "slope and the W_hh gradient look at the state before the one you mean.",
        "Compare the number of rows of hidden_states with that of inputs.",
        "Foreseen: min-char-rnn's indices applied to a cache with h0 in row 0.",
        Backward(slope=lambda s: 1.0 - s.h_prev**2, into_W_hh=rows_off_by_one),
    ),
    Misconception(
        "slope-of-previous-state",
        "The tanh slope is taken at the state before",
        "The slope that you multiply with belongs to h_{t-1}; the gradient you hold has arrived at "
        "h_t. The sum at step t went through its own tanh, not through its neighbour's.",
        "Which row of hidden_states is tanh of pre_activations[t]?",
        FORESEEN,
        Backward(slope=lambda s: 1.0 - s.h_prev**2),
    ),
    Misconception(
        "h0-taken-as-zero",
        "h0 is taken to be zero",
        "Step 0 read h0 through W_hh like every later step read its state, but your W_hh gradient "
        "has nothing from step 0. That happens to be right only when h0 is zero.",
        "What did W_hh multiply at step 0?",
        "Foreseen: scripts that begin with h = 0 and leave step 0 out of the W_hh gradient.",
        Backward(into_W_hh=lambda s: np.outer(s.da, s.h_prev) * (s.t > 0)),
    ),
    # -- the slope of tanh --
    Misconception(
        "tanh-slope-missing",
        "The slope of tanh is missing",
        "You pass the gradient at h_t on as if it were the gradient at a_t. Between the two stands "
        "tanh, and the chain rule has a factor for it. Where units are nearly saturated, that "
        "factor makes the difference between much and nothing.",
        "Draw the path from h_t down to W_xh x_t. How many functions does it cross?",
        FORESEEN,
        Backward(slope=lambda s: 1.0),
    ),
    Misconception(
        "tanh-slope-not-squared",
        "The tanh slope lacks a square",
        "Your slope is 1 - h_t. It becomes larger than 1 where h_t is negative, and the slope of "
        "tanh never does.",
        "Differentiate tanh once more on paper, or look at its slope at large negative a.",
        FORESEEN,
        Backward(slope=lambda s: 1.0 - s.h),
    ),
    Misconception(
        "tanh-slope-with-plus",
        "The tanh slope has the wrong sign inside",
        "Your slope is 1 + h_t**2, which grows as the unit saturates; that is the rule for the "
        "tangent, not for tanh. The slope of tanh is largest at 0.",
        "tan and tanh differ by one sign in their derivatives.",
        "Yiming-Wange/cs231n-solution #1",
        Backward(slope=lambda s: 1.0 + s.h**2),
    ),
    Misconception(
        "tanh-slope-inverted",
        "You divide by the tanh slope",
        "Going back through tanh, you divide by its slope, so saturated units blow the gradient "
        "up. The chain rule multiplies with the slope of what was computed forward.",
        "Nudge a_t a little: how much does h_t move, and in which direction do you need that?",
        "oreilly-japan/deep-learning-from-scratch-2 #26",
        Backward(slope=lambda s: 1.0 / (1.0 - s.h**2)),
    ),
    Misconception(
        "sigmoid-slope",
        "The slope is that of a sigmoid",
        "h(1 - h) is the slope of the logistic function. This RNN's units are tanh, whose values "
        "run from -1 to 1, and their slope is another one.",
        "Which function made h_t from a_t?",
        "Foreseen: networks with sigmoid units rewritten for tanh.",
        Backward(slope=lambda s: s.h * (1.0 - s.h)),
    ),
    Misconception(
        "slope-of-a",
        "The tanh slope is computed from a_t instead of h_t",
        "You put the pre-activation where the formula in terms of the output wants h_t = "
        "tanh(a_t). For large a_t your slope even becomes negative.",
        "The cache has both; which of the two stays between -1 and 1?",
        FORESEEN,
        Backward(slope=lambda s: 1.0 - s.a**2),
    ),
    Misconception(
        "tanh-twice",
        "tanh is applied to h_t once more",
        "You take tanh of the hidden state and build the slope from that. h_t is tanh(a_t) "
        "already; a second tanh flattens it.",
        "Choose one of the two rows of the cache, and write the slope in terms of that one.",
        FORESEEN,
        Backward(slope=lambda s: 1.0 - np.tanh(s.h) ** 2),
    ),
    Misconception(
        "tanh-slope-at-last-step-missing",
        "The last step's tanh is skipped",
        "You use dL_dh_last as the gradient at a_{T-1}. It is given at h_{T-1}, above the tanh of "
        "the last step; only your later steps multiply with a slope.",
        "Read the name dL_dh_last once more: the gradient with respect to what?",
        FORESEEN,
        Backward(slope=lambda s: 1.0 if s.first else 1.0 - s.h**2),
    ),
    Misconception(
        "tanh-slope-twice",
        "The tanh slope is multiplied in twice",
        "On its way to the step before, your gradient crosses the tanh of step t twice: once when "
        "da_t is made, and again when it is handed back.",
        "Count the factors between the gradient at h_t and the one at h_{t-1}.",
        FORESEEN,
        Backward(back=lambda s: (s.W_hh.T @ s.da) * s.slope),
    ),
    # -- the way back in time --
    Misconception(
        "W_hh-not-transposed",
        "W_hh is not transposed on the way back",
        "Forward, W_hh carries h_{t-1} to a_t; backward, your gradient goes through the same "
        "matrix in the same direction. W_hh is square, so no shape warns you; T = 1 is right and "
        "T = 2 is not.",
        "Entry [i, j] of W_hh says how much unit j moves unit i. Which way does the gradient go?",
        "victorzhou.com, An Introduction to Recurrent Neural Networks (d_h = Whh @ temp), and "
        "ports of it",
        Backward(back=lambda s: s.W_hh @ s.da),
    ),
    Misconception(
        "back-without-tanh-slope",
        "The gradient goes back in time without crossing tanh",
        "What you hand to step t - 1 is made from the gradient at h_t. But W_hh h_{t-1} sits "
        "inside the tanh of step t, so the slope of that tanh belongs on this path as well.",
        "Hand back what stands at a_t, or what stands at h_t?",
        FORESEEN,
        Backward(back=lambda s: s.W_hh.T @ s.dh),
    ),
    Misconception(
        "back-without-W_hh",
        "The gradient goes back in time without W_hh",
        "You hand the gradient at a_t to the step before as it is. It got from h_{t-1} to a_t "
        "through W_hh, so it must go back through it too.",
        "What does one unit of h_{t-1} do to each unit of a_t?",
        FORESEEN,
        Backward(back=lambda s: s.da),
    ),
    Misconception(
        "future-path-dropped",
        "Nothing flows back in time",
        "Only the last step gets a gradient; all earlier ones get none, as if the loss did not "
        "depend on them. The gradient that comes back through W_hh is lost between two steps of "
        "your loop.",
        "At step t the gradient is the loss path plus the future path. Where is the second one?",
        C5W1,
        Backward(back=lambda s: np.zeros_like(s.da)),
    ),
    Misconception(
        "gradient-never-updated",
        "Each step starts from dL_dh_last",
        "The gradient in your hands is dL_dh_last at every step; what you compute for the step "
        "before is never used. Each step then acts as if it were the last one.",
        "Which variable does your loop read, and which one does it write?",
        C5W1,
        Backward(gather=lambda s: s.dL),
    ),
    Misconception(
        "loss-at-every-step",
        "dL_dh_last is added at every step",
        "The loss of this task sits at the last step alone. You add its gradient to what comes "
        "from the future at each step, so that it is counted T times.",
        "How many hidden states does dL_dh_last belong to?",
        C5W1,
        Backward(from_loss=lambda s: s.dL),
    ),
    Misconception(
        "loss-counted-twice-at-the-end",
        "dL_dh_last is counted twice at the last step",
        "Everything comes out twice as large, as if dL_dh_last were both what comes back from the "
        "future and what the loss gives, and the two were added.",
        "Before the loop, what has come back from beyond the last step?",
        FORESEEN,
        Backward(from_loss=lambda s: 2.0 * s.dL if s.first else 0.0),
    ),
    Misconception(
        "gradient-accumulates",
        "The gradient in hand is added to instead of replaced",
        "At each step you add what goes back to the gradient you had. The gradient at h_t has "
        "nothing to do at h_{t-1} any more, except through W_hh.",
        "Of dh at step t and dh at step t - 1, which parts are the same?",
        "Burton2000/CS231n-2017 #7 (dh[:, t] changed in place, then used again)",
        Backward(back=lambda s: s.dh + s.W_hh.T @ s.da),
    ),
    Misconception(
        "cut-after-one-step",
        "The gradient stops one step before the end",
        "Your gradient takes one step back in time and no more: that is BPTT truncated to one "
        "step. Here all of it is asked for.",
        "What happens to the future path in the second round of your loop?",
        "Halfish/cs231n #4 (BPTT mistaken for its truncated form)",
        Backward(back=detached(1)),
    ),
    Misconception(
        "cut-after-two-steps",
        "The gradient stops two steps before the end",
        "Your gradient takes two steps back in time and no more: that is truncated BPTT. Here all "
        "of it is asked for.",
        "Is there a limit on how far back your loop goes?",
        FORESEEN,
        Backward(back=detached(2)),
    ),
    # -- the loop --
    Misconception(
        "forward-in-time",
        "The loop runs forward in time",
        "You start at step 0 with the gradient of the last state. The gradient at h_t is only "
        "known once that at h_{t+1} is.",
        "Which step does dL_dh_last belong to?",
        FORESEEN,
        Backward(steps=lambda T: range(T)),
    ),
    Misconception(
        "step-0-left-out",
        "Step 0 is left out",
        "Your loop ends before it has visited step 0, so that step adds nothing to the weights and "
        "the first row of the X_seq gradient stays empty.",
        "range's second argument is not reached. What does your range end with?",
        "Foreseen: range(T - 1, 0, -1) in ports of min-char-rnn.",
        Backward(steps=lambda T: range(T - 1, 0, -1)),
    ),
    Misconception(
        "last-step-left-out",
        "The last step is left out",
        "Your loop begins one step too early: dL_dh_last is used as if it belonged to h_{T-2}.",
        "Which index does the last step have?",
        "Foreseen: off-by-one in range(T - 2, -1, -1).",
        Backward(steps=lambda T: range(T - 2, -1, -1)),
    ),
    # -- sums over time --
    Misconception(
        "overwrites-instead-of-adding",
        "Gradients are overwritten at each step",
        "Your weight gradients hold only what the last round of the loop gave. Each weight was "
        "used at each step, and each use adds to its gradient.",
        "Compare = with +=.",
        FORESEEN,
        Backward(add=lambda total, new: new),
    ),
    Misconception(
        "W_hh-overwritten",
        "W_hh's gradient is overwritten at each step",
        "The other gradients are summed over time; the one of W_hh holds only what the last round "
        "of the loop gave.",
        "Compare the line for W_hh with the line for W_xh.",
        FORESEEN,
        Backward(finish=overwriting("W_hh")),
    ),
    Misconception(
        "W_xh-overwritten",
        "W_xh's gradient is overwritten at each step",
        "The other gradients are summed over time; the one of W_xh holds only what the last round "
        "of the loop gave.",
        "Compare the line for W_xh with the line for W_hh.",
        FORESEEN,
        Backward(finish=overwriting("W_xh")),
    ),
    Misconception(
        "b_h-overwritten",
        "b_h's gradient is overwritten at each step",
        "The other gradients are summed over time; the one of b_h holds only what the last round "
        "of the loop gave.",
        "Compare the line for b_h with the line for W_xh.",
        FORESEEN,
        Backward(finish=overwriting("b_h")),
    ),
    Misconception(
        "averaged-over-time",
        "The weight gradients are averaged over time",
        "You divide by T. The loss is what it is; whether to average is decided there, and its "
        "gradient arrives in dL_dh_last already. A weight's gradient is the sum over its uses.",
        "Is there a 1/T in the forward pass or in the loss?",
        "binne.notion.site, RNN Backpropagation (np.mean in the step's gradient)",
        Backward(finish=scaled(lambda s: 1.0 / s.T)),
    ),
    Misconception(
        "all-averaged-over-time",
        "All gradients are divided by T",
        "You divide every gradient by T, that of X_seq as well. The loss is what it is; whether to "
        "average is decided there, and its gradient arrives in dL_dh_last already.",
        "Is there a 1/T in the forward pass or in the loss?",
        FORESEEN,
        Backward(finish=lambda grads, s: {k: g / s.T for k, g in grads.items()}),
    ),
    # -- what is multiplied with what --
    Misconception(
        "b_h-before-tanh",
        "b_h's gradient is taken above the tanh",
        "You add the gradient at h_t to the one of b_h. The bias is added inside the tanh, so the "
        "slope of tanh lies on its path.",
        "Does b_h stand inside tanh(...) or outside?",
        "arthurdouillard/deepcourse PR #9",
        Backward(into_b_h=lambda s: s.dh),
    ),
    Misconception(
        "X_seq-before-tanh",
        "X_seq's gradient is taken above the tanh",
        "You carry the gradient at h_t through W_xh. The input enters inside the tanh, so the "
        "slope of tanh lies on its path.",
        "Which of the two gradients of a step, at h_t or at a_t, is next to W_xh x_t?",
        FORESEEN,
        Backward(into_X=lambda s: s.W_xh.T @ s.dh),
    ),
    Misconception(
        "weights-before-tanh",
        "The weights' gradients are taken above the tanh",
        "The gradient goes back in time rightly, but what you add to the weights is made from the "
        "gradient at h_t. The weights act inside the tanh.",
        "Which of the two gradients of a step, at h_t or at a_t, is next to the weights?",
        FORESEEN,
        Backward(
            into_W_xh=lambda s: np.outer(s.dh, s.x),
            into_W_hh=lambda s: np.outer(s.dh, s.h_prev),
            into_b_h=lambda s: s.dh,
        ),
    ),
    Misconception(
        "W_hh-outer-transposed",
        "W_hh's outer product is the wrong way round",
        "Your W_hh gradient is the transpose of the right one: previous state times gradient. It "
        "is square, so no shape warns you. Rows of W_hh belong to the unit that is written.",
        "Entry [i, j] belongs to which unit's gradient, and which unit's state?",
        "CS231n and d2l write x @ W, where this order is right.",
        Backward(into_W_hh=lambda s: np.outer(s.h_prev, s.da)),
    ),
    Misconception(
        "weights-transposed",
        "The weight gradients are transposed",
        "Both weight gradients come out as for the convention x @ W of CS231n and d2l. Here the "
        "weights stand on the left, and a gradient has the shape of its weight.",
        "Compare the shape of each gradient with that of its weight.",
        "CS231n assignment 3, d2l: dWx = x.T @ da.",
        Backward(
            into_W_xh=lambda s: np.outer(s.x, s.da),
            into_W_hh=lambda s: np.outer(s.h_prev, s.da),
        ),
    ),
    Misconception(
        "product-instead-of-outer",
        "An elementwise product stands where an outer product belongs",
        "You multiply gradient and state entry by entry and let NumPy broadcast the result over "
        "the matrix, so that all its rows are equal. Each weight joins one unit to another, so "
        "each pair has its own product.",
        "How many numbers should come from H gradients and H states?",
        FORESEEN,
        Backward(into_W_hh=lambda s: np.zeros_like(s.W_hh) + s.da * s.h_prev),
    ),
    Misconception(
        "dot-instead-of-outer",
        "A dot product stands where an outer product belongs",
        "The product you take is one number, and it is added to every entry of W_hh's gradient.",
        "How many numbers should come from H gradients and H states?",
        "Foreseen: np.dot of two 1-D arrays where columns of shape (H, 1) were meant.",
        Backward(into_W_hh=lambda s: np.zeros_like(s.W_hh) + s.da @ s.h_prev),
    ),
    Misconception(
        "X_seq-rows-reversed",
        "The X_seq gradient is in reverse order",
        "Each row is right, but the last step stands first: rows were collected on the way back "
        "and never turned round.",
        "In which order does your loop append?",
        FORESEEN,
        Backward(row=lambda s: int(s.T - 1 - s.t)),
    ),
    Misconception(
        "X_seq-through-W_hh",
        "The X_seq gradient goes through the wrong matrix",
        "You carry the gradient back to x_t through W_hh. That is the way to h_{t-1}; x_t came in "
        "by another door.",
        "What multiplied x_t?",
        FORESEEN,
        Backward(into_X=lambda s: s.W_hh.T @ s.da),
    ),
    Misconception(
        "W_xh-not-transposed",
        "W_xh is not transposed in the X_seq gradient",
        "You multiply W_xh with the gradient as in the forward pass. With D = H the shapes hide "
        "it; otherwise NumPy stops you.",
        "Which shape must the gradient of one x_t have?",
        FORESEEN,
        Backward(into_X=lambda s: s.W_xh @ s.da),
    ),
    Misconception(
        "x-of-the-previous-step",
        "W_xh's gradient uses the wrong step's input",
        "The gradient at step t is multiplied with the input of the step before it.",
        "inputs has no extra row: which row did step t read?",
        "Foreseen: confusing the row shift of hidden_states with inputs.",
        Backward(into_W_xh=lambda s: np.outer(s.da, s.X[s.t - 1])),
    ),
    # -- done to the result --
    Misconception(
        "negated",
        "All gradients have the wrong sign",
        "You return the direction of descent. The minus of gradient descent belongs to the update; "
        "a gradient points uphill.",
        "Where does the minus stand in the update rule?",
        FORESEEN,
        Backward(finish=each(lambda g: -g)),
    ),
    Misconception(
        "clipped-to-5",
        "Entries are clipped to 5",
        "No entry of what you return is larger than 5. That is min-char-rnn's way of clipping; "
        "here clipping is a function of its own, and it comes later.",
        "What would clip_gradients be for?",
        "karpathy, min-char-rnn: np.clip(dparam, -5, 5, out=dparam)",
        Backward(finish=each(lambda g: np.clip(g, -5.0, 5.0))),
    ),
    Misconception(
        "clipped-to-1",
        "Entries are clipped to 1",
        "No entry of what you return is larger than 1. Here clipping is a function of its own, and "
        "it comes later.",
        "What would clip_gradients be for?",
        "victorzhou.com, An Introduction to Recurrent Neural Networks",
        Backward(finish=each(lambda g: np.clip(g, -1.0, 1.0))),
    ),
    Misconception(
        "weights-clipped-to-5",
        "The weight gradients are clipped to 5, entry by entry",
        "No entry of your weight gradients is larger than 5. That is min-char-rnn's way of "
        "clipping; here clipping is a function of its own, and it comes later.",
        "What would clip_gradients be for?",
        "karpathy, min-char-rnn: np.clip(dparam, -5, 5, out=dparam)",
        Backward(
            finish=lambda grads, s: {
                k: np.clip(g, -5.0, 5.0) if k in WEIGHTS else g for k, g in grads.items()
            }
        ),
    ),
    Misconception(
        "normalised",
        "The gradients are scaled to length 1",
        "All you return has the same overall length whatever comes in. The size of a gradient is "
        "information: it says how much the loss depends on the parameters.",
        "What should come out when dL_dh_last is doubled?",
        FORESEEN,
        Backward(finish=normalised),
    ),
    Misconception(
        "seed-ignored",
        "dL_dh_last is ignored",
        "Your backward pass starts from ones instead of from dL_dh_last, as if the loss were the "
        "sum of the last state's entries.",
        "What should come out when dL_dh_last is zero?",
        FORESEEN,
        Backward(from_loss=lambda s: np.ones_like(s.dL) if s.first else 0.0),
    ),
)

CATALOGUE += (
    Misconception(
        "slope-of-the-last-state",
        "The tanh slope is always that of the last state",
        "At each step you multiply with 1 - h_T**2, the slope at the last state. Each step went "
        "through its own tanh.",
        "Does the index inside your slope change with t?",
        FORESEEN,
        Backward(slope=lambda s: 1.0 - s.hs[-1] ** 2),
    ),
    Misconception(
        "slope-of-the-first-state",
        "The tanh slope is always that of the first step",
        "At each step you multiply with the slope at the state that step 0 made. Each step went "
        "through its own tanh.",
        "Does the index inside your slope change with t?",
        FORESEEN,
        Backward(slope=lambda s: 1.0 - s.hs[1] ** 2),
    ),
    Misconception(
        "relu-slope",
        "The slope is that of ReLU",
        "You let the gradient through where a_t is positive and stop it elsewhere. This RNN's "
        "units are tanh.",
        "Which function made h_t from a_t?",
        FORESEEN,
        Backward(slope=lambda s: (s.a > 0).astype(float)),
    ),
    Misconception(
        "slope-after-W_hh",
        "The tanh slope stands on the wrong side of W_hh",
        "Going back you multiply with W_hh first and with the slope of step t afterwards. The "
        "slope belongs to a_t, on the near side of W_hh.",
        "In which order did the forward pass take W_hh and tanh?",
        FORESEEN,
        Backward(back=lambda s: s.slope * (s.W_hh.T @ s.dh)),
    ),
    Misconception(
        "inputs-from-the-end",
        "The inputs are taken from the end",
        "The gradient of step t meets the input of step T - 1 - t in W_xh's gradient.",
        "Which row of inputs did step t read?",
        FORESEEN,
        Backward(into_W_xh=lambda s: np.outer(s.da, s.X[s.T - 1 - s.t])),
    ),
    Misconception(
        "states-from-the-end",
        "The states are taken from the end",
        "The gradient of step t meets the state before step T - 1 - t in W_hh's gradient.",
        "Which row of hidden_states did step t read?",
        FORESEEN,
        Backward(into_W_hh=lambda s: np.outer(s.da, s.hs[s.T - 1 - s.t])),
    ),
    Misconception(
        "gradient-cut-at-each-step",
        "The gradient is cut to 1 on its way back",
        "You cut the entries of the gradient at each h_t to the range from -1 to 1. Clipping is a "
        "function of its own, and looks at the finished gradients.",
        "What would clip_gradients be for?",
        FORESEEN,
        Backward(gather=lambda s: np.clip(s.from_loss + s.from_future, -1.0, 1.0)),
    ),
    Misconception(
        "gradient-normalised-at-each-step",
        "The gradient is scaled to length 1 at each step",
        "You divide the gradient at each h_t by its length, so that it can neither vanish nor "
        "explode, and says no more how much the loss depends on anything.",
        "What should come out when dL_dh_last is doubled?",
        FORESEEN,
        Backward(
            gather=lambda s: (
                (s.from_loss + s.from_future)
                / (np.linalg.norm(s.from_loss + s.from_future) + 1e-12)
            )
        ),
    ),
)

__all__ = ["CATALOGUE", "RIGHT"]
