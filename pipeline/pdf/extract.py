"""One document cut out of a section's PDF: the same pages, images and text, as a file of its own."""

from __future__ import annotations

import io

import pikepdf

from pipeline.pdf.glyphless import without_unused


def extract_pages(section_pdf: bytes, first: int, last: int) -> bytes:
    """Return pages ``first`` to ``last`` (1-based, inclusive) of one of our section PDFs, still PDF/A.

    The other pages' objects are not carried along; bookmarks, which speak of the whole section, are dropped, and the
    font's map forgets the characters of the others: it has them in the order in which they were read.
    """
    with pikepdf.open(io.BytesIO(section_pdf)) as pdf:
        del pdf.pages[last:]
        del pdf.pages[: first - 1]
        for key in ("/Outlines", "/PageLabels", "/PageMode"):
            if key in pdf.Root:
                del pdf.Root[key]
        _forget_characters(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _forget_characters(pdf: pikepdf.Pdf) -> None:
    contents = [page.Contents.read_bytes() for page in pdf.pages]
    fonts = [font for page in pdf.pages for _, font in page.Resources.get("/Font", pikepdf.Dictionary()).items()]
    if fonts:  # all pages have the same one
        maps = fonts[0].ToUnicode
        maps.write(without_unused(maps.read_bytes(), contents))
