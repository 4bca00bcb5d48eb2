"""What models of BERT's shape have in common: the form in which CTranslate2 runs them, made once and kept."""
