"""What people get wrong in `train_rnn_bptt`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from bptt_lib.checks.exercise import Misconception
from bptt_lib.checks.misconceptions._backward import Backward
from bptt_lib.checks.misconceptions._parts import FORESEEN
from bptt_lib.checks.misconceptions._training import RIGHT, Params, Train, with_losses
from bptt_lib.checks.misconceptions.rnn_bptt import CATALOGUE as OF_RNN_BPTT
from bptt_lib.checks.report import Array
from bptt_lib.clipping import clip_gradients, global_norm


def online(X_seq: Array, targets: Array, p: Params, *rest: Any) -> Params:
    """Update after each step of the sequence, on what was read up to it."""
    loss_fn, lr, epochs, max_norm = rest
    for _ in range(epochs):
        for t in range(1, len(X_seq) + 1):
            p = RIGHT(X_seq[:t], targets[:t], p, loss_fn, lr, 1, max_norm)
    return dict(p)


def backward_in_time(X_seq: Array, targets: Array, *rest: Any) -> Params:
    """Train on the sequence read from its end."""
    return RIGHT(X_seq[::-1], targets[::-1], *rest)


RECURRENT = ("W_xh", "W_hh", "b_h")
OUTPUT = ("W_hy", "b_y")
C5W1 = "deeplearning.ai community, threads 11690, 15940, 534149 (C5W1, rnn_backward)"


def nothing(s: Any) -> Array:
    """Let nothing arrive at any step."""
    return np.zeros((s.T, len(s.p["b_h"])))


def at_the_end(s: Any) -> Array:
    """Carry the last output's gradient to the last state."""
    result: Array = s.d[-1] @ s.p["W_hy"]
    return result


def all_at_the_end(s: Any) -> Array:
    """Carry the sum of all outputs' gradients to the last state."""
    result: Array = s.d.sum(axis=0) @ s.p["W_hy"]
    return result


def unchanged(*names: str) -> Any:
    """Return an update that leaves some parameters as they are."""
    return lambda name, s: s.p[name] if name in names else s.p[name] - s.rate * s.grads[name]


def each_by_its_own_norm(grads: Params, s: Any) -> Params:
    """Clip array by array."""
    return {k: clip_gradients({k: g}, s.max_norm)[k] for k, g in grads.items()}


def group(grads: Params, s: Any, names: tuple[str, ...], norm: float | None = None) -> Params:
    """Clip some of the gradients by a norm, their own by default."""
    chosen = {k: grads[k] for k in names}
    norm = global_norm(chosen) if norm is None else norm
    factor = min(1.0, s.max_norm / norm) if norm > 0 else 1.0
    return {**grads, **{k: g * factor for k, g in chosen.items()}}


def recurrent_only(grads: Params, s: Any) -> Params:
    """Clip what BPTT gave, and leave the output layer."""
    return group(grads, s, RECURRENT)


def two_groups(grads: Params, s: Any) -> Params:
    """Clip what BPTT gave and the output layer apart."""
    return group(group(grads, s, RECURRENT), s, OUTPUT)


def with_inputs(grads: Params, s: Any) -> Params:
    """Count the gradient of the inputs in."""
    return group(grads, s, (*RECURRENT, *OUTPUT), global_norm({**grads, "X_seq": s.dX}))


def with_inputs_and_h0(grads: Params, s: Any) -> Params:
    """Count the gradients of the inputs and of h0 in."""
    norm = global_norm({**grads, "X_seq": s.dX, "h0": s.dh0})
    return group(grads, s, (*RECURRENT, *OUTPUT), norm)


def recurrent_with_inputs(grads: Params, s: Any) -> Params:
    """Clip all that the backward pass returns, and leave the output layer."""
    norm = global_norm({**{k: grads[k] for k in RECURRENT}, "X_seq": s.dX, "h0": s.dh0})
    return group(grads, s, RECURRENT, norm)


def always_scaled(grads: Params, s: Any) -> Params:
    """Scale to max_norm in any case."""
    norm = global_norm(grads)
    return {k: g * s.max_norm / norm if norm else g for k, g in grads.items()}


