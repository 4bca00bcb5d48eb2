"""Generations that several processes share, possibly on several machines.

in the SQL database (footnote/adapters/database/shared_index.py)
    which one is live, who builds at the moment, and the manifest and the files of each
on the Chroma server
    footnote-passages-ID    the passage vectors of each
in each data folder
    index/shared/ID/        a copy of the files, without the vectors
"""
