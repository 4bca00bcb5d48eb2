"""Buttons. Each carries its record's number in its custom id, so it works after a restart."""
