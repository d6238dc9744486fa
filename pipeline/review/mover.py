"""Moves pages from a holding or dossier into another dossier, each to one only, whoever is killed or comes between.

An order goes in three commits: the pages are claimed where they are, they come to the other dossier, they leave their
own.  The first alone decides: a page has one claim at a time, and every later step does what the claim says, at most
once, no matter who takes it.  So an order that was broken off is finished by whoever touches its dossier next.

A page that came by an order moves on only when it has left where it came from: else its coming back could be undone by
the rest of the first order.  A holding stays as it is: it keeps its pages, and the claims that tell where they went.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from pipeline.batch.decisions import where_now
from pipeline.batch.jobs import AssemblyJob, Base, Claim, Leaving, Moved
from pipeline.batch.moving import cuts_that_stand
from pipeline.review.desk import CannotDecide, Desk
from sohoa import ids
from sohoa.wording import both
from storage.manifest import DecisionRecord, Manifest, MovingRecord, SectionName

Pages = frozenset[tuple[str, int]]


class Mover:
    """Carries orders out, and those on that were broken off."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def move(self, seen: Manifest, pages: Pages, to: str, decision: DecisionRecord) -> Manifest:
        """Take ``pages`` of the version ``seen`` into dossier ``to``; return its new version.

        Raises CannotDecide, and has then moved none, when one of them is elsewhere or claimed for elsewhere.
        """
        origin = seen.dossier_id
        if origin == to:
            message = both("các trang này đã ở trong hồ sơ này", "these pages are in this dossier already")
            raise CannotDecide(message, subject=origin)
        self.finish(origin)
        newest = self._desk.archive.find(origin)
        if newest is not None and pages and all(_went(seen, newest, one) == to for one in pages):
            there = self._desk.archive.find(to)
            assert there is not None  # the pages went there
            return there
        claimed = self._claim(seen, pages, to, decision)
        there = self._bring(claimed, _order(origin, claimed.version))
        self.finish(origin)
        return there

    def finish(self, dossier_id: str) -> None:
        """Carry out what is left of every order that claims pages of a dossier or holding."""
        newest = self._desk.archive.find(dossier_id)
        for order in dict.fromkeys(one.order for one in newest.moving) if newest is not None else ():
            assert newest is not None
            self._bring(newest, order)
            self._let_go(dossier_id, order)

    def _claim(self, seen: Manifest, pages: Pages, to: str, decision: DecisionRecord) -> Manifest:
        """Make the version that claims the pages; what it claims can be cut out."""

        def job(base: Base | None) -> AssemblyJob:
            assert base is not None  # it had the pages
            manifest = base.manifest
            self._let_go_before(manifest)
            order = _order(manifest.dossier_id, manifest.version + 1)
            now = [_now(seen, manifest, *one) for one in sorted(pages)]
            self._require_free(manifest, now)
            moving = tuple(
                MovingRecord(
                    section=section,
                    page=page,
                    dossier_id=to,
                    order=order,
                    person=decision.person,
                    at=decision.at,
                    reason=decision.reason,
                )
                for section, page in now
            )
            claim = Claim(moving, self._desk.originals(manifest))
            return replace(self._desk.job(base, manifest.dossier_id, (), decision.at), claim=claim)

        return self._desk.commit(seen.dossier_id, job)

    def _require_free(self, manifest: Manifest, pages: Iterable[tuple[str, int]]) -> None:
        for section, page in pages:
            claim = next((one for one in manifest.moving if (one.section, one.page) == (section, page)), None)
            homes = [claim.dossier_id] if claim else []
            if not homes and ids.is_holding(manifest.dossier_id):
                homes = self.homes(manifest, section, page)
            if homes:
                where = ", ".join(homes)
                message = both(f"trang này đã thuộc hồ sơ {where}", f"this page is in dossier {where} already")
                raise CannotDecide(message, subject=f"{manifest.dossier_id} {section}:{page}")

    def homes(self, holding: Manifest, section: str, page: int) -> list[str]:
        """Return the dossiers that have a page of a holding: as many as the holding has of the very same, or none."""
        source = next(p.source for p in holding.pages if (p.section, p.number) == (section, page))
        same = Counter((p.source.sha256, p.source.page) for p in holding.pages)[source.sha256, source.page]
        rows = self._desk.archive.catalogue.sources(source.sha256)
        homes = [row.dossier_id for row in rows if row.file_page == source.page and not ids.is_holding(row.dossier_id)]
        return list(dict.fromkeys(homes)) if len(homes) >= same else []

    def _bring(self, origin: Manifest, order: str) -> Manifest:
        """Make the version of the other dossier that has the pages of an order, unless there is one."""
        claims = [one for one in origin.moving if one.order == order]
        first = claims[0]
        there = self._desk.archive.find(first.dossier_id)
        if there is not None and _has_come(there, order):
            return there
        pages = frozenset((one.section, one.page) for one in claims)
        moved = Moved(self._desk.base(origin), pages, self._desk.originals(origin))
        by = {"person": first.person, "at": first.at, "reason": first.reason, "order": order}
        told = DecisionRecord.model_validate({"action": "dossier", "value": origin.dossier_id, **by})

        def job(base: Base | None) -> AssemblyJob | None:
            if base is not None and _has_come(base.manifest, order):
                return None
            return replace(self._desk.job(base, first.dossier_id, [told], first.at), moved=moved)

        return self._desk.commit(first.dossier_id, job, new=True)

    def _let_go_before(self, manifest: Manifest) -> None:
        """Let the dossiers that pages came from be without them, before any of these moves on."""
        for one in manifest.decisions:
            if one.action == "dossier" and one.order is not None and one.value is not None:
                self._let_go(one.value, one.order)

    def _let_go(self, origin: str, order: str) -> None:
        """Make the version of a dossier that is without the pages of an order, unless there is one."""
        if ids.is_holding(origin):
            return

        def job(base: Base | None) -> AssemblyJob | None:
            assert base is not None  # it had the pages
            manifest = base.manifest
            claims = [one for one in manifest.moving if one.order == order]
            if not claims:
                return None
            gone = frozenset((one.section, one.page) for one in claims)
            leaving = Leaving(gone, claims[0].dossier_id, self._desk.originals(manifest))
            version = self._desk.job(base, origin, _told_out(manifest, claims), claims[0].at)
            return replace(version, leaving=leaving)

        self._desk.commit(origin, job)


