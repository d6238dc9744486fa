"""A summary for people: as text for a terminal or an e-mail, and as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, select_autoescape

from pipeline.findings import FINDINGS
from pipeline.reporting.summary import PacePoint, Summary

STATUS_WORDS = {
    "archived": "đã lưu / archived",
    "unchanged": "không đổi / unchanged",
    "held": "tạm giữ / held",
    "rejected": "từ chối / rejected",
}
STATE_WORDS = {
    "done": "xong / done",
    "held": "giữ lại / held",
    "interrupted": "dở dang / interrupted",
    "waiting": "chờ / waiting",
}
_WIDTH, _HEIGHT = 640, 160
"""The chart's size in px."""


def as_text(summary: Summary) -> str:
    """Return the summary in lines of at most 80 columns where nothing in them is longer."""
    minutes = (summary.finished - summary.started).total_seconds() / 60
    lines = [
        f"Tổng kết / summary  {summary.started.astimezone():%d/%m/%Y %H:%M} – {summary.finished.astimezone():%H:%M}",
        f"  {summary.pages} trang / pages, {minutes:.0f} phút, {summary.pages_per_minute:g} trang/phút",
    ]
    if summary.failed_pages:
        lines.append(f"  {summary.failed_pages} lần đọc lỗi / failed readings")
    lines += [f"  {STATUS_WORDS[status]}: {count} hồ sơ" for status, count in summary.dossiers.items()]
    for batch in summary.batches:
        ledger = batch.ledger
        lines.append(f"Lô / batch {batch.batch}: {STATE_WORDS[batch.state]}")
        lines.append(
            f"  {ledger.pages_in} vào = {ledger.filed} lưu + {ledger.separators} tờ bìa + {ledger.blank} trắng"
            f" + {ledger.rejected} từ chối"
        )
        lines += [f"  ! {batch.reason}"] if batch.reason else []
        lines += [f"  ✗ {sheet.message}" for sheet in ledger.missing]
    if summary.findings:
        lines.append("Cần xem / findings")
        lines += [f"  {count:>5}  {label(code)} [{code}]" for code, count in summary.findings.items()]
    if summary.slowest:
        lines.append("Trang chậm nhất / slowest pages")
        lines += [f"  {slow.seconds:>6.1f} s  {slow.file} tr. {slow.page}" for slow in summary.slowest[:5]]
    if summary.outages:
        lines.append(f"Kho mất kết nối / outages: {summary.outages}")
    waiting = str(summary.waiting) if summary.waiting >= 0 else "? (không hỏi được danh mục / the catalogue is away)"
    lines.append(f"Đang chờ xem lại / waiting for review: {waiting}")
    return "\n".join(lines) + "\n"


def as_html(summary: Summary) -> str:
    """Return one HTML page with its charts drawn in it; nothing is loaded from anywhere."""
    environment = Environment(
        loader=PackageLoader("pipeline.reporting"), autoescape=select_autoescape(default=True), trim_blocks=True
    )
    environment.globals.update(label=label, status_words=STATUS_WORDS, state_words=STATE_WORDS)
    return environment.get_template("summary.html").render(
        summary=summary,
        width=_WIDTH,
        height=_HEIGHT,
        line=_line(summary.pace),
        most_pace=max((point.pages_per_minute for point in summary.pace), default=0),
        most_findings=max(summary.findings.values(), default=1),
        minutes=(summary.finished - summary.started).total_seconds() / 60,
    )


def label(code: str) -> str:
    """Return what a finding says in Vietnamese, without the parts that are about one page."""
    return FINDINGS[code].vi.partition("[")[0].rstrip(": ") if code in FINDINGS else code


def _line(points: Sequence[PacePoint]) -> str:
    """Return the points of the pace's line in px, from the top left corner of the chart."""
    most = max((point.pages_per_minute for point in points), default=0) or 1
    last = max((point.minute for point in points), default=0) or 1
    return " ".join(
        f"{point.minute / last * _WIDTH:.1f},{_HEIGHT - point.pages_per_minute / most * (_HEIGHT - 8):.1f}"
        for point in points
    )
