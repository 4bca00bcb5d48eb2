"""`.docx`: Word's documents."""
