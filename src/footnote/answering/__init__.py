"""From a question to an answer or an abstention."""
