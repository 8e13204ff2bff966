"""Programs of npm that read what the site writes."""

import json
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


def nu_errors(folder):
    """What the Nu HTML checker calls errors in the HTML files of a folder: `[(name of the file, message), …]`."""
    java, checker = shutil.which("java"), HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not java or not checker.exists():
        if os.environ.get("REQUIRE_JAVA") == "1":
            pytest.fail("REQUIRE_JAVA=1, but Java is missing, or what `npm ci --prefix tests/node` installs.")
        pytest.skip("no Java on this machine")
    command = [
        java,
        "-jar",
        checker,
        "--errors-only",
        "--exit-zero-always",
        "--format",
        "json",
        *sorted(folder.iterdir()),
    ]
    report = subprocess.run(command, capture_output=True, timeout=300).stderr
    return [(Path(found["url"]).stem, found["message"]) for found in json.loads(report)["messages"]]
