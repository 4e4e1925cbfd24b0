"""The settings of a book in ``conf.py``, each declared once: name, type, default, help."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Overrides", "ProjectFolders", "Setting", "Settings", "declared", "edition_name"]


@dataclass(frozen=True, slots=True)
class ProjectFolders:
    """The source folder, the folder of ``conf.py``, the build folder."""

    source: Path
    conf: Path
    build: Path

    @property
    def work(self) -> Path:
        """The cache: doctrees, fragments, images."""
        return self.build / "work"

    def pdf(self, basename: str) -> Path:
        return self.build / "pdf" / f"{basename}.pdf"

    def epub(self, basename: str) -> Path:
        return self.build / "epub" / f"{basename}.epub"

    def handout(self, basename: str) -> Path:
        return self.build / "handouts" / f"{basename}.pdf"

    def edition(self, styles: Sequence[str]) -> ProjectFolders:
        """The folders of an edition in other styles, which has a folder in the build folder."""
        name = edition_name(styles)
        return dataclasses.replace(self, build=self.build / name) if name else self

    @property
    def manifest(self) -> Path:
        return self.build / "manifest.json"

    @property
    def proof(self) -> Path:
        return self.build / "proof.json"


@dataclass(frozen=True, slots=True)
class Overrides:
    """What replaces values of ``conf.py`` in one build, like ``-D`` and ``-t`` of sphinx-build: values by name, tags."""

    values: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    def stated(self) -> dict[str, Any]:
        """The overrides as a manifest holds them; empty for none."""
        said = {"define": dict(sorted(self.values.items())), "tags": sorted(self.tags)}
        return {name: value for name, value in said.items() if value}

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Overrides:
        """The overrides that a manifest holds; damaged entries are ignored."""
        values, tags = stated.get("define"), stated.get("tags")
        return cls(
            {str(name): value for name, value in values.items()} if isinstance(values, Mapping) else {},
            tuple(map(str, tags)) if isinstance(tags, list) else (),
        )


def edition_name(styles: Sequence[str]) -> str:
    """The name of an edition in these styles; empty for none."""
    return "-".join(Path(style).stem for style in styles)


def _setting(default: object, text: str, *also: type) -> object:
    """``also`` are types that a value may have besides that of the default."""
    return field(default=default, metadata={"help": text, "types": also})


@dataclass(frozen=True, slots=True)
class Settings:
    """The ``casebound_*`` values of ``conf.py``; an empty one falls back to Sphinx's own value, named in its help."""

    title: str = _setting(
        "",
        "The book's title. Default: epub_title; html_title, if the title of the root document does not name the project; that title.",
    )  # type: ignore[assignment]
    subtitle: str = _setting("", "A line under the title on the cover.")  # type: ignore[assignment]
    author: str = _setting("", "Author as printed. Default: epub_author, author.")  # type: ignore[assignment]
    publisher: str = _setting("", "Publisher as printed on the cover. Default: epub_publisher.")  # type: ignore[assignment]
    rights: str = _setting("", "The copyright notice as printed. Default: epub_copyright, copyright.")  # type: ignore[assignment]
    imprint: bool | tuple[str, ...] = _setting(
        True,
        "Print an imprint after the title page; a list adds paragraphs to it: a licence, an address.",
        list,
        tuple,
    )  # type: ignore[assignment]
    basename: str = _setting(
        "", "File name of the outputs, without extension. Default: project, converted to a file name."
    )  # type: ignore[assignment]
    subject: str = _setting("", "What the book is about, one line of metadata. Default: epub_description.")  # type: ignore[assignment]
    keywords: tuple[str, ...] = _setting((), "Keywords for the metadata.")  # type: ignore[assignment]
    identifier: str = _setting(
        "",
        "Identifier of the EPUB edition, for instance urn:isbn:... Default: epub_identifier, else made from project, release and language.",
    )  # type: ignore[assignment]
    print_identifier: str = _setting(
        "", "Identifier of the PDF edition, for instance urn:isbn:... Default: made from that of the EPUB edition."
    )  # type: ignore[assignment]
    cover: str = _setting(
        "",
        "Cover picture of the EPUB, a path in the source folder. Default: that of epub_cover, else a drawn one.",
    )  # type: ignore[assignment]
    style: tuple[str, ...] = _setting(
        (),
        "Variants of the house style, applied in order: letter, print, screen, handout, ereader, large-print, greyscale, or a style sheet, a path in the folder of conf.py.",
    )  # type: ignore[assignment]
    css: tuple[str, ...] = _setting(
        (),
        "Style sheets added to the EPUB's own, paths in the folder of conf.py. Default: epub_css_files.",
    )  # type: ignore[assignment]
    contents_depth: int = _setting(
        2,
        "Levels of the printed contents and of the contents page in the EPUB: 1 sections, 2 chapters, 3 their headings. For one page: :tocdepth:, which counts its own headings, the title first.",
    )  # type: ignore[assignment]
    front_matter: tuple[str, ...] = _setting(
        (),
        "Documents in the front matter, with roman folios and no number; * and ** as in exclude_patterns. For one page: the field :matter: front at its top.",
    )  # type: ignore[assignment]
    back_matter: tuple[str, ...] = _setting(
        (), "Documents in the back matter, named the same way. For one page: :matter: back."
    )  # type: ignore[assignment]
    numbering: str = _setting(
        "continue",
        "Chapters of several numbered toctrees: continue counts through the book, restart begins each toctree with 1, as on web pages.",
    )  # type: ignore[assignment]
    openings: str = _setting(
        "any",
        "What begins on a right-hand page, after an empty page if needed: nothing (any), sections (sections), every chapter (recto).",
    )  # type: ignore[assignment]
    outline_depth: int = _setting(
        0, "Levels of the outline in the PDF and the EPUB, counted the same way; 0 shows all."
    )  # type: ignore[assignment]
    page_list: str | bool = _setting(
        "auto",
        "Mark in the EPUB where the pages of the book's PDF begin: auto does so where a build makes both, True always, which typesets the chapters for the EPUB alone too, False never.",
        bool,
    )  # type: ignore[assignment]
    certified_by: str = _setting(
        "", "Who certified that the EPUB is accessible; without a name the EPUB claims no conformance."
    )  # type: ignore[assignment]
    certified_standard: str = _setting(
        "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
        "What casebound_certified_by certified: EPUB Accessibility 1.1 - WCAG 2.0, 2.1 or 2.2 Level A, AA or AAA.",
    )  # type: ignore[assignment]
    certified_credential: str = _setting("", "The credential of casebound_certified_by: a name or an address.")  # type: ignore[assignment]
    certified_report: str = _setting("", "The address of the report of casebound_certified_by.")  # type: ignore[assignment]
    page_references: bool = _setting(True, "Print the page in brackets after a link to another chapter.")  # type: ignore[assignment]
    show_urls: str = _setting(
        "",
        "Where the PDF prints the address of a link out of the book: no, footnote, inline (in brackets). Default: latex_show_urls, then the style (print: footnote).",
    )  # type: ignore[assignment]
    handout_depth: int = _setting(
        1, "Which chapters get a handout: 1 sections, 2 their chapters too. For one page: :handout: yes or no."
    )  # type: ignore[assignment]
    handout_links: str = _setting(
        "sibling",
        "Where a handout's links to other sections lead: sibling (their handouts), book, web (below html_baseurl), none (plain text).",
    )  # type: ignore[assignment]
    html_builder: str = _setting(
        "html", "The builder that makes the pages below html_baseurl: html, dirhtml. For casebound_handout_links."
    )  # type: ignore[assignment]
    remote_images: bool = _setting(
        False, "Fetch images from the network, once each; otherwise their address is shown instead."
    )  # type: ignore[assignment]
    remote_inventories: bool = _setting(
        False,
        "Fetch the inventories of intersphinx_mapping from the network, once each, within 10 seconds and 20 MB; otherwise links through them are plain text. To build without network, keep a copy of objects.inv in the source and name it in intersphinx_mapping.",
    )  # type: ignore[assignment]
    index: bool = _setting(True, "Print an index if the source has index entries.")  # type: ignore[assignment]
    domain_indices: bool | tuple[str, ...] = _setting(
        False, "Print the indices of domains after the index: True for all, or their names: py-modindex.", list, tuple
    )  # type: ignore[assignment]
    lists: tuple[str, ...] = _setting((), "Lists after the contents: figures, tables, code.")  # type: ignore[assignment]
    toctree: str = _setting(
        "hoist",
        "What happens to a misplaced toctree: hoist builds the book as if it were at the end of its section, strict stops the build, as-is prints its documents in place.",
    )  # type: ignore[assignment]
    ignore: tuple[str, ...] = _setting(
        (),
        "Codes of faults that are not reported: lead-silent, ... For one page: the field :casebound-ignore: at its top.",
    )  # type: ignore[assignment]
    errors: tuple[str, ...] = _setting(
        (), "Codes of faults that fail a check and a build, whatever their level: alt-missing, ..."
    )  # type: ignore[assignment]
    tagged: bool = _setting(
        True,
        "Tag the PDF files: their structure tells screen readers what is a heading, a list, a table, and in which order they read.",
    )  # type: ignore[assignment]
    conformance: tuple[str, ...] = _setting(
        ("ua-1", "a-2a"),
        "The standards that PDF files claim to meet: ua-1 (PDF/UA-1, accessible), and a-2a, a-2u or a-2b (PDF/A-2, for archives). A file that does not meet them claims none.",
    )  # type: ignore[assignment]
    check: bool = _setting(
        False, "Report faults of layout under other builders too, as warnings of type casebound.CODE."
    )  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared setting: its name in ``conf.py``, its default, its help text, and types its value may have too."""

    name: str
    default: object
    help: str
    types: tuple[type, ...] = ()


def declared() -> tuple[Setting, ...]:
    """Every setting, in the order of the table in the manual."""
    return tuple(
        Setting(f"casebound_{entry.name}", entry.default, entry.metadata["help"], entry.metadata["types"])
        for entry in dataclasses.fields(Settings)
    )
