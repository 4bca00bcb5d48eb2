"""Figures: what they are, what they measure, and where a claim may have them from."""
