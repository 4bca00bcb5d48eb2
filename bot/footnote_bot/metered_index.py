"""An index that counts its builds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from footnote_index.building.reports import BuildReport
from footnote_index.index import Index


class MeteredIndex(Index):
    """An index whose builds are counted once a counter is set."""

    on_built: Callable[[BuildReport | BaseException], None] | None = None

    async def build(self, **request: Any) -> BuildReport:  # noqa: ANN401 - as `Index.build` has them
        try:
            report: BuildReport = await super().build(**request)
        except BaseException as error:
            if self.on_built and not request.get("dry_run"):
                self.on_built(error)
            raise
        if self.on_built and not request.get("dry_run"):
            self.on_built(report)
        return report
