"""Every kind of finding, declared once: its code, how much it matters, what it says and what a person does next.

Messages and advice are Vietnamese first, English second, parted by “ / ”.  A text in square brackets is said only
when the detail that it names was given: ``[: {reason}]``.  The page is said by the finding's own field, since its
number changes with the page's place; messages name fields, never a citizen's data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Finding, Severity
from scanners.base import ScanError
from sohoa.ids import Section
from sohoa.text import nfc
from sohoa.wording import parted

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_INFO, _WARNING, _ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding: severity, then message and advice, each in Vietnamese and in English."""

    severity: Severity
    vi: str
    en: str
    advice_vi: str
    advice_en: str

    @property
    def advice(self) -> str:
        """The next step for a person, in both languages."""
        return f"{self.advice_vi} / {self.advice_en}"


_RESCAN = ("Quét lại trang này từ bản giấy.", "Scan this page again from the paper.")
_RESCAN_FILE = (
    "Quét lại, hoặc xin lại tệp gốc rồi nạp lại.",
    "Scan again, or ask for the original file and deliver it.",
)
_CHECK_PAGE = ("Mở trang và so với bản giấy.", "Open the page and compare it with the paper.")

FINDINGS: dict[str, FindingKind] = {
    # files: kept under rejected/, the rest of the batch goes on
    "file-rejected": FindingKind(
        _ERROR, "Không nhận được tệp[: {reason}]", "The file cannot be taken in[: {reason}]", *_RESCAN_FILE
    ),
    "file-empty": FindingKind(
        _ERROR, "Tệp rỗng, không có trang nào", "The file is empty, it has no page", *_RESCAN_FILE
    ),
    "file-unknown-format": FindingKind(
        _ERROR,
        "Tệp không phải PDF, TIFF, JPEG, PNG hay JPEG 2000[: {reason}]",
        "The file is no PDF, TIFF, JPEG, PNG or JPEG 2000[: {reason}]",
        "Xuất tệp sang PDF hoặc ảnh rồi nạp lại.",
        "Save it as PDF or as an image and deliver it again.",
    ),
    "file-elsewhere": FindingKind(
        _WARNING,
        "Chính tệp này cũng đã lưu ở hồ sơ khác[: {dossier}][, trang {pages}]",
        "The very same scan is in another dossier too[: {dossier}][, pages {pages}]",
        "Xem tệp có bị chép nhầm hồ sơ không; nếu hai hồ sơ cùng cần giấy này thì chấp nhận.",
        "See whether it was copied to a wrong dossier; if both need the paper, accept.",
    ),
    "file-encrypted": FindingKind(
        _ERROR,
        "Tệp có mật khẩu",
        "The file needs a password",
        "Bỏ mật khẩu rồi nạp lại.",
        "Remove the password and deliver it again.",
    ),
    "file-damaged": FindingKind(
        _ERROR, "Tệp hỏng hoặc bị cắt[: {reason}]", "The file is damaged or cut[: {reason}]", *_RESCAN_FILE
    ),
    "file-too-large": FindingKind(
        _ERROR,
        "Tệp quá lớn[: {reason}]",
        "The file is too large[: {reason}]",
        "Chia tệp thành nhiều phần, hoặc tăng giới hạn trong cấu hình.",
        "Split the file, or raise the limit in the settings.",
    ),
    "file-not-readable": FindingKind(
        _ERROR,
        "Không đọc được tệp[: {reason}]",
        "The file cannot be read[: {reason}]",
        "Kiểm tra quyền đọc và ổ đĩa rồi chạy lại.",
        "Check the permissions and the disk, then run again.",
    ),
    "file-not-regular": FindingKind(
        _ERROR,
        "Không phải tệp thường mà là liên kết hoặc thiết bị, không đi theo liên kết",
        "A link or a device, not a regular file; links are not followed",
        "Chép tệp thật vào thư mục thay cho liên kết rồi nạp lại.",
        "Put the file itself into the folder in place of the link and deliver it again.",
    ),
    # digital signatures
    "file-signed": FindingKind(
        _INFO,
        "Tệp có chữ ký số; chữ ký chỉ còn trong tệp gốc, được giữ nguyên từng byte",
        "The file is digitally signed; the signature is in the original only, which is kept byte for byte",
        "Không cần làm gì; khi cần kiểm tra chữ ký, xuất hồ sơ rồi mở tệp trong thư mục originals.",
        "Nothing to do; to check the signature, export the dossier and open the file in its folder originals.",
    ),
    "file-signed-divided": FindingKind(
        _WARNING,
        "Tệp có chữ ký số chứa giấy tờ của nhiều hồ sơ; hồ sơ này chỉ giữ trang của mình, không còn chữ ký",
        "A digitally signed file holds papers of several dossiers; this one keeps its own pages, without the signature",
        "Tệp gốc còn nguyên trong thư mục rejected; nếu cần chữ ký, xin bản ký riêng cho từng hồ sơ rồi nạp lại.",
        "The file is kept whole in the folder rejected; where the signature matters, ask for a signed file for each "
        "dossier and deliver those.",
    ),
    # pages
    "scan-error": FindingKind(
        _ERROR, "Lỗi khi lấy trang[: {reason}]", "The page was not delivered[: {reason}]", *_RESCAN
    ),
    "page-unreadable": FindingKind(
        _ERROR, "Không lấy được ảnh của trang[: {reason}]", "The page's image cannot be taken out[: {reason}]", *_RESCAN
    ),
    "page-too-large": FindingKind(
        _ERROR,
        "Ảnh trang quá lớn[: {reason}]",
        "The page's image is too large[: {reason}]",
        "Quét lại với độ phân giải thấp hơn, hoặc tăng giới hạn trong cấu hình.",
        "Scan it at a lower resolution, or raise the limit in the settings.",
    ),
    "page-not-recognised": FindingKind(
        _WARNING,
        "Không nhận dạng được chữ trên trang[: {reason}]",
        "The page's text could not be recognised[: {reason}]",
        "Ảnh trang đã được lưu; nhập thông tin cần tra cứu bằng tay.",
        "The image is kept; type in what must be found.",
    ),
    "page-timed-out": FindingKind(
        _WARNING,
        "Nhận dạng chữ quá thời gian cho phép[: {reason}]",
        "Recognition ran out of time[: {reason}]",
        "Ảnh trang đã được lưu; chạy lại khi máy rảnh hoặc tăng thời gian cho phép.",
        "The image is kept; run again on an idle machine or raise the time limit.",
    ),
    "page-second-engine": FindingKind(
        _INFO,
        "Trang được đọc bằng bộ nhận dạng thứ hai[: {reason}]",
        "The page was read by the second engine[: {reason}]",
        "Không cần làm gì; nếu lặp lại nhiều, báo người quản trị.",
        "Nothing to do; when it happens often, tell the administrator.",
    ),
    "page-crashed": FindingKind(
        _WARNING,
        "Chương trình xử lý trang bị ngắt[: {reason}]",
        "The program reading the page broke down[: {reason}]",
        "Chạy lại; nếu vẫn lỗi, quét lại trang này.",
        "Run again; if it happens again, scan the page again.",
    ),
    "page-low-confidence": FindingKind(
        _WARNING,
        "Chữ trên trang đọc chưa chắc chắn[ (độ tin cậy {confidence} %)]",
        "The page's text is uncertain[ (confidence {confidence} %)]",
        *_CHECK_PAGE,
    ),
    "text-uncovered": FindingKind(
        _WARNING,
        "Có chỗ trông như chữ in mà chưa đọc được",
        "A place looks like print but could not be read",
        "Xem chỗ đó trên trang; nếu là chữ cần tra cứu thì nhập bằng tay hoặc quét lại trang rõ hơn.",
        "Look at that place; when it must be found, type it in or scan the page again more clearly.",
    ),
    "page-blurred": FindingKind(
        _WARNING, "Trang bị mờ, nét chữ nhòe", "The page is blurred, its letters run together", *_RESCAN
    ),
    "dpi-low": FindingKind(
        _WARNING,
        "Độ phân giải thấp hơn quy định 200 dpi[: {dpi} dpi]",
        "The resolution is below the 200 dpi that the archive rule asks for[: {dpi} dpi]",
        "Quét lại với 200 dpi trở lên (bản đồ 300 dpi) nếu còn bản giấy.",
        "Scan again at 200 dpi or more (maps 300) when the paper is at hand.",
    ),
    "dpi-implausible": FindingKind(
        _WARNING,
        "Độ phân giải ghi trong ảnh không thể đúng[: ghi {stated} dpi, có lẽ là {likely} dpi]",
        "The resolution that the image states cannot be true[: it says {stated} dpi, {likely} dpi is likely]",
        "Đo tờ giấy và so với kích thước trang; sửa cài đặt của máy quét hoặc ứng dụng quét.",
        "Measure the paper and compare it with the page's size; correct the scanner's or the app's settings.",
    ),
    "map-dpi-low": FindingKind(
        _WARNING,
        "Bản đồ, bản vẽ có độ phân giải thấp hơn quy định 300 dpi[: {dpi} dpi]",
        "A map or drawing is below the 300 dpi that the archive rule asks for[: {dpi} dpi]",
        "Quét lại bản đồ, bản vẽ với 300 dpi trở lên nếu còn bản giấy.",
        "Scan the map or drawing again at 300 dpi or more when the paper is at hand.",
    ),
    "page-doubtful": FindingKind(
        _WARNING,
        "Trang lấy ra được nhưng có điểm bất thường[: {reason}]",
        "The page was taken out, but something in it is odd[: {reason}]",
        *_CHECK_PAGE,
    ),
    "page-twice": FindingKind(
        _WARNING,
        "Trang giống hệt một trang khác của cùng phần hồ sơ, đã lưu cả hai",
        "The page is the very same as another of its section, both were filed",
        "Xem có phải chép nhầm tệp không; nếu đúng thì không cần làm gì.",
        "See whether a file was copied by mistake; if it is meant, nothing to do.",
    ),
    "card-differs": FindingKind(
        _WARNING,
        "Mã QR của thẻ căn cước ghi khác chữ in ở mục[ {field}]; đã lấy theo mã QR",
        "The ID card's QR code and its print differ in field[ {field}]; the code's value was taken",
        "Xem có phải thẻ của hai người trên một trang không; so với thẻ thật.",
        "See whether two people's cards are on one page; compare with the card itself.",
    ),
    "component-foreign": FindingKind(
        _WARNING,
        "Đơn này thuộc thủ tục khác[: {name}]",
        "This application belongs to another procedure[: {name}]",
        "Xem giấy này có lạc từ hồ sơ khác sang không; nếu lạc thì chuyển: sohoa decide MÃ-HỒ-SƠ dossier.",
        "See whether the paper strayed from another dossier; if so, move it: sohoa decide ID dossier.",
    ),
    "component-missing": FindingKind(
        _WARNING,
        "Hồ sơ thiếu đơn hoặc tờ khai của thủ tục[: {names}]",
        "The dossier lacks the procedure's application[: {names}]",
        "Tìm giấy còn thiếu rồi quét bổ sung; nếu hồ sơ điện tử đã có thì chấp nhận: sohoa decide MÃ-HỒ-SƠ accept.",
        "Find the paper and scan it; if it was handed in electronically, accept: sohoa decide ID accept.",
    ),
    "cut-doubtful": FindingKind(
        _WARNING,
        "Chưa chắc trang này bắt đầu một giấy tờ mới[ (tin {confidence})]",
        "Not sure that a new document begins on this page[ (confidence {confidence})]",
        "Xem trang này và trang trước; nếu là cùng một giấy tờ thì nối: sohoa decide MÃ-HỒ-SƠ join.",
        "Look at this page and the one before; if they are one paper, join them: sohoa decide ID join.",
    ),
    "join-doubtful": FindingKind(
        _WARNING,
        "Chưa chắc trang này thuộc cùng giấy tờ với trang trước[ (tin {confidence})]",
        "Not sure that this page belongs to the document of the page before[ (confidence {confidence})]",
        "Xem trang này và trang trước; nếu là giấy tờ khác thì tách: sohoa decide MÃ-HỒ-SƠ split.",
        "Look at this page and the one before; if it is another paper, split it off: sohoa decide ID split.",
    ),
    "people-differ": FindingKind(
        _WARNING,
        "Giấy này của người khác[: {names}][; các giấy khác trong hồ sơ của: {others}]",
        "This paper is somebody else's[: {names}][; the dossier's others are of: {others}]",
        "Xem giấy này có lạc từ hồ sơ khác sang không; nếu lạc thì chuyển: sohoa decide MÃ-HỒ-SƠ dossier.",
        "See whether the paper strayed from another dossier; if so, move it: sohoa decide ID dossier.",
    ),
    "page-rescanned": FindingKind(
        _WARNING,
        "Có vẻ cùng một tờ giấy đã quét[ ở {where} trang {number}]",
        "Seems to be a paper that was scanned before[, page {number} of {place}]",
        "Xem hai trang; nếu là hai bản của cùng một giấy hoặc quét lại cho rõ thì chấp nhận.",
        "Look at both pages; if there are two copies, or it was scanned again to be clearer, accept.",
    ),
    "date-in-future": FindingKind(
        _WARNING,
        "Ngày ở mục[ {field}] muộn hơn ngày quét",
        "The date in field[ {field}] is later than the day of the scan",
        "So với bản giấy; chỉ sửa khi giấy ghi khác.",
        "Compare it with the paper; correct it only when the paper says otherwise.",
    ),
    "date-order": FindingKind(
        _WARNING,
        "Ngày ở mục[ {first}] không thể muộn hơn mục[ {second}]",
        "The date in field[ {first}] cannot be later than in field[ {second}]",
        "So hai ngày với bản giấy; chỉ sửa khi giấy ghi khác.",
        "Compare both dates with the paper; correct them only when the paper says otherwise.",
    ),
    "id-nearly-same": FindingKind(
        _WARNING,
        "Số định danh trên trang này chỉ khác[ {digits}] chữ số so với giấy khác trong hồ sơ",
        "The personal ID on this page differs in only[ {digits}] digits from another paper's",
        "So hai số với bản giấy: một số bị đọc sai hoặc ghi sai.",
        "Compare both numbers with the papers: one was misread, or is wrong.",
    ),
    "page-moving": FindingKind(
        _WARNING,
        "Trang này đang được chuyển sang hồ sơ[ {to}], chưa chuyển xong",
        "The page is on its way to dossier[ {to}], and not gone yet",
        "Đợi lệnh chuyển chạy xong; nếu lệnh đó đã bị ngắt, lệnh sohoa decide kế tiếp với hồ sơ này sẽ chuyển nốt.",
        "Let the order end; if it was broken off, the next sohoa decide on this dossier finishes it.",
    ),
    "page-blank": FindingKind(
        _INFO,
        "Trang trắng được để riêng",
        "A blank page was set aside",
        "Không cần làm gì; bản gốc vẫn được giữ.",
        "Nothing to do; the original is kept.",
    ),
    "orientation-unsure": FindingKind(
        _WARNING, "Chưa chắc chiều của trang", "The page's orientation is uncertain", *_CHECK_PAGE
    ),
    "skew-unsure": FindingKind(
        _INFO,
        "Không đo được độ nghiêng, giữ nguyên trang",
        "The skew could not be measured, the page was left as it is",
        "Không cần làm gì nếu trang đọc được.",
        "Nothing to do when the page is legible.",
    ),
    "pixel-dpi-unknown": FindingKind(
        _INFO,
        "Ảnh không ghi độ phân giải, kích thước trang là ước đoán",
        "The image states no resolution, the page size is a guess",
        "Kiểm tra cấu hình máy quét.",
        "Check the scanner's settings.",
    ),
    # covers and cutting
    "pages-before-cover": FindingKind(
        _WARNING,
        "Có trang nằm trước tờ bìa đầu tiên, chưa rõ của hồ sơ nào",
        "Pages lie before the first cover sheet, their dossier is unknown",
        "Xem các trang rồi nạp lại chúng với --dossier MÃ_HỒ_SƠ.",
        "Look at the pages, then deliver them again with --dossier ID.",
    ),
    "folder-name-no-id": FindingKind(
        _WARNING,
        "Tên thư mục không phải mã hồ sơ và không có tờ bìa",
        "The folder's name is no dossier ID and there is no cover sheet",
        "Đổi tên thư mục theo mã hồ sơ rồi nạp lại, hoặc nạp lại với --dossier MÃ_HỒ_SƠ.",
        "Name the folder by the dossier ID and deliver it again, or deliver it with --dossier ID.",
    ),
    "cover-invalid": FindingKind(
        _WARNING,
        "Tờ bìa không đọc được hoặc mã hồ sơ trên bìa không hợp lệ[: {reason}]",
        "A cover sheet is unreadable or its dossier ID is not valid[: {reason}]",
        "In lại tờ bìa, hoặc nạp lại các trang sau nó với --dossier MÃ_HỒ_SƠ.",
        "Print the cover sheet again, or deliver the pages behind it again with --dossier ID.",
    ),
    "cover-conflict": FindingKind(
        _WARNING,
        "Mã hồ sơ trên tờ bìa khác với thư mục chứa nó",
        "The cover sheet names another dossier than the folder it lies in",
        "Kiểm tra bản giấy thuộc hồ sơ nào rồi nạp lại với --dossier MÃ_HỒ_SƠ.",
        "Check which dossier the paper belongs to, then deliver it again with --dossier ID.",
    ),
    "cover-file-continues": FindingKind(
        _WARNING,
        "Một tệp nhiều trang bắt đầu sau hồ sơ khác mà không có tờ bìa",
        "A file of several pages follows another dossier without a cover sheet",
        "Kiểm tra xem có thiếu tờ bìa giữa hai tệp không.",
        "Check whether a cover sheet is missing between the two files.",
    ),
    "cover-section-differs": FindingKind(
        _WARNING,
        "Tờ bìa ghi phần khác với thư mục chứa nó; trang được xếp theo thư mục",
        "The cover sheet names another section than its folder; the pages were filed by the folder",
        "So với bản giấy; nếu tờ bìa đúng, chuyển tệp sang thư mục của phần đó rồi nạp lại.",
        "Compare with the paper; when the cover sheet is right, move the files to that section's folder.",
    ),
    "cover-procedure-differs": FindingKind(
        _WARNING,
        "Hai tờ bìa của hồ sơ ghi hai thủ tục khác nhau[: {first} và {other}]; giữ mã đầu tiên",
        "Two cover sheets of the dossier name different procedures[: {first} and {other}]; the first was kept",
        "So với giấy tiếp nhận; có thể hai hồ sơ bị lẫn.",
        "Compare with the receipt slip; two dossiers may be mixed.",
    ),
    "cover-page-count": FindingKind(
        _WARNING,
        "Số trang không khớp tờ bìa[: bìa ghi {expected}, thấy {found}][, trang trắng {blank}]",
        "The page count differs from the cover sheet[: expected {expected}, found {found}][, blank {blank}]",
        "Đếm lại bản giấy; có thể máy kéo đôi hoặc sót trang.",
        "Count the paper again; a double feed or a missed page is likely.",
    ),
    "cover-incomplete": FindingKind(
        _WARNING,
        "Chỉ đọc được mã vạch của tờ bìa, chưa rõ phần hồ sơ và số trang",
        "Only the cover sheet's bar code could be read; section and page count are not known",
        "Kiểm tra các trang thuộc phần nào của hồ sơ; in lại tờ bìa nếu mã QR bị hỏng.",
        "Check which section the pages belong to; print the cover sheet again if its QR codes are damaged.",
    ),
    "cover-empty": FindingKind(
        _WARNING,
        "Không có trang nào sau tờ bìa[ của hồ sơ {dossier}]",
        "No page follows the cover sheet[ of {dossier}]",
        "Kiểm tra xem giấy của hồ sơ này đã được quét chưa.",
        "Check whether this dossier's paper was scanned.",
    ),
    "file-vanished": FindingKind(
        _WARNING,
        "Tệp đã vào lô nhưng nay không còn ở chỗ cũ",
        "The file entered the batch and is not where it was any more",
        "Tìm lại tệp và đặt về chỗ cũ rồi chạy lại; nếu đã lưu đủ, dùng sohoa batches release MÃ-LÔ --reason.",
        "Put the file back and run again; if all of it is archived, use sohoa batches release ID --reason.",
    ),
    "folder-empty": FindingKind(
        _WARNING,
        "Thư mục không có tệp nào để số hóa",
        "The folder holds no file to digitise",
        "Kiểm tra xem tệp quét có được chép vào đúng thư mục không.",
        "Check whether the scans were put into the right folder.",
    ),
    "dossier-blank": FindingKind(
        _WARNING,
        "Hồ sơ chỉ có trang trắng, không có trang nội dung nào",
        "The dossier has blank pages only, no page with content",
        "Kiểm tra xem giấy có bị đặt ngược mặt khi quét không.",
        "Check whether the paper was fed face down.",
    ),
    "dossier-failed": FindingKind(
        _ERROR,
        "Không ghép được hồ sơ, các trang được để riêng[: {reason}]",
        "The dossier could not be assembled, its pages were kept aside[: {reason}]",
        "Nạp lại các tệp trong thư mục từ chối; nếu vẫn lỗi, báo người quản trị.",
        "Deliver the files under rejected/ again; if it happens again, tell the administrator.",
    ),
    "second-delivery": FindingKind(
        _INFO,
        "Hồ sơ đã có trong kho, tạo phiên bản mới",
        "The dossier was archived before, a new version is made",
        "Không cần làm gì nếu đây là giấy tờ bổ sung.",
        "Nothing to do when these papers complete the dossier.",
    ),
    # understanding
    "document-type-unknown": FindingKind(
        _WARNING,
        "Không nhận ra loại giấy tờ",
        "Document type not recognised",
        "Xem trang đầu của giấy tờ và chọn loại.",
        "Look at the document's first page and choose its type.",
    ),
    "procedure-unknown": FindingKind(
        _WARNING,
        "Chưa xác định được thủ tục hành chính của hồ sơ",
        "The dossier's procedure could not be decided",
        "Chọn thủ tục theo giấy tiếp nhận, hoặc in mã thủ tục trên tờ bìa.",
        "Choose the procedure from the receipt slip, or print its code on the cover sheet.",
    ),
    "procedure-not-in-catalogue": FindingKind(
        _WARNING,
        "Mã thủ tục trên tờ bìa không có trong danh mục[: {code}]",
        "The cover sheet's procedure code is not in the catalogue[: {code}]",
        "Sửa mã trên tờ bìa, hoặc bổ sung danh mục thủ tục.",
        "Correct the code on the cover sheet, or add it to the catalogue.",
    ),
    "procedure-mismatch": FindingKind(
        _WARNING,
        "Giấy tờ trong hồ sơ cho thấy thủ tục khác với tờ bìa[: {found}]",
        "The papers speak of another procedure than the cover sheet[: {found}]",
        "So tờ bìa với giấy tiếp nhận; có thể hai hồ sơ bị lẫn.",
        "Compare the cover sheet with the receipt slip; two dossiers may be mixed.",
    ),
    "field-invalid": FindingKind(
        _WARNING,
        "Giá trị không hợp lệ[ ở mục {field}][: {reason_vi}]",
        "The value is not possible[ in field {field}][: {reason}]",
        "So với bản giấy; chỉ sửa khi giấy ghi khác.",
        "Compare it with the paper; correct it only when the paper says otherwise.",
    ),
    "foreign-dossier-id": FindingKind(
        _WARNING,
        "Trang này in mã của hồ sơ khác[: {printed}]",
        "Another dossier's ID is printed here[: {printed}]",
        "Kiểm tra xem trang có bị lẫn từ hồ sơ khác không.",
        "Check whether the page strayed in from another dossier.",
    ),
    "unit-unknown": FindingKind(
        _WARNING,
        "Danh mục không có đơn vị trong mã hồ sơ[: {unit}]",
        "The catalogue knows no unit of the dossier ID[: {unit}]",
        "So mã với giấy tiếp nhận; nếu sai thì chuyển trang vào đúng hồ sơ.",
        "Compare the ID with the receipt slip; when it is wrong, move the pages to the right dossier.",
    ),
    "unit-ended": FindingKind(
        _WARNING,
        "Ngày trong mã hồ sơ sau khi đơn vị kết thúc[: {unit}, {until}][, nay thuộc {now}]",
        "The day in the dossier ID is after its unit's end[: {unit}, {until}][, now in {now}]",
        "So mã với giấy tiếp nhận; nếu sai thì chuyển trang vào đúng hồ sơ.",
        "Compare the ID with the receipt slip; when it is wrong, move the pages to the right dossier.",
    ),
    "received-in-future": FindingKind(
        _WARNING,
        "Ngày tiếp nhận trong mã hồ sơ chưa đến[: {day}]",
        "The day of reception in the dossier ID has not come yet[: {day}]",
        "So mã với giấy tiếp nhận, và xem giờ của máy có đúng không.",
        "Compare the ID with the receipt slip, and see whether the machine's clock is right.",
    ),
    "secret-mark": FindingKind(
        _ERROR,
        "Trang có dấu chỉ mức độ mật[: {mark}]",
        "The page carries a secrecy mark[: {mark}]",
        "Dừng số hóa hồ sơ này và báo người phụ trách tài liệu mật; nếu đọc nhầm, nạp lại với "
        "understanding.refuse_secret = false.",
        "Stop digitising this dossier and tell the officer in charge of secret papers; when it was misread, deliver it "
        "again with understanding.refuse_secret = false.",
    ),
}
"""The registry: code to kind."""


