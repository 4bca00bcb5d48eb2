"""all-MiniLM-L6-v2: its published weights, and the form in which CTranslate2 runs a model of its shape."""
