"""The error tree of the storage room.

StorageError
├── StoreUnreachable     the object store, catalogue or index cannot be reached (work is kept)
│   ├── SearchNotReady         the index is being built for the first time by another process
│   └── ArchiveEmpty           the archive holds nothing of what the catalogue knows: its disk may not be mounted
├── IntegrityError       stored bytes are not the bytes that were stored
│   └── CatalogueDamaged       the catalogue's file is no readable database; objects are not touched by it
├── ForeignCatalogue     the catalogue belongs to another archive than the one it was opened with
├── VersionConflict      another writer committed this version first: rebase on it and commit again
├── ObjectExists         a conditional create met an object of the same key
├── journal.errors.LeaseLost, BatchBusy, journal.states.IllegalMove   whose batch it is, and what may become of it
├── InvalidKey           an ID, unit code or name that must not become part of an object key
└── NotFound             no such dossier, version or object
"""

from __future__ import annotations

from sohoa.errors import ExitCode, SohoaError


class StorageError(SohoaError):
    """The archive could not do what was asked."""

    code = "storage-error"


class StoreUnreachable(StorageError):
    """A store cannot be reached or written; the work is kept for the next run.

    ``lasting`` says that waiting will not help: a right is missing, not a disk or a server.
    """

    lasting: bool = False
    exit_code = ExitCode.UNREACHABLE
    code = "store-unreachable"
    advice = (
        "Kiểm tra địa chỉ, dung lượng trống của đĩa và quyền ghi, rồi chạy lại lệnh này. / "
        "Check the address, the disk's free space and the rights, then run the same command again."
    )


class SearchNotReady(StoreUnreachable):
    """The search index is being built by another process and there is no older one to answer from."""

    code = "search-not-ready"
    advice = (
        "Chờ lệnh kia dựng xong chỉ mục tra cứu rồi tìm lại. / "
        "Wait until the other command has built the index, then search again."
    )


class ArchiveEmpty(StoreUnreachable):
    """The archive holds no record at all, while the catalogue knows dossiers."""

    code = "archive-empty"
    advice = (
        "Kiểm tra đĩa chứa kho đã được gắn vào máy chưa và địa chỉ --archive có đúng không, rồi chạy lại. / "
        "Check that the archive's disk is mounted and that the --archive address is right, then run it again."
    )


class ForeignCatalogue(StorageError):
    """The catalogue belongs to another archive than the one it was opened with; nothing was done."""

    exit_code = ExitCode.USAGE
    code = "foreign-catalogue"
    advice = (
        "Sửa lại --archive; nếu đúng là kho này thì nêu cả --catalogue của riêng nó. / "
        "Correct --archive; if this is the archive you mean, give its own --catalogue too."
    )


class IntegrityError(StorageError):
    """Stored bytes are not the bytes that were stored."""

    exit_code = ExitCode.INTEGRITY
    code = "integrity"
    advice = (
        "Khôi phục tệp lưu đã nêu từ bản sao lưu, rồi chạy: sohoa verify / "
        "Restore the named object from a backup, then run: sohoa verify"
    )


class CatalogueDamaged(IntegrityError):
    """The catalogue's file is no readable database; the archive itself is not touched by it."""

    code = "catalogue-damaged"
    advice = (
        "Chạy: sohoa reindex (lệnh này cất riêng tệp hỏng và dựng lại danh mục từ các tệp đã lưu). / "
        "Run: sohoa reindex (it sets the damaged file aside and rebuilds the catalogue from the objects)."
    )


class VersionConflict(StorageError):
    """Another writer committed this version first."""

    code = "version-conflict"
    advice = (
        "Chạy lại lệnh này để bổ sung vào phiên bản mới nhất. / Run the command again; it adds to the latest version."
    )


class ObjectExists(StorageError):
    """A conditional create met an object of the same key."""

    code = "object-exists"
    advice = (
        "Chạy sohoa verify để kiểm tra kho; tệp đã lưu không bao giờ bị ghi đè. / "
        "Run sohoa verify to check the archive; a stored object is never written over."
    )


class InvalidKey(StorageError):
    """An ID, unit code or name that must not become part of an object key."""

    exit_code = ExitCode.USAGE
    code = "invalid-key"
    advice = (
        "Kiểm tra mã hồ sơ và mã đơn vị đã nhập hoặc in trên tờ bìa. / "
        "Check the dossier ID and the unit code that were typed or printed on the cover sheet."
    )


class NotFound(StorageError):
    """No such dossier, version or object."""

    exit_code = ExitCode.USAGE
    code = "not-found"
    advice = (
        "Xem trong kho có gì: sohoa search với một phần mã hoặc tên. / "
        "See what the archive holds: sohoa search with part of the ID or a name."
    )
