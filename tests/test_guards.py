"""Bad input is named: which argument, what was expected, what came, what to do next."""

from __future__ import annotations

import re

import numpy as np
import pytest

import bptt_lib
from bptt_lib import (
    Vocabulary,
    attention_input_gradients,
    check_gradients,
    clip_gradients,
    delayed_echo,
    global_norm,
    gradient_norms_through_time,
    init_params,
    next_character,
    numerical_gradients,
    parity,
    relative_error,
    rnn_bptt,
    rnn_forward_cache,
    sample,
    softmax_cross_entropy,
    spectral_radius,
    squared_error,
    step_jacobians,
    train_rnn_bptt,
    training_steps,
)

T, D, H, V = 5, 3, 4, 2
NAN, INF = float("nan"), float("inf")


def forward_arguments(batch=()):
    rng = np.random.default_rng(0)
    return {
        "X_seq": rng.standard_normal((T, *batch, D)),
        "h0": rng.standard_normal((*batch, H)),
        "W_xh": rng.standard_normal((H, D)),
        "W_hh": rng.standard_normal((H, H)),
        "b_h": rng.standard_normal(H),
    }


def backward_arguments(batch=()):
    given = forward_arguments(batch)
    return {
        "cache": rnn_forward_cache(**given),
        "dL_dh_last": np.ones((*batch, H)),
        "W_xh": given["W_xh"],
        "W_hh": given["W_hh"],
    }


def training_arguments():
    return {
        "X_seq": forward_arguments()["X_seq"],
        "targets_seq": np.array([0, 1, 0, 1, 1]),
        "params": init_params(D, H, V),
        "loss_fn": softmax_cross_entropy,
        "lr": 0.1,
        "epochs": 2,
        "max_norm": 1.0,
    }


def spoilt(array, value):
    array = np.array(array, dtype=float)
    array.flat[1] = value
    return array


def refuses(function, given, error, *fragments):
    with pytest.raises(error) as caught:
        function(**given)
    message = str(caught.value)
    for fragment in fragments:
        assert fragment in message, f"{fragment!r} is not in: {message}"
    assert message.endswith((".", ")")), message


# -- shapes ---------------------------------------------------------------------------

FORWARD_SHAPES = [
    # argument, what it is made into, what the message must say
    (
        "W_xh",
        lambda W: W.T,
        ["W_xh has shape (3, 4)", "(H, D) with H = 4 (from W_hh)", "pass W_xh.T"],
    ),
    ("X_seq", lambda X: X.T, ["X_seq has shape (3, 5)", "D = 3 (from W_xh)", "pass X_seq.T"]),
    ("X_seq", lambda X: X[0], ["X_seq has shape (3,)", "(T, D) or (T, B, D)", "X_seq[np.newaxis]"]),
    ("X_seq", lambda X: X[:, 0], ["X_seq has shape (5,)", "np.eye(D)[X_seq]"]),
    ("X_seq", lambda X: X[:, :2], ["X_seq has shape (5, 2)", "D = 3", "Make X_seq and W_xh agree"]),
    ("X_seq", lambda X: X[:0], ["X_seq has shape (0, 3)", "empty"]),
    ("X_seq", lambda X: X[None, None], ["X_seq has shape (1, 1, 5, 3)", "X_seq.reshape(5, 3)"]),
    ("W_hh", lambda W: W[:3], ["W_hh has shape (3, 4)", "expected (H, H)"]),
    ("W_hh", lambda W: W[0], ["W_hh has shape (4,)", "expected (H, H)"]),
    ("b_h", lambda b: b[:, None], ["b_h has shape (4, 1)", "(H,) with H = 4", "b_h.reshape(4,)"]),
    ("b_h", lambda b: b[:2], ["b_h has shape (2,)", "(H,) with H = 4", "W_hh"]),
    ("b_h", lambda b: 0.0, ["b_h has shape ()", "(H,) with H = 4"]),
    ("h0", lambda h: h[None], ["h0 has shape (1, 4)", "(H,) with H = 4", "h0.reshape(4,)"]),
    ("h0", lambda h: h[:0], ["h0 has shape (0,)", "empty"]),
]


