"""The trained readers: an encoder with weights that training/ changed. Raises ModelError without them."""

from footnote.adapters.reader.kinds import CLAIMS, ENGLISH, MULTILINGUAL
from footnote.adapters.reader.model import TrainedModel

__all__ = ["CLAIMS", "ENGLISH", "MULTILINGUAL", "TrainedModel"]
