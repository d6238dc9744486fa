"""Dossiers and loose piles of held-out papers, with what is true of them.

A dossier is made for a procedure of the catalogue: some of its papers in random order, now and then a slip, papers that
nobody asked for, what the offices wrote meanwhile, and the results.  A pile is papers of any kind without a procedure.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from heldout import outside, papers_civil, papers_land, papers_office, papers_onestop, papers_person
from heldout.case import FORMS, Paper
from heldout.story import Story, story
from pipeline.catalogue.entries import Catalogue, Procedure
from sohoa.ids import Section

SOURCES = (outside, papers_civil, papers_land, papers_office, papers_onestop, papers_person)
OUTSIDE = "unknown"
LEANING = frozenset({"copy_page", "signature_words", "deal_words", "instruction_page", "photograph"})
"""Forms that may as well be the last page of the paper before them: whether they begin a document is not scored."""
_MEANWHILE = (
    "phieu_kiem_soat",
    "to_trinh",
    "cong_van",
    "bien_ban",
    "phieu_xin_loi",
    "phieu_yeu_cau_bo_sung",
    "bao_cao",
)
_MEANWHILE_LAND = (
    "phieu_chuyen_ttnvtc",
    "thong_bao_thue",
    "bien_ban_ranh_gioi",
    "bien_ban_kiem_tra_dat",
    "giay_nop_tien",
)
_LAND = ("Đất đai",)


@dataclass
class Dossier:
    """Papers by section, the procedure they were handed in for, and whether they fit another as well.

    ``procedure`` is empty for a pile, of which nobody can say.
    """

    id: str
    procedure: str
    ambiguous: bool
    sections: dict[Section, list[Paper]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return sum(len(paper.pages) for papers in self.sections.values() for paper in papers)


def make(catalogue: Catalogue, rng: random.Random) -> Dossier:
    """Return a dossier, or in two of five cases a pile."""
    return _pile(rng) if rng.random() < 0.4 else _dossier(catalogue, rng)


def _pile(rng: random.Random) -> Dossier:
    about = story(rng)
    kinds = [kind for kind in FORMS if kind != OUTSIDE]
    papers = []
    for _ in range(rng.randint(3, 9)):
        if rng.random() < 0.3:
            papers.append(_paper(OUTSIDE, about, rng))
        else:
            about = story(rng) if rng.random() < 0.5 else about
            papers.append(_paper(rng.choice(kinds), about, rng))
    return Dossier(about.dossier_id, "", True, {Section.RECORDS: papers})


def _dossier(catalogue: Catalogue, rng: random.Random) -> Dossier:
    described = [p for p in catalogue.procedures if p.components]
    bare = [p for p in catalogue.procedures if not p.components]
    procedure = rng.choice(described if rng.random() < 0.93 else bare)
    about = replace(story(rng), procedure_name=procedure.name, procedure_code=procedure.code)
    kinds = _asked(procedure, rng)
    slip = rng.random() < 0.55 or not kinds
    records = [_paper(kind, about, rng) for kind in kinds]
    if rng.random() < 0.3:
        records.append(_paper("cccd", about, rng))
    records += [_paper(OUTSIDE, about, rng) for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))]
    rng.shuffle(records)
    if slip:
        records.insert(0 if rng.random() < 0.8 else rng.randint(0, len(records)), _paper("phieu_tiep_nhan", about, rng))
    sections = {Section.RECORDS: records}
    if rng.random() < 0.4:
        pool = (*_MEANWHILE, *(_MEANWHILE_LAND if procedure.field in _LAND else ()))
        sections[Section.PROCESSING] = [_paper(kind, about, rng) for kind in rng.sample(pool, rng.randint(1, 3))]
    issued = [kind for kind in procedure.result_types if kind in FORMS]
    if issued and rng.random() < 0.75:
        given = [rng.choice(issued)] + (["bien_lai_phi"] if rng.random() < 0.3 else [])
        sections[Section.RESULTS] = [_paper(kind, about, rng) for kind in given]
    types = {paper.kind for paper in records} - {OUTSIDE, "phieu_tiep_nhan"}
    results = {paper.kind for paper in sections.get(Section.RESULTS, ())} - {"bien_lai_phi"}
    named = any(paper.kind == "phieu_tiep_nhan" and "thu_tuc" in paper.fields for paper in records)
    return Dossier(
        about.dossier_id, procedure.code, not named and _fits_others(catalogue, procedure, types, results), sections
    )


def _asked(procedure: Procedure, rng: random.Random) -> list[str]:
    """Return the papers that are handed in: the first of the procedure's always, the others mostly."""
    known = [kind for kind in procedure.components if kind in FORMS]
    kinds = known[:1] + [kind for kind in known[1:] if rng.random() < 0.7]
    if not known and rng.random() < 0.6:
        kinds = ["don_de_nghi"]
    return kinds


def _fits_others(catalogue: Catalogue, own: Procedure, types: set[str], results: set[str]) -> bool:
    """Say whether the papers alone could belong to another procedure."""
    known = {kind for p in catalogue.procedures for kind in p.components}
    asked = types & known - {"cccd"}  # goes with every application
    return any(
        p.code != own.code and asked <= set(p.components) and (not results or results & set(p.result_types))
        for p in catalogue.procedures
    )


def _paper(kind: str, about: Story, rng: random.Random) -> Paper:
    return rng.choice(FORMS[kind]).paper(about, rng)


def boundaries(papers: Sequence[Paper]) -> list[tuple[int, int]]:
    """Return each paper's first and last page, 1-based in its section."""
    spans, page = [], 1
    for paper in papers:
        spans.append((page, page + len(paper.pages) - 1))
        page += len(paper.pages)
    return spans