@pytest.mark.parametrize(("name", "change", "fragments"), FORWARD_SHAPES)
def test_forward_names_a_wrong_shape(name, change, fragments):
    given = forward_arguments()
    given[name] = change(given[name])
    refuses(rnn_forward_cache, given, ValueError, *fragments)


def test_a_batch_needs_a_state_for_each_sequence():
    given = forward_arguments(batch=(2,))
    for h0, fragments in (
        (np.zeros(H), ["h0 has shape (4,)", "(B, H) with B = 2 (from X_seq), H = 4"]),
        (np.zeros((3, H)), ["h0 has shape (3, 4)", "(B, H) with B = 2 (from X_seq)", "agree"]),
        (np.zeros((H, 2)), ["h0 has shape (4, 2)", "pass h0.T"]),
    ):
        refuses(rnn_forward_cache, given | {"h0": h0}, ValueError, *fragments)


BACKWARD_SHAPES = [
    ("W_xh", lambda W: W.T, ["W_xh has shape (3, 4)", "pass W_xh.T"]),
    ("W_hh", lambda W: W[:2, :2], ["W_xh has shape (4, 3)", "H = 2 (from W_hh)"]),
    ("dL_dh_last", lambda d: d[:, None], ["dL_dh_last has shape (4, 1)", "dL_dh_last.reshape(4,)"]),
    ("dL_dh_last", lambda d: np.ones((T, H)), ["dL_dh_last has shape (5, 4)", "expected (H,)"]),
]


@pytest.mark.parametrize(("name", "change", "fragments"), BACKWARD_SHAPES)
def test_backward_names_a_wrong_shape(name, change, fragments):
    given = backward_arguments()
    given[name] = change(given[name])
    refuses(rnn_bptt, given, ValueError, *fragments)


CACHE_SHAPES = [
    ("inputs", lambda x: x[0], ["cache['inputs'] has shape (3,)", "(T, D)"]),
    ("hidden_states", lambda h: h[1:], ["cache['hidden_states'] has shape (5, 4)", "(T + 1, H)"]),
    ("hidden_states", lambda h: h[:, :2], ["cache['hidden_states'] has shape (6, 2)", "H = 4"]),
    ("pre_activations", lambda a: a[1:], ["cache['pre_activations'] has shape (4, 4)", "T = 5"]),
]


@pytest.mark.parametrize(("key", "change", "fragments"), CACHE_SHAPES)
def test_backward_names_a_wrong_entry_of_the_cache(key, change, fragments):
    given = backward_arguments()
    given["cache"] = given["cache"] | {key: change(given["cache"][key])}
    refuses(rnn_bptt, given, ValueError, *fragments)


def test_the_gradients_of_every_step_are_one_row_for_each():
    for shape, said in (((T + 1, H), "(6, 4)"), ((H, T), "pass dL_dh_seq.T"), ((H,), "(4,)")):
        given = backward_arguments() | {"dL_dh_seq": np.ones(shape)}
        refuses(rnn_bptt, given, ValueError, "dL_dh_seq has shape", "(T, H) with T = 5", said)
    batch_first = backward_arguments(batch=(2,)) | {"dL_dh_seq": np.ones((2, T, H))}
    refuses(rnn_bptt, batch_first, ValueError, "batch-first: pass dL_dh_seq.swapaxes(0, 1)")


def test_a_cache_is_a_dict_with_three_entries():
    given = backward_arguments()
    refuses(rnn_bptt, given | {"cache": [1, 2]}, TypeError, "cache is of type list", "dict")
    for key in ("inputs", "hidden_states", "pre_activations"):
        cache = {name: value for name, value in given["cache"].items() if name != key}
        refuses(rnn_bptt, given | {"cache": cache}, ValueError, f"cache has no key '{key}'")


