"""What a server sets, and what of its answers is counted, exported and forgotten."""
