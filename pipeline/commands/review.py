"""``sohoa review`` and ``sohoa decide``: what waits for a person, and what the person decides about it.

On a terminal ``review --interactive`` goes through the queue one by one; the same decisions can be given one at a time
(``decide``) or for all findings of a code (``review --accept CODE``), for scripts and for the portal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rich.text import Text

from pipeline.commands.opening import find_dossier, open_archive
from pipeline.commands.output import SECTION_NAMES, console, emit, errors
from pipeline.commands.reporter import finding_line
from pipeline.events import DecisionEvent, FindingPart, ReviewEvent
from pipeline.review.desk import CannotDecide
from pipeline.review.orders import ACTIONS, Action, Choice, Place, accept_all, choices, decide, parse_place
from pipeline.review.reviewer import Reviewer
from pipeline.settings import Settings
from sohoa import ids
from sohoa.errors import ExitCode, SohoaError, UsageError
from sohoa.ids import Section
from sohoa.owner import person
from sohoa.wording import both
from storage.archive import Archive
from storage.catalogue.rows import FindingRow
from storage.journal.states import BatchState
from storage.manifest import AlternativeRecord, DecisionRecord, DocumentRecord, FindingRecord, Manifest

REVIEW_PAGE = 200
"""Findings asked for at once."""

_KEYS: dict[str, tuple[Action | None, str]] = {
    "a": ("accept", "chấp nhận / accept"),
    "c": (None, "chọn loại giấy, thủ tục / choose"),
    "s": ("split", "tách từ trang này / split"),
    "j": ("join", "nối với giấy trước / join"),
    "r": ("rotate", "xoay / rotate"),
    "d": ("dossier", "chuyển vào hồ sơ / set dossier"),
    "n": ("rescan", "cần quét lại / rescan"),
    "k": (None, "bỏ qua / skip"),
    "q": (None, "dừng / quit"),
}


def run(settings: Settings, dossier: str | None, code: str | None, as_json: bool) -> ExitCode:
    """List what waits for a person: errors first; REVIEW when anything does."""
    total = 0
    with open_archive(settings) as archive:
        last: str | None = None
        for row in _waiting(archive, dossier, code):
            total += 1
            event = _event(row)
            if as_json:
                emit(event)
                continue
            owner = row.dossier_id or f"lô / batch {row.batch}"
            if owner != last:
                console.print(Text(owner, style="bold"))
                last = owner
            console.print(finding_line(FindingPart(**event.model_dump(exclude={"event", "dossier_id", "batch"}))))
        held = archive.journal.batches([BatchState.HELD])
    if not as_json:
        for batch in held:
            console.print(Text.assemble(("Lô giữ lại / held  ", "bold red"), batch.batch, f": {batch.last_error}"))
            console.print(Text(f"    → sohoa batches show {batch.batch}", style="dim"))
        console.print(
            f"{total} việc cần xem lại / findings wait" if total else "Không có việc nào chờ / nothing waits."
        )
    return ExitCode.REVIEW if total or held else ExitCode.OK


def accept(settings: Settings, code: str, dossier: str | None, reason: str, as_json: bool) -> ExitCode:
    """Accept every waiting finding of a code, of one dossier or of all; each dossier gets one new version."""
    total = 0
    with open_archive(settings) as archive, Reviewer(settings, archive) as reviewer:
        rows = list(_waiting(archive, dossier, code))
        for dossier_id in dict.fromkeys(row.dossier_id for row in rows if row.dossier_id is not None):
            manifest, count = accept_all(reviewer, find_dossier(archive, dossier_id), code, reason)
            total += count
            _tell(manifest, as_json)
        for row in (row for row in rows if row.dossier_id is None):
            reviewer.settle_in_batch(row.batch or "", _accepted(row, reason))
            total += 1
        archive.follow_search()
    if not as_json:
        console.print(f"Đã chấp nhận {total} việc / accepted {total} findings", style="green")
    return ExitCode.OK


def decide_one(
    settings: Settings,
    dossier: str,
    action: str,
    value: str | None,
    at: str | None,
    code: str | None,
    reason: str,
    as_json: bool,
) -> ExitCode:
    """Carry out one decision about a dossier."""
    if action not in ACTIONS:
        advice = both(f"Một trong: {', '.join(ACTIONS)}.", f"One of: {', '.join(ACTIONS)}.")
        raise UsageError(both("không có việc này", "no such action"), subject=action, advice=advice)
    chosen: Action = action
    with open_archive(settings) as archive, Reviewer(settings, archive) as reviewer:
        manifest = find_dossier(archive, dossier)
        place = parse_place(at) if at else None
        if chosen == "accept" and code is None:
            raise CannotDecide(both("chưa nêu --code", "--code is missing"), subject=dossier)
        _tell(decide(reviewer, manifest, chosen, value, place, code=code, reason=reason), as_json)
        archive.follow_search()
    return ExitCode.OK


def interactive(settings: Settings, dossier: str | None, code: str | None) -> ExitCode:
    """Go through the queue on a terminal: picture, guess, finding, and one key for what is to be done."""
    done = 0
    with open_archive(settings) as archive, Reviewer(settings, archive) as reviewer:
        rows = list(_waiting(archive, dossier, code))
        for number, row in enumerate(rows, 1):
            console.rule(f"{number}/{len(rows)}")
            answer = _review_one(archive, reviewer, row)
            if answer == "q":
                break
            done += answer == "done"
        archive.follow_search()
        left = archive.catalogue.review_total()
    console.print(f"{done} việc đã xong / done, {left} còn lại / left", style="bold")
    return ExitCode.REVIEW if left else ExitCode.OK


def _review_one(archive: Archive, reviewer: Reviewer, row: FindingRow) -> str:
    """Show one finding and do what the person says; return ``done``, ``skipped`` or ``q``."""
    if row.dossier_id is None:
        return _review_in_batch(reviewer, row)
    manifest = find_dossier(archive, row.dossier_id)
    found = _still_open(manifest, row)
    if found is None:
        return "skipped"  # an earlier answer settled it
    _show(reviewer, manifest, row)
    while True:
        key = _ask("? ").lower()[:1]
        if key in ("k", ""):
            return "skipped"
        if key == "q":
            return "q"
        if key not in _KEYS:
            _print_keys()
            continue
        try:
            new = _do(reviewer, manifest, found, key)
        except SohoaError as error:
            errors.print(Text.assemble(("! ", "yellow"), str(error)), soft_wrap=True)
            errors.print(Text(f"  → {error.advice}", style="dim"), soft_wrap=True)
            continue
        _tell(new, as_json=False)
        return "done"


def _do(reviewer: Reviewer, manifest: Manifest, found: FindingRecord, key: str) -> Manifest:
    """Ask for what the key needs, and carry it out; raises SohoaError for an answer that cannot be."""
    action, value = _KEYS[key][0], None
    place = Place(Section(found.section), found.page, found.page) if found.section and found.page else None
    if key == "c":
        action, value = _choose(reviewer, manifest, found)
    elif action == "rotate":
        value = _ask("Xoay theo chiều kim đồng hồ / clockwise (90, 180, 270): ")
    elif action == "dossier":
        value = _ask("Mã hồ sơ / dossier ID: ")
        if ids.is_holding(manifest.dossier_id):
            place = None  # a holding is one stack
        elif place is None:
            place = parse_place(_ask("Trang / page (records:3): "))
    if action in ("type", "split", "join", "rotate") and place is None:
        place = parse_place(_ask("Trang / page (records:3): "))
    reason = _ask("Lý do / why (Enter: không ghi / none): ")
    assert action is not None  # every key that comes here has one by now
    return decide(reviewer, manifest, action, value, place, code=found.code, reason=reason)


def _choose(reviewer: Reviewer, manifest: Manifest, found: FindingRecord) -> tuple[Action, str]:
    """Let a person look for a document type or procedure by a part of its name, and choose by number."""
    action: Action = "procedure" if found.code.startswith("procedure") else "type"
    asked = both("Tên thủ tục", "procedure") if action == "procedure" else both("Tên loại giấy", "document type")
    guessed = [Choice(one.code, one.name) for one in _alternatives(manifest, found.section, found.page, action)]
    while True:
        text = _ask(f"{asked}, số / number: " if guessed else f"{asked}: ")
        if not text:
            raise CannotDecide(both("chưa chọn gì", "nothing was chosen"), subject=manifest.dossier_id)
        if text.isdigit() and 1 <= int(text) <= len(guessed):
            return action, guessed[int(text) - 1].id
        offered = choices(action, text, reviewer.catalogue)
        for number, one in enumerate(offered, 1):
            console.print(Text(f"  {number}. {one.name}  [{one.id}]"), soft_wrap=True)
        answer = _ask("Số / number (Enter: tìm lại / again): ") if offered else ""
        if answer.isdigit() and 1 <= int(answer) <= len(offered):
            return action, offered[int(answer) - 1].id


def _review_in_batch(reviewer: Reviewer, row: FindingRow) -> str:
    console.print(Text(f"lô / batch {row.batch}", style="bold"))
    console.print(finding_line(FindingPart(**_event(row).model_dump(exclude={"event", "dossier_id", "batch"}))))
    console.print("[a] đã xử lý / settled  [k] bỏ qua / skip  [q] dừng / quit", markup=False, style="dim")
    while (key := _ask("? ").lower()[:1]) not in ("a", "k", "q", ""):
        console.print("[a] [k] [q]", markup=False, style="dim")
    if key == "a":
        reviewer.settle_in_batch(row.batch or "", _accepted(row, _ask("Lý do / why: ")))
        return "done"
    return "q" if key == "q" else "skipped"


def _show(reviewer: Reviewer, manifest: Manifest, row: FindingRow) -> None:
    guess = manifest.procedure
    console.print(Text.assemble((manifest.dossier_id, "bold"), f"  v{manifest.version}"))
    named = f"  thủ tục / procedure ({guess.confidence:.0%}): {guess.name or guess.code}"
    console.print(Text(named), no_wrap=True, overflow="ellipsis")
    if row.section and row.page:
        document = _document_at(manifest, row.section, row.page)
        if document is not None:
            pages = f"{SECTION_NAMES[document.section]} tr. {document.first_page}–{document.last_page}"
            kind = document.type
            named = f"  giấy tờ / document ({kind.confidence:.0%}, {pages}): {kind.name or kind.code}"
            console.print(Text(named), no_wrap=True, overflow="ellipsis")
        console.print(Text(f"  ảnh / picture: {reviewer.picture(manifest, row.section, row.page)}"), soft_wrap=True)
    action: Action = "procedure" if row.code.startswith("procedure") else "type"
    for number, other in enumerate(_alternatives(manifest, row.section, row.page, action), 1):
        told = f"  hay là / or {number}. ({other.weight:.0%}) {other.name}"
        console.print(Text(told), no_wrap=True, overflow="ellipsis")
    console.print(finding_line(FindingPart(**_event(row).model_dump(exclude={"event", "dossier_id", "batch"}))))
    _print_keys()


def _print_keys() -> None:
    for first, second in zip(list(_KEYS)[::2], [*list(_KEYS)[1::2], ""], strict=True):
        one = f"[{first}] {_KEYS[first][1]}"
        other = f"[{second}] {_KEYS[second][1]}" if second else ""
        console.print(f"  {one:<38}{other}", markup=False, style="dim")


def _alternatives(
    manifest: Manifest, section: str | None, page: int | None, action: Action
) -> tuple[AlternativeRecord, ...]:
    """Return what else the dossier's procedure, or the type of the paper on that page, may be."""
    if action == "procedure":
        return manifest.procedure.alternatives
    document = _document_at(manifest, section, page) if section and page else None
    return document.type.alternatives if document else ()


