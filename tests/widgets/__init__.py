"""The widgets, each in a real browser."""
