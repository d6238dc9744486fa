"""Makes the pictures of the README from the samples: ``python docs/pictures.py DESK``, DESK holding sohoa-data.

before-after.jpg: a page as the scanner delivered it, and the page as the archive shows it with a search's hit words
marked at their boxes.  search.png: the search in an 80-column terminal.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
from pdf2image import convert_from_bytes
from PIL import Image, ImageDraw, ImageFont
from rich.color import Color
from rich.text import Text

IMAGES = Path(__file__).resolve().parent / "images"
COMMAND = str(Path(sys.executable).with_name("sohoa"))
FONTS = Path("/usr/share/fonts/truetype/croscore")
QUERY = "quyen su dung dat"
DPI = 90
COLUMNS = 80
PAPER, INK = (24, 26, 32), (222, 222, 222)


def main() -> None:
    desk = Path(sys.argv[1]).resolve()
    IMAGES.mkdir(exist_ok=True)
    terminal(desk, ["search", QUERY, "--limit", "4"]).save(IMAGES / "search.png", optimize=True)
    before_after(desk).save(IMAGES / "before-after.jpg", quality=80, optimize=True)


def terminal(desk: Path, arguments: list[str]) -> Image.Image:
    """Return what the command prints on an 80-column colour terminal."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    done = subprocess.run([COMMAND, *arguments], cwd=desk, env=environment, capture_output=True, text=True, check=True)
    words = [f'"{word}"' if " " in word else word for word in arguments]
    lines = [Text(f"$ sohoa {' '.join(words)}", style="bold"), *Text.from_ansi(done.stdout).split("\n")]
    fonts = {
        bold: ImageFont.truetype(str(FONTS / f"Cousine-{'Bold' if bold else 'Regular'}.ttf"), 17) for bold in (0, 1)
    }
    width, height = round(fonts[0].getlength("M")), 23
    picture = Image.new("RGB", (width * COLUMNS + 32, height * len(lines) + 28), PAPER)
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        for column, char in enumerate(line.plain[:COLUMNS]):
            style = line.get_style_at_offset(_plain_console(), column)
            place = (16 + column * width, 14 + row * height)
            if style.bgcolor:
                pen.rectangle((*place, place[0] + width, place[1] + height - 1), fill=_rgb(style.bgcolor, PAPER))
            ink = _rgb(style.color, INK)
            pen.text(
                place, char, fill=tuple(v * 6 // 10 for v in ink) if style.dim else ink, font=fonts[bool(style.bold)]
            )
    return picture


def before_after(desk: Path) -> Image.Image:
    """Return the two halves side by side: the original's page, and the archived page with its hits marked."""
    hits = [json.loads(line) for line in _run(desk, "search", QUERY, "--limit", "50", "--json").splitlines()]
    shown = [hit for hit in hits if hit["event"] == "hit"]
    manifests = {hit["dossier_id"]: _manifest(desk, hit["dossier_id"]) for hit in shown}

    def crooked(hit: dict) -> tuple[int, float]:
        page = _page(manifests[hit["dossier_id"]], hit)
        return page["quarter_turns"], abs(page["skew"])

    best = max(shown, key=crooked)
    manifest = manifests[best["dossier_id"]]
    page = _page(manifest, best)
    stored = next(f for f in manifest["files"] if f["name"] == f"{best['section']}.pdf")
    pdf = (desk / "sohoa-data" / "archive" / stored["key"]).read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (image,) = opened.pages[best["page"] - 1].get_images().values()
        before = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    (after,) = convert_from_bytes(pdf, dpi=DPI, first_page=best["page"], last_page=best["page"])
    veil = Image.new("RGB", after.size, "white")
    pen, scale = ImageDraw.Draw(veil), DPI / page["dpi"][0]
    for left, top, right, bottom in best["boxes"]:
        pen.rectangle([left * scale - 2, top * scale - 2, right * scale + 2, bottom * scale + 2], fill=(255, 226, 70))
    after = Image.fromarray(_multiply(after, veil))
    before.thumbnail((after.height * 2, after.height))
    both = Image.new("RGB", (before.width + after.width + 60, after.height + 40), (120, 124, 130))
    both.paste(before, (20, 20))
    both.paste(after, (before.width + 40, 20))
    return both


def _multiply(one: Image.Image, other: Image.Image):
    import numpy as np

    return (np.asarray(one, np.uint16) * np.asarray(other, np.uint16) // 255).astype(np.uint8)


def _run(desk: Path, *arguments: str) -> str:
    return subprocess.run([COMMAND, *arguments], cwd=desk, capture_output=True, text=True, check=True).stdout


def _manifest(desk: Path, dossier: str) -> dict:
    return json.loads(_run(desk, "show", dossier, "--json"))["manifest"]


def _page(manifest: dict, hit: dict) -> dict:
    return next(p for p in manifest["pages"] if (p["section"], p["number"]) == (hit["section"], hit["page"]))


def _rgb(color: Color | None, default: tuple[int, int, int]) -> tuple[int, int, int]:
    return default if color is None or color.is_default else tuple(color.get_truecolor())


def _plain_console():
    from rich.console import Console

    return Console()


if __name__ == "__main__":
    main()
