from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.batch.governor import Governor, Halt
from pipeline.batch.plan import plan
from pipeline.batch.runner import BatchResult, Work, run_batch
from pipeline.settings import Settings
from storage.archive import Archive
from storage.journal.rows import BatchRequest
from storage.journal.states import BatchState

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"


class Moment(Governor):
    """Says halt at some of the times it is asked, and not any more after that."""

    def __init__(self, first: int, last: int) -> None:
        self._moment = range(first, last)
        self._asked = 0

    def halt(self) -> Halt | None:
        self._asked += 1
        return Halt("a moment") if self._asked in self._moment else None


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[Governor], BatchResult]]:
    for number in range(1, 7):
        page = Image.new("L", (620, 440), 250)
        ImageDraw.Draw(page).text((60, 60), f"Giấy xác nhận số {number}", font=ImageFont.truetype(FONT, 30), fill=20)
        out = BytesIO()
        page.save(out, "JPEG", dpi=(150, 150))
        file = tmp_path / "in" / f"H11.35-230915-{number:04d}" / "1.jpg"
        file.parent.mkdir(parents=True)
        file.write_bytes(out.getvalue())
    settings = Settings(work=tmp_path / "work", rejected=tmp_path / "rejected")
    with Archive.open(f"file://{tmp_path}/archive", f"sqlite:///{tmp_path}/c.db", tmp_path / "search") as archive:

        def run(governor: Governor) -> BatchResult:
            work = Work(BatchRequest("test", (tmp_path / "in",)), plan([tmp_path / "in"]))
            return run_batch(work, settings, 1, archive, lambda _: None, governor)

        yield run


@pytest.mark.parametrize("first", [1, 2, 3, 5, 8])
def test_a_halt_that_passes_is_a_halt_all_the_same(run: Callable[[Governor], BatchResult], first: int) -> None:
    """What was dropped for it is never looked at in this run: it must not be called done."""
    stopped = run(Moment(first, first + 1))
    assert stopped.halt is not None
    assert stopped.state is BatchState.INTERRUPTED
    done = run(Governor())
    assert (done.state, done.record.batch, done.record.ledger.filed) == (BatchState.DONE, stopped.record.batch, 6)
