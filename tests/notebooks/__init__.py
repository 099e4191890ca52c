"""The notebooks of the course: their form, their numbers, and that they run."""