# -- values ---------------------------------------------------------------------------

ARRAYS = [
    (function, arguments, name)
    for function, arguments in (
        (rnn_forward_cache, forward_arguments),
        (rnn_bptt, backward_arguments),
    )
    for name in arguments()
    if name != "cache"
]


@pytest.mark.parametrize(("function", "arguments", "name"), ARRAYS)
@pytest.mark.parametrize("value", [NAN, INF, -INF])
def test_numbers_must_be_finite(function, arguments, name, value):
    given = arguments()
    given[name] = spoilt(given[name], value)
    refuses(function, given, ValueError, f"{name} holds {value}", "at index (", "finite")


@pytest.mark.parametrize(("function", "arguments", "name"), ARRAYS)
@pytest.mark.parametrize("dtype", [object, complex, str])
def test_numbers_must_be_real(function, arguments, name, dtype):
    given = arguments()
    given[name] = given[name].astype(dtype)
    refuses(function, given, TypeError, f"{name} has dtype {given[name].dtype}", "real numbers")


@pytest.mark.parametrize("nothing", [None, "text", {}])
def test_what_is_no_array_is_refused(nothing):
    refuses(rnn_forward_cache, forward_arguments() | {"h0": nothing}, TypeError, "h0 has dtype")


def test_ragged_rows_are_named():
    given = forward_arguments() | {"X_seq": [[1.0, 2.0], [1.0]]}
    refuses(rnn_forward_cache, given, ValueError, "X_seq", "rows differ in length")


@pytest.mark.parametrize(
    ("truncation", "error"),
    [(-1, ValueError), (1.0, TypeError), (True, TypeError), ("2", TypeError)],
)
def test_truncation_is_a_count_of_edges(truncation, error):
    refuses(
        rnn_bptt,
        backward_arguments() | {"truncation": truncation},
        error,
        "truncation is",
        "whole number, at least 0",
    )


@pytest.mark.parametrize(
    ("max_norm", "error"),
    [
        (0, ValueError),
        (-1.0, ValueError),
        (NAN, ValueError),
        ("1", TypeError),
        (None, TypeError),
        ([1.0], TypeError),
        (True, TypeError),
        (1j, TypeError),
    ],
)
def test_the_limit_is_a_positive_number(max_norm, error):
    for function, given in (
        (clip_gradients, {"grads": {"W": [1.0]}}),
        (train_rnn_bptt, training_arguments()),
    ):
        given = given | {"max_norm": max_norm}
        refuses(function, given, error, "max_norm is", "greater than 0")


@pytest.mark.parametrize(
    ("grads", "error", "fragments"),
    [
        ([1.0], TypeError, ["grads is of type list", "dict"]),
        ({"W": [1.0], "b": [NAN]}, ValueError, ["grads['b'] holds nan", "index (0,)"]),
        ({"W": INF}, ValueError, ["grads['W'] holds inf"]),
        ({"W": None}, TypeError, ["grads['W'] has dtype object"]),
        ({"W": np.ones((2, 0))}, ValueError, ["grads['W'] has shape (2, 0)", "empty"]),
    ],
)
def test_gradients_that_cannot_be_clipped(grads, error, fragments):
    refuses(clip_gradients, {"grads": grads, "max_norm": 1.0}, error, *fragments)
    refuses(global_norm, {"grads": grads}, error, *fragments)


