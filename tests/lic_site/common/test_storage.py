import errno
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from lic_site.common.storage import NoRoom, PrivateStorage, Unguessable, private, serve_private


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.PRIVATE_ROOT = tmp_path / "private"
    return settings.PRIVATE_ROOT


def test_a_private_file_has_no_address_and_others_cannot_read_it(root: Path) -> None:
    name = private().save("evidence/ab/abc", ContentFile(b"words"))
    file = root / name
    assert file.read_bytes() == b"words"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(ValueError, match="no address"):
        private().url(name)


def test_names_say_nothing_and_do_not_repeat() -> None:
    names = {Unguessable("evidence")(None, "Ada Lovelace CV.pdf") for _ in range(50)}
    assert len(names) == 50
    assert all(name.startswith("evidence/") and "Ada" not in name for name in names)
    assert Unguessable("a") == Unguessable("a") != Unguessable("b")
    assert len({Unguessable("a"), Unguessable("a")}) == 1


def test_a_name_cannot_lead_out_of_the_folder() -> None:
    with pytest.raises(Exception, match="traversal"):
        private().save("../../etc/passwd", ContentFile(b"x"))


def test_a_full_disk_is_a_sentence_and_keeps_nothing(root: Path) -> None:
    class Full(ContentFile):
        def chunks(self, chunk_size: int | None = None):
            yield b"some"
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(NoRoom, match="Nothing was saved"):
        PrivateStorage().save("evidence/half", Full(b"x" * 10))
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_a_private_file_is_handed_out_as_a_download_and_never_runs() -> None:
    file = io.BytesIO(b"<svg>")
    response = serve_private(file, name="document.pdf", content_type="application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Type"] == "application/pdf"
