"""One run from the source to all outputs: where they lie, and that their structure is the book's."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest

from casebound.press import press
from tests.bindery.readers import destinations, link_table
from tests.press.books import CONF, TREE, Shop, codes, files, labels, nav, outline, pages

Built = tuple[Shop, press.BuildResult]


def test_a_passing_build_is_a_silent_build(built: Built) -> None:
    shop, result = built
    assert (result.exit_code, codes(result.problems)) == (0, [])
    assert shop.told.said == [] and shop.told.problems == []


def test_the_outputs_lie_in_their_places(built: Built) -> None:
    assert list(built[0].outputs()) == [
        "epub/tiny-book.epub",
        "handouts/01-internals.pdf",
        "handouts/02-debugging.pdf",
        "manifest.json",
        "pdf/tiny-book.pdf",
    ]


def test_the_manifest_names_every_output(built: Built) -> None:
    shop, result = built
    outputs = shop.outputs()
    entries = shop.manifest()["outputs"]
    assert [entry["path"] for entry in entries] == sorted(set(outputs) - {"manifest.json"})
    for entry in entries:
        data = outputs[entry["path"]]
        assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert {entry["path"]: entry["made_from"] for entry in entries if entry["kind"] == "handout"} == {
        "handouts/01-internals.pdf": ["index#internals", "internals/rpc", "internals/cells"],
        "handouts/02-debugging.pdf": ["index#debugging", "debugging/gmr"],
    }
    counted = {entry["path"]: entry["pages"] for entry in entries if entry["path"].endswith("pdf")}
    for name, count in counted.items():
        with pikepdf.open(shop.places.build / name) as pdf:
            assert len(pdf.pages) == count
    assert {output.path for output in result.outputs} == {shop.places.build / entry["path"] for entry in entries}
    assert shop.manifest()["problems"] == []


def test_outline_nav_and_handouts_are_one_tree(built: Built) -> None:
    shop, _ = built
    matter = {"Cover", "Contents", "Index", "Elsewhere in the book"}

    def own(text: str) -> str:
        return "".join(line for line in text.splitlines(True) if line.strip() not in matter)

    assert own(outline(shop.book)) == TREE
    assert own(nav(shop.epub)) == TREE
    assert "Tiny Book\n" + "".join(own(outline(path)) for path in shop.handouts()) == TREE


def test_every_stage_is_told_with_its_parts(built: Built) -> None:
    told = built[0].told.stages
    assert [name for name, _, _ in told] == ["reading", "typesetting", "binding", "packing", "writing"]
    assert told[1] == ("typesetting", 6, 6)
    assert list(built[1].stages) == [name for name, _, _ in told]


def test_folios_are_labels(built: Built) -> None:
    shop, _ = built
    for path in (shop.book, *shop.handouts()):
        without = [
            label for label, lines in zip(labels(path), pages(path), strict=True) if lines and label not in lines
        ]
        # the cover, the title page and the imprint say no folio
        assert without == (["i", "iii", "iv"] if path == shop.book else [])


def test_the_contents_print_the_folios_of_their_targets(built: Built) -> None:
    shop, _ = built
    with pikepdf.open(shop.book) as pdf:
        places = {name.decode(): page for name, (page, _, _) in destinations(pdf).items()}
    folio = {name: labels(shop.book)[page - 1] for name, page in places.items()}
    (contents,) = (lines for lines in pages(shop.book) if "Contents" in lines)
    titles = ["Internals", "Calls", "Cells", "Debugging", "Reports", "Index"]
    targets = ["index:internals", "internals/rpc:", "internals/cells:", "index:debugging", "debugging/gmr:"]
    entries = zip(titles, [*targets, ":index"], strict=True)
    assert contents[1:-1] == [f"{title} {folio[target]}" for title, target in entries]


def test_a_handout_keeps_the_folios_of_the_book(built: Built) -> None:
    shop, _ = built
    in_book = labels(shop.book)
    with pikepdf.open(shop.book) as pdf:
        book = {name: in_book[page - 1] for name, (page, _, _) in destinations(pdf).items()}
    for path in shop.handouts():
        with pikepdf.open(path) as pdf:
            own = {name: labels(path)[page - 1] for name, (page, _, _) in destinations(pdf).items()}
        own = {name: folio for name, folio in own.items() if not name.startswith(b":")}
        assert own and {name: book[name] for name in own} == own


def test_links_between_handouts_open_a_file_and_a_name_that_exist(built: Built) -> None:
    shop, _ = built
    leaving: dict[str, set[str]] = {}
    for path in shop.handouts():
        with pikepdf.open(path) as pdf:
            table = [line.split("] ", 1)[1] for line in link_table(pdf)]
            own = set(destinations(pdf))
        for line in table:
            if line.startswith("/GoToR"):
                file, name = re.fullmatch(r"/GoToR (\S+) -> (.*)", line).groups()  # type: ignore[union-attr]
                with pikepdf.open(path.parent / file) as other:
                    assert name.encode() in destinations(other)
                leaving.setdefault(path.name, set()).add(f"{file} {name}")
            elif not line.startswith("-> http"):
                assert line.removeprefix("-> ").encode() in own
    assert leaving["01-internals.pdf"] >= {"02-debugging.pdf debugging/gmr:", "../pdf/tiny-book.pdf index:"}
    assert leaving["02-debugging.pdf"] >= {
        "01-internals.pdf internals/rpc:casts",
        "01-internals.pdf internals/cells:setup",
    }


def test_every_link_of_the_book_leads_somewhere(built: Built) -> None:
    shop, _ = built
    with pikepdf.open(shop.book) as pdf:
        names = {name.decode() for name in destinations(pdf)}
        leads = [line.split("-> ", 1)[1] for line in link_table(pdf)]
    assert {one for one in leads if not one.startswith("http")} <= names
    assert {"debugging/gmr:", "internals/rpc:casts", "internals/cells:setup", "https://example.org/"} <= set(leads)


def test_no_face_is_left_unembedded(built: Built) -> None:
    shop, _ = built
    for path in (shop.book, *shop.handouts()):
        with pikepdf.open(path) as pdf:
            fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
            files = [one for one in fonts if "/FontFile2" in one.get("/FontDescriptor", {})]
            assert fonts
            assert [str(one.get("/BaseFont")) for one in fonts if "/FontDescriptor" in one] == [
                str(one.get("/BaseFont")) for one in files
            ]
            assert not any("Casebound" in key for one in fonts for key in list(one))


def streams(path: Path) -> bytes:
    """Everything a PDF says, decompressed: strings, names and streams."""
    with pikepdf.open(path) as pdf:
        parts = [repr(pdf.trailer.Info).encode()]
        for one in pdf.objects:
            parts.append(one.unparse() if not isinstance(one, pikepdf.Stream) else b"")
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image":
                parts.append(one.read_bytes())
        return b"\n".join(parts)


def test_no_output_holds_a_path_of_this_machine(built: Built) -> None:
    shop, _ = built
    press.prove(shop.places, report=shop.told)
    said = {path.name: streams(path) for path in (shop.book, *shop.handouts())}
    with zipfile.ZipFile(shop.epub) as archive:
        said |= {f"{shop.epub.name} {name}": archive.read(name) for name in archive.namelist()}
        said["names"] = "\n".join(archive.namelist()).encode() + archive.comment
    said |= {path.name: path.read_bytes() for path in (shop.places.manifest, shop.places.proof)}
    shop.places.proof.unlink()
    assert sum(b"Tiny Book" in data for data in said.values()) > 5
    repository = Path(press.__file__).parents[1]
    here = [str(shop.places.source.parent), str(repository), f"{Path.home()}/", "/site-packages"]
    found = [f"{name}: {path}" for name, data in said.items() for path in here if path.encode() in data]
    assert found == []


def test_the_proof_is_content(built: Built) -> None:
    shop, _ = built
    verdict = press.prove(shop.places, report=shop.told)
    shop.places.proof.unlink()
    assert verdict.ok, verdict.summary()


def test_the_epub_alone_lacks_the_pages_of_the_pdf_and_nothing_else(tmp_path: Path) -> None:
    conf = {"conf.py": f"{CONF}casebound_page_list = False\n"}
    shop, other = Shop.of(tmp_path / "auto"), Shop.of(tmp_path / "never", {**files(), **conf})
    shop.make(kinds=frozenset({"epub"}))
    other.make()
    assert shop.epub.read_bytes() == other.epub.read_bytes()


@pytest.mark.parametrize("kind", ["pdf", "handouts"])
def test_one_kind_alone(tmp_path: Path, kind: str, built: Built) -> None:
    shop = Shop.of(tmp_path)
    assert shop.make(kinds=frozenset({kind})).exit_code == 0
    everything = built[0].outputs()
    made = shop.outputs()
    made.pop("manifest.json")
    assert made == {name: data for name, data in everything.items() if name.startswith(f"{kind}/")}


def test_outputs_of_an_earlier_kind_stay_in_the_manifest(shop: Shop) -> None:
    shop.make(kinds=frozenset({"pdf"}))
    shop.make(kinds=frozenset({"epub"}))
    assert [entry["path"] for entry in shop.manifest()["outputs"]] == ["epub/tiny-book.epub", "pdf/tiny-book.pdf"]


def test_names_that_are_not_ascii_are_proven_and_no_place_of_this_machine_is_in_an_output(tmp_path: Path) -> None:
    odd = "Odd\n===\n\n:download:`x <gone.txt>` :doc:`index`\n\n.. image:: file:///nowhere/secret/a.png\n   :alt: A\n"
    root = "Tiny Book\n=========\n\nSee :doc:`bücher`.\n\n.. toctree::\n\n   bücher\n"
    shop = Shop.of(tmp_path, {"conf.py": 'project = "Tiny Book"\n', "index.rst": root, "bücher.rst": odd})
    result = shop.make()
    assert [one.code for one in result.problems] == ["source-warning", "image-outside"]
    verdict = press.prove(shop.places, report=shop.told)
    assert (verdict.ok, codes(list(verdict.problems))) == (True, [])
    for data in (*shop.outputs().values(), *(data for data in unpacked(shop.epub))):
        assert str(tmp_path).encode() not in data and b"nowhere" not in data.partition(b'"problems"')[0]


def unpacked(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as packed:
        return [packed.read(name) for name in packed.namelist()]
