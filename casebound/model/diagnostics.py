"""Faults: everything that can be wrong with a source, a set-up or an output, each with a message and a remedy.

A fault is a kind, a problem is a fault at a place. A fault is written once, here. It becomes a Sphinx warning of type ``casebound.CODE``, a line of ``inv check``,
an entry of ``build/proof.json``, or, raised as ``BuildStop``, the one sentence a build ends with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePath
from string import Formatter

__all__ = [
    "CATALOGUE",
    "BuildStop",
    "Fault",
    "Level",
    "Problem",
    "counted",
    "is_fatal",
    "problem",
    "said_by",
    "stop",
    "weighed",
]


class Level(Enum):
    """How much a fault weighs: a stop ends the build (exit code 2), an error fails it (1) with its outputs complete."""

    STOP = "stop"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: a stable code, its level, the sentence with named gaps, and what to do about it."""

    code: str
    level: Level
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at a place. ``docname`` is empty where no document is concerned; ``line`` is 1-based.

    ``message`` is the sentence with its gaps filled; it and the remedy end in a full stop. ``values`` fill the gaps, by
    name: they stay the same if the sentence is reworded. ``now`` and ``wanted`` are the outline of the place as it is
    and as the rule wants it, as indented text; empty for faults that do not change the outline.
    """

    fault: Fault
    message: str
    docname: str = ""
    line: int | None = None
    now: str = ""
    wanted: str = ""
    values: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def code(self) -> str:
        return self.fault.code

    @property
    def level(self) -> Level:
        return self.fault.level

    @property
    def place(self) -> str:
        """``docname:line``, or as much of it as is known."""
        return f"{self.docname}:{self.line}" if self.docname and self.line else self.docname

    def __str__(self) -> str:
        text = f"{self.message} {self.fault.remedy}".strip()
        return f"{self.place}: {text}" if self.place else text


class BuildStop(Exception):
    """The build cannot run: carries the problem to print; the exit code is 2."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def said_by(error: BaseException, path: PurePath | None = None) -> str:
    """The first line of an exception's message as a sentence; its class if it has none.

    The file ``path`` is named without its folders.
    """
    text = str(error).strip().partition("\n")[0] or type(error).__name__
    text = text.replace(str(path), path.name) if path else text
    return f"{text[:160].rstrip('.')}."


