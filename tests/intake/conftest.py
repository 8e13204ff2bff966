import pytest


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    """What a test stores, it alone sees."""
    settings.MEDIA_ROOT = tmp_path / "media"
