"""Pages to measure on that are not the samples: the samples' papers with other people, and born-digital papers.

    python bench/sets.py OUT [--office 46] [--hard 23] [--born-digital FOLDER]

Writes OUT/SET/NAME.jpg or .tif with NAME.gt.txt beside it, for ``ocr_real.py`` and ``versus_ocrmypdf.py``.

``office300``, ``hard300``: the samples' papers with other names, dates and addresses, scanned anew at 300 dpi in
    colour; the hard ones with streaks, show-through, 4 to 8° of skew and coarse JPEG.  Their forms are the samples'.
``letters300``, ``decree227``, ``law144``: every page of the PDF files in FOLDER that has text, printed and scanned as a
    letter in colour with a red seal and a signature over the print, and bitonal at 227 and 144 dpi.  The truth is the
    PDF's own text.

The same seeds give the same pages.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
from metrics import TRUTH
from pdf2image import convert_from_path
from PIL import Image, ImageOps

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from samples.maker import build, dossiers, people, seals  # noqa: E402
from samples.maker.plan import COLOUR_300, Pages  # noqa: E402
from samples.maker.scan import Scan, shoot  # noqa: E402
from samples.maker.seals import Seal  # noqa: E402
from samples.maker.sheet import DRAW_DPI, PX, Sheet  # noqa: E402
from samples.maker.writers import Frame, write  # noqa: E402

_FAMILY = (
    "Hoàng",
    "Phan",
    "Trương",
    "Đinh",
    "Lương",
    "Ngô",
    "Đoàn",
    "Mai",
    "Tạ",
    "Cao",
    "Lâm",
    "Quách",
    "Châu",
    "Kiều",
)
_MIDDLE = {
    True: ("Văn", "Đức", "Hữu", "Thế", "Xuân", "Ngọc", "Tuấn", "Viết"),
    False: ("Thị", "Ngọc", "Thùy", "Bảo", "Diệu", "Tuyết", "Ánh"),
}
_GIVEN = {
    True: ["Dũng", "Sơn", "Tuyến", "Nghĩa", "Thắng", "Phước", "Cường", "Vững", "Hưởng", "Khải"],
    False: ["Phượng", "Quỳnh", "Thảo", "Vân", "Xuyến", "Hằng", "Nguyệt", "Trúc", "Liễu", "Uyên"],
}
_PLACES = (
    "ấp Vĩnh Thuận, xã Mỹ Quý",
    "tổ 12, khu phố Đông Nhì, phường Lái Hiếu",
    "số 118/7 đường Lý Thường Kiệt, phường Xuân Đỉnh",
    "bản Nà Khoang, xã Chiềng Ngần",
    "xóm Giữa, xã Đồng Tĩnh",
    "buôn Ea Kmát, xã Hòa Đông",
)
_SEAL = Seal("ỦY BAN NHÂN DÂN", "TỈNH NAM THUẬN", ("★",))
_LEAST_TEXT = 200
"""Letters on a page that is worth reading."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--office", type=int, default=46)
    parser.add_argument("--hard", type=int, default=23)
    parser.add_argument("--born-digital", type=Path)
    options = parser.parse_args()
    papers = list(other_papers())
    chance = random.Random(2026)
    chance.shuffle(papers)
    for number, (name, sheet, back, text) in enumerate(papers[: options.office]):
        keep(options.out / "office300" / f"{number:02d}-{name}.jpg", sheet, office(number), text, back)
    for number, (name, sheet, back, text) in enumerate(papers[-options.hard :]):
        keep(options.out / "hard300" / f"{number:02d}-{name}.jpg", sheet, hard(number), text, back)
    for name, sheet, text in printed(options.born_digital) if options.born_digital else ():
        rng = build.rng_for(name)
        for folder, scan in (("decree227", bitonal(227, rng)), ("law144", bitonal(144, rng))):
            keep(options.out / folder / f"{name}.tif", sheet, scan, text)
        seals.press(sheet, _SEAL, sheet.width * rng.uniform(0.5, 0.8), sheet.height * rng.uniform(0.3, 0.85), rng)
        keep(options.out / "letters300" / f"{name}.jpg", sheet, office(int(rng.integers(1 << 20))), text)


