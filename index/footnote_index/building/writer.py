"""Writes a generation: in this process when it is little work, else in one of its own."""

from __future__ import annotations

from dataclasses import dataclass

from footnote_index.building import process
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.write import Filled, Order, write_generation
from footnote_index.embedders.once import LoadedOnce
from footnote_index.storage.generations import GenerationFolder


@dataclass(frozen=True, slots=True)
class Writer:
    """With `own_process_from` characters of text to be written, or more, it takes a process of its own."""

    embedder: LoadedOnce
    own_process_from: int

    def write(self, order: Order, characters: int, target: GenerationFolder, meter: ProgressMeter) -> Filled:
        """Raises what `write_generation` raises."""
        if characters < self.own_process_from:
            return write_generation(order, target, self.embedder(), meter)
        return process.write_generation(order, target, self.embedder.load, meter)
