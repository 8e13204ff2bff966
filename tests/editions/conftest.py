import pytest

from tests.factories import picture_bytes


@pytest.fixture
def folder(tmp_path, settings):
    """A folder with the photo of the sample file; what is stored goes beside it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    beside = tmp_path / "edition"
    beside.mkdir()
    (beside / "bazaar.jpg").write_bytes(picture_bytes())
    return beside
