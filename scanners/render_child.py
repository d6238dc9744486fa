"""Renders one PDF page in a process of its own, so that time, memory and crashes stay there.

Arguments: the file, the 1-based page, the resolution in dpi.  Writes the page to standard output as a P6 image.
Ends with 0, or with 3 when poppler also reported syntax errors in the file.
"""

from __future__ import annotations

import sys

from pdf2image import convert_from_path
from pdf2image.exceptions import PDFSyntaxError
from PIL import Image


def main() -> int:
    """Render the page that the arguments name."""
    path, page, dpi = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    Image.MAX_IMAGE_PIXELS = None  # the parent computed the size before it asked
    status = 0
    try:
        images = convert_from_path(path, dpi=dpi, first_page=page, last_page=page, use_cropbox=True, strict=True)
    except PDFSyntaxError:
        images = convert_from_path(path, dpi=dpi, first_page=page, last_page=page, use_cropbox=True)
        status = 3
    image = images[0].convert("RGB")
    sys.stdout.buffer.write(b"P6\n%d %d\n255\n" % image.size)
    sys.stdout.buffer.write(image.tobytes())
    return status


if __name__ == "__main__":
    sys.exit(main())
