"""What people decided about a dossier, applied: to its documents, its findings, and the pages that are read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.errors import PipelineError
from pipeline.model import Guidance
from sohoa.ids import Section
from sohoa.wording import both
from storage.manifest import DecisionRecord, FindingRecord, Manifest, SourceRecord


def guidance(decisions: Sequence[DecisionRecord]) -> Guidance:
    """Return what understanding has to keep to; of several decisions about one thing the last counts."""
    starts: dict[tuple[Section, int], bool] = {}
    types: dict[tuple[Section, int], str] = {}
    procedure = None
    for _, one in standing(decisions):
        place = (Section(one.section), one.page) if one.section is not None and one.page is not None else None
        if one.action in ("split", "join") and place is not None:
            starts[place] = one.action == "split"
        elif one.action == "type" and place is not None and one.value is not None:
            types[place] = one.value
        elif one.action == "procedure":
            procedure = one.value
    return Guidance(starts, types, procedure)


def standing(decisions: Sequence[DecisionRecord]) -> list[tuple[int, DecisionRecord]]:
    """Return decisions with their 1-based numbers, their pages as numbered now that pages have moved out.

    One about a page that is gone went with it.
    """
    kept: list[tuple[int, DecisionRecord]] = []
    for number, one in enumerate(decisions, 1):
        if one.action == "move-out" and one.section is not None and one.page is not None:
            kept = [(n, now) for n, told in kept if (now := _without(told, one.section, one.page)) is not None]
        else:
            kept.append((number, one))
    return kept


def where_now(seen: Manifest, newest: Manifest, section: str, page: int) -> tuple[int | None, str | None]:
    """Return the number that a page of the version ``seen`` has in the newest one, or (None, where it went)."""
    for one in newest.decisions[len(seen.decisions) :]:
        if one.action == "move-out" and one.section == section and one.page is not None:
            if one.page == page:
                return None, one.value
            page -= one.page < page
    return page, None


def _without(told: DecisionRecord, section: str, gone: int) -> DecisionRecord | None:
    if told.section != section or told.page is None or told.page < gone:
        return told
    return None if told.page == gone else told.model_copy(update={"page": told.page - 1})


def settled(findings: Iterable[FindingRecord], decisions: Sequence[DecisionRecord]) -> list[FindingRecord]:
    """Return the findings, each once, with the decision that settled it; a page to be scanned again stays open."""
    number = {
        (one.code, one.section, one.page, one.file, one.message): place
        for place, one in standing(decisions)
        if one.code is not None and one.action != "rescan"
    }
    keys = ((f, (f.code, f.section, f.page, f.file, f.message)) for f in findings)
    closed = (f.model_copy(update={"resolved": number.get(key)}) for f, key in keys)
    return list(dict.fromkeys(closed))


class PlaceUnknown(PipelineError):
    """Which page of a stored original a page is cannot be told for sure: better no page than another one's."""

    code = "place-unknown"
    advice = both("Quét lại trang này rồi nạp lại.", "Scan this page again and deliver it.")


def place_in_original(manifest: Manifest, source: SourceRecord, pages: int) -> int:
    """Return the 0-based page of the stored original (of so many pages) that a page of the version lies on.

    In manifests of before that was kept, an original is the source file itself, or an extract with just the version's
    pages of it, in the file's order.
    Raises PlaceUnknown when it is neither.
    """
    if source.original_page is not None:
        return source.original_page - 1
    if source.original == source.sha256:
        return source.page - 1
    everywhere = [*(page.source for page in manifest.pages), *(aside.source for aside in manifest.set_aside)]
    own = sorted({one.page for one in everywhere if one.original == source.original and one.sha256 == source.sha256})
    if len(own) != pages:
        message = both("không chắc trang nào của bản gốc", "not sure which page of the original it is")
        raise PlaceUnknown(message, subject=f"{manifest.dossier_id} {source.file}:{source.page}")
    return own.index(source.page)
