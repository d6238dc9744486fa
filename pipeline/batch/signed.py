"""What a batch does with digitally signed PDFs: a signature holds for the bytes of a whole file, never for a part.

1. A signed file whose pages all go to one dossier is that dossier's original byte for byte; a finding says that the
   signature holds there only, not in the section's PDF.
2. A signed file whose pages go to several dossiers is whole in none of them: each family would get the others' papers.
   Each dossier has its extract, without the signature, and a finding; the file itself is kept under ``rejected/``.
3. Unless some of its pages were refused as secret: then no copy of it is made anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.batch.cutting import Delivery
from pipeline.findings import finding
from scanners.base import FileInfo

DIVIDED = "file-signed-divided"


def pages_of(delivery: Delivery) -> dict[str, set[int]]:
    """Return the 0-based pages of each file (SHA-256) that fell to ``delivery``, those that were refused included."""
    pages: dict[str, set[int]] = {}
    for source in (*delivery.sources, *(sheet.source for sheet in delivery.rejected)):
        pages.setdefault(source.file_sha256, set()).add(source.index)
    return pages


def divided(shares: Iterable[tuple[str, str]], files: Mapping[str, FileInfo]) -> list[FileInfo]:
    """Return the signed files among ``files`` (by SHA-256) of which several share; a share is (file, who has it)."""
    owners: dict[str, set[str]] = {}
    for file_sha256, owner in shares:
        owners.setdefault(file_sha256, set()).add(owner)
    return [files[file] for file, having in owners.items() if len(having) > 1 and files[file].signed]


def tell_of_signatures(deliveries: Sequence[Delivery], files: Mapping[str, FileInfo]) -> list[FileInfo]:
    """Give each delivery a finding for every signed file that it has pages of; return the files that are divided."""
    parted = divided(((file, str(n)) for n, d in enumerate(deliveries) for file in pages_of(d)), files)
    for delivery in deliveries:
        for info in (files[file_sha256] for file_sha256 in pages_of(delivery)):
            if info.signed:
                delivery.findings.append(finding(DIVIDED if info in parted else "file-signed", file=info.name))
    return parted
