"""What the retrieved passages say to a question: which sentences answer it, and how surely."""