# -- losses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outputs", "targets", "error", "fragments"),
    [
        (np.ones((3, 2)), [0, 2, 1], ValueError, ["targets holds the class 2", "V - 1 = 1"]),
        (np.ones((3, 2)), [0, -1, 1], ValueError, ["targets holds the class -1", "from 0"]),
        (np.ones((3, 2)), [0, 1], ValueError, ["targets has shape (2,)", "(T,) with T = 3"]),
        (np.ones((3, 2)), [0.0, 1.0, 1.0], TypeError, ["targets has dtype float64", "astype(int)"]),
        (np.ones((3, 2)), np.eye(3, 2), TypeError, ["targets.argmax(-1)"]),
        (np.ones(3), [0, 1, 1], ValueError, ["outputs has shape (3,)", "(T, V) or (T, B, V)"]),
        (np.ones((0, 2)), np.ones(0, int), ValueError, ["outputs has shape (0, 2)", "empty"]),
        (np.full((1, 2), NAN), [0], ValueError, ["outputs holds nan"]),
        (np.ones((3, 4, 2)), np.ones((4, 3), int), ValueError, ["targets.T", "B = 4"]),
    ],
)
def test_cross_entropy_refuses(outputs, targets, error, fragments):
    given = {"outputs": outputs, "targets": targets}
    refuses(softmax_cross_entropy, given, error, *fragments)


@pytest.mark.parametrize(
    ("outputs", "targets", "error", "fragments"),
    [
        (np.ones((3, 2)), np.ones(3), ValueError, ["targets has shape (3,)", "(T, V)", "V = 2"]),
        (np.ones((3, 2)), np.ones((2, 3)), ValueError, ["pass targets.T"]),
        (np.ones((3, 2)), np.full((3, 2), INF), ValueError, ["targets holds inf"]),
        (np.ones(3), np.ones(3), ValueError, ["outputs has shape (3,)"]),
        (np.ones((3, 1)), ["a", "b", "c"], TypeError, ["targets has dtype"]),
    ],
)
def test_squared_error_refuses(outputs, targets, error, fragments):
    refuses(squared_error, {"outputs": outputs, "targets": targets}, error, *fragments)


# -- training -------------------------------------------------------------------------


def returning(*values):
    return lambda outputs, targets: values if len(values) != 1 else values[0]


TRAINING = [
    ("lr", -0.1, ValueError, ["lr is -0.1", "at least 0"]),
    ("lr", NAN, ValueError, ["lr is nan"]),
    ("lr", INF, ValueError, ["lr is inf", "finite"]),
    ("lr", "fast", TypeError, ["lr is 'fast'", "one number"]),
    ("epochs", -1, ValueError, ["epochs is -1", "at least 0"]),
    ("epochs", 2.0, TypeError, ["epochs is 2.0", "float", "int(epochs)"]),
    ("epochs", True, TypeError, ["epochs is True"]),
    ("X_seq", np.ones((T, 2)), ValueError, ["X_seq has shape (5, 2)", "params['W_xh']"]),
    ("X_seq", np.ones((0, D)), ValueError, ["X_seq has shape (0, 3)", "empty"]),
    ("targets_seq", np.zeros(4, int), ValueError, ["targets_seq has shape (4,)", "T = 5"]),
    ("targets_seq", [0, 1, NAN, 0, 1], ValueError, ["targets_seq holds nan", "(2,)"]),
    ("targets_seq", list("abcde"), TypeError, ["targets_seq has dtype"]),
    ("params", [1, 2], TypeError, ["params is of type list", "W_xh, W_hh, b_h, W_hy, b_y"]),
    ("loss_fn", 3, TypeError, ["loss_fn is of type int", "loss_fn(outputs, targets)"]),
    ("loss_fn", returning(1.0), TypeError, ["loss_fn returned a float", "(5, 2) = (T, V)"]),
    ("loss_fn", returning(None), TypeError, ["loss_fn returned a NoneType", "loss, d_outputs"]),
    ("loss_fn", returning(1, 2, 3), TypeError, ["loss_fn returned a tuple"]),
    ("loss_fn", returning(np.ones(T), np.ones((T, V))), ValueError, ["loss of shape (5,)", "mean"]),
    ("loss_fn", returning(1.0, np.ones((V, T))), ValueError, ["d_outputs of shape (2, 5)"]),
    ("loss_fn", returning(1.0, np.ones(T)), ValueError, ["d_outputs of shape (5,)", "epoch 0"]),
    ("loss_fn", returning(NAN, np.ones((T, V))), ValueError, ["loss of loss_fn holds nan"]),
    ("loss_fn", returning(1.0, np.full((T, V), INF)), ValueError, ["d_outputs of loss_fn holds"]),
    ("loss_fn", returning("low", np.ones((T, V))), TypeError, ["loss of loss_fn has dtype"]),
]


