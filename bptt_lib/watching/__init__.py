"""Watch a function run, line by line, and lay what it did beside the reference's steps.

`watch` writes down any run; `follow` knows the course's recurrent functions: which time step
each line belongs to, what each variable stands for, and where the first value departs.
"""

from .follow import FOLLOWED, Followed, follow
from .moments import Watched
from .telling import code_of, run_of
from .trace import watch

__all__ = ["FOLLOWED", "Followed", "Watched", "code_of", "follow", "run_of", "watch"]
