"""Stored records that prove themselves: one JSON object that carries the SHA-256 of its own content.

::

    {"sha256":"<of the bytes after “record”: up to the closing brace>","record":{…}}

A manifest's bytes are named by the next version's ``previous``, but the newest has no successor, and a catalogue
rebuilt from the objects knows only what it read there.  So each manifest and batch record is sealed: one flipped
bit anywhere in the object, the seal included, is found with nothing else at hand.  The seal finds accidents, not
forgers; against those stand the chain of versions and the store's own retention.

The encoding is fixed (sorted keys, no white space, UTF-8), so the same record has the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sohoa.wording import both
from storage.errors import IntegrityError

RecordT = TypeVar("RecordT", bound=BaseModel)

_HEAD = b'{"sha256":"'
_MIDDLE = b'","record":'
_TAIL = b"}\n"
_DIGEST = slice(len(_HEAD), len(_HEAD) + 64)
_BODY = slice(_DIGEST.stop + len(_MIDDLE), -len(_TAIL))


def seal(record: BaseModel) -> bytes:
    """Return the bytes to store for ``record``; equal records give equal bytes."""
    body = json.dumps(
        record.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
    return _HEAD + hashlib.sha256(body).hexdigest().encode() + _MIDDLE + body + _TAIL


def unseal(data: bytes, record_type: type[RecordT], key: str) -> RecordT:
    """Return the record in ``data``, an object stored at ``key``.

    Raises IntegrityError, naming the key, when the seal or the form is broken.
    """
    body = data[_BODY]
    if data != _HEAD + hashlib.sha256(body).hexdigest().encode() + _MIDDLE + body + _TAIL:
        message = both(
            "niêm phong của bản ghi không khớp nội dung: tệp đã bị thay đổi",
            "the record's seal does not fit its content: its bytes have changed",
        )
        raise IntegrityError(message, subject=key)
    try:
        return record_type.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise IntegrityError(
            both(
                f"bản ghi còn nguyên nhưng bản sohoa này không đọc được dạng của nó: {what}",
                f"the record is whole but not of a form this release reads: {what}",
            ),
            subject=key,
            advice=both(
                "Dùng bản sohoa đã ghi nó, hoặc bản mới hơn.",
                "Use the release of sohoa that wrote it, or a newer one.",
            ),
        ) from None
