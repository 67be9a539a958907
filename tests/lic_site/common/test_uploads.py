import io
import socketserver
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django import forms
from PIL import Image

from lic_site.common.uploads import (
    DOCUMENTS,
    IMAGES,
    SPREADSHEETS,
    Kind,
    PrivateFileField,
    archives,
    check,
    checking,
)
from lic_site.common.uploads.checking import sniff
from lic_site.common.uploads.kinds import in_words
from lic_site.common.uploads.refusals import (
    Broken,
    Infected,
    Locked,
    Macros,
    NameAndContentDiffer,
    NotChecked,
    NotTaken,
    Suspicious,
    TooBig,
)
from tests.lic_site.common import files
from tests.lic_site.common.files import archive, image, office, open_document, upload

SVG = (
    b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
)

TAKEN = {
    "cv.pdf": (files.PDF, Kind.PDF),
    "cv.PDF": (files.PDF, Kind.PDF),
    "cv.docx": (office("docx"), Kind.DOCX),
    "sheet.xlsx": (files.workbook(("a", 1)), Kind.XLSX),
    "talk.pptx": (office("pptx"), Kind.PPTX),
    "cv.odt": (open_document("text"), Kind.ODT),
    "sheet.ods": (open_document("spreadsheet"), Kind.ODS),
    "talk.odp": (open_document("presentation"), Kind.ODP),
    "a.png": (image("PNG"), Kind.PNG),
    "a.jpg": (image("JPEG"), Kind.JPEG),
    "a.jpeg": (image("JPEG"), Kind.JPEG),
    "a.webp": (image("WEBP"), Kind.WEBP),
    "list.csv": ("name,town\nÉowyn,Æ\n".encode(), Kind.CSV),
    "notes.txt": ("I ❤ this. a < b".encode(), Kind.TXT),
    "old.txt": ("caf\xe9 \x96 na\xefve".encode("latin-1"), Kind.TXT),
}


