"""Change: two indices set side by side, and one followed over periods."""
