"""The trained reader: MiniLM's shape with weights of its own, which training/ makes. Raises ModelError without them."""

from footnote.adapters.reader.model import TrainedModel

__all__ = ["TrainedModel"]
