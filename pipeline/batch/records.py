"""The pipeline's objects and the archive's records, each made from the other in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Literal

from pipeline.batch.cutting import Place
from pipeline.model import (
    Box,
    Component,
    Cut,
    Document,
    Evidence,
    FieldValue,
    Finding,
    PageGeometry,
    PageResult,
    PageText,
    Skew,
    TypeGuess,
    Word,
)
from scanners.identity_card import IdentityCard
from sohoa.ids import Section
from storage.manifest import (
    AlternativeRecord,
    CardRecord,
    ComponentRecord,
    CropRecord,
    CutRecord,
    DocumentRecord,
    EvidenceRecord,
    FieldRecord,
    FindingRecord,
    GuessRecord,
    Manifest,
    PageRecord,
    PageTextRecord,
    QualityRecord,
    RepairRecord,
    SourceRecord,
)

BoxRecord = tuple[int, int, int, int]


def page_record(page: PageResult, section: Section, number: int, source: SourceRecord) -> PageRecord:
    """Return the record of ``page``, which came from ``source``, as page ``number`` (1-based) of ``section``."""
    geometry = page.geometry
    return PageRecord(
        section=section.value,
        number=number,
        source=source,
        width=geometry.width,
        height=geometry.height,
        dpi=(round(geometry.dpi[0], 2), round(geometry.dpi[1], 2)),
        quarter_turns=geometry.quarter_turns,
        orientation_confidence=round(geometry.orientation_confidence, 3),
        skew=round(geometry.skew.angle, 3),
        skew_confidence=round(geometry.skew.confidence, 3),
        deskewed_by=geometry.skew.applied,
        engine=page.text.engine,
        words=len(page.text.words),
        confidence=round(page.text.confidence, 1),
        quality=_quality_record(page),
        crop=_crop_record(geometry),
        stated_dpi=geometry.stated_dpi,
        fingerprint=page.fingerprint or None,
        cards=tuple(CardRecord.model_validate(asdict(card)) for card in page.cards),
    )


def identity_cards(record: PageRecord) -> tuple[IdentityCard, ...]:
    """Return the ID cards on a page that an earlier version archived."""
    return tuple(IdentityCard(**card.model_dump()) for card in record.cards)


def _crop_record(geometry: PageGeometry) -> CropRecord | None:
    if geometry.crop is None:
        return None
    left, top = geometry.corner
    return CropRecord(left=left, top=top, scan_width=geometry.whole_width, scan_height=geometry.whole_height)


def _quality_record(page: PageResult) -> QualityRecord:
    seen = page.quality
    return QualityRecord(
        sharpness=None if seen.sharpness is None else round(seen.sharpness, 3),
        contrast=round(seen.contrast, 3),
        ink=round(seen.ink, 4),
        low_confidence=round(page.text.low_confidence, 1),
        doubtful=round(page.text.doubtful, 3),
    )


def page_text_record(text: PageText, section: Section, number: int) -> PageTextRecord:
    """Return one line of the ``pages`` payload."""
    return PageTextRecord(
        section=section.value,
        page=number,
        text=text.text,
        boxes=tuple(box_record(word.box) for word in text.words),
        confidences=tuple(round(word.confidence) for word in text.words),
        repairs=tuple(
            RepairRecord(word=place, read=word.read) for place, word in enumerate(text.words) if word.read is not None
        ),
    )


def page_text(record: PageTextRecord, engine: str) -> PageText:
    """Return the words of a page that an earlier version archived."""
    words: list[Word] = []
    read = {repair.word: repair.read for repair in record.repairs}
    for line, content in enumerate(record.text.split("\n")):
        for text in content.split():
            place = len(words)
            box, confidence = Box(*record.boxes[place]), float(record.confidences[place])
            words.append(Word(text, box, confidence, line, read.get(place)))
    return PageText(tuple(words), engine)


def page_geometry(record: PageRecord) -> PageGeometry:
    """Return the geometry of a page that an earlier version archived."""
    whole, crop, cut = (record.width, record.height), None, record.crop
    if cut is not None:
        whole = (cut.scan_width, cut.scan_height)
        crop = Box(cut.left, cut.top, cut.left + record.width, cut.top + record.height)
    stored = whole[::-1] if record.quarter_turns % 2 else whole
    return PageGeometry(
        stored_width=stored[0],
        stored_height=stored[1],
        quarter_turns=record.quarter_turns,
        skew=Skew(record.skew, record.skew_confidence, record.deskewed_by),
        dpi=record.dpi,
        orientation_confidence=record.orientation_confidence,
        crop=crop,
        stated_dpi=record.stated_dpi,
    )


def document_record(document: Document, number: int) -> DocumentRecord:
    """Return the record of ``document`` as document ``number`` (1-based) of its dossier."""
    return DocumentRecord(
        number=number,
        section=document.section.value,
        type=guess_record(document.type, "person" if document.by_person else "content"),
        first_page=document.first_page,
        last_page=document.last_page,
        date=document.date,
        fields=tuple(field_record(value) for value in document.fields),
        cut=_cut_record(document.cut),
    )


def _cut_record(cut: Cut | None) -> CutRecord | None:
    if cut is None:
        return None
    return CutRecord(confidence=cut.confidence, evidence=tuple(evidence_record(e) for e in cut.evidence))


def component_record(component: Component) -> ComponentRecord:
    """Return the record of what a dossier has of one component."""
    return ComponentRecord(
        type=component.type,
        name=component.name,
        result=component.result,
        state=component.state,
        documents=component.documents,
    )


def guess_record(guess: TypeGuess, origin: Literal["cover", "content", "person"] = "content") -> GuessRecord:
    """Return the record of a guess, with the words that decided it."""
    return GuessRecord(
        code=guess.id,
        name=guess.name,
        confidence=round(guess.confidence, 4),
        origin=origin,
        evidence=tuple(evidence_record(e) for e in guess.evidence),
        alternatives=tuple(AlternativeRecord(code=a.id, name=a.name, weight=a.weight) for a in guess.alternatives),
    )


def evidence_record(evidence: Evidence) -> EvidenceRecord:
    """Return the record of one piece of evidence."""
    return EvidenceRecord(
        phrase=evidence.phrase,
        found=evidence.found,
        page=evidence.page,
        box=box_record(evidence.box) if evidence.box else None,
        weight=round(evidence.weight, 4),
    )


def field_record(value: FieldValue) -> FieldRecord:
    """Return the record of one field value."""
    return FieldRecord(
        name=value.name,
        value=value.value,
        page=value.page,
        box=box_record(value.box) if value.box else None,
        confidence=round(value.confidence, 4),
        rule=value.rule,
    )


def finding_record(finding: Finding) -> FindingRecord:
    """Return the record of a finding."""
    return FindingRecord(
        code=finding.code,
        severity=finding.severity.value,
        message=finding.message,
        advice=finding.advice,
        section=finding.section.value if finding.section else None,
        page=finding.page,
        file=finding.file,
        box=box_record(finding.box) if finding.box else None,
    )


def box_record(box: Box) -> BoxRecord:
    """Return ``box`` as (left, top, right, bottom)."""
    return box.left, box.top, box.right, box.bottom


def archived_places(manifest: Manifest, places: Iterable[Place]) -> set[Place]:
    """Return which of ``places`` need not be archived again: the version holds them, or people moved them elsewhere.

    A page that moved away does not come back by itself under whatever section it is delivered.
    """
    held = filed_places(manifest)
    gone = {(one.source.sha256, one.source.page) for one in manifest.moved_out}
    return {place for place in places if place in held or (place.file_sha256, place.page) in gone}


def filed_places(manifest: Manifest) -> set[Place]:
    """Return where the pages that the version itself holds came from."""
    filed = {place_of(page.source, page.section) for page in manifest.pages}
    return filed | {place_of(aside.source, aside.section) for aside in manifest.set_aside}


def place_of(source: SourceRecord, section: str | None) -> Place:
    """Return the place of a page that an earlier version has."""
    return Place(source.sha256, source.page, section or "")
