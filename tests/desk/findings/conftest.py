import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Words and places as the code says them, not a translation."""
    with translation.override("en"):
        yield
