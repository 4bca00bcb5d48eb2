"""The terminal: what each command does, and how it looks there."""