_FAULTS = (
    # set-up
    Fault("source-missing", Level.STOP, "There is no source folder {path}.", "Name the folder that holds index.rst with --source."),
    Fault("conf-missing", Level.STOP, "There is no conf.py in {path}.", "Add one, or name its folder with --conf."),
    Fault("conf-error", Level.STOP, "{path} cannot be read: {detail}", "Fix conf.py and build again."),
    Fault("extension-missing", Level.STOP, "The extension {name} cannot be loaded: {detail}", "Install it, or remove it from extensions in conf.py."),
    Fault("setting-invalid", Level.STOP, "The setting {name} is {value!r}: {detail}", "Fix it in conf.py."),
    Fault("define-unfit", Level.STOP, "--define {name}={value} cannot be used: {detail}", "Write a value of the type that the setting has: 1 for True, 0 for False."),
    Fault("define-invalid", Level.STOP, "--define takes NAME=VALUE, not {value!r}.", "Write for instance --define project=Name."),
    Fault("baseurl-missing", Level.STOP, "The setting casebound_handout_links is \"web\", but html_baseurl is {value!r}.", "Set html_baseurl in conf.py to the address of the published pages, or choose sibling, book or none."),
    Fault("build-unwritable", Level.STOP, "Cannot write to the build folder {path}: {detail}", "Choose another with --build, or change its permissions."),
    Fault("terminal-unwritable", Level.STOP, "Cannot write to standard output: {detail}", "The outputs are complete; redirect to a place with free space."),
    Fault("source-unwritable", Level.STOP, "Cannot write to the source file {path}: {detail}", "Change its permissions."),
    Fault("root-missing", Level.STOP, "The root document {name} does not exist in {path}.", "Create it, or set root_doc in conf.py."),
    Fault("book-empty", Level.STOP, "The book is empty: the root document has no text and its toctrees name no document.", "Add a toctree to the root document."),
    Fault("style-missing", Level.STOP, "There is no style {name}.", "The styles are: {known}; or name the file of a style sheet."),
    Fault("style-broken", Level.STOP, "The style {name} cannot be used: {detail}", "Fix the style sheet; styles/house.yaml of casebound shows the valid entries."),
    Fault("style-unknown", Level.WARNING, "The style sheet {name} sets {key}, which casebound does not know.{hint}", "Fix the name or delete the entry; styles/house.yaml of casebound shows the valid entries."),
    Fault("setting-unknown", Level.WARNING, "{where} sets {name}, which casebound does not know.{hint}", "Fix the name or delete the line; inv settings lists the settings."),
    Fault("face-missing", Level.STOP, "The face {name} of {where} is not installed.{hint}", "Put its TrueType file next to the style sheet that names it, or install the package that contains it ({package})."),
    Fault("face-broken", Level.STOP, "The file {name} is not a usable TrueType face: {detail}", "Replace it, or name another face in the style sheet."),
    Fault("sphinx-stopped", Level.STOP, "Sphinx could not read the source: {detail}", "Fix the source and build again."),
    # reading
    Fault("source-warning", Level.WARNING, "{detail}", ""),
    Fault("document-unread", Level.ERROR, "Sphinx cannot read the document; its source is included verbatim: {detail}", "Fix the source."),
    Fault("character-unprintable", Level.WARNING, "The character {name} cannot be shown; its number is shown instead.", "Remove it from the source, or write its number."),
    Fault("inventory-remote", Level.INFO, "The inventory {name} is on the network and was not fetched; links through it are plain text.", "Keep a copy of its objects.inv in the source and name it in intersphinx_mapping, or set casebound_remote_inventories."),
    Fault("inventory-address", Level.WARNING, "The inventory {name} is named by a file: address and was not read; links through it are plain text.", "Name the file in intersphinx_mapping as a path from the source folder."),
    Fault("inventory-failed", Level.WARNING, "The inventory {name} could not be fetched; links through it are plain text: {detail}", "Build again, or keep a copy of its objects.inv in the source."),
    Fault("index-failed", Level.WARNING, "The index {name} could not be built and is left out: {detail}", "Report it to the extension it comes from, or name the others in casebound_domain_indices."),
    # structure
    Fault("text-after-toctree", Level.ERROR, "Text follows a toctree in its section: in print it would come after the child documents.", "Move the toctree to the end of the section."),
    Fault("toctree-too-deep", Level.ERROR, "A toctree is in the subsection {name}, but the text of {above} shows its documents: in print they are one level too deep.", "Move the toctree to the end of the text of {above}, before its subsections."),
    Fault("sections-after-toctree", Level.WARNING, "Subsections follow a toctree: its documents are printed after them, although the toctree comes first.", "Give the toctree its own section at the end, or the subsections their own documents."),
    Fault("document-twice", Level.WARNING, "{name} is in the toctrees more than once; the entry in {first} is used.", "Name it only once."),
    Fault("document-unreached", Level.WARNING, "{name} is in no toctree and so not in the book.", "Name it in a toctree, or mark it :orphan:."),
    Fault("document-circular", Level.ERROR, "{name} reaches itself through its toctrees.", "Remove one of the entries that form the circle."),
    Fault("document-untitled", Level.WARNING, "{name} has no title; {title} is used instead.", "Give the document a title."),
    Fault("section-empty", Level.WARNING, "The section {name} is empty in print.", "Write its text, or remove its title."),
    Fault("lead-missing-entry", Level.INFO, "The lead lists {name}, which no toctree of its section names.", "Name it in the toctree, or remove it from the list."),
    Fault("lead-silent", Level.INFO, "The lead never mentions {names}, which the toctree of its section names.", "Add it to the list in the lead."),
    Fault("lead-order", Level.INFO, "The lead lists its chapters in a different order than the toctree.", "Use the same order in both."),
    Fault("layout-strict", Level.STOP, "{count} toctrees are not where the rule requires, the first at {first}.", "Run inv check for the list and inv mend to move them, or set casebound_toctree to \"hoist\"."),
    Fault("mend-refused", Level.ERROR, "The toctree cannot be moved by inv mend: {detail}", "Move it by hand to the end of its section."),
    Fault("ignore-unknown", Level.WARNING, "The field :casebound-ignore: names {value!r}, which is not a fault.", "Write the codes as inv check prints them, separated by commas."),
    Fault("baseline-missing", Level.STOP, "The baseline {path} cannot be read: {detail}", "Create it with --write-baseline."),
    Fault("matter-unknown", Level.WARNING, "The field :matter: is {value!r}; the document is set in the body.", "Write front, body or back."),
    Fault("handout-unknown", Level.WARNING, "The field :handout: is {value!r}; it is ignored.", "Write yes or no."),
    Fault("matter-misplaced", Level.WARNING, "{name} cannot come {where} the body, because parts of the body lie between; it is set in the body.", "Move it in its toctree, or change its :matter:."),
    Fault("matter-unmatched", Level.WARNING, "{setting} names {name}, which matches no document of the book.", "Write document names as toctrees do, without extension."),
    Fault("toctree-dangling", Level.ERROR, "A toctree names {name}, which does not exist or is excluded.", "Write the document, or remove its name from the toctree."),
    # references and images
    Fault("reference-dangling", Level.WARNING, "A link leads to {name}, which is not in the book; the link text is kept without the link.", "Fix the reference."),
    Fault("reference-left-out", Level.WARNING, "A link leads to {name}, which is in an only or ifconfig directive that the book leaves out; the link text is kept without the link.", "Move the link into that directive, or what it leads to out of it."),
    Fault("reference-unprinted", Level.WARNING, "A link leads to the document {name}, which no toctree of the book names; the link text is kept without the link.", "Name the document in a toctree that is printed (one under only:: html is not), or put the link under only:: html and not epub."),
    Fault("claim-left-out", Level.WARNING, "Pictures without alternative text: {count}. The EPUB does not say that {name} certified it.", "Describe them: inv check names them (alt-missing)."),
    Fault("css-left-out", Level.WARNING, "{where} names {address}, which {why}; the EPUB goes without it.", "Save a copy beside the style sheet and name that, or delete the line."),
    Fault("css-missing", Level.WARNING, "The style sheet {name} of epub_css_files is not in html_static_path; the EPUB goes without it.", "Add the file, or correct the name in conf.py."),
    Fault("cover-missing", Level.WARNING, "The cover picture {name} does not exist in the source folder; a cover is drawn instead.", "Add the file, or correct the path in conf.py."),
    Fault("cover-broken", Level.WARNING, "The cover picture {name} cannot be shown, and a cover is drawn instead: {detail}", "Save it again in its editor."),
    Fault("image-missing", Level.ERROR, "The image {name} does not exist; its description is shown instead.", "Add the file, or fix the path."),
    Fault("file-outside", Level.INFO, "The file {name} is outside the source folder; what the document includes from it is printed.", "If that is not intended, remove the directive or keep a copy in the source."),
    Fault("image-outside", Level.WARNING, "The image {name} is outside the source folder and is left out; its description is shown instead.", "Keep a copy in the source."),
    Fault("image-broken", Level.ERROR, "The image {name} cannot be shown: {detail}", "Save it again in its editor."),
    Fault("alt-missing", Level.INFO, "The image {name} has no alternative text.", "Say in :alt: what it shows; an empty :alt: or the class decorative says that it is decoration."),
    Fault("image-remote", Level.INFO, "The image {name} is on the network and was not fetched; its address is shown instead.", "Keep a copy in the source."),
    Fault("image-remote-failed", Level.WARNING, "The image {name} could not be fetched; its address is shown instead: {detail}", "Build again, or keep a copy in the source."),
    Fault("drawing-simplified", Level.INFO, "The PDF shows the drawing {name} differently than drawn: {detail}.", "Convert these to paths, or save the drawing as PNG."),
    Fault("length-unknown", Level.WARNING, "The {side} {name} is not a length and is ignored.", "Write a positive number with %, px, pt, pc, in, cm, mm, Q, em, rem, ex, ch, vw, vh, vmin or vmax."),
    Fault("dark-left-out", Level.INFO, "{name} is for web pages with a dark background and is left out.", "To show it in the book, remove the class that says so."),
    Fault("diagram-undrawn", Level.WARNING, "The diagram is printed as text: {program}, which draws {name}, is not installed.", "Install {package}, or name its program in {setting} in conf.py."),
    Fault("diagram-failed", Level.WARNING, "The diagram is printed as text: {name} cannot draw it: {detail}", "Fix its source."),
    Fault("diagram-unknown", Level.WARNING, "The diagram is printed as its source: the extension of {name} draws it for web pages only.", "Save it as SVG and show it with the image directive."),
    Fault("reference-failed", Level.WARNING, "The link to {name} cannot be resolved; the link text is kept without the link: {detail}", "Fix the reference, or report it to the extension it comes from."),
    # typesetting
    Fault("node-failed", Level.ERROR, "{name} could not be typeset and is set as plain text: {detail}", "Report it, with the source of this place."),
    Fault("node-unknown", Level.WARNING, "{name} has no form of its own on paper; it is set as plain text.", "Report it, with the extension it comes from."),
    Fault("node-empty", Level.WARNING, "{name} has content on web pages only and is left out.", "Write it differently for print, or report it to the extension it comes from."),
    Fault("chapter-failed", Level.ERROR, "{name} could not be typeset and is set as plain text: {detail}", "Report it, with the source of the chapter."),
    Fault("chapter-unresolved", Level.ERROR, "An extension fails in {name}, whose links are plain text: {detail}", "Fix the source, or report it to the extension."),
    Fault("extension-failed", Level.ERROR, "An extension fails in {name}, which is printed without what it adds: {detail}", "Fix its settings or the source, or report it to the extension."),
    Fault("worker-crashed", Level.ERROR, "The worker that typeset {name} ended abruptly; the chapter is set as plain text.", "Report it, with the source of the chapter."),
    Fault("glyph-missing", Level.WARNING, "No font has the {name} {letters}: the PDF shows a box with the code for each.", "{help}"),
    Fault("branches-unprinted", Level.INFO, "The PDF prints none of the branches {name}.", "Add a branch for latex, pdf or print, or put the text outside the branches."),
    Fault("branch-structure", Level.INFO, "The branch {name} has headings or a toctree: the EPUB prints it only if the PDF does.", "Move the headings out of the branch: PDF and EPUB have one structure."),
    Fault("raw-left-out", Level.INFO, "Raw {name} cannot be printed and is left out.", "Write it in reStructuredText."),
    Fault("page-side-ignored", Level.INFO, "The page break is ignored: nothing after it in this document can begin an odd or even page.", "Put the page break before the title of the next document, or set casebound_openings."),
    Fault("page-break-ignored", Level.INFO, "The page break is ignored: no page can begin inside a table, a figure, a title or a note.", "Move it before or after that block."),
    Fault("raw-unread", Level.ERROR, "The raw HTML cannot be read and is left out: {detail}", "Split it, or write it in reStructuredText."),
    Fault("raw-flat", Level.ERROR, "The raw HTML is nested too deeply; its text is set as plain paragraphs.", "Nest it less, or write it in reStructuredText."),
    Fault("math-plain", Level.WARNING, "The formula {name} is shown by its source: {reason}.", "Write it another way."),
    # output
    Fault("conformance-left-out", Level.INFO, "{name} does not claim to conform to {standards}: {detail}.", "Say in :alt: what the images show; or name in casebound_conformance the standards that the book is to meet."),
    Fault("book-absent", Level.INFO, "Links of the handouts open {name}, which has not been built.", "Build it with inv pdf, or choose another target in casebound_handout_links."),
    Fault("handouts-none", Level.INFO, "No handouts were made: no section of the book has one.", "Add a toctree to the root document, or write :handout: yes at the top of a document."),
    Fault("section-missing", Level.STOP, "No handout is called {name}.", "The handouts are: {known}."),
    Fault("output-otherwise", Level.INFO, "{name} was built with other values of --define or --tag and was not checked.", "Build it again, or run inv proof with the values of that build."),
    Fault("output-deleted", Level.INFO, "{name} is deleted: an earlier build made it, and the book no longer has this output.", ""),
    Fault("output-kept", Level.INFO, "{name} is kept: {detail}", "Delete it yourself if you do not need it."),
    Fault("cache-damaged", Level.INFO, "Files kept from an earlier build are damaged or were left by one that was interrupted; they were made again: {name}.", "If no build was interrupted, check the disk."),
    # proof
    Fault("outline-differs", Level.ERROR, "The {name} is not the book's outline:\n{detail}\nBoth must be the same.", "Report it."),
    Fault("link-dangling", Level.ERROR, "{name} has a link that leads nowhere: {detail}", "Report it."),
    Fault("link-astray", Level.ERROR, "{name} has links that point to the wrong position: {detail}", "Report it."),
    Fault("link-wrong", Level.ERROR, "{name} has links that lead elsewhere than in the source: {detail}", "Report it."),
    Fault("words-lost", Level.ERROR, "{count} of the source {are} not in {name}: {detail}", "Report it, with the source."),
    Fault("tags-broken", Level.ERROR, "The structure of {name} does not hold together: {detail}", "Report it."),
    Fault("marks-wrong", Level.ERROR, "Pages of {name} have marks that are wrong or missing: {detail}", "Report it, with the source of this page."),
    Fault("tags-misused", Level.ERROR, "{name} has structure elements that are not what they should be: {detail}", "Report it, with the source."),
    Fault("tag-headings-differ", Level.ERROR, "The headings in the structure of {name} are not those of its outline: {detail}", "Report it, with the source."),
    Fault("metadata-differ", Level.ERROR, "{name} says of itself what is not so: {detail}", "Report it."),
    Fault("file-acts", Level.ERROR, "{name} does or holds more than a book does: {detail}", "Report it."),
    Fault("reading-differs", Level.ERROR, "{name} is read aloud otherwise than the source: {detail}", "Report it, with the source."),
    Fault("alt-differs", Level.ERROR, "Pictures or formulas of {name} are described otherwise than in the source: {detail}", "Report it, with the source."),
    Fault("claim-unfounded", Level.ERROR, "What {name} claims to conform to is wrong: {detail}", "Report it."),
    Fault("glyph-empty", Level.ERROR, "{name} shows characters that have no glyph: {detail}", "Replace them, or choose a face that has them."),
    Fault("text-off-page", Level.ERROR, "{name} has text outside the page: {detail}", "Report it, with the source of this page."),
    Fault("face-not-embedded", Level.ERROR, "{name} uses faces that are not embedded: {detail}", "Report it."),
    Fault("folio-differs", Level.ERROR, "{name} prints folios that its page labels do not show: {detail}", "Report it."),
    Fault("output-missing", Level.ERROR, "{name} has not been built.", "Run inv book first."),
    Fault("output-unreadable", Level.ERROR, "{name} cannot be read back: {detail}", "Build it again."),
    Fault("epub-file-large", Level.INFO, "The file {name} of the EPUB has {size} kB; some readers hold no more than 260 kB.", "Divide the section by headings: the EPUB begins a new file there."),
    Fault("pages-differ", Level.ERROR, "The page list of {name} is not that of the PDF: {detail}", "Make both in one build: inv book."),
    Fault("epub-invalid", Level.ERROR, "{name} is not a valid EPUB: {detail}", "Report it, with the source."),
)  # fmt: skip

