"""The parsing process: what it may do, how it ends, and that the site never waits for it in vain."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsletter.intake.parser import child
from newsletter.intake.parser.child import ParseFailed, parse_in_child
from newsletter.intake.parser.confined import RESULT_LIMIT

STORY = "登山协会第{}次比赛\n9月1日上午，县登山协会在乌石镇举办登山比赛，来自各地的选手三百余人参加。（商会）\n"


def run(code, content=b"", seconds=10):
    """What `parse_in_child` makes of a process that runs `code`."""
    return parse_in_child(content, {}, seconds=seconds, program=("-c", code))


def failure(code, **options):
    with pytest.raises(ParseFailed) as failed:
        run(code, **options)
    return failed.value.code


@pytest.fixture
def processes(monkeypatch):
    """Every process that was started."""
    started = []

    class Recorded(subprocess.Popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            started.append(self)

    monkeypatch.setattr(child.subprocess, "Popen", Recorded)
    return started


# What it may do.

# Hostile code would have imported what it needs before the process is confined.
ATTEMPT = """
import ctypes, json, os, pathlib, resource, shutil, socket, sqlite3, subprocess, urllib.request
from newsletter.intake.parser.confined import confine

confine()
try:
    {}
except BaseException as error:
    print(json.dumps({{"outcome": type(error).__name__}}))
else:
    print(json.dumps({{"outcome": "done"}}))
"""


@pytest.mark.parametrize(
    "deed",
    [
        'socket.create_connection(("127.0.0.1", 9))',
        'socket.getaddrinfo("localhost", 80)',
        'urllib.request.urlopen("http://127.0.0.1:9/")',
        'urllib.request.urlopen("file:///etc/passwd")',
        'subprocess.run(["true"])',
        'os.system("true")',
        'os.posix_spawn("/bin/true", ["true"], {})',
        'os.execv("/bin/true", ["true"])',
        "os.fork()",
        "os.kill(os.getppid(), 0)",
        'open("/tmp/written", "w")',
        'open("/tmp/written.py", "a")',
        'open(b"/tmp/written", "xb")',
        'os.open("/tmp/written", os.O_CREAT | os.O_WRONLY)',
        'open("/etc/passwd")',
        'os.open("/proc/self/environ", os.O_RDONLY)',
        'pathlib.Path("/tmp/made").mkdir()',
        'os.rename("/tmp/a", "/tmp/b")',
        'os.remove("/tmp/a")',
        'os.symlink("/etc/passwd", "/tmp/a.py")',
        'shutil.rmtree("/tmp/a")',
        'sqlite3.connect(":memory:")',
        "ctypes.CDLL(None)",
        "ctypes.pythonapi.PyRun_SimpleString",
        "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    ],
)
def test_the_process_may_do_nothing_but_parse(deed):
    assert run(ATTEMPT.format(deed)) == {"outcome": "PermissionError"}


def test_the_process_may_import_code():
    assert run(ATTEMPT.format("import encodings.gb18030, xmlrpc.client")) == {"outcome": "done"}


def test_the_process_gets_bytes_and_knows_nothing_else(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")

    told = run(
        "import json, os, sys; print(json.dumps({'environment': sorted(os.environ), 'folder': os.getcwd(),"
        "'arguments': sys.argv, 'files': os.listdir('/proc/self/fd'),"
        "'names': [os.readlink(f'/proc/self/fd/{n}') for n in range(3)]}))"
    )

    # Python itself sets LC_CTYPE where there is no language; the fourth file is the folder that is being listed.
    assert set(told["environment"]) <= {"PYTHONPATH", "LC_CTYPE"}
    assert (told["folder"], told["arguments"], told["files"]) == ("/", ["-c"], ["0", "1", "2", "3"])
    assert all(name.endswith("(deleted)") for name in told["names"])


def test_the_process_does_not_load_the_site():
    told = run(
        "import json, sys; from newsletter.intake.parser import confined, page;"
        "print(json.dumps({'django': 'django' in sys.modules, 'page': page.__name__}))"
    )

    assert told == {"django": False, "page": "newsletter.intake.parser.page"}


# How it ends.

LIMITED = "from newsletter.intake.parser.confined import confine; confine(seconds=1, memory=300 * 2**20)\n"
REAL = "from newsletter.intake.parser import confined, page\npage.parse_page = lambda content: ({})\nconfined.main()"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import time; time.sleep(60)", "too_long"),
        ("import os, time; os.close(0); os.close(1); os.close(2); time.sleep(60)", "too_long"),
        (REAL.format("bytearray(2 * 2**30)"), "too_large"),
        (LIMITED + "bytearray(2 * 2**30)", "crashed"),
        (f"print('{{}}' + ' ' * {RESULT_LIMIT})", "crashed"),
        (REAL.format(f"{{'lines': 'x' * {RESULT_LIMIT}}}"), "too_large"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "crashed"),
        ("import os; os.abort()", "crashed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_large"),
        ("1 / 0", "crashed"),
        ("pass", "crashed"),
        ("print('nonsense')", "crashed"),
        ("print('[1]')", "crashed"),
        ("print('{')", "crashed"),
        ("print('[' * 100000)", "crashed"),
        ("import sys; sys.stdout.buffer.write(bytes(range(256)))", "crashed"),
        ('print(\'{"refused": "because"}\')', "crashed"),
        ("print('{\"refused\": [1]}')", "crashed"),
        ('print(\'{"refused": "no_stories"}\')', "no_stories"),
    ],
)
def test_whatever_the_process_does_the_site_has_a_reason(code, expected, processes):
    assert failure(code, seconds=0.5 if "sleep" in code else 10) == expected

    assert [Path(f"/proc/{process.pid}").exists() for process in processes] == [False]


def test_a_process_that_only_computes_is_stopped_by_the_kernel(caplog):
    assert failure(LIMITED + "while True: pass") == "too_long"

    assert f"ended with {-signal.SIGXCPU}" in caplog.text


def test_the_kernel_holds_the_answer_to_its_limit(caplog):
    assert failure(LIMITED + f"print(' ' * {RESULT_LIMIT}, '{{}}')") == "crashed"

    assert "File too large" in caplog.text


def test_the_process_need_not_read_what_it_is_given():
    assert run("import os; os.close(0); print('{}')", content=b"x" * 20_000_000) == {}


def test_a_large_answer_arrives_whole():
    told = run("import sys; sys.stdout.write('{\"text\": \"' + 'x' * 20_000_000 + '\"}')", content=b"x" * 20_000_000)

    assert len(told["text"]) == 20_000_000


def test_nobody_waits_for_what_the_process_leaves_behind():
    code = "import os, time\nif os.fork() == 0: os.setsid(); time.sleep(3)\nelse: print('{}')"

    assert run(code, seconds=1.5) == {}


def test_what_it_started_ends_with_it(caplog):
    code = """
