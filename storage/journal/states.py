"""The states of batches, files and pages in the journal, and their only legal moves.

This is the one place that says which state may follow which; ``journal`` asks it before every change, and the
drawings in ``docs/journal.md`` are made from it (a test holds them to it).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from sohoa.wording import both
from storage.errors import StorageError


class BatchState(Enum):
    """Where a batch stands; only ``done``, ``released`` and ``abandoned`` are ends."""

    WAITING = "waiting"
    """Entered, and not begun: a night's window was over, or something more urgent came first."""
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    """Stopped or killed before its end, or the archive went away; the next run goes on with it."""
    HELD = "held"
    """At its end, but its sheets do not add up: a person must look before its source may go."""
    DONE = "done"
    RELEASED = "released"
    """Held, and let go as it is by a person, with a reason."""
    ABANDONED = "abandoned"
    """Given up by a person, with a reason; its input stays where it is."""


class FileState(Enum):
    """Where a file of a batch stands."""

    ENTERED = "entered"
    INSPECTED = "inspected"
    """Known to be readable, with its SHA-256 and its number of pages."""
    REFUSED = "refused"
    """Not readable as a whole; kept aside with the reason."""
    SETTLED = "settled"
    """Each of its pages is accounted for."""
    FREED = "freed"
    """Its source may be moved away or was: the archive has all that it should."""


class PageState(Enum):
    """Where a page stands; the last four are the columns of the sheet ledger."""

    ENTERED = "entered"
    READING = "reading"
    """In the hands of a worker."""
    READ = "read"
    FILED = "filed"
    SEPARATOR = "separator"
    BLANK = "blank"
    REJECTED = "rejected"


State = BatchState | FileState | PageState

ENDS = (PageState.FILED, PageState.SEPARATOR, PageState.BLANK, PageState.REJECTED)
"""What became of a page that is accounted for."""

MOVES: Mapping[State, tuple[State, ...]] = {
    BatchState.WAITING: (BatchState.RUNNING, BatchState.ABANDONED),
    BatchState.RUNNING: (BatchState.DONE, BatchState.HELD, BatchState.INTERRUPTED, BatchState.WAITING),
    BatchState.INTERRUPTED: (BatchState.RUNNING, BatchState.ABANDONED),
    BatchState.HELD: (BatchState.RUNNING, BatchState.RELEASED, BatchState.ABANDONED),
    BatchState.DONE: (),
    BatchState.RELEASED: (),
    BatchState.ABANDONED: (),
    FileState.ENTERED: (FileState.INSPECTED, FileState.REFUSED),
    FileState.INSPECTED: (FileState.SETTLED, FileState.ENTERED, FileState.REFUSED),
    FileState.REFUSED: (FileState.FREED, FileState.ENTERED),
    FileState.SETTLED: (FileState.FREED, FileState.ENTERED),
    FileState.FREED: (),
    PageState.ENTERED: (PageState.READING, *ENDS),
    PageState.READING: (PageState.READ, PageState.ENTERED, PageState.REJECTED),
    PageState.READ: (*ENDS, PageState.ENTERED),
    PageState.FILED: (PageState.ENTERED,),
    PageState.SEPARATOR: (PageState.ENTERED,),
    PageState.BLANK: (PageState.ENTERED,),
    PageState.REJECTED: (PageState.ENTERED,),
}
"""What may follow each state.

A page goes from ``entered`` straight to its end when the archive has it already; a batch that is run again sends its
files and pages back to ``entered``, for it accounts for all of them anew.
"""


class IllegalMove(StorageError):
    """A batch, file or page was to go from a state to one that may not follow it."""

    code = "illegal-move"
    advice = both(
        "Xem trạng thái của lô bằng: sohoa batches show MÃ-LÔ; các bước được phép có trong docs/journal.md.",
        "See the batch's state with: sohoa batches show ID; docs/journal.md has the moves that are allowed.",
    )


def require_move(before: State, after: State, subject: str) -> None:
    """Raise IllegalMove unless ``after`` may follow ``before``."""
    if after not in MOVES[before]:
        allowed = ", ".join(state.value for state in MOVES[before]) or "—"
        raise IllegalMove(
            both(
                f"đang ở trạng thái {before.value}, không chuyển sang {after.value} được; được phép: {allowed}",
                f"is {before.value} and cannot become {after.value}; allowed: {allowed}",
            ),
            subject=subject,
        )


def not_running(state: BatchState, subject: str) -> IllegalMove:
    """Return the error of a change to a batch that nobody is at work on: only a running one changes."""
    message = both(f"lô đang ở trạng thái {state.value}, không đang chạy", f"the batch is {state.value}, not running")
    return IllegalMove(message, subject=subject)


def before(after: State) -> list[State]:
    """Return the states that ``after`` may follow."""
    return [state for state, following in MOVES.items() if after in following]


def is_open(state: BatchState) -> bool:
    """Tell whether something is still to be done about a batch of this state."""
    return bool(MOVES[state])


def drawing(kind: type[BatchState] | type[FileState] | type[PageState]) -> str:
    """Return the Mermaid state diagram of one kind, as ``docs/journal.md`` has it."""
    moves = [
        f"  {one.value} --> {other.value}"
        for one, following in MOVES.items()
        if isinstance(one, kind)
        for other in following
    ]
    first = next(iter(kind))
    ends = [f"  {state.value} --> [*]" for state in kind if not MOVES[state]]
    return "\n".join(["stateDiagram-v2", f"  [*] --> {first.value}", *moves, *ends])