def summed_over_epochs(grads: Params, s: Any) -> Params:
    """Add the gradients of the epochs before."""
    s.total = grads if s.total is None else {k: g + s.total[k] for k, g in grads.items()}
    return dict(s.total)


def of_the_first_epoch(grads: Params, s: Any) -> Params:
    """Keep the first epoch's gradients for ever."""
    s.total = grads if s.total is None else s.total
    return dict(s.total)


def carried_state(s: Any) -> Array:
    """Begin where the epoch before ended."""
    return np.zeros(len(s.p["b_h"])) if s.cache is None else s.cache["hidden_states"][-1]


def with_momentum(grads: Params, s: Any) -> Params:
    """Add what is left of earlier steps."""
    clipped = clip_gradients(grads, s.max_norm)
    s.total = clipped if s.total is None else {k: g + 0.9 * s.total[k] for k, g in clipped.items()}
    return dict(s.total)


def adagrad(grads: Params, s: Any) -> Params:
    """Divide by the root of the squares so far, as min-char-rnn does."""
    clipped = clip_gradients(grads, s.max_norm)
    squares = {k: g**2 for k, g in clipped.items()}
    s.total = squares if s.total is None else {k: q + s.total[k] for k, q in squares.items()}
    return {k: g / np.sqrt(s.total[k] + 1e-8) for k, g in clipped.items()}


def at_most(limit: float) -> Any:
    """Clip to a number of one's own."""
    return lambda grads, s: clip_gradients(grads, limit)


def softmax(y: Array) -> Array:
    """Return softmax over the last axis."""
    e = np.exp(y - y.max(axis=-1, keepdims=True))
    result: Array = e / e.sum(axis=-1, keepdims=True)
    return result


def own_cross_entropy(s: Any) -> tuple[float, Array]:
    """Do without loss_fn."""
    d = softmax(s.outputs)
    d[np.arange(s.T), s.targets] -= 1.0
    return 0.0, d


def softmax_before_loss(s: Any) -> Any:
    """Hand probabilities to loss_fn."""
    return s.loss_fn(softmax(s.outputs), s.targets)


def times_loss(s: Any) -> tuple[float, Array]:
    """Multiply the gradient with the loss."""
    loss, d = s.loss_fn(s.outputs, s.targets)
    return loss, d * loss


def mean_d(s: Any) -> tuple[float, Array]:
    """Average over the steps once more."""
    loss, d = s.loss_fn(s.outputs, s.targets)
    return loss, d / s.T


def output_layer_first(s: Any) -> Array:
    """Carry the outputs' gradients back through W_hy after its update."""
    result: Array = s.d @ (s.p["W_hy"] - s.lr * s.d.T @ s.h)
    return result


def through_last_tanh(s: Any) -> Array:
    """Apply the slope of tanh before BPTT does."""
    result: Array = (s.d @ s.p["W_hy"]) * (1.0 - s.h**2)
    return result


def states_before(s: Any) -> Array:
    """Return the states that the steps read, h0 among them."""
    result: Array = s.cache["hidden_states"][:-1]
    return result


def of_a_backward_pass_of_one_s_own() -> tuple[Misconception, ...]:
    """Return those mistakes of `rnn_bptt` that people also make with BPTT inside the loop."""
    return tuple(
        replace(m, function=Train(bptt=with_losses(m.function)), same_as=())
        for m in OF_RNN_BPTT
        if m.slug in _ALSO_INSIDE_THE_LOOP and isinstance(m.function, Backward)
    )


_ALSO_INSIDE_THE_LOOP = {
    "h-t-for-h-prev",
    "h-two-steps-back",
    "hidden-states-off-by-one",
    "slope-of-previous-state",
    "tanh-slope-missing",
    "tanh-slope-not-squared",
    "tanh-slope-with-plus",
    "tanh-slope-inverted",
    "sigmoid-slope",
    "slope-of-a",
    "tanh-twice",
    "tanh-slope-twice",
    "W_hh-not-transposed",
    "back-without-tanh-slope",
    "back-without-W_hh",
    "gradient-accumulates",
    "step-0-left-out",
    "overwrites-instead-of-adding",
    "W_hh-overwritten",
    "W_xh-overwritten",
    "b_h-overwritten",
    "b_h-before-tanh",
    "weights-before-tanh",
    "W_hh-outer-transposed",
    "product-instead-of-outer",
    "x-of-the-previous-step",
}


