"""The built site in a real browser, used by clicking and typing as a learner does."""
