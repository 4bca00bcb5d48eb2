"""Talking to Discord: interactions answered in time, calls repeated, commands synced, work that should end."""
