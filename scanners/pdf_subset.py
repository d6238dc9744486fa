"""A PDF of some pages of another: streams copied as they are encoded, and nothing of the other pages inside.

1. Copy each page's objects with qpdf; links to pages that stay behind become null.
2. Of a page's keys, keep those that say how it looks; others (threads, document parts, metadata) lead to other pages.
3. Of a shared resource dictionary, keep what the page's content names.
4. Cut form fields from their parents, whose children lie on other pages.
5. Make stamps of digital signatures: the picture on the page stays, but the signature holds for the whole file only,
   viewers would call the extract forged, and it points at the whole document.
6. Write without dates or random numbers: the file's ID is computed from its content.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from scanners.base import DamagedFile, FileInfo
from scanners.pdf import open_strictly
from scanners.pdf_resources import prune
from sohoa.wording import both

_INHERITED_BY_WIDGETS = (Name.FT, Name.Ff, Name.V, Name.DV, Name.DA, Name.Q, Name.MaxLen, Name.Opt)
_KEPT_OF_A_PAGE = {
    *("/Type", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit"),
    *("/Resources", "/Contents", "/Group", "/Annots"),
}
_TIES_OF_AN_ANNOTATION = (Name.Dest, Name.A, Name.AA, Name.PA, Name.IRT, Name.Popup, Name.StructParent)
_KEPT_OF_A_SIGNATURE = {"/Type", "/Rect", "/F", "/AP", "/AS"}


def extract(info: FileInfo, indices: Sequence[int]) -> bytes:
    """Return the bytes of a PDF of the 0-based pages ``indices`` in that order.

    Raises DamagedFile.
    """
    try:
        with open_strictly(info.path, info.name) as source, pikepdf.new() as target:
            for index in indices:
                _isolate(source.pages[index].obj)
            for index in indices:
                target.pages.append(source.pages[index])
            _copy_form(source, target)
            out = io.BytesIO()
            target.save(
                out,
                deterministic_id=True,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
            return out.getvalue()
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:
        raise DamagedFile(
            both("không chép được trang ra khỏi tệp PDF", "pages cannot be copied out of the PDF file"),
            subject=info.name,
        ) from error


def _isolate(page: Dictionary) -> None:
    """Cut the page's ties to other pages; the source is open for reading only and never written."""
    for key in set(page.keys()) - _KEPT_OF_A_PAGE - {"/Parent"}:
        del page[key]
    prune(page)
    annotations = page.get(Name.Annots)
    for annotation in annotations.as_list() if isinstance(annotations, Array) else []:
        if not isinstance(annotation, Dictionary):
            continue
        if annotation.get(Name.Subtype) == Name.Widget:
            _stand_alone(annotation)
        if annotation.get(Name.FT) == Name.Sig:
            _make_stamp(annotation)
        for tie in _TIES_OF_AN_ANNOTATION:
            if tie in annotation:
                del annotation[tie]


def _make_stamp(signature: Dictionary) -> None:
    for key in set(signature.keys()) - _KEPT_OF_A_SIGNATURE:
        del signature[key]
    signature[Name.Subtype] = Name.Stamp


def _stand_alone(widget: Dictionary) -> None:
    """Give a form widget what it inherits, and take its parent away."""
    parent, depth = widget.get(Name.Parent), 0
    while isinstance(parent, Dictionary) and depth < 20:
        for key in _INHERITED_BY_WIDGETS:
            if key in parent and key not in widget:
                widget[key] = parent[key]
        parent, depth = parent.get(Name.Parent), depth + 1
    if Name.Parent in widget:
        del widget[Name.Parent]


def _copy_form(source: pikepdf.Pdf, target: pikepdf.Pdf) -> None:
    """Let viewers draw the copied widgets as before: the form's fonts and defaults, and just these fields."""
    form = source.Root.get(Name.AcroForm)
    widgets = [
        annotation
        for page in target.pages
        for annotation in page.obj.get(Name.Annots, Array()).as_list()
        if isinstance(annotation, Dictionary) and annotation.get(Name.Subtype) == Name.Widget
    ]
    if not isinstance(form, Dictionary) or not widgets:
        return
    copied = Dictionary(Fields=Array(widgets))
    for key in (Name.DR, Name.DA, Name.Q, Name.NeedAppearances):
        if key in form:
            value = form[key]
            copied[key] = target.copy_foreign(source.make_indirect(value)) if key == Name.DR else value
    target.Root.AcroForm = copied