def finding(
    code: str,
    /,
    *,
    section: Section | None = None,
    page: int | None = None,
    file: str | None = None,
    **details: object,
) -> Finding:
    """Make the finding of that code; ``page`` is 1-based, ``details`` fill the message's placeholders.

    Raises KeyError when the code is not in the registry.
    """
    kind = FINDINGS[code]
    # A reason in both languages gives each its own half: whole, it would be said twice and half in the wrong one.
    halves = {name: parted(told) if isinstance(told, str) else (told, told) for name, told in details.items()}
    vi, en = (
        _fill(text, {name: told[n] for name, told in halves.items()}) for n, text in enumerate((kind.vi, kind.en))
    )
    return Finding(code, kind.severity, nfc(f"{vi} / {en}"), kind.advice, section, page, file)


def finding_of(error: ScanError, *, file: str, page: int | None = None) -> Finding:
    """Return the finding for what a scanner error says; its own words are for people already, in both languages."""
    return Finding(error.code, FINDINGS[error.code].severity, nfc(error.message), error.advice, page=page, file=file)


def _fill(text: str, details: dict[str, object]) -> str:
    """Put the details into ``text`` and leave out each optional part whose details were not given."""

    def optional(match: re.Match[str]) -> str:
        part = match[1]
        return part.format(**details) if all(details.get(n) is not None for n in _PLACEHOLDER.findall(part)) else ""

    return _OPTIONAL.sub(optional, text)


def as_markdown() -> str:
    """Return the list of all codes for people, as ``docs/findings.md`` has it."""
    rows = []
    for code, kind in FINDINGS.items():
        cells = (f"`{code}`", kind.severity.value, _plain(kind.vi), kind.advice_vi, _plain(kind.en), kind.advice_en)
        rows.append(f"| {' | '.join(cells)} |")
    head = "| mã / code | mức / severity | nghĩa là | việc cần làm | means | to do |\n|---|---|---|---|---|---|"
    return "\n".join([head, *rows]) + "\n"


def _plain(text: str) -> str:
    """Return a message without the parts that are filled in."""
    return _OPTIONAL.sub("", text).strip()