import subprocess, sys, time
print(subprocess.Popen(["sleep", "60"]).pid, file=sys.stderr, flush=True)
time.sleep(60)
"""

    assert failure(code, seconds=1) == "too_long"

    other, deadline = Path("/proc", caplog.text.split()[-1], "cmdline"), time.monotonic() + 5
    while other.exists() and other.read_bytes():  # what has ended and was not collected has no command line
        assert time.monotonic() < deadline


def test_the_operator_reads_why_and_the_editor_does_not(caplog):
    with pytest.raises(ParseFailed) as failed:
        run("print('x' * 10_000 + 'the end', file=__import__('sys').stderr); 1 / 0")

    assert "ZeroDivisionError" in caplog.text
    assert len(caplog.text) < 5000
    assert str(failed.value) == "crashed"


def test_whoever_stops_waiting_stops_the_process(processes, monkeypatch):
    wait = subprocess.Popen.wait

    def interrupted(process, timeout=None):
        if timeout:
            raise KeyboardInterrupt
        return wait(process)

    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)

    with pytest.raises(KeyboardInterrupt):
        run("import time; time.sleep(60)")

    assert [Path(f"/proc/{process.pid}").exists() for process in processes] == [False]


def test_no_file_stays_open():
    before = len(os.listdir("/proc/self/fd"))

    for code in ("print('{}')", "1 / 0", "import time; time.sleep(60)"):
        try:
            run(code, seconds=0.5)
        except ParseFailed:
            pass

    assert len(os.listdir("/proc/self/fd")) == before


def test_several_threads_each_get_their_own_page():
    def titles(number):
        return [story["title"] for story in parse_in_child(STORY.format(number).encode(), {})["stories"]]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(titles, range(8)))

    assert found == [[[f"登山协会第{number}次比赛"]] for number in range(8)]
