"""Where generations lie, and what lies in them."""
