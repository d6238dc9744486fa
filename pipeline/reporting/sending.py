"""Sending a summary: to a webhook as JSON, and by e-mail as text with the HTML page beside it.

A webhook's name is resolved once, every address that it has is looked at, and the request goes to the address that was
looked at: a name that answers with a public address first and a private one later reaches nothing inside.  Private,
local and other special addresses are refused unless ``nightly.webhook_private`` allows them.  No redirect is followed.
"""

from __future__ import annotations

import ipaddress
import smtplib
import socket
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from urllib.parse import urlsplit, urlunsplit

import httpx

from pipeline.errors import PipelineError
from pipeline.reporting.page import as_html, as_text
from pipeline.reporting.summary import Summary
from pipeline.settings import NightlySettings
from sohoa.wording import both

_TIMEOUT = 20.0
Resolve = Callable[[str, int], Sequence[str]]


class NotSent(PipelineError):
    """The summary could not be sent; it lies in its folder all the same."""

    code = "summary-not-sent"
    advice = both(
        "Bản tổng kết vẫn nằm trong thư mục nightly.summaries; kiểm tra nightly.webhook và nightly.smtp.",
        "The summary is in the folder nightly.summaries all the same; check nightly.webhook and nightly.smtp.",
    )


def send(summary: Summary, settings: NightlySettings) -> list[NotSent]:
    """Send the summary wherever the settings say; return what could not be sent."""
    failed = []
    for wanted, deliver in ((settings.webhook, post), (settings.mail_to, mail)):
        if wanted:
            try:
                deliver(summary, settings)
            except NotSent as error:
                failed.append(error)
    return failed


def resolve(host: str, port: int) -> list[str]:
    """Return every address of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def post(summary: Summary, settings: NightlySettings, resolved: Resolve = resolve) -> None:
    """Post the summary as JSON to the webhook; raises NotSent."""
    url = settings.webhook or ""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise NotSent(both("địa chỉ không đúng dạng", "not an address"), subject="nightly.webhook") from error
    shown = f"{parts.scheme}://{host}"  # the rest may hold a secret
    try:
        address = _allowed(host, resolved(host, port), settings.webhook_private)
        literal = f"[{address}]" if ":" in address else address
        # Nothing from the environment: a proxy would resolve the name once more.
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            answer = client.post(
                urlunsplit((parts.scheme, f"{literal}:{port}", parts.path, parts.query, "")),
                content=summary.model_dump_json(),
                headers={"Host": parts.netloc.rpartition("@")[2], "Content-Type": "application/json"},
                extensions={"sni_hostname": host},
            )
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        reason = both("không gửi được", f"could not be sent: {type(error).__name__}")
        raise NotSent(reason, subject=shown) from error
    if not answer.is_success:
        raise NotSent(both("máy nhận từ chối", f"the receiver answered {answer.status_code}"), subject=shown)


def _allowed(host: str, addresses: Sequence[str], private: bool) -> str:
    """Return the address to send to, when every address of the host may be sent to."""
    for address in addresses:
        found = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        if not private and (not found.is_global or found.is_multicast):
            message = both("địa chỉ nội bộ không được phép nhận", "private addresses may not be sent to")
            advice = both(
                "Nếu đúng là máy nội bộ cần nhận, đặt nightly.webhook_private = true.",
                "When a machine inside is meant, set nightly.webhook_private = true.",
            )
            raise NotSent(message, subject=host, advice=advice)
    if not addresses:
        raise NotSent(both("không tìm thấy máy này", "no such host"), subject=host)
    return addresses[0]


def mail(summary: Summary, settings: NightlySettings) -> None:
    """Send the summary by e-mail; raises NotSent."""
    message = EmailMessage()
    verdict = "✓" if summary.is_good else "✗"
    message["Subject"] = f"sohoa {verdict} {summary.started.astimezone():%d/%m/%Y}: {summary.pages} trang"
    message["From"] = settings.mail_from
    message["To"] = ", ".join(settings.mail_to)
    message.set_content(as_text(summary))
    message.add_attachment(as_html(summary), subtype="html", filename="sohoa.html")
    host, _, port = settings.smtp.rpartition(":")
    try:
        with smtplib.SMTP(host, int(port), timeout=_TIMEOUT) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        reason = both("không gửi được thư", f"the e-mail could not be sent: {error}")
        raise NotSent(reason, subject=settings.smtp) from error
