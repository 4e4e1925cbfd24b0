"""Worker processes end with the process that started them, however that ends."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from functools import cache
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

__all__ = ["end_with_parent"]

_PR_SET_PDEATHSIG = 1  # of Linux: prctl(2)


def end_with_parent() -> None:
    """Have this process killed when its parent ends; does nothing where it is no worker, nor a second time.

    A parent that was killed cannot tell its workers to stop. Linux does it; elsewhere a thread waits for that.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        _attend(os.getpid(), parent)


@cache  # for a process: a forked one has the memory of its parent, and another number
def _attend(process: int, parent: BaseProcess) -> None:
    if not _killed_by_linux():
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    elif os.getppid() != parent.pid:  # it had ended before Linux was asked
        os._exit(1)


def _killed_by_linux() -> bool:
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0)
    except (OSError, AttributeError):  # a C library without it
        return False


def _watch(parent: BaseProcess) -> None:
    wait([parent.sentinel])
    os._exit(1)
