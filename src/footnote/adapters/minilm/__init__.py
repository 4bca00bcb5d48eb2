"""all-MiniLM-L6-v2: its published weights."""
