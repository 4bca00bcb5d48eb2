"""The values of review: an answer on record, its receipt, a server's policy, statistics."""
