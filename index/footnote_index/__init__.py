"""Articles in, hits out: readers, passages, vectors, the Chroma index and its generations."""
