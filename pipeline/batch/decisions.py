"""What people decided about a dossier, applied: to its documents, its findings, and the pages that are read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model import Guidance
from sohoa.ids import Section
from storage.manifest import DecisionRecord, FindingRecord, Manifest, SourceRecord


def guidance(decisions: Sequence[DecisionRecord]) -> Guidance:
    """Return what understanding has to keep to; of several decisions about one thing the last counts."""
    starts: dict[tuple[Section, int], bool] = {}
    types: dict[tuple[Section, int], str] = {}
    procedure = None
    for one in decisions:
        place = (Section(one.section), one.page) if one.section is not None and one.page is not None else None
        if one.action in ("split", "join") and place is not None:
            starts[place] = one.action == "split"
        elif one.action == "type" and place is not None and one.value is not None:
            types[place] = one.value
        elif one.action == "procedure":
            procedure = one.value
    return Guidance(starts, types, procedure)


def settled(findings: Iterable[FindingRecord], decisions: Sequence[DecisionRecord]) -> list[FindingRecord]:
    """Return the findings, each once, with the decision that settled it; a page to be scanned again stays open."""
    number = {
        (one.code, one.section, one.page, one.file): place
        for place, one in enumerate(decisions, 1)
        if one.code is not None and one.action != "rescan"
    }
    closed = (f.model_copy(update={"resolved": number.get((f.code, f.section, f.page, f.file))}) for f in findings)
    return list(dict.fromkeys(closed))


def place_in_original(manifest: Manifest, source: SourceRecord, pages: int) -> int:
    """Return the 0-based page of the stored original (of so many pages) that a page of the version lies on.

    An original is the source file itself, or an extract with just the version's pages of it, in the file's order.
    """
    everywhere = [*(page.source for page in manifest.pages), *(aside.source for aside in manifest.set_aside)]
    own = sorted({one.page for one in everywhere if one.original == source.original})
    return own.index(source.page) if len(own) == pages else source.page - 1
