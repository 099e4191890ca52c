"""What the README's tables state, measured side by side in one run: ``make bench``."""
