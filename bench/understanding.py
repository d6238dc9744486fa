"""How much of held-out dossiers is understood: documents, types, procedures and fields, on recognised words alone.

    python bench/understanding.py [--seed 1] [--dossiers 400] [--level office|hard|clean] [--json FILE]

The papers of ``heldout`` are set, read as an engine would (``heldout.damage``) and given to ``understand``.  A type, a
procedure or a value is right only when it is exactly the truth; what is not answered lowers coverage, not accuracy.
Types and fields are scored of documents whose first page was found, fields of those whose type is right too.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from heldout.case import Paper
from heldout.damage import LEVELS, Level, read_page
from heldout.dossiers import LEANING, OUTSIDE, Dossier, boundaries, make

from pipeline.catalogue.entries import Catalogue
from pipeline.model import UNKNOWN, Document, PageText
from pipeline.understanding.rules import rules
from pipeline.understanding.understand import PageInput, Understanding, understand
from sohoa.ids import Section

SURE = 0.9
"""Confidence from which a value is given as sure."""
BINS = 10
WORST, CONFUSIONS, SHOWN = 10, 15, 700


@dataclass
class Tally:
    """Right ones of the given ones of all there are."""

    right: int = 0
    given: int = 0
    all: int = 0
    right_unhurt: int = 0
    given_unhurt: int = 0
    all_unhurt: int = 0

    def add(self, given: bool, right: bool, hurt: bool = False) -> None:
        self.all += 1
        self.given += given
        self.right += right
        if not hurt:
            self.all_unhurt += 1
            self.given_unhurt += given
            self.right_unhurt += right

    @property
    def accuracy(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def coverage(self) -> float:
        return self.given / self.all if self.all else 0.0

    @property
    def accuracy_unhurt(self) -> float:
        return self.right_unhurt / self.given_unhurt if self.given_unhurt else 0.0

    @property
    def coverage_unhurt(self) -> float:
        return self.given_unhurt / self.all_unhurt if self.all_unhurt else 0.0


@dataclass
class Miss:
    """One thing that went wrong, with the words of the page."""

    what: str
    truth: str
    said: str
    maker: str
    where: str
    confidence: float
    page: str


@dataclass
class Scores:
    """Everything counted."""

    pages: int = 0
    documents: int = 0
    seconds: float = 0.0
    types: Tally = field(default_factory=Tally)
    outside: Tally = field(default_factory=Tally)
    swallowed: int = 0
    whole: Tally = field(default_factory=Tally)
    procedures: Tally = field(default_factory=Tally)
    ambiguous: Tally = field(default_factory=Tally)
    starts: Tally = field(default_factory=Tally)
    joins_doubted: int = 0
    false_cuts: int = 0
    inner_pages: int = 0
    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    invented: dict[str, int] = field(default_factory=dict)
    by_type: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    type_confidence: list[tuple[float, bool]] = field(default_factory=list)
    procedure_confidence: list[tuple[float, bool]] = field(default_factory=list)
    ids_one_digit_off: int = 0
    ids_one_digit_off_sure: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def all_fields(self) -> Tally:
        total = Tally()
        for tally in self.fields.values():
            for name, value in asdict(tally).items():
                setattr(total, name, getattr(total, name) + value)
        return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dossiers", type=int, default=400)
    parser.add_argument("--level", choices=tuple(LEVELS), default="office")
    parser.add_argument("--json", type=Path, help="write all counts and every miss there")
    options = parser.parse_args()
    scores = measure(options.seed, options.dossiers, LEVELS[options.level])
    made = f"{options.dossiers} dossiers, {scores.documents} papers, {scores.pages} pages"
    print(f"{options.level}: {made}, seed {options.seed}")
    print_scores(scores)
    if options.json:
        options.json.write_text(json.dumps(as_json(scores), ensure_ascii=False, indent=1), encoding="utf-8")


def measure(seed: int, dossiers: int, level: Level) -> Scores:
    """Make, read and understand that many dossiers, each from its own seed, and count."""
    known = rules()
    scores = Scores()
    for number in range(dossiers):
        rng = random.Random(f"{seed}/{number}")
        dossier = make(known.catalogue, rng)
        texts, inputs, hurts = {}, {}, {}
        for section, papers in dossier.sections.items():
            read = [[read_page(page, level, rng) for page in paper.pages] for paper in papers]
            hurts[section] = [set().union(*(hurt for _, hurt in pages)) for pages in read]
            texts[section] = [text for pages in read for text, _ in pages]
            sheets = [page for paper in papers for page in paper.pages]
            inputs[section] = [
                PageInput(text, sheet.width, sheet.height, (300.0, 300.0))
                for text, sheet in zip(texts[section], sheets, strict=True)
            ]
        started = time.process_time()
        understood = understand(dossier.id, inputs, None)
        scores.seconds += time.process_time() - started
        scores.pages += dossier.pages
        _procedure(scores, dossier, understood, known.catalogue, texts)
        for section, papers in dossier.sections.items():
            found = [one for one in understood.documents if one.section is section]
            _section(
                scores,
                f"{number}/{section}",
                papers,
                found,
                hurts[section],
                texts[section],
                understood,
                known.catalogue,
            )
    return scores


def _procedure(
    scores: Scores,
    dossier: Dossier,
    understood: Understanding,
    catalogue: Catalogue,
    texts: dict[Section, list[PageText]],
) -> None:
    if not dossier.procedure:
        return
    said = understood.procedure
    given, right = said.id != UNKNOWN, said.id == dossier.procedure
    (scores.ambiguous if dossier.ambiguous else scores.procedures).add(given, right)
    if given:
        scores.procedure_confidence.append((said.confidence, right))
    if (given and not right) or (not given and not dossier.ambiguous):
        kinds = ", ".join(paper.kind for papers in dossier.sections.values() for paper in papers)
        what = "procedure wrong" if given else "procedure not given"
        named = catalogue.procedure(dossier.procedure)
        truth = f"{dossier.procedure} {named.name if named else ''}"[:90]
        answer = f"{said.id} {said.name}"[:90]
        scores.misses.append(
            Miss(what, truth, answer, kinds, "ambiguous" if dossier.ambiguous else "", said.confidence, "")
        )


def _section(
    scores: Scores,
    where: str,
    papers: list[Paper],
    found: list[Document],
    hurts: list[set[str]],
    texts: list[PageText],
    understood: Understanding,
    catalogue: Catalogue,
) -> None:
    spans = boundaries(papers)
    by_start = {one.first_page: one for one in found}
    free = {first for paper, (first, _) in zip(papers, spans, strict=True) if paper.maker in LEANING}
    starts = {first for first, _ in spans}
    for page in range(2, len(texts) + 1):
        if page in free:
            continue
        if page in starts:
            scores.starts.add(page in by_start, page in by_start)
            continue
        scores.inner_pages += 1
        if page in by_start:
            scores.false_cuts += 1
            at = next(k for k, (first, last) in enumerate(spans) if first <= page <= last)
            cut = by_start[page].cut
            scores.misses.append(
                Miss(
                    "false cut",
                    papers[at].kind,
                    by_start[page].type.id,
                    papers[at].maker,
                    where,
                    cut.confidence if cut else 0.0,
                    _shown(texts[page - 1]),
                )
            )
    for paper, (first, last), hurt in zip(papers, spans, hurts, strict=True):
        scores.documents += 1
        _paper(scores, where, paper, first, last, by_start.get(first), hurt, texts, understood, catalogue)


def _paper(
    scores: Scores,
    where: str,
    paper: Paper,
    first: int,
    last: int,
    one: Document | None,
    hurt: set[str],
    texts: list[PageText],
    understood: Understanding,
    catalogue: Catalogue,
) -> None:
    shown = _shown(texts[first - 1])
    if one is None:
        if paper.maker in LEANING:
            return
        doubted = any(
            f.code == "join-doubtful" and f.page == first and where.endswith(f"/{f.section}")
            for f in understood.findings
        )
        scores.joins_doubted += doubted
        said = "joined, doubted" if doubted else "joined"
        scores.misses.append(Miss("start missed", paper.kind, said, paper.maker, where, 0.0, shown))
        scores.whole.add(True, False)
        if paper.kind == OUTSIDE:
            scores.swallowed += 1
            scores.outside.add(False, False)
        else:
            scores.types.add(False, False)
            scores.by_type[paper.kind].add(False, False)
        return
    said = one.type.id
    scores.whole.add(True, said == paper.kind and one.last_page == last)
    if paper.kind == OUTSIDE:
        scores.outside.add(True, said == UNKNOWN)
        if said != UNKNOWN:
            scores.type_confidence.append((one.type.confidence, False))
            scores.misses.append(
                Miss("type given to outside", OUTSIDE, said, paper.maker, where, one.type.confidence, shown)
            )
        return
    given, right = said != UNKNOWN, said == paper.kind
    scores.types.add(given, right)
    scores.by_type[paper.kind].add(given, right)
    if given:
        scores.type_confidence.append((one.type.confidence, right))
    if not right:
        what = "type wrong" if given else "type not given"
        scores.misses.append(Miss(what, paper.kind, said, paper.maker, where, one.type.confidence, shown))
        return
    _fields(scores, where, paper, one, hurt, shown, understood, catalogue)


def _fields(
    scores: Scores,
    where: str,
    paper: Paper,
    one: Document,
    hurt: set[str],
    shown: str,
    understood: Understanding,
    catalogue: Catalogue,
) -> None:
    kind = catalogue.doctype(paper.kind)
    kinds = {pattern.name: pattern.kind for pattern in kind.fields} if kind else {}
    read = {value.name: value for value in one.fields}
    doubted = {f.page for f in understood.findings if f.code == "field-invalid" and f.section is one.section}
    for name, truth in paper.fields.items():
        if name not in kinds:
            continue
        value = read.get(name)
        said = value.value if value else ""
        right = value is not None and said == truth
        scores.fields[f"{paper.kind}.{name}"].add(value is not None, right, name in hurt)
        if not right and name not in hurt:
            what = "field wrong" if value else "field not given"
            confidence = value.confidence if value else 0.0
            scores.misses.append(
                Miss(what, f"{paper.kind}.{name} = {truth}", said, paper.maker, where, confidence, shown)
            )
        if value and kinds[name] == "personal_id" and _one_off(said, truth):
            scores.ids_one_digit_off += 1
            if value.confidence >= SURE and value.page not in doubted:
                scores.ids_one_digit_off_sure += 1
                scores.misses.append(
                    Miss("ID one digit off, sure", f"{name} = {truth}", said, paper.maker, where, value.confidence, "")
                )
    for name, value in read.items():
        if name not in paper.fields and not (name == "ngay_ban_hanh" and value.value == paper.day):
            label = f"{paper.kind}.{name}{' (by hand)' if paper.by_hand else ''}"
            scores.invented[label] = scores.invented.get(label, 0) + 1
            scores.misses.append(
                Miss("field without truth", label, value.value, paper.maker, where, value.confidence, shown)
            )


def _one_off(said: str, truth: str) -> bool:
    same_length = len(said) == len(truth) == 12 and said.isdigit()
    return same_length and sum(a != b for a, b in zip(said, truth, strict=True)) == 1


def _shown(text: PageText) -> str:
    return text.text[:SHOWN]


def calibration_error(pairs: Iterable[tuple[float, bool]]) -> float:
    """Return the expected calibration error over ten bins of confidence (0–1)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    total = sum(len(held) for held in bins.values())
    gap = sum(abs(sum(c for c, _ in held) - sum(r for _, r in held)) for held in bins.values())
    return gap / total if total else 0.0


