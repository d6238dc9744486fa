"""One page from the scanner's bytes to everything that was read on it: the work of one worker task.

take out -> decode (once) -> cover sheet? -> upright, deskew, blank? -> recognise -> archival layer

The result goes to a spool file beside the other pages of the batch, because the pictures of a night's batch do not
fit into memory; what the parent needs to cut the stack into dossiers comes back as a ``Sheet``.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import replace
from pathlib import Path

from pipeline.batch.cutting import Sheet
from pipeline.batch.jobs import ReadJob
from pipeline.batch.pool import ask_for_time
from pipeline.errors import PipelineError
from pipeline.findings import finding, finding_of
from pipeline.imaging.decode import decode
from pipeline.imaging.fingerprint import fingerprint
from pipeline.imaging.prepare import PreparedPage, prepare
from pipeline.imaging.quality import BLURRED, LEAST_DPI
from pipeline.model import Finding, PageKind, PageResult, PageText
from pipeline.ocr.engines import EngineName, engine, second
from pipeline.ocr.errors import PageNotRecognised
from pipeline.pdf.layers import archival_layer
from scanners import files
from scanners.base import ScanError, ScannedPage
from scanners.cover import CoverSheet, InvalidCover
from scanners.separators import Codes, read_codes
from sohoa import faults
from sohoa.wording import both, listed

USUAL_PIXELS = 2480 * 3508
"""A4 at 300 dpi: limits of time are told for that, and grow with larger pages."""
_DIGEST_BYTES = 16
ORIENTATION_DOUBT = 0.5
"""Confidence below which a page with text may lie on its side or head, for all that is known."""


def read(job: ReadJob) -> Sheet:
    """Read one page; whatever cannot be read comes back as findings, never as an exception for bad input.

    A page that an earlier run of the same batch has read is not read again.
    """
    known = _known(job)
    if known is not None:
        return known
    sheet, result = _read(job)
    if sheet.kind is not None:
        faults.reach("page-read")
        _spool(job.spool, sheet, result)
    return sheet


def _known(job: ReadJob) -> Sheet | None:
    """Return the sheet of an earlier run's reading, as this run knows its place; None when there is none to use."""
    try:
        sheet, _ = _unspool(job.spool)
    except (FileNotFoundError, SpoolDamaged):
        return None
    return replace(
        sheet,
        source=job.source,
        file_order=job.file_order,
        file_pages=job.info.pages,
        section=job.section,
        spool=None if sheet.spool is None else str(job.spool),
    )


def _read(job: ReadJob) -> tuple[Sheet, PageResult | None]:
    try:
        scanned = files.read_page(job.info, job.index, job.limits)
        image = decode(scanned)
    except ScanError as error:
        return job.unread(finding_of(error, file=job.info.name, page=job.index + 1)), None
    larger = max(1.0, image.width * image.height / USUAL_PIXELS)
    ask_for_time(job.timeout * larger)
    decided = job.turns is not None
    codes = Codes(None) if scanned.empty else read_codes(image.pixels, scanned.dpi[0])
    if codes.cover is not None and not decided:
        return _sheet(job, PageKind.COVER, cover=codes.cover), None
    judge = engine(job.engine, job.ocr.language, job.ocr.second_model).readability if job.without_text is None else None
    prepared = None if scanned.empty else prepare(scanned, image, judge, job.turns)
    if prepared is None or (prepared.blank.blank and not decided):
        note = finding("page-blank", file=job.info.name, page=job.index + 1)
        return _sheet(job, PageKind.BLANK, findings=(note,)), None
    text, findings = _recognise(job, prepared, job.ocr.timeout * larger)
    findings += _doubts(job, scanned, prepared, text)
    result = PageResult(
        source=job.source,
        kind=PageKind.CONTENT,
        geometry=prepared.geometry,
        layer=archival_layer(scanned, image.pixels, image.colour, job.profile),
        text=text,
        quality=prepared.quality,
        findings=tuple(findings),
        fingerprint=fingerprint(prepared.shade),
        cards=codes.cards,
    )
    return _sheet(job, PageKind.CONTENT, findings=result.findings, spool=str(job.spool)), result


class SpoolDamaged(PipelineError):
    """A spooled reading is not whole (the machine went down while it was written), or of another release."""

    code = "spool-damaged"


def load(spool: str) -> PageResult:
    """Return the reading that a worker of this batch spooled; raises SpoolDamaged."""
    _, result = _unspool(Path(spool))
    assert isinstance(result, PageResult)
    return result


