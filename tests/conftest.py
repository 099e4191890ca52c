"""Settings that hold for every test."""

from hypothesis import settings

# No deadline: a slow machine is no failed test. Derandomised: a red test stays red when it is
# run again, and a green one does not turn red in somebody else's change.
settings.register_profile("course", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("course")