def decaying(factor: float) -> Any:
    """Shrink the learning rate by a factor after each epoch."""
    return lambda s: s.lr * factor**s.epoch


def states_one_early(s: Any) -> Array:
    """Hand output t's gradient to the state after the next step."""
    arrives = s.d @ s.p["W_hy"]
    return np.vstack([np.zeros_like(arrives[:1]), arrives[:-1]])


OWN: tuple[Misconception, ...] = (
    Misconception(
        "losses-one-step-late",
        "The steps' losses arrive one step too late",
        "The gradient of output t is handed to h_{t+1}, as if the rows of the outputs' gradients "
        "were counted like those of hidden_states, where row 0 is h0.",
        "How many rows has d_outputs, and how many has hidden_states?",
        FORESEEN,
        Train(arrives=states_one_early),
    ),
    Misconception(
        "outputs-read-one-state-early",
        "The output layer reads the state before",
        "Output t is made from h_{t-1}, in the forward pass and on the way back alike: the "
        "outputs use hidden_states[t], and row 0 of that is h0.",
        "How many rows has hidden_states, and which belong to outputs?",
        FORESEEN,
        Train(
            states=states_before,
            arrives=lambda s: np.vstack([(s.d @ s.p["W_hy"])[1:], np.zeros((1, len(s.p["b_h"])))]),
        ),
    ),
    Misconception(
        "update-without-the-parameter",
        "The parameter is missing in the update",
        "What you return is minus lr times the gradient, without the parameter it should be "
        "subtracted from.",
        "p = p - lr * g: how many terms has the right-hand side of yours?",
        FORESEEN,
        Train(update=lambda name, s: -s.rate * s.grads[name]),
    ),
    Misconception(
        "update-without-the-parameter-uphill",
        "The parameter is missing in the update",
        "What you return is lr times the gradient, without the parameter that it should be "
        "subtracted from.",
        "p = p - lr * g: how many terms has the right-hand side of yours?",
        FORESEEN,
        Train(update=lambda name, s: s.rate * s.grads[name]),
    ),
    Misconception(
        "learning-rate-shrinks-by-half",
        "The learning rate is halved after each epoch",
        "The first epoch is right, then each step is half as long as lr says. lr is one number for "
        "them all.",
        "Does lr change in your loop?",
        FORESEEN,
        Train(rate=decaying(0.5)),
    ),
    Misconception(
        "learning-rate-shrinks-by-a-tenth",
        "The learning rate loses a tenth with each epoch",
        "The first epoch is right, then each step is shorter than lr says. lr is one number for "
        "them all.",
        "Does lr change in your loop?",
        FORESEEN,
        Train(rate=decaying(0.9)),
    ),
    Misconception(
        "targets-ignored",
        "The targets are not used",
        "Your loss compares each output with target 0, whatever targets_seq says.",
        "Where does targets_seq appear in your body?",
        FORESEEN,
        Train(targets=lambda s: np.zeros_like(s.all_targets)),
    ),
)

