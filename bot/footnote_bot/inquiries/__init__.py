"""Questions from Discord: who may ask, when it is their turn, about what, and where the answer goes."""
