"""Writes a generation: in this process if it is little work, or else in a separate one."""

from __future__ import annotations

from dataclasses import dataclass

from footnote.adapters.loaded_once import LoadedOnce
from footnote_index.building import process
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.write import Filled, Order, write_generation
from footnote_index.embedders import Embedder
from footnote_index.storage.generations import GenerationFolder


@dataclass(frozen=True, slots=True)
class Writer:
    """From `own_process_from` characters of text on, it uses a separate process."""

    embedder: LoadedOnce[Embedder]
    own_process_from: int

    def write(self, order: Order, characters: int, target: GenerationFolder, meter: ProgressMeter) -> Filled:
        """Raises the same as `write_generation`."""
        if characters < self.own_process_from:
            return write_generation(order, target, self.embedder(), meter)
        return process.write_generation(order, target, self.embedder.load, meter)
