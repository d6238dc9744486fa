from __future__ import annotations

from sohoa.wording import both


def test_vietnamese_comes_first() -> None:
    assert both("Không có tệp.", "There is no file.") == "Không có tệp. / There is no file."
