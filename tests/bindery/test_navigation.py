"""Names, links, outline and page labels of bound files."""

from pathlib import Path

import pikepdf
import pytest

from casebound.bindery import BindingPlan, Gathering, OutsideDestination, paginate
from casebound.model.folios import FolioStyle
from casebound.model.fragment import DestinationPlace, LinkArea
from casebound.model.outline import OutlineEntry
from tests.bindery.readers import destinations, link_table, opened, outline_picture, run, saved
from tests.bindery.samples import PAPER, bind, fragment, page


def test_destinations_stand_on_their_pages_with_air_above() -> None:
    one = fragment(
        "one",
        page("A"),
        page("B"),
        destinations={"one:": DestinationPlace(0, 0, 300), "one:top": DestinationPlace(1, 5, 369)},
    )
    two = fragment("two", page("C"), destinations={"two:": DestinationPlace(0, 0, 100)})
    bound = bind(BindingPlan("Book", (Gathering(one), Gathering(two, first_folio=3))))
    with opened(bound) as pdf:
        assert destinations(pdf) == {
            b"one:": (1, PAPER.inner, 300 + PAPER.bottom + 12),
            b"one:top": (2, PAPER.outer + 5, 369 + PAPER.bottom + 12),
            b"two:": (3, PAPER.inner, 100 + PAPER.bottom + 12),
        }
    assert bound.folios == {"one:": "1", "one:top": "2", "two:": "3"}


def test_many_names_are_sorted_by_their_bytes(tmp_path: Path) -> None:
    names = [f"doc{number}:id-{number * 7919 % 1000}" for number in range(900)]
    names += ["größe:", "a(b)\\c:", "Ünder:x", "doc:\U0001f600"]
    one = fragment("one", page("A"), destinations={name: DestinationPlace(0, 0, 0) for name in names})
    bound = bind(BindingPlan("Book", (Gathering(one),)))
    with opened(bound) as pdf:
        found = list(destinations(pdf))
        assert len(pdf.Root.Names.Dests.Kids) == 5
    assert found == sorted(name.encode() for name in names)
    assert run("pdfinfo", "-dests", str(saved(bound, tmp_path))).count("[ XYZ") == len(names)


def test_a_destination_named_twice_is_its_first() -> None:
    one = fragment("one", page("A"), destinations={"x:": DestinationPlace(0, 0, 100)})
    two = fragment("two", page("B"), destinations={"x:": DestinationPlace(0, 0, 100)})
    bound = bind(BindingPlan("Book", (Gathering(one), Gathering(two, first_folio=2))))
    assert bound.folios == {"x:": "1"}
    with opened(bound) as pdf:
        assert destinations(pdf)[b"x:"][0] == 1


def test_links_lead_into_the_file_out_of_it_or_nowhere() -> None:
    links = (
        LinkArea(1, (0, 0, 10, 10), "one:"),
        LinkArea(1, (10, 0, 20, 10), "two:größe", text="Größe"),
        LinkArea(1, (20, 0, 30, 10), "lost:"),
        LinkArea(1, (40, 10, 30, 0), url="https://example.org/a b?q=ü&x=(1)%20#frag"),
    )
    one = fragment("one", page("A"), page("B"), destinations={"one:": DestinationPlace(0, 0, 300)}, links=links)
    bound = bind(BindingPlan("Book", (Gathering(one),), elsewhere={"two:größe": OutsideDestination("02-two.pdf", "9")}))
    with opened(bound) as pdf:
        assert link_table(pdf) == [
            "2 [40 70 50 80] -> one:",
            "2 [50 70 60 80] /GoToR 02-two.pdf -> two:größe",
            "2 [70 70 80 80] -> https://example.org/a%20b?q=%C3%BC&x=(1)%20#frag",
        ]
        annotations = list(pdf.pages[1].Annots)
        assert all(link.F == 4 and list(link.Border) == [0, 0, 0] for link in annotations)
        assert str(annotations[1].Contents) == "Größe"
        assert annotations[1].A.NewWindow is True
    assert bound.dangling == (("one", "lost:"),)


