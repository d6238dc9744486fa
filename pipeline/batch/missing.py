"""Which sheets a ledger misses, said for the clerk who has the paper in hand."""

from __future__ import annotations

from dataclasses import dataclass

from sohoa.wording import both
from storage.manifest import ExpectedRecord, FileLedgerRecord, LedgerRecord


@dataclass(frozen=True, slots=True)
class MissingSheet:
    """Sheets that a ledger misses or has too many: where to look, and what to do there."""

    file: str | None
    page: int | None
    dossier_id: str | None
    section: str | None
    message: str


def missing_sheets(ledger: LedgerRecord) -> list[MissingSheet]:
    """Return what keeps the ledger from being complete, in the order of the batch; nothing when it is."""
    lost = [sheet for file in ledger.files for sheet in _lost(file)]
    told = [_told(one) for one in ledger.expected if not one.met]
    if not lost and not told and not ledger.balanced:
        ended = ledger.filed + ledger.separators + ledger.blank + ledger.rejected
        message = both(f"vào {ledger.pages_in} trang, ra {ended} trang", f"{ledger.pages_in} in, {ended} accounted for")
        return [MissingSheet(None, None, None, None, message)]
    return [*lost, *told]


def _lost(file: FileLedgerRecord) -> list[MissingSheet]:
    return [
        MissingSheet(
            file.file,
            page,
            None,
            None,
            both(
                f"{file.file}, trang {page}: chưa rõ đã đi đâu",
                f"{file.file}, page {page}: not accounted for",
            ),
        )
        for page in file.missing
    ]


def _told(one: ExpectedRecord) -> MissingSheet:
    found = one.found + one.blank if one.expected > one.found else one.found
    short = one.expected - found
    vietnamese = f"thiếu {short} trang" if short > 0 else f"thừa {-short} trang"
    english = f"{short} missing" if short > 0 else f"{-short} too many"
    blank_vi, blank_en = (f" và {one.blank} trang trắng", f" and {one.blank} blank") if one.blank else ("", "")
    counted = both(
        f"ghi {one.expected} trang, thấy {one.found}{blank_vi}: {vietnamese}",
        f"{one.expected} expected, {one.found} found{blank_en}: {english}",
    )
    if one.said_by == "person":
        where = one.file or both("cả lô", "the whole batch")
    else:
        end = f" – {one.last_file} tr. {one.last_page}" if one.last_file else ""
        where = f"{one.dossier_id} ({one.section}), {one.file} tr. {one.page}{end}"
    return MissingSheet(one.file, one.page, one.dossier_id, one.section, f"{where}: {counted}")
