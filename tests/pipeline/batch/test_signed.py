"""Who has a share of a signed file, and what each is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch.cutting import Delivery, Sheet
from pipeline.batch.signed import divided, pages_of, tell_of_signatures
from pipeline.findings import finding
from pipeline.model import PageKind
from scanners.base import FileInfo, PageSource
from sohoa import ids
from sohoa.ids import Section

A, B = ids.parse("H11.35-230915-0001"), ids.parse("H11.35-230915-0002")


def info(name: str, pages: int, *, signed: bool = True) -> FileInfo:
    return FileInfo(Path(name), name, name * 8, 9, "application/pdf", pages, signed)


def delivery(dossier: ids.DossierId | None, file: FileInfo, *pages: int, refused: tuple[int, ...] = ()) -> Delivery:
    made = Delivery(dossier, "stack")
    for index in (*pages, *refused):
        source = PageSource(file.name, file.sha256, index)
        if index in refused:
            reason = finding("page-unreadable", file=file.name, page=index + 1)
            made.rejected.append(Sheet(source, None, 0, file.pages, findings=(reason,)))
        else:
            made.pages.setdefault(Section.RECORDS, []).append(Sheet(source, PageKind.CONTENT, 0, file.pages))
    return made


def codes(*deliveries: Delivery) -> list[list[str]]:
    return [[f.code for f in d.findings] for d in deliveries]


def test_each_dossier_is_told_of_the_signed_files_that_it_has_pages_of() -> None:
    whole, parted, plain = info("whole.pdf", 2), info("parted.pdf", 2), info("plain.pdf", 2, signed=False)
    deliveries = [delivery(A, whole, 0, 1), delivery(A, parted, 0), delivery(B, parted, 1), delivery(B, plain, 0)]
    files = {file.sha256: file for file in (whole, parted, plain)}
    assert tell_of_signatures(deliveries, files) == [parted]
    assert codes(*deliveries) == [["file-signed"], ["file-signed-divided"], ["file-signed-divided"], []]


@pytest.mark.parametrize("other", [None, B])
def test_a_page_that_is_held_or_refused_for_another_divides_a_file_too(other: ids.DossierId | None) -> None:
    file = info("stack.pdf", 2)
    deliveries = [delivery(A, file, 0), delivery(other, file, refused=(1,))]
    assert tell_of_signatures(deliveries, {file.sha256: file}) == [file]


def test_refused_pages_count_as_the_dossier_s_own() -> None:
    file = info("one.pdf", 3)
    (only,) = [delivery(A, file, 0, 2, refused=(1,))]
    assert pages_of(only) == {file.sha256: {0, 1, 2}}
    assert tell_of_signatures([only], {file.sha256: file}) == []


def test_files_without_a_signature_are_nobody_s_business() -> None:
    plain = info("plain.pdf", 2, signed=False)
    assert divided([(plain.sha256, "a"), (plain.sha256, "b")], {plain.sha256: plain}) == []