def test_the_outline_is_nested_and_finds_a_place_for_every_entry() -> None:
    one = fragment(
        "one", page("A"), destinations={"one:": DestinationPlace(0, 0, 300), "one:sub": DestinationPlace(0, 0, 200)}
    )
    two = fragment("two", page("B"), destinations={"two:": DestinationPlace(0, 0, 300)})
    outline = (
        OutlineEntry("Preface", "one:"),
        OutlineEntry(
            "Größe (a)",
            "gone:",
            (OutlineEntry("Sub", "one:sub", (OutlineEntry("Deep", "two:"),)), OutlineEntry("Empty", "gone:too")),
        ),
    )
    bound = bind(BindingPlan("Book", (Gathering(one), Gathering(two)), outline=outline))
    with opened(bound) as pdf:
        assert outline_picture(pdf) == (
            "  Preface -> one:\n+ Größe (a) -> one:sub\n  - Sub -> one:sub\n      Deep -> two:\n    Empty -> nowhere\n"
        )
        assert pdf.Root.PageMode == "/UseOutlines"
        assert pdf.Root.Outlines.Count == 4
    assert bound.dangling == (("", "gone:too"),)


@pytest.mark.parametrize(("depth", "counts"), [(0, (1, -1, -1)), (1, (2, 1, -1)), (2, (3, 2, 1))])
def test_the_outline_is_open_as_deep_as_planned(depth: int, counts: tuple[int, int, int]) -> None:
    one = fragment("one", page("A"), destinations={"a": DestinationPlace(0, 0, 0)})
    outline = (OutlineEntry("1", "a", (OutlineEntry("2", "a", (OutlineEntry("3", "a"),)),)),)
    with opened(bind(BindingPlan("Book", (Gathering(one),), outline=outline, open_depth=depth))) as pdf:
        root = pdf.Root.Outlines
        assert (root.Count, root.First.Count, root.First.First.Count) == counts


def test_entries_that_are_to_stay_shut_do_however_deep_the_outline_is_open() -> None:
    one = fragment("one", page("A"), destinations={name: DestinationPlace(0, 0, 0) for name in "abc"})
    outline = tuple(OutlineEntry(name, name, (OutlineEntry("below", "c"),)) for name in "ab")
    plan = BindingPlan("Book", (Gathering(one),), outline=outline, open_depth=1, closed=frozenset("b"))
    with opened(bind(plan)) as pdf:
        root = pdf.Root.Outlines
        assert (root.Count, root.First.Count, root.Last.Count) == (3, 1, -1)


def test_page_labels_are_the_printed_folios() -> None:
    front = fragment("front", *(page("x") for _ in range(5)), destinations={"front:last": DestinationPlace(4, 0, 0)})
    body = fragment("body", page("y"), page("z"))
    more = fragment("more", page("w"), destinations={"more:": DestinationPlace(0, 0, 0)})
    gatherings = (
        Gathering(fragment("cover", page("c")), FolioStyle.NONE, bare=True),
        Gathering(front, FolioStyle.ROMAN, 2),
        Gathering(body),
        Gathering(fragment("nothing"), first_folio=99),
        Gathering(more, first_folio=3),
        Gathering(body, first_folio=40),
    )
    assert paginate(gatherings) == {"front:last": "vi", "more:": "3"}
    with opened(bind(BindingPlan("Book", gatherings))) as pdf:
        assert [sheet.label for sheet in pdf.pages] == ["", "ii", "iii", "iv", "v", "vi", "1", "2", "3", "40", "41"]
        assert len(pdf.Root.PageLabels.Nums) == 8


def test_poppler_and_mupdf_read_the_navigation(tmp_path: Path) -> None:
    links = (LinkArea(0, (0, 0, 10, 10), "one:ü"),)
    one = fragment("one", page("A"), page("B"), destinations={"one:ü": DestinationPlace(1, 0, 300)}, links=links)
    path = saved(bind(BindingPlan("Book", (Gathering(one),), outline=(OutlineEntry("Ende ü", "one:ü"),))), tmp_path)
    assert "Ende ü" in run("mutool", "show", str(path), "outline")
    run("mutool", "draw", "-q", "-N", "-o", str(tmp_path / "page.png"), str(path), "1")


def test_a_bound_page_tree_is_shallow_and_whole() -> None:
    many = fragment("many", *(page(str(number)) for number in range(230)))
    with opened(bind(BindingPlan("Book", (Gathering(many),)))) as pdf:
        assert [int(kid.Count) for kid in pdf.Root.Pages.Kids] == [100, 100, 30]
        assert [sheet.label for sheet in pdf.pages] == [str(number) for number in range(1, 231)]
        assert all(isinstance(sheet.obj.Parent, pikepdf.Dictionary) for sheet in pdf.pages)
