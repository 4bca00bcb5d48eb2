"""The core of Footnote: what an answer is, when it may be given, how it is reviewed. No network, no disk."""
