"""Resources of a page cut down to what its content names: many programs give all pages of a file one dictionary.

1. Collect every name in the content, and in forms and glyphs that have no resources of their own and so use these.
   Too many names (one inside a string) keep too much, never too little; nothing needs to be parsed without fault.
2. Keep the fonts, images, patterns and states of those names.
3. Do the same inside the forms, patterns, masks and glyphs that stay.

Reference: ISO 32000-1, 7.8.3 (resource dictionaries), 7.3.5 (names).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]*)")
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_KINDS = ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/Properties")
_DEEPEST = 12


def prune(page: Dictionary) -> None:
    """Give ``page`` resources of its own that hold only what its content and its annotations' looks use."""
    contents = page.get(Name.Contents)
    _prune(page, contents.as_list() if isinstance(contents, Array) else [contents], 0)
    annotations = page.get(Name.Annots)
    for annotation in annotations.as_list() if isinstance(annotations, Array) else []:
        if isinstance(annotation, Dictionary):
            for look in _streams(annotation.get(Name.AP), 0):
                _prune(look, [look], 1)


def _prune(holder: Object, contents: Iterable[Object | None], depth: int) -> None:
    resources = holder.get(Name.Resources)
    if not isinstance(resources, Dictionary) or depth > _DEEPEST:
        return
    names = set().union(*map(_names, contents))
    while True:  # forms without resources of their own name more of these, which may be such forms again
        kept = _kept(resources, names)
        more = set().union(*map(_names, _borrowers(kept)))
        if more <= names:
            break
        names |= more
    holder[Name.Resources] = kept
    for stream in _drawn(kept):
        _prune(stream, [stream], depth + 1)
    for font in _entries(kept, "/Font"):
        _prune(font, _glyphs(font), depth + 1)


def _kept(resources: Dictionary, names: set[str]) -> Dictionary:
    kept = Dictionary()
    for kind in _KINDS:
        entries = resources.get(kind)
        if isinstance(entries, Dictionary):
            kept[kind] = Dictionary({key: value for key, value in entries.items() if key in names})
    return kept


def _names(stream: Object | None) -> set[str]:
    """Return every name in a stream; none when it cannot be decoded, for then nothing of it is shown either."""
    if not isinstance(stream, Stream):
        return set()
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return set()
    plain = (_ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name) for name in set(_NAME.findall(data)))
    return {"/" + name.decode("utf-8", "surrogateescape") for name in plain}


def _drawn(resources: Dictionary) -> Iterator[Object]:
    """Yield the streams of operators that the resources hold: forms, tiling patterns, soft masks."""
    for kind in ("/XObject", "/Pattern"):
        yield from (entry for entry in _entries(resources, kind) if isinstance(entry, Stream) and not _image(entry))
    for state in _entries(resources, "/ExtGState"):
        mask = state.get(Name.SMask)
        group = mask.get(Name.G) if isinstance(mask, Dictionary) else None
        if isinstance(group, Stream):
            yield group


def _borrowers(resources: Dictionary) -> Iterator[Object]:
    """Yield the forms and glyphs among them that have no resources of their own."""
    yield from (stream for stream in _drawn(resources) if Name.Resources not in stream)
    for font in _entries(resources, "/Font"):
        if Name.Resources not in font:
            yield from _glyphs(font)


def _image(stream: Object) -> bool:
    return bool(stream.get(Name.Subtype) == Name.Image)


def _entries(resources: Dictionary, kind: str) -> Iterator[Object]:
    entries = resources.get(kind)
    for _, entry in entries.items() if isinstance(entries, Dictionary) else ():
        if isinstance(entry, Dictionary | Stream):
            yield entry


def _glyphs(font: Object) -> list[Object]:
    glyphs = font.get(Name.CharProcs)
    return [glyph for _, glyph in glyphs.items()] if isinstance(glyphs, Dictionary) else []


def _streams(looks: Object | None, depth: int) -> Iterator[Object]:
    if isinstance(looks, Stream):
        yield looks
    elif isinstance(looks, Dictionary) and depth < 3:
        for _, look in looks.items():
            yield from _streams(look, depth + 1)
