"""What people get wrong: one catalogue for each exercise of the course."""