@pytest.mark.parametrize("name", TAKEN)
def test_each_kind_is_known_by_its_content(name: str) -> None:
    content, kind = TAKEN[name]
    sent = upload(name, content)
    assert check(sent, frozenset(Kind)) is kind
    assert sent.read() == content, "the file is left at its start"


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("cv.pdf", image("PNG"), NameAndContentDiffer),
        ("cv.pdf", b"MZ\x90\x00\x03\x00\x00\x00", NotTaken),
        ("photo.png", SVG, NotTaken),
        ("photo.svg", SVG, NotTaken),
        ("notes.txt", b"  <script>alert(1)</script>", NotTaken),
        ("notes.txt", b"<!doctype html>", NotTaken),
        ("notes.txt", b"words\x00and bytes", NotTaken),
        ("page.html", b"just words", NameAndContentDiffer),
        ("nameless", b"just words", NameAndContentDiffer),
        ("cv.docx", office("xlsx"), NameAndContentDiffer),
        ("cv.zip", archive({"a.txt": b"x"}), NotTaken),
        ("cv.docx", archive({"[Content_Types].xml": b"<Types/>"}), NotTaken),
        ("cv.odt", archive({"mimetype": b"application/epub+zip"}), NotTaken),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40, Locked),
        ("cv.docx", office("docx", {"word/vbaProject.bin": b"x"}), Macros),
        ("cv.odt", open_document("text", {"Basic/Standard/Module1.xml": b"x"}), Macros),
        (
            "cv.docm",
            archive({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled"}),
            Macros,
        ),
        ("cv.docx", office("docx")[:-30], Broken),
        ("cv.docx", b"PK\x03\x04" + b"\0" * 60, Broken),
        ("a.png", image("PNG")[:20], Broken),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"rubbish" * 9, Broken),
    ],
)
def test_a_wrong_file_is_refused(name: str, content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check(upload(name, content), DOCUMENTS)


def test_a_refusal_says_what_would_be_taken() -> None:
    with pytest.raises(NotTaken, match=r"Choose a PNG image, JPEG image or WebP image\."):
        check(upload("a.pdf", files.PDF), IMAGES)
    assert in_words(frozenset({Kind.PDF})) == "PDF"
    assert in_words(SPREADSHEETS) == "Excel workbook or CSV file"


def test_an_empty_file_has_no_kind() -> None:
    assert sniff(io.BytesIO(b"")) is None


def test_a_locked_part_is_refused() -> None:
    content = bytearray(office("docx"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    with pytest.raises(Locked):
        sniff(io.BytesIO(bytes(content)))


# Bombs ---------------------------------------------------------------------------------------


def test_a_part_packed_too_tightly_is_a_bomb() -> None:
    with pytest.raises(Suspicious):
        sniff(io.BytesIO(office("docx", {"word/document.xml": b"\0" * (6 * 2**20)})))


def test_more_than_the_limit_unpacked_is_a_bomb() -> None:
    sent = office("docx", {"word/document.xml": bytes(range(200))})
    with pytest.raises(Suspicious):
        archives.look(io.BytesIO(sent), unpacked=250)


def test_too_many_entries_are_a_bomb_before_the_directory_is_read() -> None:
    content = archive({f"part{n}": b"" for n in range(archives.ENTRIES + 1)})
    with pytest.raises(Suspicious):
        archives.look(io.BytesIO(content))


def test_what_is_nested_counts_too() -> None:
    inner = archive({"a.xml": bytes(range(200)), "b.xml": bytes(range(200))})
    sent = io.BytesIO(office("pptx", {"ppt/embeddings/one.xlsx": inner}))
    assert archives.look(sent, unpacked=2_000) is Kind.PPTX
    with pytest.raises(Suspicious):
        archives.look(sent, unpacked=len(inner) + 500)


@pytest.mark.parametrize("inner", [archive({"a": b"x"}), b"\x1f\x8b" + b"x" * 9, b"Rar!xxxx"])
def test_an_archive_within_is_refused(inner: bytes) -> None:
    with pytest.raises(Suspicious):
        sniff(io.BytesIO(office("docx", {"word/other.bin": inner})))


def test_a_charts_own_workbook_is_no_bomb_but_another_within_it_is() -> None:
    chart = files.workbook(("a", 1))
    sent = office("pptx", {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": chart})
    assert sniff(io.BytesIO(sent)) is Kind.PPTX
    deeper = office("xlsx", {"xl/embeddings/two.xlsx": chart})
    with pytest.raises(Suspicious):
        sniff(io.BytesIO(office("pptx", {"ppt/embeddings/one.xlsx": deeper})))


def test_an_image_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "PIXELS", 11)
    with pytest.raises(TooBig):
        sniff(io.BytesIO(image("PNG")))


def test_an_image_that_pillow_takes_for_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 3)
    with pytest.raises(TooBig):
        sniff(io.BytesIO(image("PNG")))


def test_a_file_over_the_limit_is_refused(settings) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(TooBig, match="larger than 1 MB"):
        check(upload("cv.pdf", files.PDF + b" " * 2**20), DOCUMENTS)


# The form field ------------------------------------------------------------------------------


class EvidenceForm(forms.Form):
    evidence = PrivateFileField(kinds=frozenset({Kind.PDF, Kind.DOCX}))
    optional = PrivateFileField(required=False)


def test_the_field_cleans_to_the_upload_with_its_kind() -> None:
    form = EvidenceForm({}, {"evidence": upload("cv.pdf", files.PDF)})
    assert form.is_valid()
    assert form.cleaned_data["evidence"].kind is Kind.PDF
    assert form.cleaned_data["optional"] is None
    assert 'accept=".pdf,.docx"' in str(form["evidence"])


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a file."),
        ({"evidence": upload("cv.pdf", b"")}, "The file is empty. Choose another one."),
        (
            {"evidence": upload("a.png", image("PNG"))},
            "We cannot take this kind of file. Choose a PDF or Word document.",
        ),
    ],
)
def test_the_field_says_how_to_put_it_right(sent: dict[str, object], sentence: str) -> None:
    assert EvidenceForm({}, sent).errors["evidence"] == [sentence]


# The virus check -----------------------------------------------------------------------------


@contextmanager
def clamd(answer: bytes, address: str | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """A daemon that takes INSTREAM and says the same of every file."""
    received: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack(">I", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            received.append(content)
            self.wfile.write(answer)

    server = (
        socketserver.UnixStreamServer(address, Handler)
        if address
        else socketserver.TCPServer(("127.0.0.1", 0), Handler)
    )
    with server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield address or f"127.0.0.1:{server.server_address[1]}", received
        server.shutdown()


def test_a_clean_file_passes_the_virus_check_whole(settings, tmp_path: Path) -> None:
    for address in (None, str(tmp_path / "clamd")):
        with clamd(b"stream: OK\0", address) as (settings.CLAMAV_SOCKET, received):
            sent = upload("cv.pdf", files.PDF)
            assert check(sent, DOCUMENTS) is Kind.PDF
            assert received == [files.PDF]
            assert sent.read() == files.PDF


def test_an_infected_file_is_refused(settings) -> None:
    with (
        clamd(b"stream: Eicar-Test-Signature FOUND\0") as (settings.CLAMAV_SOCKET, _),
        pytest.raises(Infected),
    ):
        check(upload("cv.pdf", files.PDF), DOCUMENTS)


def test_nothing_is_taken_while_the_virus_check_gives_no_clear_answer(settings) -> None:
    with (
        clamd(b"INSTREAM size limit exceeded. ERROR\0") as (settings.CLAMAV_SOCKET, _),
        pytest.raises(NotChecked),
    ):
        check(upload("cv.pdf", files.PDF), DOCUMENTS)
    for away in ("127.0.0.1:1", "/nowhere/clamd.ctl", "nonsense"):
        settings.CLAMAV_SOCKET = away
        with pytest.raises(NotChecked):
            check(upload("cv.pdf", files.PDF), DOCUMENTS)


def test_a_directory_that_lies_about_its_sizes_is_damaged() -> None:
    content = bytearray(office("docx", {"word/document.xml": b"x" * 5000}))
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 10)
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as lying:
        assert lying.infolist()[-1].file_size == 10
    with pytest.raises(Broken):
        sniff(io.BytesIO(bytes(content)))
