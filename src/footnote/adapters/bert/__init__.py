"""What BERT-shaped models have in common: they are converted for CTranslate2 once, and the result is kept."""
