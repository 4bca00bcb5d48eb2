"""Files -> articles, one module per format."""
