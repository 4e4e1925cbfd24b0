"""A machine with little on it: a home folder that nobody can write to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONF = "import matplotlib\nmatplotlib.get_configdir(), matplotlib.get_cachedir()\n"
READ = """
from pathlib import Path
from casebound import manuscript
from casebound.model.settings import ProjectFolders
print(manuscript.read(ProjectFolders(Path(), Path(), Path("build"))).book.title)
"""
LOADED = "import sys; from casebound.typesetting import Typesetter; Typesetter(); print('matplotlib' in sys.modules)"


def said(folder: Path, program: str, home: str) -> tuple[str, str]:
    """What a program prints, in a folder and with this home folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "MPL"))}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env={**kept, "HOME": str(folder / home)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    return done.stdout, done.stderr


def test_a_home_that_cannot_be_written_to_goes_unnoticed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.rst").write_text("B\n=\n\nText.\n")
    assert said(tmp_path, READ, "file/home") == ("B\n", "")  # beneath a file, as rights do not bind everybody
    assert said(tmp_path, READ, "absent") == ("B\n", "")


def test_typesetting_loads_no_matplotlib_and_leaves_it_where_it_is_loaded(tmp_path: Path) -> None:
    assert said(tmp_path, LOADED, "absent") == ("False\n", "")
    assert not (tmp_path / "absent").exists()
    assert said(tmp_path, f"import matplotlib\n{LOADED}", "absent") == ("True\n", "")