def print_scores(scores: Scores) -> None:
    values, outside, fits_two = scores.all_fields, scores.outside, scores.ambiguous
    left, inner = outside.right / max(1, outside.all), max(1, scores.inner_pages)
    missed = max(1, scores.starts.all - scores.starts.given)
    rows = [
        ("type right where given", scores.types.accuracy, _of(scores.types.right, scores.types.given)),
        ("type given", scores.types.coverage, _of(scores.types.given, scores.types.all)),
        (
            "outside papers left unknown",
            left,
            f"{_of(outside.right, outside.all)}, {scores.swallowed} joined to another",
        ),
        ("document whole and of the right type", scores.whole.accuracy, _of(scores.whole.right, scores.whole.given)),
        (
            "procedure right where given",
            scores.procedures.accuracy,
            _of(scores.procedures.right, scores.procedures.given),
        ),
        ("procedure given", scores.procedures.coverage, _of(scores.procedures.given, scores.procedures.all)),
        ("… of papers that fit two: right where given", fits_two.accuracy, _of(fits_two.right, fits_two.given)),
        ("… of papers that fit two: given", fits_two.coverage, _of(fits_two.given, fits_two.all)),
        ("first pages found", scores.starts.coverage, _of(scores.starts.given, scores.starts.all)),
        ("… of the others: told as doubtful joins", scores.joins_doubted / missed, _of(scores.joins_doubted, missed)),
        ("false cuts, of pages that continue", scores.false_cuts / inner, _of(scores.false_cuts, scores.inner_pages)),
        ("value right where given", values.accuracy, _of(values.right, values.given)),
        ("value given", values.coverage, _of(values.given, values.all)),
        ("… read as printed: right where given", values.accuracy_unhurt, _of(values.right_unhurt, values.given_unhurt)),
        ("… read as printed: given", values.coverage_unhurt, _of(values.given_unhurt, values.all_unhurt)),
        ("calibration error of types", calibration_error(scores.type_confidence), ""),
        ("calibration error of procedures", calibration_error(scores.procedure_confidence), ""),
    ]
    for name, share, counts in rows:
        print(f"  {name:<50} {share:7.2%}  {counts}")
    invented = Counter(scores.invented)
    print(f"  {'values given where the page has none':<50} {invented.total():7}  {_most(invented, 6)}")
    off, sure = scores.ids_one_digit_off, scores.ids_one_digit_off_sure
    print(f"  {'IDs with one digit wrong: given, as sure':<50} {off:7}  {sure}")
    print(f"  {'processor time':<50} {1000 * scores.seconds / max(1, scores.pages):7.2f}  ms per page")
    print("fields, the worst (right of all, given, all; only words read as printed)")
    worst = sorted(scores.fields.items(), key=lambda item: item[1].right_unhurt - item[1].all_unhurt)[:WORST]
    for name, tally in worst:
        print(f"  {name:<42} {tally.right_unhurt:5} {tally.given_unhurt:5} {tally.all_unhurt:5}")
    print("confusions")
    confused = Counter(
        (m.what, m.truth, m.said, m.maker) for m in scores.misses if m.what.startswith(("type", "start", "false"))
    )
    for (what, truth, said, maker), count in confused.most_common(CONFUSIONS):
        example = next(m for m in scores.misses if (m.what, m.truth, m.said, m.maker) == (what, truth, said, maker))
        top = " / ".join(example.page.splitlines()[:5])[:150]
        print(f"  {count:4} {what}: {truth} -> {said} ({maker}, {example.confidence:.2f}): {top}")
    print("procedures")
    asked = Counter((m.what, m.truth, m.said) for m in scores.misses if m.what.startswith("procedure"))
    for (what, truth, said), count in asked.most_common(WORST):
        print(f"  {count:4} {what}: {truth} -> {said}")


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole}"


def _most(counter: Counter[str], count: int) -> str:
    return ", ".join(f"{name} {number}" for name, number in counter.most_common(count))


def as_json(scores: Scores) -> dict[str, Any]:
    """Return all counts and misses for a file."""
    plain = replace(scores, fields=dict(scores.fields), by_type=dict(scores.by_type))
    out = asdict(plain)
    out["fields_in_all"] = asdict(scores.all_fields)
    out["calibration_error"] = {
        "types": calibration_error(scores.type_confidence),
        "procedures": calibration_error(scores.procedure_confidence),
    }
    return out


if __name__ == "__main__":
    main()
