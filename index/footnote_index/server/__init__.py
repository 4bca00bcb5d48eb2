"""Generations on a Chroma server, shared by several processes.

    footnote-live-NNNNNNNN    which generation is live: the last of these (pointer.py)
    footnote-build            who builds at the moment (lease.py)
    footnote-passages-ID      the passage vectors of a generation
    footnote-files-ID         its files in parts, and its manifest, which is written last (transfer.py)

All are collections of Chroma; the first two and the manifest are nothing but metadata.
"""
