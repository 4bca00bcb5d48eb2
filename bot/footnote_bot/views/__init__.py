"""Buttons. Each carries what it acts on in its custom id, so it works after a restart."""
