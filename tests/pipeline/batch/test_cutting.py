from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.cutting import Delivery, Sheet, count_pages, cut
from pipeline.findings import finding
from pipeline.model import PageKind
from scanners.base import PageSource
from scanners.cover import CoverSheet, InvalidCover
from sohoa import ids
from sohoa.ids import Section

A, B = ids.parse("H11.35-230915-0001"), ids.parse("H11.35-230915-0002")
HASH = "0" * 64


def cover(dossier: ids.DossierId, section: Section = Section.RECORDS, expected: int | None = None) -> CoverSheet:
    return CoverSheet(dossier, section, None, expected)


def sheets(*kinds: PageKind | CoverSheet | InvalidCover | None) -> list[Sheet]:
    made = []
    for index, kind in enumerate(kinds):
        source = PageSource("stack.pdf", HASH, index)
        if kind is None:
            reason = finding("page-unreadable", file="stack.pdf", page=index + 1, reason="cut")
            made.append(Sheet(source, None, 0, len(kinds), findings=(reason,)))
        elif isinstance(kind, PageKind):
            made.append(Sheet(source, kind, 0, len(kinds), spool=str(index)))
        else:
            made.append(Sheet(source, PageKind.COVER, 0, len(kinds), cover=kind))
    return made


PAGE, BLANK = PageKind.CONTENT, PageKind.BLANK


def codes(delivery: Delivery) -> list[str]:
    return [f.code for f in delivery.findings]


def test_covers_cut_a_stack() -> None:
    stack = sheets(cover(A, expected=2), PAGE, BLANK, PAGE, cover(B, Section.RESULTS), PAGE)
    first, second = cut("stack.pdf", stack, None, by_folder=False)
    assert (first.dossier, {s: len(p) for s, p in first.pages.items()}) == (A, {Section.RECORDS: 2})
    assert (second.dossier, {s: len(p) for s, p in second.pages.items()}) == (B, {Section.RESULTS: 1})
    assert codes(first) == codes(second) == []
    assert [(a.sheet.kind, a.after_page) for a in first.set_aside] == [(PageKind.COVER, 0), (PageKind.BLANK, 1)]


def test_a_wrong_count_is_a_finding_and_blank_backs_may_be_counted() -> None:
    (short,) = cut("s", sheets(cover(A, expected=3), PAGE), None, by_folder=False)
    assert codes(short) == ["cover-page-count"]
    (backs,) = cut("s", sheets(cover(A, expected=4), PAGE, BLANK, PAGE, BLANK), None, by_folder=False)
    assert codes(backs) == []


def test_a_cover_of_which_only_the_bar_code_was_read_is_a_finding() -> None:
    (filed,) = cut("s", sheets(CoverSheet(A, complete=False), PAGE), None, by_folder=False)
    assert filed.dossier == A
    assert codes(filed) == ["cover-incomplete"]


def test_one_dossier_met_twice_is_one_delivery() -> None:
    stack = sheets(cover(A), PAGE, cover(B), PAGE, cover(A, Section.RESULTS), PAGE)
    first, second = cut("s", stack, None, by_folder=False)
    assert {s: len(p) for s, p in first.pages.items()} == {Section.RECORDS: 1, Section.RESULTS: 1}
    assert second.dossier == B


def test_pages_before_the_first_cover_are_held() -> None:
    held, filed = cut("s", sheets(PAGE, PAGE, cover(A), PAGE), None, by_folder=False)
    assert held.dossier is None
    assert ids.is_holding(held.dossier_id)
    assert codes(held) == ["pages-before-cover"]
    assert filed.dossier == A


def test_a_folder_without_covers_says_that_its_name_is_no_id() -> None:
    (held,) = cut("lo 5", sheets(PAGE, PAGE), None, by_folder=True)
    assert codes(held) == ["folder-name-no-id"]


def test_an_unreadable_cover_holds_what_follows() -> None:
    stack = sheets(cover(A), PAGE, InvalidCover("hỏng / damaged", ("SOHOA1|x",)), PAGE)
    filed, held = cut("s", stack, None, by_folder=False)
    assert sum(map(len, filed.pages.values())) == 1
    assert held.dossier is None
    assert codes(held) == ["cover-invalid"]


