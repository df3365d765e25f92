"""Small units that borrow strength from the others: Fay and Herriot."""
