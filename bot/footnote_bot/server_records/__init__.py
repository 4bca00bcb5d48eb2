"""A server's settings, and counting, exporting and forgetting its answers."""
