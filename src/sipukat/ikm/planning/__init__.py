"""How many respondents, and where."""
