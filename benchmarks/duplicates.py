"""How many articles of a folder say the same as another one, and how long it takes to find out.

python benchmarks/duplicates.py FOLDER [FOLDER ...]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from footnote.models import Article
from footnote_index.building.duplicates import find_duplicates
from footnote_index.loaders.folder import find_articles, read_articles


def main(folders: list[str]) -> None:
    for folder in map(Path, folders):
        read = read_articles(find_articles(folder), folder)
        articles = {one.id: one for one in read if isinstance(one, Article)}
        began = time.process_time()
        duplicates = find_duplicates(articles)
        seconds = time.process_time() - began
        print(f"{folder}: {len(articles):,} articles, {len(duplicates):,} left out, {seconds:.2f} s of one core")
        for duplicate in duplicates:
            print(f"    {duplicate.article_id} = {duplicate.original_id}")


if __name__ == "__main__":
    main(sys.argv[1:])
