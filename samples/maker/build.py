"""Builds the set: composes every paper, scans it, writes the files and the truth beside them."""

from __future__ import annotations

import json
import tempfile
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pdf2image import convert_from_path
from PIL import Image, ImageOps

from samples.maker import grounds, seals, writers
from samples.maker.flow import compose
from samples.maker.plan import Cover, Dossier, File, Pages, habits
from samples.maker.scan import Scan, boxes, shoot
from samples.maker.seals import Seal
from samples.maker.sheet import DRAW_DPI, Sheet
from scanners.cover import CoverSheet
from scanners.coversheets import write_covers
from sohoa import ids

Json = dict[str, object]


@dataclass
class Filed:
    """A page on its way into a file: what it shows, how it is scanned, what the truth says of it."""

    sheet: Sheet
    back: Sheet | None
    scan: Scan
    truth: Json


def rng_for(*names: object) -> np.random.Generator:
    """Return a generator seeded by names, so that a page stays the same when others change."""
    return np.random.default_rng(zlib.crc32("/".join(map(str, names)).encode()))


class Builder:
    """Collects the truth of all dossiers while it writes file after file."""

    def __init__(self, inputs: Path) -> None:
        self.inputs = inputs
        self.pages: dict[str, list[Json]] = {}
        self.dossiers: dict[str, Dossier] = {}
        self._sheets: dict[tuple[str, str], list[Sheet]] = {}
        self._filed: dict[tuple[str, str], int] = {}

    def write(self, file: File) -> None:
        """Scan what goes through the device for ``file``, write it, and note the truth of each page."""
        filed = [page for slot in file.slots for page in self._slot(file, slot)]
        frames = []
        for index, page in enumerate(filed):
            shot = shoot(page.sheet, page.scan, rng_for(file.path, index, "noise"), page.back)
            bitonal = page.scan.mode == "bitonal"
            frames.append(writers.Frame(shot.pixels, page.scan.dpi, bitonal, page.scan.quality))
            self._note(file, index, page, shot.width, shot.height)
        writers.write(self.inputs / file.path, frames)

    def truth(self, dossier_id: str) -> Json:
        """Return the truth about one dossier: its papers and, in order of delivery, its pages."""
        dossier = self.dossiers[dossier_id]
        papers = [
            {
                "key": part.key,
                "section": part.section,
                "type": part.document.type,
                "number": part.document.number,
                "pages": len(self._compose(dossier, part.key)),
                "fields": part.document.fields,
                "persons": list(part.document.persons),
            }
            for part in dossier.parts
        ]
        return {
            "dossier": dossier.id,
            "unit": dossier.unit,
            "procedure": dossier.procedure,
            "documents": papers,
            "pages": self.pages[dossier_id],
        }

    def _slot(self, file: File, slot: Pages | Cover) -> list[Filed]:
        self.dossiers[slot.dossier.id] = slot.dossier
        self.pages.setdefault(slot.dossier.id, [])
        return self._cover(file, slot) if isinstance(slot, Cover) else self._papers(file, slot)

    def _papers(self, file: File, slot: Pages) -> list[Filed]:
        sheets = self._compose(slot.dossier, slot.key)
        part, filed = slot.dossier.part(slot.key), []
        pages = slot.only if slot.only is not None else tuple(range(len(sheets)))
        for n in pages:
            rng = rng_for(slot.dossier.id, slot.key, n)
            scan = habits(file.device, rng, slot.change.get(n, {}))
            place = (slot.dossier.id, part.section)
            self._filed[place] = self._filed.get(place, 0) + 1
            truth: Json = {"kind": "content", "dossier": slot.dossier.id, "section": part.section}
            truth |= {"page": self._filed[place], "document": slot.key, "document_page": n + 1}
            other = sheets[n + 1] if n + 1 < len(sheets) and n % 2 == 0 else sheets[n - 1] if n % 2 else None
            filed.append(Filed(sheets[n], other, scan, truth))
            if slot.duplex:
                filed.append(self._blank(file, slot.dossier, part.section, filed[-1], rng))
        unused = set(slot.change) - set(pages)
        if unused:
            raise ValueError(f"{slot.dossier.id} {slot.key}: no such pages to change: {sorted(unused)}")
        return filed

    def _blank(self, file: File, dossier: Dossier, section: str, front: Filed, rng: np.random.Generator) -> Filed:
        """Scan the empty back of ``front``: the same paper, turned the same way, askew on its own."""
        same = {"turns": front.scan.turns, "paper": front.scan.paper, "crease": front.scan.crease}
        scan = habits(file.device, rng, {**same, "bleed": float(rng.uniform(0.03, 0.07))})
        truth: Json = {"kind": "blank", "dossier": dossier.id, "section": section}
        return Filed(Sheet(front.sheet.width, front.sheet.height), front.sheet, scan, truth)

    def _cover(self, file: File, slot: Cover) -> list[Filed]:
        sheet = _cover_sheet(slot)
        rng = rng_for(slot.dossier.id, slot.section, "cover")
        truth: Json = {"kind": "cover", "dossier": slot.dossier.id, "section": slot.section}
        truth["expected"] = slot.expected
        scan = habits(file.device, rng, slot.change)
        filed = [Filed(sheet, None, scan, truth)]
        if slot.duplex:
            filed.append(self._blank(file, slot.dossier, slot.section, filed[0], rng))
        return filed

    def _compose(self, dossier: Dossier, key: str) -> list[Sheet]:
        place = (dossier.id, key)
        if place not in self._sheets:
            document, rng = dossier.part(key).document, rng_for(dossier.id, key)
            sheets = compose(document, rng)
            for n, sheet in enumerate(sheets):
                if document.ground:
                    sheet.background = grounds.ground(document.ground, sheet.width, sheet.height)
                if isinstance(document.edge_seal, Seal) and len(sheets) > 1:
                    seals.press(sheet, document.edge_seal, sheet.width + 9 - 4.5 * n, sheet.height * 0.45, rng)
            self._sheets[place] = sheets
        return self._sheets[place]

    def _note(self, file: File, index: int, page: Filed, width: int, height: int) -> None:
        scan, lines = page.scan, page.sheet.lines()
        flat = [word for line in lines for word in line]
        page.truth |= {
            "file": unicodedata.normalize("NFC", file.path),
            "index": index,
            "difficulty": "hard" if scan.hard else "normal",
            "dpi": scan.dpi,
            "mode": scan.mode,
            "skew": scan.skew,
            "turns": scan.turns,
            "width": width,
            "height": height,
            "text": "\n".join(" ".join(word.text for word in line) for line in lines),
            "words": [[word.text, *box] for word, box in zip(flat, boxes([w.box for w in flat], scan), strict=True)],
            "unread": boxes(page.sheet.unread, scan),
        }
        self.pages[str(page.truth["dossier"])].append(page.truth)


def _cover_sheet(slot: Cover) -> Sheet:
    """Print a cover sheet with the product's own command and lay it on a sheet as toner."""
    procedure = slot.dossier.procedure if slot.procedure else None
    cover = CoverSheet(ids.parse(slot.dossier.id), ids.Section(slot.section), procedure, slot.expected)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cover.pdf"
        write_covers([cover], path)
        (image,) = convert_from_path(path, dpi=DRAW_DPI, grayscale=True)
    sheet = Sheet(210.0, 297.0)
    toner = ImageOps.invert(image.convert("L")).resize(sheet.layer("toner").size, Image.Resampling.BILINEAR)
    sheet.layers["toner"] = toner
    return sheet


def dump(truth: Json) -> str:
    """Return ``truth`` as JSON that a person can read and a diff can show: one line per list of words."""
    pages = truth["pages"]
    assert isinstance(pages, list)
    head = {key: value for key, value in truth.items() if key != "pages"}
    text = json.dumps(head, ensure_ascii=False, indent=1)
    rows = ",\n".join(json.dumps(page, ensure_ascii=False, separators=(",", ":")) for page in pages)
    return text[:-2] + ',\n "pages": [\n' + rows + "\n]}\n"
