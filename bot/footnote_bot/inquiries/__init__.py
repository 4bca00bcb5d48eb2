"""Questions on their way through Discord: who may ask, in what turn, about what, and where the answer goes."""
