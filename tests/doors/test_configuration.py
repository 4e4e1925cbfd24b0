"""What configures the tasks: invoke.yaml, another project's namespace, and flags, which are stronger."""

from __future__ import annotations

from pathlib import Path

from invoke import Config, Context

from casebound.cli.configuration import styles_of
from tests.doors.invoking import TASKS, invoke


def test_what_the_configuration_says(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text(TASKS)
    (tmp_path / "invoke.yaml").write_text("casebound:\n  style: [letter, print]\n  sourse: docs\n  zzz: 1\n")
    run = invoke(tmp_path, "pdf")
    assert run.stdout.split("|") == ["('letter', 'print')", f"{tmp_path / 'build/letter-print'}", "\n2 warnings\n"]
    unknown = "setting-unknown: invoke.yaml sets casebound.{}, which casebound does not know. {}"
    assert unknown.format("sourse", "Did you mean source?") in run.stderr
    assert unknown.format("zzz", "It takes source, conf,") in run.stderr


FOREIGN = """\
import casebound.press
from invoke import Collection

from casebound.tasks import ns as casebound_tasks

ns = Collection()
ns.add_collection(casebound_tasks, name="docs")
ns.configure({"casebound": {"source": "manual"}})
"""


def test_a_namespace_of_another_project(tmp_path: Path) -> None:
    """What it does not configure has its default, and the environment is heard."""
    (tmp_path / "tasks.py").write_text(TASKS.replace("from casebound.tasks import ns", "") + FOREIGN)
    run = invoke(tmp_path, "docs.outline", INVOKE_CASEBOUND_BUILD="out")
    assert run.stdout.split() == [str(tmp_path / "manual"), str(tmp_path / "out")], run.stderr


def test_configuration_counts_from_the_project_and_flags_from_here(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text(TASKS)
    (tmp_path / "invoke.yaml").write_text("casebound:\n  source: manual\n")
    here = tmp_path / "manual" / "deep"
    here.mkdir(parents=True)
    run = invoke(here, "outline", "--build", "out")
    assert run.stdout.split() == [str(tmp_path / "manual"), str(here / "out")], run.stderr


def test_a_configured_style_sheet_lies_in_the_project_and_one_of_a_flag_lies_here(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "own.yaml").write_text("linkColor: red\n")
    (tmp_path / "invoke.yaml").write_text("casebound:\n  style: own.yaml, print\n")
    config = Config(project_location=str(tmp_path))
    config.load_project()
    context = Context(config)
    assert styles_of(context, "") == (str(tmp_path / "own.yaml"), "print")
    assert styles_of(context, "own.yaml") == ("own.yaml",)