def _document_at(manifest: Manifest, section: str, page: int) -> DocumentRecord | None:
    return next(
        (d for d in manifest.documents if d.section == section and d.first_page <= page <= d.last_page),
        None,
    )


def _still_open(manifest: Manifest, row: FindingRow) -> FindingRecord | None:
    place = (row.code, row.section, row.page, row.file)
    return next(
        (f for f in manifest.findings if (f.code, f.section, f.page, f.file) == place and f.resolved is None), None
    )


def _accepted(row: FindingRow, reason: str) -> DecisionRecord:
    return DecisionRecord(
        action="accept",
        person=person(),
        at=dt.datetime.now(dt.UTC),
        reason=reason,
        code=row.code,
        section=row.section,
        page=row.page,
        file=row.file,
        message=row.message,
    )


def _waiting(archive: Archive, dossier: str | None, code: str | None) -> Iterator[FindingRow]:
    """Yield what waits, of one dossier and of one code where they are given."""
    wanted = None if dossier is None else dossier if ids.is_holding(dossier) else str(ids.parse(dossier))
    offset = 0
    while rows := archive.catalogue.review(REVIEW_PAGE, offset):
        offset += len(rows)
        for row in rows:
            if wanted in (None, row.dossier_id) and code in (None, row.code):
                yield row


def _event(row: FindingRow) -> ReviewEvent:
    return ReviewEvent(
        dossier_id=row.dossier_id,
        batch=row.batch,
        code=row.code,
        severity="error" if row.severity == "error" else "warning",
        section=row.section,
        page=row.page,
        file=row.file,
        box=row.box,
        message=row.message,
        advice=row.advice,
    )


def _tell(manifest: Manifest, as_json: bool) -> None:
    waiting = sum(f.resolved is None and f.severity != "info" for f in manifest.findings)
    if as_json:
        emit(DecisionEvent(dossier_id=manifest.dossier_id, version=manifest.version, waiting=waiting))
    else:
        text = f"✓ {manifest.dossier_id} v{manifest.version}, {waiting} việc còn lại / findings left"
        console.print(Text(text, style="green"))


def _ask(question: str) -> str:
    """Return what the person typed; the end of the input is an answer, too: stop."""
    try:
        return console.input(Text(question, style="bold")).strip()
    except EOFError:
        return "q"
