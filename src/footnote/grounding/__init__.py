"""What an answer may say: each claim is compared with its sentences, and dropped if they do not say it."""
