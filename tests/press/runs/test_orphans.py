"""Workers end with the press, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

TYPESETTING = """\
import sys, time
from pathlib import Path
from casebound.press import workers

def lingering(job):
    Path(sys.argv[1], str(__import__("os").getpid())).touch()
    time.sleep(60)

lingering.__module__, lingering.__qualname__, workers._run = workers.__name__, "_run", lingering
jobs = [workers.TypesettingJob(name, name, b"") for name in "abcd"]
list(workers.typeset(jobs, manner=workers.TypesettingOptions(), workers=2, done=print))
"""

READING = """\
import os, sys, time
from pathlib import Path
from casebound.manuscript import read
from casebound.model.settings import ProjectFolders

folder = Path(sys.argv[1])
source = folder.parent / "source"
source.mkdir(exist_ok=True)
(source / "conf.py").write_text('''
import os, time
from pathlib import Path

def lingering(app, docname, content):
    Path(%r, str(os.getpid())).touch()
    time.sleep(60)

def setup(app):
    app.connect("source-read", lingering)
''' % str(folder))
for name in ("index", "a", "b", "c", "d", "e"):
    (source / f"{name}.rst").write_text(f"{name}\\n=====\\n\\nText.\\n")
read(ProjectFolders(source, source, folder.parent / "build"), jobs=2)
"""

WATCHED = "from casebound.system import orphans\norphans._killed_by_linux = lambda: False\n"


def is_running(process: int) -> bool:
    """Whether a process works: one that has ended and is not yet buried does not."""
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()[:300]
    except OSError:
        return False


def wait_for(found: object, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not found() and time.monotonic() < until:  # type: ignore[operator]
        time.sleep(0.05)
    return bool(found())  # type: ignore[operator]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads /proc")
@pytest.mark.parametrize("script", [TYPESETTING, WATCHED + TYPESETTING, READING], ids=["pool", "watched", "reading"])
def test_workers_end_with_a_press_that_is_killed(tmp_path: Path, script: str) -> None:
    pids = tmp_path / "pids"
    pids.mkdir()
    with subprocess.Popen([sys.executable, "-c", script, str(pids)], stdout=subprocess.DEVNULL) as press:
        try:
            assert wait_for(lambda: len(os.listdir(pids)) == 2, 60)
        finally:
            press.send_signal(signal.SIGKILL)
    workers = [int(name) for name in os.listdir(pids)]
    gone = wait_for(lambda: not any(map(is_running, workers)), 10)
    for process in filter(is_running, workers):
        os.kill(process, signal.SIGKILL)
    assert gone
