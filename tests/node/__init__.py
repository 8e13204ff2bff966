"""Programs of npm that read what the site writes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
IS_THERE = shutil.which("node") is not None and (HERE / "node_modules").is_dir()


def read_with_node(program, document):
    """What a program of this folder prints, given the bytes of the document."""
    if not IS_THERE:
        if os.environ.get("REQUIRE_NODE") == "1":
            pytest.fail("REQUIRE_NODE=1, but node is missing, or what `npm ci --prefix tests/node` installs.")
        pytest.skip("no node on this machine")
    return subprocess.run(["node", HERE / program], input=document, capture_output=True, check=True, timeout=60).stdout
