"""``sohoa show`` and ``sohoa export``: one dossier on the screen, or its files in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from rich.table import Table
from rich.text import Text

from pipeline.commands.explain import print_components
from pipeline.commands.opening import find_dossier, open_archive
from pipeline.commands.output import console, emit
from pipeline.commands.pages import print_pages
from pipeline.commands.reporter import finding_line
from pipeline.events import ExportEvent, FindingPart, RepairPart, ShowEvent
from pipeline.pdf.extract import extract_pages
from pipeline.settings import Settings
from pipeline.understanding.labels import field_label
from scanners.folder import safe_file_name
from sohoa.errors import ExitCode, UsageError
from sohoa.ids import Section
from storage.archive import Archive
from storage.errors import NotFound
from storage.manifest import DocumentRecord, FileRecord, Manifest


def show(dossier: str, settings: Settings, as_json: bool, pages: bool = False) -> ExitCode:
    """Print the newest version of a dossier; with ``pages``, how well each page was scanned and read."""
    with open_archive(settings) as archive:
        manifest = find_dossier(archive, dossier)
        versions = tuple(row.version for row in archive.catalogue.versions(manifest.dossier_id))
        repairs = tuple(repair for text in archive.page_texts(manifest) for repair in RepairPart.of(text))
    if as_json:
        emit(ShowEvent(versions=versions, manifest=manifest, repairs=repairs))
        return ExitCode.OK
    _print_head(manifest, versions)
    if pages:
        print_pages(manifest)
        return ExitCode.OK
    for section in Section:
        documents = [d for d in manifest.documents if d.section == section.value]
        if documents:
            console.print(f"\n{section.name_vi}", style="bold")
            for document in documents:
                _print_document(document)
    print_components(manifest)
    _print_files(manifest)
    if repairs:
        _print_repairs(repairs)
    if manifest.findings:
        console.print("\nCần xem lại / findings", style="bold")
        for record in manifest.findings:
            console.print(finding_line(FindingPart.of(record)))
    return ExitCode.OK


def _print_head(manifest: Manifest, versions: tuple[int, ...]) -> None:
    blank = sum(aside.kind == "blank" for aside in manifest.set_aside)
    facts = {
        "Hồ sơ / dossier": Text(manifest.dossier_id, style="bold"),
        "Thủ tục / procedure": Text(f"{manifest.procedure.name} ({manifest.procedure.code})"),
        "Đơn vị / unit": Text(manifest.unit),
        "Tiếp nhận / received": Text(f"{manifest.received:%d/%m/%Y}"),
        "Trạng thái / status": Text("đã lưu / archived" if manifest.status == "archived" else "tạm giữ / held"),
        "Phiên bản / version": Text(f"{manifest.version} ({', '.join(map(str, versions))})"),
        "Trang / pages": Text(f"{len(manifest.pages)}" + (f" + {blank} trắng / blank" if blank else "")),
    }
    if manifest.moved_out:
        left = (f"{page.source.file}:{page.source.page} → {page.dossier_id}" for page in manifest.moved_out)
        facts["Đã chuyển đi / moved out"] = Text("\n".join(left))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts.items():
        table.add_row(name, value)
    console.print(table)


def _print_document(document: DocumentRecord) -> None:
    pages = str(document.first_page)
    if document.last_page != document.first_page:
        pages += f"–{document.last_page}"
    line = Text.assemble((f"{document.number:>3}. ", "dim"), document.type.name, (f"  tr. {pages}", "dim"))
    line.append(f"  {document.type.confidence:.0%}", style="dim")
    console.print(line)
    for value in document.fields:
        console.print(Text.assemble("       ", (f"{field_label(value.name)}: ", "dim"), value.value))


def _print_files(manifest: Manifest) -> None:
    console.print("\nTệp / files", style="bold")
    for file in manifest.files:
        if file.role == "section":
            console.print(f"  {file.name:<16}{file.bytes / 1024:>8.0f} KB  sha256 {file.sha256[:16]}…")


def _print_repairs(repairs: Sequence[RepairPart]) -> None:
    """Print a line for each page with what was read on it and what was made of that."""
    console.print("\nChữ máy đã sửa / words put right", style="bold")
    for (section, page), words in groupby(repairs, key=lambda repair: (repair.section, repair.page)):
        line = Text(f"  {Section(section).name_vi} tr. {page}: ", style="dim")
        console.print(line.append(" · ".join(f"{word.read} → {word.text}" for word in words), style="none"))


def export(
    dossier: str, output: Path, section: Section | None, document: int | None, settings: Settings, as_json: bool
) -> ExitCode:
    """Write section PDFs, or one document cut from its section, into ``output``; originals only with the whole."""
    with open_archive(settings) as archive:
        manifest = find_dossier(archive, dossier)
        if document is not None:
            files = [_one_document(archive, manifest, document, section)]
        else:
            files = [
                (_export_name(manifest, record), archive.open_file(manifest, record.name))
                for record in manifest.files
                if _wanted(record, section)
            ]
        if not files:
            raise NotFound("không có tệp nào để xuất / nothing to export", subject=manifest.dossier_id)
        for name, data in files:
            path = output / manifest.dossier_id.replace("/", "_") / name
            _write(path, data)
            if as_json:
                digest = hashlib.sha256(data).hexdigest()
                emit(
                    ExportEvent(
                        dossier_id=manifest.dossier_id,
                        version=manifest.version,
                        path=str(path),
                        bytes=len(data),
                        sha256=digest,
                    )
                )
            else:
                console.print(f"{path}  {len(data) / 1024:.0f} KB", soft_wrap=True)
    return ExitCode.OK


def _wanted(record: FileRecord, section: Section | None) -> bool:
    if section is not None:
        return record.role == "section" and record.name == f"{section.value}.pdf"
    return record.role in ("section", "original")


def _export_name(manifest: Manifest, record: FileRecord) -> str:
    """Return the name a person knows an original by; the first digits of its hash keep equal names apart."""
    if record.role != "original":
        return record.name
    sources = [page.source for page in manifest.pages] + [aside.source for aside in manifest.set_aside]
    known = next((source.file for source in sources if source.original == record.sha256), record.name)
    stem = Path(safe_file_name(known, record.sha256)).stem
    return f"originals/{stem}{Path(record.name).suffix}"


def _one_document(archive: Archive, manifest: Manifest, number: int, section: Section | None) -> tuple[str, bytes]:
    found = next((d for d in manifest.documents if d.number == number), None)
    if found is None or (section is not None and found.section != section.value):
        raise UsageError(
            f"không có giấy tờ số {number} / no document {number}",
            subject=manifest.dossier_id,
            advice=f"Xem số thứ tự / see the numbers with: sohoa show {manifest.dossier_id}",
        )
    whole = archive.open_file(manifest, f"{found.section}.pdf")
    data = extract_pages(whole, found.first_page, found.last_page)
    return f"{number:02d}-{found.type.code}.pdf", data


def _write(path: Path, data: bytes) -> None:
    """Write whole or not at all: a half-written copy of a birth certificate must not look like one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.part")
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        raise UsageError(f"không ghi được / cannot write: {error.strerror}", subject=str(path)) from error
