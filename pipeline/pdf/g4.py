"""CCITT G4 (ITU-T T.6), the lossless code of bitonal pages and of ink masks: the bare stream that a PDF embeds."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_BYTE_COUNTS = 278, 273, 279


def encode(black: NDArray[np.bool_]) -> bytes:
    """Return ``black`` (height × width) as one G4 stream; its true pixels come out as PDF's 0 (BlackIs1 false).

    libtiff codes the page as one strip, and the strip is taken out of its file.
    """
    file = io.BytesIO()
    Image.fromarray(black).save(file, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: black.shape[0]})
    file.seek(0)
    with TiffImagePlugin.TiffImageFile(file) as tiff:
        (start,), (size,) = tiff.tag_v2[_STRIP_OFFSETS], tiff.tag_v2[_STRIP_BYTE_COUNTS]
    return file.getvalue()[start : start + size]
