from __future__ import annotations

import datetime as dt
import email
import http.server
import json
import socketserver
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from pipeline.batch.outcome import PagesRead
from pipeline.events import LedgerPart, MissingPart
from pipeline.reporting.page import as_html, as_text
from pipeline.reporting.sending import NotSent, mail, post, send
from pipeline.reporting.summary import BatchLine, Gatherer, PacePoint, SlowPage, Summary, pace
from pipeline.settings import NightlySettings

START = dt.datetime(2024, 3, 5, 11, tzinfo=dt.UTC)
LEDGER = LedgerPart(pages_in=10, filed=8, separators=1, blank=1, rejected=0, balanced=True)
SHORT = LedgerPart(
    **LEDGER.model_dump(exclude={"missing"}),
    missing=(MissingPart(file="a", page=1, dossier_id=None, section=None, message="a: thiếu <b>1</b> trang"),),
)


def made(**changes: Any) -> Summary:
    told: dict[str, Any] = {
        "started": START,
        "finished": START + dt.timedelta(minutes=90),
        "pages": 3000,
        "failed_pages": 2,
        "pages_per_minute": 33.3,
        "pace": (PacePoint(minute=0, pages_per_minute=30), PacePoint(minute=45, pages_per_minute=36)),
        "dossiers": {"archived": 120, "held": 1},
        "findings": {"page-low-confidence": 7, "cover-page-count": 1},
        "slowest": (SlowPage(file="Lô 1/<script>.pdf", page=3, seconds=12.5),),
        "batches": (BatchLine(batch="20240305T110000-abcdef", state="done", reason="", dossiers=121, ledger=LEDGER),),
        "outages": 1,
        "waiting": 9,
    }
    return Summary(**{**told, **changes})


def test_pages_a_minute_add_up_to_the_pages() -> None:
    moments = [n * 90 / 3000 for n in range(3000)]
    points = pace(moments, 90.0)
    assert len(points) <= 61
    assert sum(point.pages_per_minute for point in points) / len(points) == pytest.approx(3000 / 90, rel=0.02)
    assert pace([], 0.0)[0].pages_per_minute == 0


def test_the_slowest_pages_are_kept_and_the_others_forgotten() -> None:
    now = [0.0]
    gatherer = Gatherer(lambda: now[0])
    for number in range(1000):
        now[0] += 1
        gatherer.hear(PagesRead("b", number + 1, 1000, "a.pdf", number + 1, float(number * 7919 % 1000), "content"))
    summary = gatherer.summary(0)
    assert [slow.seconds for slow in summary.slowest] == [float(n) for n in range(999, 989, -1)]
    assert (summary.pages, summary.failed_pages) == (1000, 0)


def test_the_text_is_for_80_columns_and_says_what_is_missing() -> None:
    told = as_text(made(batches=(BatchLine(batch="b", state="held", reason="", dossiers=1, ledger=SHORT),)))
    assert max(map(len, told.splitlines())) <= 80
    for part in ("3000 trang", "giữ lại / held", "thiếu <b>1</b> trang", "[cover-page-count]", "waiting for review: 9"):
        assert part in told


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attributes if name in ("src", "href")]


def test_the_page_loads_nothing_and_runs_nothing_that_a_file_s_name_says() -> None:
    page = as_html(made(batches=(BatchLine(batch="b", state="held", reason="", dossiers=1, ledger=SHORT),)))
    seen = Seen()
    seen.feed(page)
    assert "script" not in seen.tags
    assert "b" in seen.tags
    assert seen.links == []
    assert "&lt;script&gt;" in page
    assert "thiếu &lt;b&gt;1&lt;/b&gt; trang" in page
    assert "default-src 'none'" in page
    assert {"svg", "polyline", "table"} <= set(seen.tags)


@pytest.fixture
def receiver() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A web server on this host that keeps what it gets."""
    got: list[dict[str, Any]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/elsewhere":
                self.send_response(307)
                self.send_header("Location", "/")
            else:
                got.append({"host": self.headers["Host"], "path": self.path, "told": json.loads(body)})
                self.send_response(500 if self.path == "/broken" else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1], got
        server.shutdown()
        thread.join()


def test_a_webhook_gets_the_summary_by_the_name_it_was_given(receiver: Any) -> None:
    port, got = receiver
    settings = NightlySettings(webhook=f"http://localhost:{port}/hook?key=1", webhook_private=True)
    post(made(), settings)
    (one,) = got
    assert (one["host"], one["path"], one["told"]["pages"]) == (f"localhost:{port}", "/hook?key=1", 3000)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::", "224.0.0.1", "198.18.0.1"),
    ],
)
def test_a_webhook_inside_is_refused_whatever_its_name(address: str, receiver: Any) -> None:
    port, got = receiver
    settings = NightlySettings(webhook=f"http://example.org:{port}/")
    with pytest.raises(NotSent, match="địa chỉ nội bộ"):
        post(made(), settings, lambda host, port: [address])
    with pytest.raises(NotSent, match="địa chỉ nội bộ"):
        post(made(), settings, lambda host, port: ["93.184.215.14", address])
    assert got == []


def test_what_cannot_be_sent_is_told_without_the_address_s_secrets(receiver: Any) -> None:
    port, got = receiver
    for path in ("broken", "elsewhere"):
        settings = NightlySettings(webhook=f"http://localhost:{port}/{path}", webhook_private=True)
        with pytest.raises(NotSent):
            post(made(), settings)
    assert [one["path"] for one in got] == ["/broken"], "a redirect is not followed"
    (error,) = send(made(), NightlySettings(webhook="http://no-such-host.invalid/SECRET", webhook_private=True))
    assert "SECRET" not in str(error)


def test_an_e_mail_has_the_text_and_the_page() -> None:
    got: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                if line.upper().startswith(b"DATA"):
                    self.wfile.write(b"354 go on\r\n")
                    body = b""
                    while (part := self.rfile.readline()) != b".\r\n":
                        body += part
                    got.append(body)
                leaving = line.upper().startswith(b"QUIT")
                self.wfile.write(b"221 bye\r\n" if leaving else b"250 ok\r\n")
                if leaving:
                    return

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        settings = NightlySettings(mail_to=("truong-phong@example.org",), smtp=f"127.0.0.1:{server.server_address[1]}")
        mail(made(), settings)
        thread.join()
    message = email.message_from_bytes(got[0], policy=email.policy.default)
    assert "3000 trang" in message["Subject"]
    parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
    assert "Tổng kết" in parts["text/plain"]
    assert "Tổng kết số hóa" in parts["text/html"]