@pytest.mark.parametrize(("name", "value", "error", "fragments"), TRAINING)
def test_training_refuses(name, value, error, fragments):
    refuses(train_rnn_bptt, training_arguments() | {name: value}, error, *fragments)


PARAMS = [
    ({"W_hy": None}, TypeError, ["params['W_hy'] has dtype object"]),
    (
        {"W_hy": np.ones((H, V))},
        ValueError,
        ["params['W_hy'] has shape (4, 2)", "params['W_hy'].T"],
    ),
    ({"b_y": np.ones(V + 1)}, ValueError, ["params['b_y'] has shape (3,)", "V = 2"]),
    ({"W_xh": np.ones((D, H))}, ValueError, ["pass params['W_xh'].T"]),
    ({"b_h": np.full(H, NAN)}, ValueError, ["params['b_h'] holds nan"]),
    ({"w_hh": np.ones((H, H))}, ValueError, ["params has the unknown key 'w_hh'", "W_hh"]),
]


@pytest.mark.parametrize(("change", "error", "fragments"), PARAMS)
def test_training_refuses_parameters(change, error, fragments):
    given = training_arguments()
    given["params"] = given["params"] | change
    refuses(train_rnn_bptt, given, error, *fragments)


@pytest.mark.parametrize("name", ["W_xh", "W_hh", "b_h", "W_hy", "b_y"])
def test_training_names_a_missing_parameter(name):
    given = training_arguments()
    del given["params"][name]
    refuses(train_rnn_bptt, given, ValueError, f"params has no key '{name}'", "it has:")


def test_training_steps_refuses_when_it_is_called_not_when_it_is_read():
    refuses(training_steps, training_arguments() | {"epochs": -1}, ValueError, "epochs is -1")


def test_a_loss_that_explodes_later_names_its_epoch():
    calls = []

    def loss_fn(outputs, targets):
        calls.append(1)
        return (1.0, np.ones((T, V))) if len(calls) < 3 else (1.0, np.ones(3))

    given = training_arguments() | {"loss_fn": loss_fn, "epochs": 5}
    refuses(train_rnn_bptt, given, ValueError, "epoch 2")


# -- the companions -------------------------------------------------------------------


def squares(arrays):
    return sum((x**2).sum() for x in arrays.values())


