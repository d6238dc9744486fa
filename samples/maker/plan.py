"""What a sample set is: dossiers of papers, the files they were scanned into, and the device of each file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from samples.maker.flow import Document
from samples.maker.scan import Scan

Change = dict[str, object]


@dataclass(frozen=True)
class Part:
    """A paper in its place: ``key`` names it inside the dossier."""

    key: str
    section: str
    document: Document


@dataclass(frozen=True)
class Dossier:
    """One dossier; ``procedure`` is the catalogue's code."""

    id: str
    unit: str
    procedure: str
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part:
        return next(p for p in self.parts if p.key == key)


@dataclass(frozen=True)
class Pages:
    """Pages of a paper in a file: ``only`` picks some (0-based), ``duplex`` adds a blank back to each.

    ``change`` alters the scan of single pages (0-based page of the paper -> changes).
    """

    dossier: Dossier
    key: str
    only: tuple[int, ...] | None = None
    duplex: bool = False
    change: dict[int, Change] = field(default_factory=dict)


@dataclass(frozen=True)
class Cover:
    """A cover sheet for one section of a dossier, with the number of pages that it announces."""

    dossier: Dossier
    section: str
    expected: int | None = None
    procedure: bool = True
    duplex: bool = False
    change: Change = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """One file of the input: its path, the device that wrote it, what went through."""

    path: str
    device: Scan
    slots: tuple[Pages | Cover, ...]


COLOUR = Scan()
COLOUR_300 = Scan(dpi=300, quality=42, blur=0.55, noise=1.3, shade=0.04)
GRAY = Scan(mode="gray", quality=58)
BITONAL = Scan(dpi=300, mode="bitonal", noise=5.0, blur=0.6)
FLATBED = Scan(quality=60, gutter=0.35, lid=0.35, noise=1.4)

_PAPERS = ((0.985, 0.98, 0.965), (0.99, 0.99, 0.985), (0.975, 0.965, 0.935), (0.965, 0.97, 0.975), (0.96, 0.94, 0.895))


def habits(device: Scan, rng: np.random.Generator, change: Change) -> Scan:
    """Return how ``device`` takes one page: its settings, the page's own accidents, then ``change``."""
    skew = float(np.clip(rng.normal(0, 0.75), -1.9, 1.9))
    scan = replace(
        device,
        skew=round(skew, 3),
        shift=(round(float(rng.uniform(-1.2, 1.2)), 2), round(float(rng.uniform(-1.2, 1.2)), 2)),
        blur=device.blur * float(rng.uniform(0.9, 1.25)),
        noise=device.noise * float(rng.uniform(0.8, 1.3)),
        shade=device.shade * float(rng.uniform(0.5, 2.0)),
        fat=float(rng.uniform(0.95, 1.15)),
        paper=device.paper if device.mode == "bitonal" else _PAPERS[int(rng.integers(len(_PAPERS)))],
        bleed=float(rng.uniform(0.015, 0.05)),
        streaks=int(rng.random() < 0.08),
        dust=int(rng.integers(0, 14)),
    )
    return replace(scan, **change)
