"""Commands and the events that act like commands."""