CATALOGUE: tuple[Misconception, ...] = (
    # -- from the outputs to the hidden states --
    Misconception(
        "loss-of-the-last-step-only",
        "Only the last step's loss goes back through time",
        "What reaches the recurrent weights is the gradient of the last output alone. Each step "
        "has an output and a loss, and each of these has something to say about its hidden state.",
        "loss_fn returns a gradient for T outputs. How many of its rows do you use?",
        C5W1,
        Train(arrives=nothing, last=at_the_end),
    ),
    Misconception(
        "all-losses-at-the-last-step",
        "All losses are handed to the last step",
        "You add up the gradients of all outputs and give the sum to the last hidden state, as if "
        "each loss had looked at that one. The loss at step t looks at h_t.",
        "Which hidden state made output t?",
        FORESEEN,
        Train(arrives=nothing, last=all_at_the_end),
    ),
    Misconception(
        "last-loss-counted-twice",
        "The last step's loss is counted twice",
        "The last output's gradient goes in as dL_dh_last and again as the last row of dL_dh_seq. "
        "The two are added.",
        "What should dL_dh_last be when each step's gradient stands in dL_dh_seq?",
        FORESEEN,
        Train(last=at_the_end),
    ),
    Misconception(
        "no-gradient-to-the-recurrent-weights",
        "The recurrent weights are not trained",
        "Only the output layer moves: no gradient reaches W_xh, W_hh and b_h.",
        "How do the outputs' gradients get to the hidden states?",
        FORESEEN,
        Train(arrives=nothing),
    ),
    Misconception(
        "first-step-only",
        "Only the first step's loss goes back",
        "You use the first row of the outputs' gradient where all rows are wanted.",
        "What does index 0 pick?",
        FORESEEN,
        Train(arrives=lambda s: (s.d @ s.p["W_hy"]) * (np.arange(s.T) == 0)[:, None]),
    ),
    Misconception(
        "no-flow-through-time",
        "Nothing flows back in time",
        "Each step's loss trains its own step only; nothing goes back from h_t to h_{t-1}. The "
        "network cannot learn to keep what it will need later.",
        "At step t the gradient is the loss path plus the future path. Where is the second one?",
        C5W1,
        Train(truncation=0),
    ),
    Misconception(
        "flow-of-one-step",
        "The gradient flows back one step only",
        "Each loss reaches its own step and the one before: that is BPTT truncated to one step.",
        "What happens to the future path in the second round of the backward loop?",
        "Halfish/cs231n #4 (BPTT mistaken for its truncated form)",
        Train(truncation=1),
    ),
    Misconception(
        "losses-reversed-in-time",
        "The steps' losses arrive in reverse order",
        "The gradient of output t is handed to the hidden state as far from the other end.",
        "In which order do you collect the rows?",
        FORESEEN,
        Train(arrives=lambda s: (s.d @ s.p["W_hy"])[::-1]),
    ),
    Misconception(
        "losses-one-step-early",
        "The steps' losses arrive one step too early",
        "The gradient of output t is handed to h_{t-1}. hidden_states has h0 in row 0, so row t + "
        "1 is the state that made output t; dL_dh_seq has no such extra row.",
        "How many rows has dL_dh_seq, and how many has hidden_states?",
        FORESEEN,
        Train(
            arrives=lambda s: np.vstack([(s.d @ s.p["W_hy"])[1:], np.zeros((1, len(s.p["b_h"])))])
        ),
    ),
    Misconception(
        "W_hy-not-transposed",
        "W_hy is the wrong way round on the way back",
        "You carry the outputs' gradients to the hidden states through the wrong side of W_hy. "
        "Where V = H the shapes hide it.",
        "From (T, V) to (T, H): which side of W_hy must face the outputs?",
        FORESEEN,
        Train(arrives=lambda s: s.d @ s.p["W_hy"].T),
    ),
    Misconception(
        "tanh-slope-once-too-often",
        "The tanh slope is applied before BPTT does it",
        "You multiply with 1 - h**2 on the way from the outputs to the hidden states; the backward "
        "pass does it again. y is made from h, with no tanh between.",
        "Is dL_dh_seq a gradient at h or at a?",
        FORESEEN,
        Train(arrives=through_last_tanh),
    ),
    Misconception(
        "output-layer-updated-first",
        "W_hy is updated before it is used to go back",
        "You update the output layer and carry the gradients back through its new weights. All "
        "gradients of an epoch belong to the parameters that the forward pass used.",
        "Which W_hy made the outputs?",
        FORESEEN,
        Train(arrives=output_layer_first),
    ),
    # -- the output layer --
    Misconception(
        "outputs-from-previous-states",
        "Outputs are made from the state before",
        "Output t is computed from hidden_states[t], which is the state that step t read. Step t's "
        "own state is one row further.",
        "How many rows has hidden_states, and which belong to outputs?",
        FORESEEN,
        Train(states=states_before),
    ),
    Misconception(
        "W_hy-gradient-from-previous-states",
        "W_hy's gradient uses the state before",
        "The outputs are right, but in the gradient of W_hy each output's gradient meets the state "
        "one row too early.",
        "What did W_hy multiply at step t?",
        FORESEEN,
        Train(into_W_hy=lambda s: s.d.T @ s.cache["hidden_states"][:-1]),
    ),
    Misconception(
        "W_hy-gradient-from-the-last-step",
        "W_hy's gradient is that of the last step",
        "W_hy was used at each step, so each step adds to its gradient. Yours has the last step's "
        "part only.",
        "Is this sum over time complete?",
        FORESEEN,
        Train(into_W_hy=lambda s: np.outer(s.d[-1], s.h[-1])),
    ),
    Misconception(
        "output-layer-gradient-from-the-last-step",
        "The output layer is trained on the last step only",
        "W_hy and b_y were used at each step, so each step adds to their gradients.",
        "Are these sums over time complete?",
        FORESEEN,
        Train(into_W_hy=lambda s: np.outer(s.d[-1], s.h[-1]), into_b_y=lambda s: s.d[-1]),
    ),
    Misconception(
        "everything-from-the-last-step",
        "Only the last step's loss is used",
        "All your gradients come from the last output. The loss of every step is wanted.",
        "loss_fn returns a gradient for T outputs. How many of its rows do you use?",
        "PyTorch examples of many-to-one RNNs, which use out[:, -1].",
        Train(
            arrives=nothing,
            last=at_the_end,
            into_W_hy=lambda s: np.outer(s.d[-1], s.h[-1]),
            into_b_y=lambda s: s.d[-1],
        ),
    ),
    Misconception(
        "output-bias-missing",
        "The outputs lack b_y",
        "You compute the outputs without their bias, so the loss sees other numbers.",
        "How many terms has y_t?",
        FORESEEN,
        Train(outputs=lambda s: s.h @ s.p["W_hy"].T),
    ),
    Misconception(
        "b_y-averaged",
        "b_y's gradient is averaged over time",
        "You take the mean over the steps. b_y was used at each of them, and each use adds to its "
        "gradient.",
        "sum or mean?",
        FORESEEN,
        Train(into_b_y=lambda s: s.d.mean(axis=0)),
    ),
    Misconception(
        "tanh-on-the-outputs",
        "The outputs go through tanh",
        "y_t = W_hy h_t + b_y has no activation; loss_fn takes the numbers as they are (logits).",
        "What stands around W_hy h_t + b_y?",
        FORESEEN,
        Train(outputs=lambda s: np.tanh(s.h @ s.p["W_hy"].T + s.p["b_y"])),
    ),
    # -- the loss --
    Misconception(
        "softmax-before-loss",
        "Probabilities are handed to loss_fn",
        "You apply softmax and give the result to loss_fn, which wants the outputs themselves. A "
        "cross-entropy applies its own softmax.",
        "What does loss_fn's docstring call its first argument?",
        "PyTorch forum threads on softmax before CrossEntropyLoss.",
        Train(loss_and_d=softmax_before_loss),
    ),
    Misconception(
        "loss-fn-ignored",
        "loss_fn is not used",
        "Your gradient is that of softmax cross-entropy whatever loss_fn is. The loss is an "
        "argument so that it can be another one.",
        "Where does loss_fn appear in your body?",
        "min-char-rnn, whose loss is written into the loop.",
        Train(loss_and_d=own_cross_entropy),
    ),
    Misconception(
        "gradient-times-loss",
        "The gradient is multiplied with the loss",
        "d_outputs is the gradient of the loss already; the value of the loss has no place in it.",
        "Which of the two things that loss_fn returns goes backward?",
        FORESEEN,
        Train(loss_and_d=times_loss),
    ),
    Misconception(
        "averaged-over-time",
        "The gradient is divided by T",
        "You divide by the number of steps. Whether to average is decided in loss_fn, and its "
        "gradient knows about it.",
        "Is there a 1/T in the loop you were asked for?",
        FORESEEN,
        Train(loss_and_d=mean_d),
    ),
    Misconception(
        "targets-shifted",
        "The targets are shifted by one step",
        "Output t is compared with the target of step t + 1. targets_seq is lined up with the "
        "outputs already.",
        "Which target belongs to step 0?",
        "Character models, where targets are made by shifting the inputs.",
        Train(targets=lambda s: np.roll(s.all_targets, -1)),
    ),
    # -- clipping --
    Misconception(
        "not-clipped",
        "The gradients are not clipped",
        "The update uses the gradients as they came. Clipping them after the update, or clipping "
        "and using the old dict, comes to the same.",
        "Which variable does the update read: what came out of clip_gradients?",
        "Guides that warn of clipping after optimizer.step().",
        Train(clip=lambda grads, s: grads),
    ),
    Misconception(
        "output-layer-not-clipped",
        "The output layer is left out of the clip",
        "You clip what rnn_bptt returned, and add W_hy and b_y afterwards. One norm is meant for "
        "all five parameters.",
        "How many arrays does your clip see?",
        FORESEEN,
        Train(clip=recurrent_only),
    ),
    Misconception(
        "clipped-in-two-groups",
        "Recurrent and output gradients are clipped apart",
        "You clip twice, with two norms. Together they may be longer than max_norm, and the step "
        "changes its direction.",
        "How many norms does “global” mean?",
        "huggingface/transformers #614 (clipping by parameter group)",
        Train(clip=two_groups),
    ),
    Misconception(
        "each-array-clipped-by-itself",
        "Each gradient is clipped by its own norm",
        "You clip array by array. Together they may be longer than max_norm, and the step changes "
        "its direction.",
        "How many norms does “global” mean?",
        "huggingface/transformers #581, carpedm20/MemN2N-tensorflow #19",
        Train(clip=each_by_its_own_norm),
    ),
    Misconception(
        "X_seq-counted-in-the-clip",
        "The gradient of X_seq is counted in the clip",
        "You clip all that rnn_bptt returned, X_seq among it. Inputs are not updated, so their "
        "gradient has no place in the length of the step.",
        "Which of these arrays are parameters?",
        "ooples/AiDotNet.Tensors PR #359 (norm over more than the parameters)",
        Train(clip=with_inputs),
    ),
    Misconception(
        "X_seq-and-h0-counted-in-the-clip",
        "The gradients of X_seq and h0 are counted in the clip",
        "You clip all that rnn_bptt returned, X_seq and h0 among it. They are not updated, so "
        "their gradients have no place in the length of the step.",
        "Which of these arrays are parameters?",
        "ooples/AiDotNet.Tensors PR #359 (norm over more than the parameters)",
        Train(clip=with_inputs_and_h0),
    ),
    Misconception(
        "clip-sees-the-backward-pass-only",
        "The clip sees what rnn_bptt returned, and nothing else",
        "X_seq and h0 are counted in, W_hy and b_y are not. One norm is meant for the five "
        "parameters.",
        "List the arrays that your clip sees, and the arrays that your update changes.",
        FORESEEN,
        Train(clip=recurrent_with_inputs),
    ),
    Misconception(
        "clipped-by-value",
        "Each entry is clipped by itself",
        "You cut each entry to max_norm. That bends the direction of the step, and many small "
        "entries pass untouched.",
        "max_norm is a limit for a length. Which length?",
        "min-char-rnn: np.clip(dparam, -5, 5, out=dparam)",
        Train(
            clip=lambda grads, s: {k: np.clip(g, -s.max_norm, s.max_norm) for k, g in grads.items()}
        ),
    ),
    Misconception(
        "always-scaled",
        "Short gradients are stretched to max_norm",
        "You scale to max_norm in any case. Below the limit gradients should stay as they are.",
        "What should happen to a gradient that is shorter than max_norm?",
        FORESEEN,
        Train(clip=always_scaled),
    ),
    Misconception(
        "max-norm-is-1",
        "max_norm is taken to be 1",
        "You clip to 1, whatever max_norm says.",
        "Where does the argument max_norm appear in your body?",
        "torch.nn.utils.clip_grad_norm_(parameters, 1.0), copied with its number.",
        Train(clip=at_most(1.0)),
    ),
    Misconception(
        "max-norm-is-5",
        "max_norm is taken to be 5",
        "You clip to 5, whatever max_norm says.",
        "Where does the argument max_norm appear in your body?",
        "min-char-rnn's limit of 5, copied with its number.",
        Train(clip=at_most(5.0)),
    ),
    # -- the update --
    Misconception(
        "momentum",
        "Earlier steps are kept as momentum",
        "The first epoch is right; from the second on, nine tenths of the step before are added. "
        "Plain gradient descent was asked for: each epoch's step is its own gradient.",
        "What of an epoch is still there in the next one, besides the parameters?",
        FORESEEN,
        Train(clip=with_momentum),
    ),
    Misconception(
        "adagrad",
        "The update is Adagrad's",
        "You divide by the root of the squared gradients so far, so that in the first epoch all "
        "entries move by lr. Plain gradient descent was asked for.",
        "By what is the gradient multiplied in the update?",
        "karpathy, min-char-rnn: mem += dparam * dparam",
        Train(clip=adagrad),
    ),
    Misconception(
        "uphill",
        "The update goes uphill",
        "Your step goes along the gradient, so the loss grows: the gradient is added, or it has "
        "the wrong sign and is subtracted. Descent is the other way.",
        "Which way does a gradient point?",
        FORESEEN,
        Train(rate=lambda s: -s.lr),
    ),
    Misconception(
        "learning-rate-ignored",
        "The learning rate is not used",
        "You subtract the gradient as it is, whatever lr says.",
        "Where does lr appear in your body?",
        FORESEEN,
        Train(rate=lambda s: 1.0),
    ),
    Misconception(
        "learning-rate-is-0.1",
        "The learning rate is taken to be 0.1",
        "You step with 0.1, whatever lr says.",
        "Where does lr appear in your body?",
        "min-char-rnn's learning_rate = 1e-1, copied with its number.",
        Train(rate=lambda s: 0.1),
    ),
    Misconception(
        "learning-rate-twice",
        "The learning rate is applied twice",
        "You multiply with lr once when the gradient is prepared and once in the update.",
        "How often does lr appear in your body?",
        FORESEEN,
        Train(rate=lambda s: s.lr**2),
    ),
    Misconception(
        "learning-rate-divided-by-T",
        "The step is divided by T",
        "You divide the update by the number of steps after clipping, so the step is shorter than "
        "lr says.",
        "Is there a 1/T in the loop you were asked for?",
        FORESEEN,
        Train(rate=lambda s: s.lr / s.T),
    ),
    Misconception(
        "learning-rate-decays",
        "The learning rate shrinks from epoch to epoch",
        "The first epoch is right, then your steps become shorter. lr is one number for them all.",
        "Does lr change in your loop?",
        FORESEEN,
        Train(rate=lambda s: s.lr / (s.epoch + 1)),
    ),
    Misconception(
        "learning-rate-before-clipping",
        "The gradients are clipped after lr is multiplied in",
        "You clip lr times the gradient. The limit is for the gradient; as it is, a small lr "
        "switches clipping off.",
        "In which order do clip and lr come?",
        "sanchit-gandhi/seq2seq-speech PR #7 (clipping the updates instead of the gradients)",
        Train(
            change=lambda grads, s: {k: s.lr * g for k, g in grads.items()},
            rate=lambda s: 1.0,
        ),
    ),
    Misconception(
        "nothing-updated",
        "The parameters do not change",
        "What you return is what came in. Is the new value bound to a local name, and the dict "
        "left as it was?",
        "p = p - lr * g makes a new array. Who gets to know of it?",
        FORESEEN,
        Train(update=lambda name, s: s.p[name]),
    ),
    Misconception(
        "returns-gradients",
        "Gradients are returned instead of parameters",
        "What you return is the last epoch's gradients. Parameters are what training changes.",
        "Which dict does your last line return?",
        FORESEEN,
        Train(finish=lambda s: s.grads if s.cache is not None else s.p),
    ),
    Misconception(
        "output-layer-not-updated",
        "W_hy and b_y are not updated",
        "The recurrent parameters are trained, the output layer stays as it was.",
        "How many parameters does your update go through?",
        FORESEEN,
        Train(update=unchanged("W_hy", "b_y")),
    ),
    Misconception(
        "W_hy-not-updated",
        "W_hy is not updated",
        "All parameters are trained but W_hy.",
        "How many parameters does your update go through?",
        FORESEEN,
        Train(update=unchanged("W_hy")),
    ),
    Misconception(
        "biases-not-updated",
        "The biases are not updated",
        "The matrices are trained, b_h and b_y stay as they were.",
        "How many parameters does your update go through?",
        FORESEEN,
        Train(update=unchanged("b_h", "b_y")),
    ),
    Misconception(
        "b_y-not-updated",
        "b_y is not updated",
        "All parameters are trained but b_y.",
        "How many parameters does your update go through?",
        FORESEEN,
        Train(update=unchanged("b_y")),
    ),
    Misconception(
        "b_h-not-updated",
        "b_h is not updated",
        "All parameters are trained but b_h.",
        "How many parameters does your update go through?",
        FORESEEN,
        Train(update=unchanged("b_h")),
    ),
    Misconception(
        "W_hh-not-updated",
        "W_hh is not updated",
        "All parameters are trained but W_hh.",
        "How many parameters does your update go through?",
        FORESEEN,
        Train(update=unchanged("W_hh")),
    ),
    # -- from epoch to epoch --
    Misconception(
        "updates-at-each-step",
        "The parameters are updated at each time step",
        "You update inside the loop over the sequence. One epoch is the whole sequence, and one "
        "update at its end.",
        "How many updates are there in one epoch?",
        FORESEEN,
        online,
    ),
    Misconception(
        "sequence-reversed",
        "The sequence is read from its end",
        "Your outputs and targets belong together, but the states run backward: the last step "
        "comes first. Only the gradient runs that way.",
        "Which step starts from the zero state?",
        FORESEEN,
        backward_in_time,
    ),
    Misconception(
        "state-carried-between-epochs",
        "The hidden state is carried from epoch to epoch",
        "The first epoch is right; the next one starts from the last state instead of from zero. "
        "Each epoch reads the sequence from its beginning, so it starts as the first did.",
        "Where does the state come from at the start of the second epoch?",
        "min-char-rnn, which carries hprev between chunks of one text.",
        Train(h0=carried_state),
    ),
    Misconception(
        "starts-from-ones",
        "The first state is not zero",
        "You start from a state of ones. The contract says: from a zero state.",
        "What is h0?",
        FORESEEN,
        Train(h0=lambda s: np.ones(len(s.p["b_h"]))),
    ),
    Misconception(
        "gradients-summed-over-epochs",
        "Gradients are added up from epoch to epoch",
        "The first epoch is right; from then on each update has the gradients of the epochs before "
        "in it.",
        "Where are the gradients set to zero, inside the loop or before it?",
        "Forgotten optimizer.zero_grad() in PyTorch.",
        Train(change=summed_over_epochs),
    ),
    Misconception(
        "gradients-of-the-first-epoch",
        "All epochs use the first one's gradients",
        "The forward and backward passes stand before the loop, so later epochs repeat the first "
        "step though the parameters have moved.",
        "What must be computed anew when parameters have changed?",
        FORESEEN,
        Train(change=of_the_first_epoch),
    ),
    Misconception(
        "forward-from-the-initial-parameters",
        "Each epoch starts again from the initial parameters",
        "Each update is made from params as they were passed, so the result is one step away from "
        "them however many epochs there are; each step throws the one before away.",
        "Which parameters does the second epoch start from?",
        FORESEEN,
        Train(update=lambda name, s: s.start[name] - s.rate * s.grads[name]),
    ),
    Misconception(
        "one-epoch-only",
        "Only one epoch is trained",
        "You return after the first epoch.",
        "How far is your return indented?",
        FORESEEN,
        Train(epochs=lambda s: range(min(1, s.epochs))),
    ),
    Misconception(
        "one-epoch-too-few",
        "One epoch too few",
        "Your loop counts to epochs - 1.",
        "How many numbers does range(1, epochs) have?",
        FORESEEN,
        Train(epochs=lambda s: range(1, s.epochs)),
    ),
    Misconception(
        "one-epoch-too-many",
        "One epoch too many",
        "Your loop takes one step more than asked for; with epochs = 0 the parameters should not "
        "change.",
        "How many numbers does range(epochs + 1) have?",
        FORESEEN,
        Train(epochs=lambda s: range(s.epochs + 1)),
    ),
)

CATALOGUE += (*OWN, *of_a_backward_pass_of_one_s_own())

__all__ = ["CATALOGUE", "RIGHT"]