def other_papers() -> Iterator[tuple[str, Sheet, Sheet | None, str]]:
    """Give every page of the samples' papers with other people: a name, the sheet, its other side, its text."""
    chance = random.Random(59)
    for name, person in vars(people).copy().items():
        if isinstance(person, people.Person):
            setattr(people, name, other_person(person, chance))
    builder = build.Builder(Path())
    seen = set()
    for file in dossiers.everything():
        for slot in file.slots:
            if isinstance(slot, Pages) and (slot.dossier.id, slot.key) not in seen:
                seen.add((slot.dossier.id, slot.key))
                for number, page in enumerate(
                    builder._papers(replace(file, device=COLOUR_300), replace(slot, change={}))
                ):
                    if page.truth["kind"] == "content":
                        text = "\n".join(" ".join(word.text for word in line) for line in page.sheet.lines())
                        yield f"{slot.dossier.id}-{slot.key}-{number}", page.sheet, page.back, text


def other_person(person: people.Person, chance: random.Random) -> people.Person:
    parts = chance.choice(_FAMILY), chance.choice(_MIDDLE[person.male]), chance.choice(_GIVEN[person.male])
    return replace(
        person,
        name=" ".join(parts),
        born=person.born + dt.timedelta(days=chance.randrange(-4000, 2000)),
        tail=f"{chance.randrange(10**6):06d}",
        place=chance.choice(_PLACES),
        phone=f"0900 {chance.randrange(1000):03d} {chance.randrange(1000):03d}",
    )


def printed(folder: Path) -> Iterator[tuple[str, Sheet, str]]:
    """Give every page of the PDF files in ``folder`` that has text: a name, the page as toner, its text."""
    for path in sorted(folder.glob("*.pdf")):
        with pikepdf.open(path) as pdf:
            count = len(pdf.pages)
        for number in range(1, count + 1):
            place = ["-f", str(number), "-l", str(number)]
            told = subprocess.run(["pdftotext", "-layout", *place, str(path), "-"], capture_output=True, check=True)
            text = told.stdout.decode("utf-8").strip()
            if sum(map(str.isalpha, text)) < _LEAST_TEXT:
                continue
            (image,) = convert_from_path(path, dpi=DRAW_DPI, grayscale=True, first_page=number, last_page=number)
            sheet = Sheet(image.width / PX, image.height / PX)
            toner = ImageOps.invert(image.convert("L")).resize(sheet.layer("toner").size, Image.Resampling.BILINEAR)
            sheet.layers["toner"] = toner
            yield f"{path.stem[-24:]}-{number}", sheet, text


def office(number: int) -> Scan:
    rng = np.random.default_rng(number)
    return replace(
        COLOUR_300,
        skew=round(float(rng.uniform(-4, 4)), 3),
        turns=int(rng.choice([0, 0, 0, 0, 0, 0, 0, 1, 2, 3])),
        quality=int(rng.integers(45, 80)),
        blur=float(rng.uniform(0.4, 0.9)),
        noise=float(rng.uniform(1.0, 2.6)),
        bleed=float(rng.uniform(0.01, 0.06)),
        fat=float(rng.uniform(0.9, 1.2)),
        dust=int(rng.integers(0, 20)),
    )


def hard(number: int) -> Scan:
    rng = np.random.default_rng(7000 + number)
    return replace(
        COLOUR_300,
        skew=round(float(rng.uniform(4, 8) * rng.choice([-1, 1])), 3),
        quality=int(rng.integers(35, 55)),
        blur=float(rng.uniform(0.6, 1.3)),
        noise=float(rng.uniform(2.0, 5.0)),
        bleed=float(rng.uniform(0.12, 0.28)),
        fade=float(rng.uniform(0.55, 0.9)),
        streaks=int(rng.integers(1, 4)),
        dust=int(rng.integers(10, 60)),
    )


def bitonal(dpi: int, rng: np.random.Generator) -> Scan:
    return Scan(
        dpi=dpi,
        mode="bitonal",
        skew=round(float(rng.uniform(-0.8, 0.8)), 3),
        blur=0.6,
        noise=float(rng.uniform(4.0, 8.0)),
        fat=float(rng.uniform(0.85, 1.15)),
        dust=int(rng.integers(0, 30)),
    )


def keep(path: Path, sheet: Sheet, scan: Scan, text: str, back: Sheet | None = None) -> None:
    shot = shoot(sheet, scan, build.rng_for(path.stem, scan.dpi), back)
    write(path, [Frame(shot.pixels, scan.dpi, scan.mode == "bitonal", scan.quality)])
    path.with_name(path.stem + TRUTH).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
