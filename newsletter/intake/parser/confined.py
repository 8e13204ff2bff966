"""The process that parses: it gets bytes, gives JSON, and can do nothing else. No Django here.

The limits are the kernel's and hold for decoders in C, too. The audit hook holds Python code, ours and the libraries',
to parsing; it is no wall against somebody who already runs code of their own, but such code has nothing to begin with.
"""

import json
import os
import resource
import sys

from .reading import Refused

SECONDS = 15
MEMORY = 1024 * 2**20
# How many bytes of result there may be: a page has some thousand characters, the rest is pictures.
RESULT_LIMIT = 64 * 2**20

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CODE = (".py", ".pyc", ".so")
_FORBIDDEN = (
    *("os.", "shutil.", "tempfile.", "fcntl.", "mmap."),
    *("subprocess.", "pty.", "signal.", "resource.", "syslog.", "webbrowser."),
    *("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "sqlite3."),
    # What ctypes calls was loaded before; no further library, and no call by address.
    *("ctypes.dlopen", "ctypes.dlsym", "ctypes.call_function", "ctypes.cdata", "pickle."),
)
_IMPORTING = frozenset({"os.listdir", "os.scandir"})


def confine(seconds=SECONDS, memory=MEMORY):
    """From here on this process has so much time and memory, and opens nothing but code to import.

    Whatever loads a library through ctypes must have been imported before.
    """
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, RESULT_LIMIT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    # At the first limit comes a signal that tells a long run from a full memory.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    sys.addaudithook(_forbid)


def _forbid(event, args):
    if event == "open":
        path, _mode, flags = args
        # A number is a file that is open already.
        if not isinstance(path, int) and (flags & _WRITING or not os.fsdecode(path).endswith(_CODE)):
            raise PermissionError(event)
    elif event.startswith(_FORBIDDEN) and event not in _IMPORTING:
        raise PermissionError(event)


def main():
    # Imported before the process is confined: some libraries look at the machine when they are loaded. And only here,
    # for the parent needs none of them.
    from newsletter.intake.parser.page import parse_page

    confine()
    try:
        output = _answer(parse_page)
    except MemoryError:
        output = _refusal("too_large")
    sys.stdout.buffer.write(output)


def _answer(parse_page):
    size = int.from_bytes(sys.stdin.buffer.read(8))
    request = json.loads(sys.stdin.buffer.read(size))
    try:
        page = parse_page(sys.stdin.buffer.read(), **request)
    except Refused as refused:
        return _refusal(refused.code)
    output = json.dumps(page, ensure_ascii=False).encode()
    return output if len(output) <= RESULT_LIMIT else _refusal("too_large")


def _refusal(code):
    return json.dumps({"refused": code}).encode()


if __name__ == "__main__":
    main()
