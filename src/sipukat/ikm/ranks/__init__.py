"""Who is really different: all pairs at once, and what ranks they may have."""
