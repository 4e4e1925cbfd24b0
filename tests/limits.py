"""Work in a process of its own with limits on its time and memory, as a worker of the press is one."""

from __future__ import annotations

import os
import pickle
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Cost:
    """What came of the work, and what it took: seconds of processor time, megabytes at its highest."""

    result: Any
    seconds: float
    megabytes: float


SECONDS = 60
"""What hostile input may cost in processor time. Each costs a few seconds on a quick machine; what this catches is work
that grows with the square of its input or without end, which no machine does in it. How quick we are is for bench."""


def limited(work: Callable[[], object], folder: Path, *, megabytes: int) -> Cost:
    """Run the work in a fork that is ended after SECONDS; more memory than given is a MemoryError in it."""
    path = folder / "result"
    process = os.fork()
    if process == 0:
        status = 1
        try:
            _bound(megabytes)
            path.write_bytes(pickle.dumps(work()))
            status = 0
        except BaseException as error:
            path.write_bytes(pickle.dumps(f"{type(error).__name__}: {error}"[:300]))
        finally:
            os._exit(status)
    _, status, used = os.wait4(process, 0)
    said = pickle.loads(path.read_bytes()) if path.exists() else "nothing"
    assert status == 0, f"ended with {os.waitstatus_to_exitcode(status)} after {used.ru_utime:.1f} s: {said}"
    return Cost(said, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _bound(megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + megabytes * 1_000_000,) * 2)
    sys.setrecursionlimit(12_000)  # a worker's
