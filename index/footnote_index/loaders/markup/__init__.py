"""Trees of elements, as web pages, books and Word's documents have them: what a reader sees of them."""
