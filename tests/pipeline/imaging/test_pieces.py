"""Connected pieces: the same as OpenCV measures them, at every edge of the page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from pipeline.imaging.pieces import find_pieces

MASKS = arrays(np.uint8, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=24), elements=st.integers(0, 1))


@given(MASKS)
def test_pieces_are_those_of_opencv(mask: np.ndarray) -> None:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    pieces = find_pieces(mask)
    assert len(pieces) == count
    assert np.array_equal(pieces.labels, labels)
    assert np.array_equal(pieces.boxes[1:], stats[1:, :4])
    assert np.array_equal(pieces.area[1:], stats[1:, cv2.CC_STAT_AREA])


@pytest.mark.parametrize("ink", [0, 1])
def test_a_page_without_paper_or_without_ink(ink: int) -> None:
    pieces = find_pieces(np.full((3, 5), ink, np.uint8))
    assert pieces.boxes.tolist() == [[0, 0, 0, 0], [0, 0, 5, 3]][: 1 + ink]


def test_a_piece_is_found_by_its_number() -> None:
    mask = np.zeros((6, 8), np.uint8)
    mask[1, 2:5] = mask[4, 6] = 1
    mask[2, 3] = 1
    pieces = find_pieces(mask)
    assert pieces.numbers(pieces.area > 1) == [1]
    assert pieces.place(1) == (slice(1, 3), slice(2, 5))
    assert pieces.shape(1).tolist() == [[1, 1, 1], [0, 1, 0]]
    assert np.array_equal(pieces.where(pieces.area > 0), mask)