_LONGEST = 300  # characters of a name in a sentence: a formula may have a hundred thousand

CATALOGUE: Mapping[str, Fault] = {fault.code: fault for fault in _FAULTS}


def problem(code: str, docname: str = "", line: int | None = None, **values: object) -> Problem:
    """A problem of the catalogue with its sentence filled in.

    Raises KeyError for an unknown code or a gap without a value.
    """
    fault = CATALOGUE[code]
    if len(str(values.get("name", ""))) > _LONGEST:
        values["name"] = f"{str(values['name'])[:_LONGEST]} …"
    filled = Fault(fault.code, fault.level, fault.sentence, _ended(fault.remedy.format(**values)))
    gaps = {gap for _, gap, _, _ in Formatter().parse(fault.sentence) if gap}
    stated = {name: str(values[name]) for name in sorted(gaps)}
    return Problem(filled, _ended(fault.sentence.format(**values)), docname, line, values=stated)


def _ended(text: str) -> str:
    """A text with one full stop at its end, whether its last gap was filled with one or not."""
    text = text.rstrip()
    if text.endswith("..") and not text.endswith("..."):
        return text[:-1]
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def weighed(problem: Problem, level: Level, note: str = "") -> Problem:
    """The same problem with another level, and a note after its message."""
    fault = Fault(problem.fault.code, level, problem.fault.sentence, problem.fault.remedy)
    message = _ended(f"{problem.message} {note}")
    return Problem(fault, message, problem.docname, problem.line, problem.now, problem.wanted, problem.values)


def is_fatal(problem: Problem, strict: bool = False) -> bool:
    """Whether a problem fails the check or build that found it; a warning does if ``strict``."""
    return problem.level in {Level.STOP, Level.ERROR} or (strict and problem.level is Level.WARNING)


def counted(problems: Iterable[Problem]) -> str:
    """The number of problems of each level: ``2 errors, 1 warning``; empty for none."""
    levels = Counter(problem.level for problem in problems)
    return ", ".join(
        f"{levels[level]} {level.value}{'s' if levels[level] > 1 and level is not Level.INFO else ''}"
        for level in Level
        if levels[level]
    )


def stop(code: str, docname: str = "", line: int | None = None, **values: object) -> BuildStop:
    """The exception that ends a build with this fault."""
    return BuildStop(problem(code, docname, line, **values))
