"""What a dossier should hold by its procedure against what it holds: found, missing, or with a reason to be missing.

1. A component that is not there may be read from a national database: a complete dossier often lacks what the
   checklist names, so only a missing application is a doubt for a person; the rest is shown.
2. Of several applications that a procedure names one is enough.
3. A certified copy counts as handed in, and is out of the scope of digitisation.
4. An application of other procedures is a doubt: a paper of another family may have come in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.catalogue.entries import Catalogue, DocType, Procedure
from pipeline.findings import finding
from pipeline.model import UNKNOWN, Component, ComponentState, Document, Finding
from pipeline.understanding.lines import PageLines
from pipeline.understanding.matching import Index, Matcher, Phrase, page_syllables
from sohoa.ids import Section

_CERTIFIED = tuple(map(Phrase, ("chứng thực bản sao đúng với bản chính", "SAO Y BẢN CHÍNH", "SAO ĐÚNG VỚI BẢN CHÍNH")))
_CERTIFICATION = "loi_chung_ban_sao"


def components(
    procedure: Procedure, documents: Sequence[Document], copies: Collection[int], catalogue: Catalogue
) -> tuple[Component, ...]:
    """Return each component and result of ``procedure``, with what the dossier has of it.

    ``documents`` are the dossier's in order, ``copies`` the 1-based numbers of those that are certified copies.
    """
    parts = [(id_, Section.RECORDS) for id_ in procedure.components]
    parts += [(id_, Section.RESULTS) for id_ in procedure.result_types]
    return tuple(
        _component(doctype, section, documents, copies)
        for id_, section in dict.fromkeys(parts)
        if (doctype := catalogue.doctype(id_)) is not None
    )


def _component(doctype: DocType, section: Section, documents: Sequence[Document], copies: Collection[int]) -> Component:
    numbers = tuple(n for n, d in enumerate(documents, 1) if d.type.id == doctype.id and d.section is section)
    state: ComponentState = "found"
    if not numbers:
        state = "database" if doctype.in_database and section is Section.RECORDS else "missing"
    elif all(number in copies for number in numbers):
        state = "copy"
    return Component(doctype.id, doctype.name_vi, section is Section.RESULTS, state, numbers)


def doubts(parts: Sequence[Component], documents: Sequence[Document], catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what a person should look at: no application at all, or one that belongs to another procedure."""
    handed_in = [d for d in documents if d.section is Section.RECORDS]
    wanted = [part for part in parts if not part.result and _is_application(part.type, catalogue)]
    if not wanted or not handed_in:
        return
    if not any(part.documents for part in wanted) and not any(d.type.id == UNKNOWN for d in handed_in):
        yield finding("component-missing", names=" | ".join(part.name for part in wanted))
    names = {part.type for part in parts}
    for document in handed_in:
        if document.type.id not in names and _is_special_application(document.type.id, catalogue):
            yield finding(
                "component-foreign", section=document.section, page=document.first_page, name=document.type.name
            )


def certified_copies(
    documents: Sequence[Document], pages: Sequence[tuple[Document, PageLines]], matcher: Matcher
) -> set[int]:
    """Return the 1-based numbers of documents that are certified copies: it says so on them, or right behind."""
    copies = set()
    for number, document in enumerate(documents, 1):
        own = (lines for owner, lines in pages if owner is document)
        behind = documents[number] if number < len(documents) else None
        if any(_says_so(lines, matcher) for lines in own) or (
            behind is not None and behind.section is document.section and behind.type.id == _CERTIFICATION
        ):
            copies.add(number)
    return copies


def _says_so(lines: PageLines, matcher: Matcher) -> bool:
    index = Index(page_syllables(lines.view.words))
    return any(matcher.find(phrase, index) is not None for phrase in _CERTIFIED)


def _is_application(id_: str, catalogue: Catalogue) -> bool:
    doctype = catalogue.doctype(id_)
    return doctype is not None and doctype.application


def _is_special_application(id_: str, catalogue: Catalogue) -> bool:
    """Tell whether a type is an application of certain procedures; a general one goes with any."""
    doctype = catalogue.doctype(id_)
    return doctype is not None and doctype.application and not doctype.is_general
