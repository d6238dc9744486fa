from __future__ import annotations

from pathlib import Path

from pipeline.findings import as_markdown

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_list_of_findings_in_the_docs_is_the_one_in_force() -> None:
    """The table is what ``pipeline.findings.as_markdown`` returns."""
    assert as_markdown() in (DOCS / "findings.md").read_text("utf-8")