CACHE = rnn_forward_cache(**forward_arguments())
COMPANIONS = [
    (
        init_params,
        {"input_dim": 0, "hidden_dim": 1, "output_dim": 1},
        ValueError,
        ["input_dim is 0"],
    ),
    (
        init_params,
        {"input_dim": 1, "hidden_dim": 2.0, "output_dim": 1},
        TypeError,
        ["hidden_dim is 2.0"],
    ),
    (
        init_params,
        {"input_dim": 1, "hidden_dim": 2, "output_dim": -1},
        ValueError,
        ["output_dim is -1"],
    ),
    (
        init_params,
        {"input_dim": 1, "hidden_dim": 2, "output_dim": 1, "seed": -1},
        ValueError,
        ["seed is -1"],
    ),
    (
        init_params,
        {"input_dim": 1, "hidden_dim": 2, "output_dim": 1, "spectral_radius": -0.1},
        ValueError,
        ["spectral_radius is -0.1"],
    ),
    (
        init_params,
        {"input_dim": 1, "hidden_dim": 2, "output_dim": 1, "spectral_radius": INF},
        ValueError,
        ["spectral_radius is inf"],
    ),
    (numerical_gradients, {"loss": squares, "arrays": {}}, ValueError, ["arrays is an empty dict"]),
    (
        numerical_gradients,
        {"loss": squares, "arrays": [1.0]},
        TypeError,
        ["arrays is of type list", "dict"],
    ),
    (
        numerical_gradients,
        {"loss": squares, "arrays": {"x": []}},
        ValueError,
        ["arrays['x']", "empty"],
    ),
    (numerical_gradients, {"loss": 1, "arrays": {"x": 1.0}}, TypeError, ["loss is of type int"]),
    (
        numerical_gradients,
        {"loss": lambda a: a["x"], "arrays": {"x": [1.0, 2.0]}},
        ValueError,
        ["loss returned [", "one finite number"],
    ),
    (
        numerical_gradients,
        {"loss": lambda a: None, "arrays": {"x": 1.0}},
        ValueError,
        ["loss returned None"],
    ),
    (
        numerical_gradients,
        {"loss": lambda a: float(a["x"].real), "arrays": {"x": 1.0}, "method": "complex"},
        TypeError,
        ["real number", "method='central'"],
    ),
    (
        numerical_gradients,
        {"loss": squares, "arrays": {"x": 1.0}, "method": "forward"},
        ValueError,
        ["method is 'forward'", "'central' or 'complex'"],
    ),
    (relative_error, {"a": [1.0], "b": [1.0, 2.0]}, ValueError, ["a has shape (1,)", "(2,)"]),
    (
        check_gradients,
        {"loss": squares, "arrays": {"x": 1.0}, "gradients": {"y": 1.0}},
        ValueError,
        ["gradients has the key 'y'", "x"],
    ),
    (
        check_gradients,
        {"loss": squares, "arrays": {"x": [1.0]}, "gradients": {"x": 1.0}},
        ValueError,
        ["gradients['x'] has shape ()", "(1,)"],
    ),
    (spectral_radius, {"W": np.ones((2, 3))}, ValueError, ["W has shape (2, 3)", "(H, H)"]),
    (
        step_jacobians,
        {"cache": CACHE, "W_hh": np.ones((2, 2))},
        ValueError,
        ["cache['hidden_states']", "H = 2"],
    ),
    (
        step_jacobians,
        {"cache": None, "W_hh": np.ones((2, 2))},
        TypeError,
        ["cache is of type NoneType"],
    ),
    (
        gradient_norms_through_time,
        {"cache": CACHE, "W_hh": np.eye(H), "dL_dh_last": np.ones(3)},
        ValueError,
        ["dL_dh_last has shape (3,)", "H = 4"],
    ),
    (
        attention_input_gradients,
        {
            "X_seq": np.ones((T, D)),
            "W_q": np.ones((H, D)),
            "W_k": np.ones((D, H)),
            "W_v": np.ones((H, D)),
            "dL_dout_last": np.ones(H),
        },
        ValueError,
        ["W_k has shape (3, 4)", "pass W_k.T"],
    ),
    (Vocabulary, {"characters": "aba"}, ValueError, ["characters holds", "twice", "Vocabulary.of"]),
    (Vocabulary, {"characters": ""}, ValueError, ["characters is empty"]),
    (Vocabulary.of, {"text": 3}, TypeError, ["text is of type int"]),
    (Vocabulary("ab").encode, {"text": "abc"}, ValueError, ["text holds 'c' at place 2", "'ab'"]),
    (Vocabulary("ab").decode, {"numbers": [0, 2]}, ValueError, ["numbers holds 2", "0 to 1"]),
    (Vocabulary("ab").one_hot, {"numbers": [-1]}, ValueError, ["numbers holds -1"]),
    (Vocabulary("ab").decode, {"numbers": [0.5]}, TypeError, ["numbers has dtype float64"]),
    (Vocabulary("ab").decode, {"numbers": []}, ValueError, ["numbers has shape (0,)", "empty"]),
    (next_character, {"text": "a"}, ValueError, ["text has 1 character", "at least 2"]),
    (delayed_echo, {"steps": 2, "delay": 2}, ValueError, ["steps is 2", "at least 3"]),
    (delayed_echo, {"symbols": "a"}, ValueError, ["symbols is 'a'", "at least 2"]),
    (parity, {"steps": 0}, ValueError, ["steps is 0", "at least 1"]),
]


