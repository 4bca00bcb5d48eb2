"""What style sheets say: which elements of a page are seen, and how."""
