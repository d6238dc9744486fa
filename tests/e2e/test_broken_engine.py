"""An engine that hangs, crashes, eats memory or answers rubbish costs one page's time: the other engine reads it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

DOSSIER = "H11.35-230915-0001"
STAND_IN = """
import os, time
class OEM: LSTM_ONLY = 1
class LeptLogLevel: NONE = 0
def set_leptonica_log_level(level): pass
def tesseract_version(): return "tesseract 0.0.0"
class PyTessBaseAPI:
    def __init__(self, **settings): pass
    def SetPageSegMode(self, mode): pass
    def SetImageBytes(self, *picture): pass
    def SetSourceResolution(self, dpi): pass
    def Clear(self): pass
    def GetTSVText(self, page): return TABLE
    def Recognize(self, timeout):
        BREAK
        return True
"""
WAYS = {
    "crash": "os.abort()",
    "hang": "time.sleep(600)",
    "memory": "waste = [bytearray(64 * 1024**2) for _ in range(1000)]",
    "wordless": "raise MemoryError",
    "error": "raise RuntimeError('Failed recognize')",
    "time": "return False",
    "silence": "pass",
    "rubbish": "pass",
}
TABLES = {"rubbish": "5\t1\t1\t1\t1\t1\tx\t\x00\t-7\t9999999\t95\t\ufffd\ufffd"}


@pytest.mark.parametrize("way", WAYS)
def test_the_page_is_read_by_the_other_engine(
    desk: Any, make_page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    library = tmp_path / "library" / "tesserocr"
    library.mkdir(parents=True)
    (library / "__init__.py").write_text(
        STAND_IN.replace("BREAK", WAYS[way]).replace("TABLE", repr(TABLES.get(way, "")))
    )
    monkeypatch.setenv("PYTHONPATH", f"{library.parent}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    monkeypatch.setenv("SOHOA_LIMITS__PAGE_TIMEOUT", "6")
    page = desk.folder / "in" / DOSSIER / "1.jpg"
    page.parent.mkdir(parents=True)
    page.write_bytes(make_page("GIẤY XÁC NHẬN\nTình trạng hôn nhân\nHọ tên người yêu cầu"))
    ran = desk.sohoa("digitize", "in", "--json")
    event = ran.dossiers[DOSSIER]
    assert (event["status"], event["pages"]) == ("archived", 1)
    (told,) = (f for f in event["findings"] if f["code"].startswith("page-"))
    assert (told["code"], told["severity"]) == ("page-second-engine", "info")
    assert desk.sohoa("search", "tinh trang hon nhan", "--json").of("total")[0]["total"] == 1
