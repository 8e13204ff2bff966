"""Real servers for measuring: gunicorn or granian with an application, and what a load of requests gets from it."""

import re
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from shutil import which
from socket import create_server
from statistics import quantiles
from threading import Thread
from urllib.error import URLError
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS, CONNECTIONS = 2, 4, 8
COMMANDS = {
    "gunicorn": (
        *("gunicorn", "--bind", "{place}", "--workers", str(WORKERS), "--threads", str(THREADS), "--preload"),
        *("--no-control-socket", "--log-level", "warning", "{application}"),
    ),
    "granian": (
        *("granian", "--interface", "wsgi", "--host", "{host}", "--port", "{port}", "--workers", str(WORKERS)),
        *("--blocking-threads", str(THREADS), "--no-log", "{application}"),
    ),
}
READERS_HEADERS = {"Accept-Encoding": "gzip, br", "User-Agent": "bench"}


@dataclass
class Server:
    address: str
    process: subprocess.Popen
    seconds_to_answer: float

    def memory(self):
        """Bytes of the process and its workers, shared ones by their share (PSS)."""
        return sum(_proportional(pid) for pid in (self.process.pid, *_children(self.process.pid)))


@contextmanager
def serving(application, environment, path, server="gunicorn", place=None):
    """A `Server` with the application, such as `newsletter.wsgi`, once it answers at the path."""
    host, port = (place or free_place()).split(":")
    values = {"place": f"{host}:{port}", "host": host, "port": port, "application": application}
    command = [part.format(**values) for part in COMMANDS[server]]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        address = f"http://{host}:{port}"
        _wait_for(address + path)
        yield Server(address, process, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait()


def free_place():
    """`host:port` that nobody listens at."""
    with create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


def _wait_for(address):
    for _attempt in range(6000):
        try:
            return urllib.request.urlopen(address).read()
        except URLError:
            time.sleep(0.01)
    raise SystemExit(f"{address} does not answer.")


def _children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _proportional(pid):
    return 1024 * int(re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text())[1])


@dataclass
class Load:
    """What a load got: requests a second, and milliseconds within which a half and 99 of 100 were answered."""

    rate: float
    p50: float
    p99: float


def load(address, seconds):
    """The `Load` of CONNECTIONS readers who ask for the address one request after another."""
    return (_by_wrk if which("wrk") else _by_threads)(address, seconds)


def _by_wrk(address, seconds):
    headers = [part for name, value in READERS_HEADERS.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *headers, address]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in report or "Socket errors" in report:
        raise SystemExit(f"{address}\n{report}")
    milliseconds = {"us": 0.001, "ms": 1, "s": 1000}
    p50, p99 = (
        float(value) * milliseconds[unit] for value, unit in re.findall(r"(?:50|99)%\s+([\d.]+)(us|ms|s)", report)
    )
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1]), p50, p99)


def _by_threads(address, seconds):
    """Where there is no wrk: threads of this process, which take some of the machine from the server."""
    place, times = urlsplit(address), []
    end = time.perf_counter() + seconds

    def reader():
        connection = HTTPConnection(place.netloc)
        while (started := time.perf_counter()) < end:
            connection.request("GET", address.removeprefix(f"http://{place.netloc}"), headers=READERS_HEADERS)
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{address} answered {response.status}.")
            times.append(1000 * (time.perf_counter() - started))

    threads = [Thread(target=reader) for _number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    hundredths = quantiles(times, n=100)
    return Load(len(times) / seconds, hundredths[49], hundredths[98])
