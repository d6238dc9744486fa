"""Whatever this room says to people is said in Vietnamese first and in English second."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import storage.archive  # loads every module that declares an error
from sohoa.text import has_marks
from storage.errors import StorageError

ROOM = Path(storage.__file__).parent
SPOKEN_AT = {"VerifyIssue": 3, "UsageError": 0}
"""Which argument is shown to people, of what is no StorageError."""


def tree(root: type[StorageError]) -> Iterator[type[StorageError]]:
    yield root
    for child in root.__subclasses__():
        yield from tree(child)


ERRORS = sorted(set(tree(StorageError)), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", [kind for kind in ERRORS if kind is not StorageError], ids=lambda kind: kind.__name__)
def test_every_error_says_in_both_languages_what_to_do(kind: type[StorageError]) -> None:
    vietnamese, _, english = kind.advice.partition(" / ")
    assert has_marks(vietnamese)
    assert english and not has_marks(english)


@pytest.mark.parametrize("module", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM)))
def test_no_message_is_written_in_one_language(module: Path) -> None:
    """A literal where a message belongs has not gone through ``both``."""
    spoken = {kind.__name__: 0 for kind in ERRORS} | SPOKEN_AT
    alone = []
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in spoken):
            continue
        texts = node.args[spoken[node.func.id] :][:1] + [k.value for k in node.keywords if k.arg == "advice"]
        alone += [text.lineno for text in texts if isinstance(text, ast.Constant | ast.JoinedStr)]
    assert alone == []
