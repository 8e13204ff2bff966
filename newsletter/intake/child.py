"""Parsing in a process of its own, which gets bytes and gives JSON, and can do nothing else.

A damaged or hostile file may crash a decoder, fill the memory or never end: then this process ends, not the site.
"""

import json
import os
import resource
import subprocess
import sys

SECONDS = 15
MEMORY = 1024 * 2**20
# How many bytes of result are read; a page has some thousand characters.
RESULT_LIMIT = 64 * 2**20


class ParseFailed(Exception):
    """The file could not be read. `code` says why: one of the keys of `newsletter.intake.refusals.REASONS`."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def parse_in_child(content, request):
    """The result of `parse.parse_page(content, **request)` as a dict; `request` must be JSON. Raises `ParseFailed`."""
    header = json.dumps(request, ensure_ascii=False).encode()
    with subprocess.Popen(
        [sys.executable, "-m", "newsletter.intake.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Nothing of the site's secrets, and no bytecode files to write.
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=_limit,
        start_new_session=True,
    ) as child:
        try:
            output, _errors = child.communicate(len(header).to_bytes(8) + header + content, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise ParseFailed("too_long") from None
        except BrokenPipeError:
            output = b""
    if child.returncode != 0 or not output:
        raise ParseFailed("too_long" if child.returncode in (-24, -9) else "crashed")
    answer = json.loads(output)
    if "refused" in answer:
        raise ParseFailed(answer["refused"])
    return answer


def _limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _forbid(event, args):
    """An audit hook: no sockets, no other programs, no files but to read."""
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system")):
        raise PermissionError(event)
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        raise PermissionError(event)
    if event in {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"}:
        raise PermissionError(event)


def main():
    # Imported before the hook falls: some libraries look at the machine when they are loaded.
    from newsletter.intake.parse import Refused, parse_page

    size = int.from_bytes(sys.stdin.buffer.read(8))
    request = json.loads(sys.stdin.buffer.read(size))
    content = sys.stdin.buffer.read()
    sys.addaudithook(_forbid)
    try:
        answer = parse_page(content, **request)
    except Refused as refused:
        answer = {"refused": refused.code}
    except MemoryError:
        answer = {"refused": "too_large"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
