"""What to mend first, what it would bring, and the plan that follows."""
