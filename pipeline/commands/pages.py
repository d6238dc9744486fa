"""``sohoa show --pages``: how well each page of a dossier was scanned and read, so that a bad one is scanned again."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from pipeline.commands.output import console
from pipeline.imaging.quality import BLURRED, LEAST_DPI
from pipeline.model import DOUBTFUL
from sohoa.ids import Section
from storage.manifest import Manifest, PageRecord, QualityRecord

_COLUMNS = ("tr.", "dpi", "nghiêng", "xoay", "nét", "đậm", "mực", "tin cậy", "1/10 <", "ngờ")
_ENGLISH = ("page", "dpi", "skew", "turn", "sharp", "contrast", "ink", "mean", "p10", "doubtful")
_BAD, _UNKNOWN = "bold yellow", "–"


def print_pages(manifest: Manifest) -> None:
    """Print a line for each page of each section; what lies below its threshold stands out."""
    for section in Section:
        pages = [page for page in manifest.pages if page.section == section.value]
        if pages:
            console.print(f"\n{section.name_vi}", style="bold")
            console.print(_table(pages))


def _table(pages: list[PageRecord]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for vietnamese, english in zip(_COLUMNS, _ENGLISH, strict=True):
        table.add_column(f"{vietnamese}\n{english}", justify="right", no_wrap=True)
    for page in pages:
        table.add_row(*_cells(page))
    return table


def _cells(page: PageRecord) -> list[Text]:
    """Return the cells of one page, in the order of the columns."""
    dpi = min(page.dpi)
    return [
        Text(str(page.number)),
        Text(f"{dpi:.0f}", _BAD if dpi < LEAST_DPI else ""),
        Text(f"{page.skew:+.1f}°", "" if page.deskewed_by else "dim"),
        Text(f"{90 * page.quarter_turns}°"),
        *_scan(page.quality),
        Text(f"{page.confidence:.0f}" if page.words else _UNKNOWN, _BAD if page.confidence < DOUBTFUL else ""),
        *_reading(page.quality if page.words else None),
    ]


def _scan(quality: QualityRecord | None) -> list[Text]:
    if quality is None:
        return [Text(_UNKNOWN)] * 3
    sharp = quality.sharpness
    return [
        Text(_UNKNOWN) if sharp is None else Text(f"{sharp:.2f}", _BAD if sharp < BLURRED else ""),
        Text(f"{quality.contrast:.0%}"),
        Text(f"{quality.ink:.1%}"),
    ]


def _reading(quality: QualityRecord | None) -> list[Text]:
    if quality is None:
        return [Text(_UNKNOWN)] * 2
    low = quality.low_confidence
    return [Text(f"{low:.0f}", _BAD if low < DOUBTFUL else ""), Text(f"{quality.doubtful:.1%}")]
