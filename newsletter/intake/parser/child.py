"""Parsing in a process of its own: the parent's side. What the process may do stands in `confined`.

A damaged or hostile file may crash a decoder, fill the memory or never end: then this process ends, not the site.
"""

import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

from ..refusals import REASONS
from .confined import RESULT_LIMIT, SECONDS

_ROOT = Path(__file__).resolve().parents[3]
_PROGRAM = ("-m", "newsletter.intake.parser.confined")

logger = logging.getLogger(__name__)


class ParseFailed(Exception):
    """The file could not be read. `code` says why: one of the keys of `newsletter.intake.refusals.REASONS`."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def parse_in_child(content, request, *, seconds=SECONDS, program=_PROGRAM):
    """The result of `page.parse_page(content, **request)` as a dict; `request` must be JSON. Raises `ParseFailed`.

    `program` is what Python is told to run; tests run worse ones than ours.
    """
    header = json.dumps(request, ensure_ascii=False).encode()
    # Files without a name in the place of pipes: nobody waits for anybody to read or write, and the kernel holds the
    # answer to its limit.
    with TemporaryFile() as given, TemporaryFile() as answer, TemporaryFile() as troubles:
        given.write(len(header).to_bytes(8) + header + content)
        given.seek(0)
        ended = _run(program, seconds, stdin=given, stdout=answer, stderr=troubles)
        answer.seek(0)
        result = _result(answer.read(RESULT_LIMIT + 1)) if ended == 0 else None
        if result is None:
            troubles.seek(max(0, troubles.seek(0, os.SEEK_END) - 4000))
            words = troubles.read().decode(errors="backslashreplace")
            logger.warning("Reading a page failed: the process ended with %s.\n%s", ended, words)
    if result is None:
        raise ParseFailed(_CODES.get(ended, "crashed"))
    if "refused" in result:
        raise ParseFailed(result["refused"] if result["refused"] in list(REASONS) else "crashed")
    return result


_CODES = {
    None: "too_long",  # stopped by us
    -signal.SIGXCPU: "too_long",
    -signal.SIGKILL: "too_large",  # not by us: the kernel kills what fills the machine's memory
}


def _run(program, seconds, **files):
    """How the process ended (a number as in `Popen.returncode`), or None where it had to be stopped."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-B", *program],
        # Nothing of the site's secrets.
        env={"PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(os.path.isabs, sys.path)])},
        cwd="/",
        start_new_session=True,
        **files,
    )
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if child.returncode is None:
            # Whatever stopped us from waiting; what the process may have started goes with it.
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _result(output):
    if len(output) > RESULT_LIMIT:
        return None
    try:
        result = json.loads(output)
    except (ValueError, RecursionError):
        return None
    return result if isinstance(result, dict) else None
