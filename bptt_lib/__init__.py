"""Backpropagation Through Time, written to be read: the library behind the course.

The four functions of the lesson are `rnn_forward_cache`, `rnn_bptt`, `clip_gradients`
and `train_rnn_bptt`; the other names are their companions. Everything here needs
NumPy alone. Checks are in `bptt_lib.checks`, widgets in `bptt_lib.widgets`; both are
imported by their own names, so that this door stays light.
"""

from .clipping import clip_gradients, global_norm
from .datasets import SequenceTask, course_text, delayed_echo, next_character, parity
from .flow import (
    attention_input_gradients,
    gradient_norms_through_time,
    spectral_radius,
    step_jacobians,
)
from .gradcheck import GradientCheck, check_gradients, numerical_gradients, relative_error
from .losses import softmax_cross_entropy, squared_error
from .params import init_params
from .rnn import rnn_bptt, rnn_forward_cache
from .text import Vocabulary, sample
from .training import TrainingStep, train_rnn_bptt, training_steps

__all__ = [
    "GradientCheck",
    "SequenceTask",
    "TrainingStep",
    "Vocabulary",
    "attention_input_gradients",
    "check_gradients",
    "clip_gradients",
    "course_text",
    "delayed_echo",
    "global_norm",
    "gradient_norms_through_time",
    "init_params",
    "next_character",
    "numerical_gradients",
    "parity",
    "relative_error",
    "rnn_bptt",
    "rnn_forward_cache",
    "sample",
    "softmax_cross_entropy",
    "spectral_radius",
    "squared_error",
    "step_jacobians",
    "train_rnn_bptt",
    "training_steps",
]
