"""When what lies in a hot folder becomes a batch, and of which entries.

1. ``idle``: when nothing came, changed or went for a while, all that is complete is one batch.
2. ``cover``: the same; and when an entry came that begins with a cover sheet, what came before it is a batch at once.
3. ``file``: each entry is a batch as soon as it is complete, as machines deliver that make one file of a stack.

An entry that is not complete yet is not overtaken by those behind it (in natural order), for that would tear a stack of
images apart: under ``idle`` nothing is taken while anything is still being written, under ``cover`` what is before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.settings import WatchSettings
from scanners.folder import natural_key
from scanners.hotfolder import HotFolder

StartsWithCover = Callable[[Path], bool]


@dataclass(slots=True)
class Gatherer:
    """Decides for one hot folder; ``starts_with_cover`` looks at the first page of an entry, once for each."""

    hot: HotFolder
    settings: WatchSettings
    starts_with_cover: StartsWithCover
    _covers: dict[tuple[Path, int], bool] = field(default_factory=dict)

    def batch(self) -> list[Path]:
        """Look at the folder and return the entries of a batch that is whole now; nothing while there is none."""
        ready = self.hot.scan()
        if not ready:
            return []
        if self.settings.batch_ends == "file":
            return ready[:1]
        late = self.hot.unfinished
        if not late and self.hot.idle >= max(self.settings.idle, self.settings.quiet):
            return ready
        if self.settings.batch_ends == "cover":
            whole = [path for path in ready if not late or natural_key(path.name) < natural_key(late[0].name)]
            return self._before_the_last_cover(whole)
        return []

    def _before_the_last_cover(self, ready: Sequence[Path]) -> list[Path]:
        covers = [number for number, path in enumerate(ready) if self._is_cover(path)]
        return list(ready[: covers[-1]]) if covers else []

    def _is_cover(self, path: Path) -> bool:
        try:
            key = path, path.lstat().st_mtime_ns
        except FileNotFoundError:  # somebody took it back
            return False
        if key not in self._covers:
            self._covers[key] = path.is_file() and not path.is_symlink() and self.starts_with_cover(path)
        return self._covers[key]
