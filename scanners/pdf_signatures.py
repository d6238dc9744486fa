"""Whether a PDF is digitally signed: a signature field has a value, and that value covers bytes of the file.

``/SigFlags`` of the form are not asked: they say that there is a field to sign, filled or not (ISO 32000-1, table 219).

Reference: ISO 32000-1, 12.7.4.5 (signature fields), 12.8.1 (/ByteRange), 12.8.4 (/Perms).
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf

_MOST_FIELDS = 5000
"""A form that goes in circles ends here; the largest form seen in office use has some hundreds."""


def is_signed(pdf: Pdf) -> bool:
    """Tell whether any signature or time stamp covers the file; whether it is valid is not looked at."""
    form, permissions = pdf.Root.get(Name.AcroForm), pdf.Root.get(Name.Perms)
    certified = isinstance(permissions, Dictionary) and _covers_bytes(permissions.get(Name.DocMDP))
    return certified or any(_covers_bytes(value) for value in _signature_values(form))


def _covers_bytes(signature: Object | None) -> bool:
    return isinstance(signature, Dictionary) and isinstance(signature.get(Name.ByteRange), Array)


def _signature_values(form: Object | None) -> Iterator[Object | None]:
    """Yield the values of the form's signature fields; kids inherit type and value from the fields above them."""
    if not isinstance(form, Dictionary):
        return
    waiting: list[tuple[Object | None, Object | None, Object | None]] = [(form.get(Name.Fields), None, None)]
    seen = 0
    while waiting and seen < _MOST_FIELDS:
        fields, kind, value = waiting.pop()
        for field in fields.as_list() if isinstance(fields, Array) else []:
            if isinstance(field, Dictionary):
                seen += 1
                own_kind, own_value = field.get(Name.FT, kind), field.get(Name.V, value)
                if own_kind == Name.Sig:
                    yield own_value
                waiting.append((field.get(Name.Kids), own_kind, own_value))
