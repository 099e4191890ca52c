"""The widgets of the course: what is computed in Python, drawn and stepped in the page.

Importing this package needs anywidget; nothing else in `bptt_lib` does.
"""

try:
    import anywidget as _anywidget  # noqa: F401
except ImportError as error:
    raise ImportError(
        "bptt_lib.widgets needs anywidget and ipywidgets. "
        "Install them with: pip install bptt-lib[widgets]"
    ) from error

from .stepper import Stepper, step

__all__ = ["Stepper", "step"]
