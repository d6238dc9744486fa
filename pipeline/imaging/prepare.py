"""The steps in order: from a scanned page to everything that recognition and archiving need to know of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.imaging import blank, deskew, orientation, sheet
from pipeline.imaging.blank import Blankness
from pipeline.imaging.decode import PixelImage, Pixels, decode
from pipeline.imaging.orientation import Readability
from pipeline.imaging.recognition import recognition_picture, upright
from pipeline.imaging.reduced import reduce
from pipeline.imaging.seals import gray_without_seals
from pipeline.imaging.stamps import Stamp, stamps
from pipeline.model import Orientation, PageGeometry, Quality
from scanners.base import ScannedPage

__all__ = ["PreparedPage", "prepare", "upright"]


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """A page ready to be read.

    ``image`` is the page as stored; ``recognition`` the gray picture for the engine, upright and level at
    ``recognition_dpi``; ``scale`` its px per px of the upright page (horizontal, vertical); ``shade`` that page
    before it was cleared.  ``stamps`` are those across the print, which both pictures are without.
    """

    image: PixelImage
    geometry: PageGeometry
    recognition: Pixels
    recognition_dpi: int
    scale: tuple[float, float]
    blank: Blankness
    quality: Quality
    shade: Pixels
    stamps: tuple[Stamp, ...] = ()


def prepare(
    page: ScannedPage, image: PixelImage | None = None, judge: Readability | None = None, turns: int | None = None
) -> PreparedPage:
    """Find out how the page lies and make the picture for recognition.

    ``image`` is the decoded page, when the caller has decoded it already.  ``judge`` says how readable a picture is
    (``OcrEngine.readability``); it is asked only when the page's own lines leave its orientation in doubt.
    ``turns`` are the clockwise quarter turns from the stored image to the upright page, when a person has said so.
    Raises scanners.base.PageUnreadable.
    """
    cv2.setNumThreads(1)  # one worker per core: threads of OpenCV's own would only fight with the others'
    image = image or decode(page)
    gray, lifted = gray_without_seals(image, page.dpi[0])
    small = reduce(gray, page.dpi).turned(page.quarter_turns)
    held = np.rot90(gray, -page.quarter_turns)  # a view: as the container wants the page held
    lying = sheet.find_sheet(small)
    if lying is not None:
        small = lying.only(small)
    blankness = blank.examine(small)
    if turns is not None:
        turn = Orientation((turns - page.quarter_turns) % 4, 1.0)
    else:
        turn = Orientation(0, 0.0) if blankness.blank else orientation.detect(small, held, judge)
    upright_letters = small.turned(turn.quarter_turns)
    skew = deskew.measure(upright_letters)
    whole = (page.quarter_turns + turn.quarter_turns) % 4
    dpi, stated = page.dpi, page.dpi_disbelieved
    if whole % 2:
        dpi, stated = dpi[::-1], stated and stated[::-1]
    geometry = PageGeometry(image.width, image.height, whole, skew, dpi, turn.confidence, stated_dpi=stated)
    if lying is not None:
        geometry = replace(geometry, crop=sheet.crop(lying, turn.quarter_turns, geometry))
    picture = recognition_picture(gray, geometry, image.colour == "bitonal", upright_letters.letter_height)
    return PreparedPage(
        image,
        geometry,
        picture.pixels,
        picture.dpi,
        picture.scale,
        blankness,
        picture.quality,
        picture.shade,
        stamps(image.pixels, lifted, geometry),
    )
