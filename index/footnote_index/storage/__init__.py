"""Where generations are stored, and what is in them."""