def test_a_cover_of_another_dossier_in_a_dossiers_folder_is_not_believed() -> None:
    own, held = cut("A", sheets(PAGE, cover(B), PAGE), A, by_folder=True)
    assert own.dossier == A
    assert held.dossier is None
    assert codes(held) == ["cover-conflict"]


def test_a_stack_that_has_grown_keeps_its_holding_number() -> None:
    (once,) = cut("s", sheets(PAGE), None, by_folder=False)
    (grown,) = cut("other name", sheets(PAGE, PAGE), None, by_folder=True)
    (other,) = cut("s", sheets(BLANK, PAGE)[1:], None, by_folder=False)
    assert once.dossier_id == grown.dossier_id != other.dossier_id


KINDS = st.one_of(
    st.sampled_from([PAGE, BLANK, None]),
    st.builds(cover, st.sampled_from([A, B]), st.sampled_from(list(Section)), st.none() | st.integers(1, 5)),
    st.just(InvalidCover("x", ())),
)


@given(st.lists(KINDS, max_size=30), st.sampled_from([None, A]), st.booleans())
def test_no_page_is_lost_or_doubled(kinds: list[PageKind], dossier: ids.DossierId | None, by_folder: bool) -> None:
    stack = sheets(*kinds)
    deliveries = cut("s", stack, dossier, by_folder=by_folder)
    assert count_pages(deliveries) == len(stack)
    seen = [s.source.index for d in deliveries for p in d.pages.values() for s in p]
    seen += [a.sheet.source.index for d in deliveries for a in d.set_aside]
    seen += [s.source.index for d in deliveries for s in d.rejected]
    assert sorted(seen) == list(range(len(stack)))
    named = [d.dossier for d in deliveries if d.dossier is not None]
    assert len(named) == len(set(named))


def in_folder(section: Section | None, *kinds: PageKind | CoverSheet | InvalidCover | None) -> list[Sheet]:
    return [replace(sheet, section=section, file_order=1) for sheet in sheets(*kinds)]


def where(delivery: Delivery) -> dict[Section, int]:
    return {section: len(pages) for section, pages in delivery.pages.items()}


def test_a_cover_sheet_in_one_section_s_folder_leaves_the_others_alone() -> None:
    stack = in_folder(Section.RECORDS, cover(A), PAGE) + in_folder(Section.RESULTS, PAGE, PAGE)
    (own,) = cut("folder", stack, A, by_folder=False)
    assert where(own) == {Section.RECORDS: 1, Section.RESULTS: 2}
    foreign = in_folder(Section.RECORDS, cover(B), PAGE) + in_folder(Section.RESULTS, PAGE)
    held, filed = cut("folder", foreign, A, by_folder=False)
    assert (held.dossier, codes(held), where(held)) == (None, ["cover-conflict"], {Section.RECORDS: 1})
    assert (filed.dossier, where(filed)) == (A, {Section.RESULTS: 1})


def test_a_folder_s_section_stands_against_the_cover_sheet_s_with_a_finding() -> None:
    (filed,) = cut("folder", in_folder(Section.RESULTS, cover(A, Section.RECORDS), PAGE), A, by_folder=False)
    assert (where(filed), codes(filed)) == ({Section.RESULTS: 1}, ["cover-section-differs"])


def test_a_bar_code_says_no_section_so_the_caller_s_counts() -> None:
    (filed,) = cut("s", sheets(CoverSheet(A, complete=False), PAGE), None, by_folder=False, section=Section.RESULTS)
    assert (where(filed), codes(filed)) == ({Section.RESULTS: 1}, ["cover-incomplete"])
    (said,) = cut("s", sheets(cover(A, Section.PROCESSING), PAGE), None, by_folder=False, section=Section.RESULTS)
    assert where(said) == {Section.PROCESSING: 1}


def test_of_two_procedures_the_first_is_kept_and_the_other_told() -> None:
    first, second = CoverSheet(A, procedure="1.001193"), CoverSheet(A, procedure="1.001612")
    (filed,) = cut("s", sheets(first, PAGE, second, PAGE), None, by_folder=False)
    assert (filed.procedure, codes(filed)) == ("1.001193", ["cover-procedure-differs"])


def test_the_same_page_twice_in_a_section_is_filed_twice_with_a_finding() -> None:
    twin = sheets(PAGE)
    (filed,) = cut("s", twin + twin, A, by_folder=False)
    assert (where(filed), codes(filed)) == ({Section.RECORDS: 2}, ["page-twice"])
