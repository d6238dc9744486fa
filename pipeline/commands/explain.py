"""``sohoa explain``: why the pages of a dossier are taken for what they are, with the words that decided and where."""

from __future__ import annotations

from collections.abc import Iterable

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.commands.opening import find_dossier, open_archive
from pipeline.commands.output import console, emit
from pipeline.events.dossiers import ExplainEvent
from pipeline.settings import Settings
from pipeline.understanding.labels import field_label, sign_label, state_label
from sohoa.errors import ExitCode
from sohoa.ids import Section
from storage.manifest import CutRecord, DocumentRecord, EvidenceRecord, GuessRecord, Manifest

_ORIGINS = {
    "cover": "phiếu bìa ghi / the cover sheet says so",
    "content": "theo giấy tờ / from the papers",
    "person": "người quyết định / a person decided",
}


def explain(dossier: str, settings: Settings, as_json: bool) -> ExitCode:
    """Print what decided the procedure, the documents' types and where each begins."""
    with open_archive(settings) as archive:
        manifest = find_dossier(archive, dossier)
    if as_json:
        emit(ExplainEvent.of(manifest))
    else:
        _print(manifest)
    return ExitCode.OK


def _print(manifest: Manifest) -> None:
    console.print(Text.assemble((manifest.dossier_id, "bold"), f"  v{manifest.version}"))
    guess = manifest.procedure
    console.print(Text.assemble("Thủ tục / procedure: ", (guess.name or guess.code, "bold"), f"  [{guess.code}]"))
    console.print(Text(f"  {guess.confidence:.0%}, {_ORIGINS[guess.origin]}", style="dim"))
    _print_guess(guess)
    print_components(manifest)
    for section in Section:
        documents = [one for one in manifest.documents if one.section == section.value]
        if documents:
            console.print(f"\n{section.name_vi}", style="bold")
        for document in documents:
            _print_document(document)


def _print_document(document: DocumentRecord) -> None:
    pages = f"{document.first_page}"
    if document.last_page != document.first_page:
        pages += f"–{document.last_page}"
    kind = document.type
    console.print(
        Text.assemble((f"{document.number:>3}. ", "dim"), kind.name, (f"  [{kind.code}]  tr. {pages}", "dim"))
    )
    told = f"{kind.confidence:.0%}" + (f", {_ORIGINS['person']}" if kind.origin == "person" else "")
    _print_below(Text(told, style="dim"))
    _print_guess(kind)
    if document.cut is not None:
        _print_cut(document.cut)
    for value in document.fields:
        line = Text.assemble((f"{field_label(value.name)}: ", "dim"), value.value)
        _print_below(line.append(f"  {value.confidence:.0%} {_where(value.page, value.box)}", style="dim"))


def _print_guess(guess: GuessRecord) -> None:
    _print_evidence(guess.evidence)
    for other in guess.alternatives:
        _print_below(Text(f"hay là / or: {other.name} [{other.code}] ({other.weight:.0%})", style="dim"))


def _print_evidence(evidence: Iterable[EvidenceRecord]) -> None:
    for one in evidence:
        line = Text.assemble((f"{one.weight:.2f} ", "dim"), f"“{one.found}”")
        if one.phrase != one.found.rstrip(" :"):
            line.append(f"  = {one.phrase}", style="dim")
        _print_below(line.append(f"  {_where(one.page, one.box)}", style="dim"))


def _print_cut(cut: CutRecord) -> None:
    _print_below(Text(f"bắt đầu ở đây / begins here: {cut.confidence:.0%}", style="dim"))
    for one in cut.evidence:
        said = f" “{one.found}”" if one.found else ""
        _print_below(Text(f"{one.weight:+.2f} {sign_label(one.phrase)}{said}", style="dim"), 7)


def print_components(manifest: Manifest) -> None:
    """Print what the procedure asks for and gives against what is there."""
    if not manifest.components:
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    for _ in range(2):
        table.add_column(overflow="fold")
    for part in manifest.components:
        numbers = ", ".join(map(str, part.documents))
        state = state_label(part.state) + (f": {numbers}" if numbers else "")
        style = {"found": "", "missing": "yellow"}.get(part.state, "dim")
        table.add_row(Text(f"{part.name}{' (kết quả / result)' if part.result else ''}"), Text(state, style))
    console.print("\nThành phần hồ sơ / components", style="bold")
    console.print(Padding(table, (0, 0, 0, 2)))


def _print_below(line: Text, indent: int = 5) -> None:
    """Print a line that stays indented where it breaks."""
    console.print(Padding(line, (0, 0, 0, indent)))


def _where(page: int, box: tuple[int, int, int, int] | None) -> str:
    if page < 1:
        return ""
    return f"(tr. {page}" + (f" @ {box[0]},{box[1]}–{box[2]},{box[3]})" if box else ")")
