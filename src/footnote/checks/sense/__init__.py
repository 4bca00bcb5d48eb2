"""What a claim says about what, as far as its words tell."""
