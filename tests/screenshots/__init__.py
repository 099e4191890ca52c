"""``make screenshots``: every page and widget as built, in both themes, wide and narrow.

What most matters also as it looks to those who ask their system for other colours, more contrast,
less motion, or a page twice as large. They go to ``screenshots/``, which is not committed: they are
for looking at. The one picture that the README shows is copied to ``docs/``.
"""