def _spool(file: Path, sheet: Sheet, result: PageResult | None) -> None:
    """Keep a reading under a digest: it is not synced, so after a power cut a file may be there and its bytes not."""
    data = pickle.dumps((sheet, result), pickle.HIGHEST_PROTOCOL)
    unfinished = file.with_suffix(f".{os.getpid()}.part")
    unfinished.write_bytes(_digest(data) + data)
    unfinished.replace(file)


def _unspool(file: Path) -> tuple[Sheet, PageResult | None]:
    told = file.read_bytes()
    data = told[_DIGEST_BYTES:]
    if told[:_DIGEST_BYTES] != _digest(data):
        raise SpoolDamaged(both("bản đọc tạm bị hỏng", "the spooled reading is damaged"), subject=file.name)
    try:
        sheet, result = pickle.loads(data)  # our own file, in a folder only this user can enter
    except Exception as error:
        raise SpoolDamaged(
            both("bản đọc tạm không dùng được", "the spooled reading is of no use"), subject=file.name
        ) from error
    return sheet, result


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()


def _sheet(
    job: ReadJob,
    kind: PageKind,
    *,
    cover: CoverSheet | InvalidCover | None = None,
    findings: tuple[Finding, ...] = (),
    spool: str | None = None,
) -> Sheet:
    return Sheet(job.source, kind, job.file_order, job.info.pages, job.section, cover, findings, spool)


def _recognise(job: ReadJob, prepared: PreparedPage, timeout: float) -> tuple[PageText, list[Finding]]:
    """Let the engine read the page, and the second engine when it cannot; the picture is archived in any case.

    An engine that finds no word where there seems to be print is taken for one that cannot: another look at a drawing
    costs less than a page without its text.
    """
    if job.without_text is not None:
        return PageText((), ""), [job.without_text]
    reasons = [job.retried.message] if job.retried is not None else []
    name: EngineName | None = job.engine
    while name is not None:
        other = second(name)
        try:
            text = engine(name, job.ocr.language, job.ocr.second_model).read(prepared, timeout)
        except PageNotRecognised as error:
            failed, reasons, name = error, [*reasons, error.message], other
            continue
        if text.words or other is None or prepared.quality.sharpness is None:
            told = finding("page-second-engine", file=job.info.name, page=job.index + 1, reason=listed(reasons))
            return text, [told] if reasons else []
        name, reasons = other, [*reasons, both("không đọc được chữ nào", "not a word was read")]
    reason = finding(failed.code, file=job.info.name, page=job.index + 1, reason=listed(reasons))
    return PageText((), ""), [reason]


def _doubts(job: ReadJob, scanned: ScannedPage, prepared: PreparedPage, text: PageText) -> list[Finding]:
    """Return what a person should look at on a page that was read."""
    file, page = job.info.name, job.index + 1
    doubts = []
    if text.words and text.confidence < job.ocr.low_confidence:
        doubts.append(finding("page-low-confidence", file=file, page=page, confidence=round(text.confidence)))
    doubts += [replace(finding("text-uncovered", file=file, page=page), box=box) for box in text.unread]
    if text.words and prepared.geometry.orientation_confidence < ORIENTATION_DOUBT:
        doubts.append(finding("orientation-unsure", file=file, page=page))
    if prepared.quality.sharpness is not None and prepared.quality.sharpness < BLURRED:
        doubts.append(finding("page-blurred", file=file, page=page))
    if scanned.remark:
        doubts.append(finding("page-doubtful", file=file, page=page, reason=scanned.remark))
    return [*doubts, *_resolution_doubts(job, scanned)]


def _resolution_doubts(job: ReadJob, scanned: ScannedPage) -> list[Finding]:
    """Return what is wrong with the page's resolution: not told, told wrongly, too low."""
    file, page = job.info.name, job.index + 1
    likely, doubts = round(min(scanned.dpi)), []
    if scanned.dpi_disbelieved is not None:
        stated = round(min(scanned.dpi_disbelieved))
        doubts.append(finding("dpi-implausible", file=file, page=page, stated=stated, likely=likely))
    elif not scanned.dpi_known:
        doubts.append(finding("pixel-dpi-unknown", file=file, page=page))
    if min(scanned.dpi) < LEAST_DPI:
        doubts.append(finding("dpi-low", file=file, page=page, dpi=likely))
    return doubts