@pytest.mark.parametrize(("function", "given", "error", "fragments"), COMPANIONS)
def test_the_companions_refuse(function, given, error, fragments):
    refuses(function, given, error, *fragments)


@pytest.mark.parametrize(
    ("change", "error", "fragments"),
    [
        ({"prompt": ""}, ValueError, ["text is empty"]),
        ({"prompt": "x"}, ValueError, ["text holds 'x'"]),
        ({"length": -1}, ValueError, ["length is -1"]),
        ({"temperature": -0.5}, ValueError, ["temperature is -0.5"]),
        ({"temperature": INF}, ValueError, ["temperature is inf"]),
        ({"vocabulary": "ab"}, TypeError, ["vocabulary is of type str", "Vocabulary.of"]),
        ({"vocabulary": Vocabulary("abc")}, ValueError, ["D = 2", "expected D = V = 3"]),
        ({"params": {}}, ValueError, ["params has no key 'W_xh'", "it has: none"]),
    ],
)
def test_sampling_refuses(change, error, fragments):
    given = {
        "params": init_params(2, 3, 2),
        "vocabulary": Vocabulary("ab"),
        "prompt": "a",
        "length": 3,
    }
    refuses(sample, given | change, error, *fragments)


# -- what guards must not do ----------------------------------------------------------


def test_nothing_that_was_passed_is_changed():
    """Every function runs on read-only arrays, which would raise if it wrote to them."""
    for batch in ((), (2,)):
        given, back = forward_arguments(batch), backward_arguments(batch)
        seq = {"dL_dh_seq": np.ones((T, *batch, H))}
        outputs, classes = np.ones((T, *batch, V)), np.zeros((T, *batch), int)
        calls = [
            (rnn_forward_cache, given),
            (rnn_bptt, back),
            (rnn_bptt, back | seq),
            (rnn_bptt, back | seq | {"truncation": 1}),
            (clip_gradients, {"grads": given, "max_norm": 1e-3}),
            (clip_gradients, {"grads": given, "max_norm": 1e3}),
            (softmax_cross_entropy, {"outputs": outputs, "targets": classes}),
            (squared_error, {"outputs": outputs, "targets": outputs}),
            (step_jacobians, {"cache": back["cache"], "W_hh": back["W_hh"]}),
        ]
        if not batch:
            calls.append(
                (gradient_norms_through_time, {k: v for k, v in back.items() if k != "W_xh"})
            )
        for function, arguments in calls:
            before = frozen_copies(arguments)
            function(**arguments)
            assert frozen_copies(arguments) == before


def frozen_copies(given):
    """Make all arrays in `given` read-only and return their bytes."""
    found = {}
    for name, value in given.items():
        if isinstance(value, dict):
            found[name] = frozen_copies(value)
        elif isinstance(value, np.ndarray):
            value.flags.writeable = False
            found[name] = value.tobytes()
    return found


def test_every_message_is_for_a_person():
    """No message shows a bare repr of an array, or the name of a private helper."""
    given = forward_arguments() | {"W_xh": np.ones((D, H))}
    with pytest.raises(ValueError, match="W_xh") as caught:
        rnn_forward_cache(**given)
    assert not re.search(r"array\(|_guards|_[a-z]+_arrays", str(caught.value))


def test_the_door_lists_what_it_opens():
    assert sorted(bptt_lib.__all__) == bptt_lib.__all__
    for name in bptt_lib.__all__:
        assert getattr(bptt_lib, name).__doc__