def _told_out(manifest: Manifest, claims: list[MovingRecord]) -> list[DecisionRecord]:
    """Return the decisions of the version that pages left: each page's, and where documents still begin."""
    first = claims[0]
    by = {"person": first.person, "at": first.at, "reason": first.reason, "order": first.order}
    out = [
        DecisionRecord.model_validate(
            {"action": "move-out", "section": one.section, "page": one.page, "value": one.dossier_id, **by}
        )
        for one in sorted(claims, key=lambda one: -one.page)  # so that the numbers of those that follow are still right
    ]
    cuts = cuts_that_stand(manifest, frozenset((one.section, one.page) for one in claims))
    return [
        *out,
        *(DecisionRecord.model_validate({"action": "split", "section": s, "page": p, **by}) for s, p in cuts),
    ]


def _now(seen: Manifest, newest: Manifest, section: str, page: int) -> tuple[SectionName, int]:
    now, went = where_now(seen, newest, section, page)
    if now is None:
        raise gone(seen, section, page, went)
    return next(p.section for p in newest.pages if p.section == section), now


def _went(seen: Manifest, newest: Manifest, place: tuple[str, int]) -> str | None:
    return where_now(seen, newest, *place)[1]


def _order(origin: str, version: int) -> str:
    """Return the name of the order whose claims that version is the first to hold."""
    return f"{origin}@{version}"


def _has_come(manifest: Manifest, order: str) -> bool:
    return any(one.action == "dossier" and one.order == order for one in manifest.decisions)


def gone(seen: Manifest, section: str, page: int, to: str | None) -> CannotDecide:
    """Return the error that a page is in the version that was seen, and not in the newest one."""
    message = both(f"trang này vừa được chuyển sang {to}", f"this page has just been moved to {to}")
    return CannotDecide(message, subject=f"{seen.dossier_id} {section}:{page}")
