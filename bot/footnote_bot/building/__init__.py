"""Builds, rollbacks and changes of articles, done in front of everybody."""
