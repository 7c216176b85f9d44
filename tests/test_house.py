"""The rules of the house, held by reading the source: one way, lazy weight, short files, honest documents.

Data flows one way, and so do imports: a module may import its own station and those before it.

    links -> web -> reference -> signals -> classifier -> guards -> verdict -> page_verdict
        -> disavow, report -> history -> auditing -> review -> cli

``databases``, ``errors`` and ``places`` may be imported by all and import nothing but each other. The package's ``__init__`` is the front door:
it may import anything, lazily, and the stations behind it do not come in through it (``__version__``
excepted). Nobody imports ``cli``. Stations of one step do not import each other. A module that stands at no
station fails the test, so that adding one is a decision.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "detector"

STEPS = (
    {"links"},
    {"web"},
    {"reference"},
    {"signals"},
    {"classifier"},
    {"guards"},
    {"verdict"},
    {"page_verdict"},
    {"disavow", "report"},
    {"history"},
    {"auditing"},
    {"review"},
    {"cli"},
)
RANK = {station: rank for rank, step in enumerate(STEPS) for station in step}
SHARED = {"databases", "errors", "places"}
FRONT_DOOR = {"__init__", "__main__"}

#: Packages that cost 0.1 s and more of start-up: imported inside the functions that use them, ...
HEAVY = ("joblib", "python_calamine", "requests", "scipy", "sklearn", "tldextract")
#: ... except in these files (path inside the package -> names).
MAY_IMPORT_HEAVY: dict[str, set[str]] = {
    "links/domains.py": {"tldextract", "requests"},  # only a run that resolves domains imports it
    "web/connecting.py": {"requests"},  # a subclass of its adapter; only a crawl imports it
    "web/fetching.py": {"requests"},
}

MOST_LINES = 400


# ------------------------------------------------------------------------------------------------ one way


def imported_modules(file: Path, root: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything that a file imports, relative and dynamic imports resolved.

    ``from a import b`` gives ``a.b``: whether b is a module or a name of a, its station is the same.
    """
    here = file.relative_to(root).parts[
        :-1
    ]  # relative imports start from here, in a module and an __init__ alike

    def resolved(name: str, level: int) -> str:
        base = here[: len(here) - level + 1] if level else ()
        return ".".join([*base, *filter(None, name.split("."))])

    for node in ast.walk(ast.parse(file.read_text("utf-8"), str(file))):
        match node:
            case ast.Import():
                for name in node.names:
                    yield node.lineno, name.name
            case ast.ImportFrom():
                for name in node.names:
                    yield node.lineno, resolved(f"{node.module or ''}.{name.name}", node.level)
            case ast.Call(
                func=ast.Name(id=called) | ast.Attribute(attr=called), args=[ast.Constant(str(text)), *_]
            ):
                if called in ("import_module", "__import__"):
                    yield node.lineno, resolved(text, len(text) - len(text.lstrip(".")))


def one_way_violations(root: Path) -> list[str]:
    """Every import under ``root/detector`` that goes against the order, as ``file:line: reason``."""
    found = []
    for file in sorted((root / PACKAGE).rglob("*.py")):
        inside = file.relative_to(root / PACKAGE)
        station = inside.parts[0].removesuffix(".py")
        if station in FRONT_DOOR:
            continue
        if station not in RANK and station not in SHARED:
            found.append(f"{inside}: stands at no station of the house; give it a place in STEPS")
            continue
        for line, name in imported_modules(file, root):
            top, _, rest = name.partition(".")
            if top == PACKAGE and (reason := forbidden(station, rest.split(".")[0])):
                found.append(f"{inside}:{line}: {reason}")
    return found


def forbidden(station: str, imported: str) -> str | None:
    """Why ``station`` must not import ``imported`` (both directly below the package), None where it may."""
    if imported in SHARED or imported == "__version__" or imported == station:
        return None
    if station in SHARED:
        return f"{station} is imported by all and imports nothing of ours, here {imported}"
    if imported not in RANK:
        return f"{imported or PACKAGE} comes through the package's front door; import the module itself"
    if RANK[imported] > RANK[station]:
        return f"{station} imports {imported}, which comes after it"
    if RANK[imported] == RANK[station]:
        return f"{station} imports {imported}, which stands beside it"
    return None


def test_imports_go_one_way() -> None:
    assert one_way_violations(ROOT) == []


@pytest.mark.parametrize(
    ("file", "source", "reason"),
    [
        (
            "links/reading.py",
            "from detector.signals import registry",
            "links imports signals, which comes after",
        ),
        ("links/reading.py", "import detector.cli.main", "links imports cli, which comes after"),
        ("links/reading.py", "from ..verdict import judge", "links imports verdict, which comes after"),
        ("links/formats/moz.py", "from ... import auditing", "links imports auditing, which comes after"),
        ("links/__init__.py", "from ..signals import registry", "links imports signals, which comes after"),
        ("links/a.py", "def f():\n    from detector.report import html", "links imports report"),
        (
            "signals/a.py",
            "import importlib\nimportlib.import_module('detector.verdict')",
            "signals imports verdict",
        ),
        ("signals/a.py", "import importlib\nimportlib.import_module('..verdict')", "signals imports verdict"),
        ("guards.py", "from detector import verdict", "guards imports verdict, which comes after"),
        ("disavow/a.py", "from detector.report import html", "disavow imports report, which stands beside"),
        ("auditing/telling.py", "from detector import audit", "front door"),
        ("auditing/telling.py", "import detector", "front door"),
        ("errors.py", "from detector.links import schema", "imports nothing of ours"),
        ("helpers.py", "x = 1", "stands at no station"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, file: str, source: str, reason: str) -> None:
    path = tmp_path / PACKAGE / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source)
    (violation,) = one_way_violations(tmp_path)
    assert violation.startswith(f"{file}:")
    assert reason in violation


@pytest.mark.parametrize(
    ("file", "source"),
    [
        (
            "links/reading.py",
            "from detector.links.formats import moz\nfrom . import schema\nfrom .schema import COLUMNS",
        ),
        (
            "signals/anchor.py",
            "from detector.links.schema import COLUMNS\nfrom ..errors import DetectorError",
        ),
        ("disavow/write.py", "from detector import __version__\nfrom detector.guards import GUARDS"),
        ("cli/main.py", "from detector import auditing\nimport polars\nfrom pathlib import Path"),
        ("__init__.py", "from detector.auditing import audit"),
        ("errors.py", "from dataclasses import dataclass"),
    ],
)
def test_what_the_house_allows_passes(tmp_path: Path, file: str, source: str) -> None:
    path = tmp_path / PACKAGE / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source)
    assert one_way_violations(tmp_path) == []


# ------------------------------------------------------------------------------------------------ weight


def top_level_imports(source: str) -> set[str]:
    """First names of what is imported along with the module: not in functions, not for the type checker."""
    found: set[str] = set()

    def visit(nodes: list[ast.stmt]) -> None:
        for node in nodes:
            match node:
                case ast.Import():
                    found.update(name.name.split(".")[0] for name in node.names)
                case ast.ImportFrom(level=0, module=str(module)):
                    found.add(module.split(".")[0])
                case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                    visit(node.orelse)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    pass
                case _:
                    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
                        visit(getattr(node, field, []))

    visit(ast.parse(source).body)
    return found


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    early = {
        f"{inside}: {name}"
        for file in (ROOT / PACKAGE).rglob("*.py")
        for name in top_level_imports(file.read_text("utf-8")) & set(HEAVY)
        if name not in MAY_IMPORT_HEAVY.get(inside := file.relative_to(ROOT / PACKAGE).as_posix(), set())
    }
    assert early == set()


def test_top_level_imports_are_told_from_lazy_ones() -> None:
    source = (
        "import os\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sklearn\n"
        "try:\n    import joblib\nexcept ImportError:\n    import scipy\n"
        "class A:\n    import requests\n    def f(self):\n        import tldextract\n"
    )
    assert top_level_imports(source) == {"os", "typing", "joblib", "scipy", "requests"}


def test_the_command_line_starts_without_the_heavy_packages() -> None:
    heavy = [*HEAVY, "polars", "jinja2", "numpy"]
    call = f"import sys, detector.cli.commands; print(*[name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")


# ------------------------------------------------------------------------------------------------ files


def project_files() -> list[Path]:
    """The files that belong to the project: what git knows, and new files that it is not told to ignore."""
    call = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(call, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("NOT RUN: this copy of the project is no git checkout")
    return sorted(
        path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()
    )


def test_no_file_of_the_package_is_too_long() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in (ROOT / PACKAGE).rglob("*")
        if file.suffix in (".py", ".html", ".j2", ".js", ".css")
        and (lines := len(file.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


CODE_AND_DOCS = {".py", ".md", ".toml", ".lock", ".cfg", ".yml", ".yaml", ".sh", ""}
#: Folders of a developer's own machine. Written in pieces, so that this file passes its own test.
MACHINE_PATH = re.compile(
    r"(?<![\w./-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"]) + r")/\w"
)
REGISTRY_HOST = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:org|com)", "deb" + r"ian\.org"])
)


def leaks(path: Path, text: str) -> list[str]:
    """Machine paths in any text; registry hosts in code and documents (data may name them)."""
    patterns = [MACHINE_PATH, REGISTRY_HOST] if path.suffix in CODE_AND_DOCS else [MACHINE_PATH]
    lines = text.splitlines()
    return [
        f"{path}:{n}: {line.strip()[:80]}"
        for n, line in enumerate(lines, 1)
        if any(p.search(line) for p in patterns)
    ]


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content[:8192]:
            found += leaks(path.relative_to(ROOT), content.decode("utf-8", "replace"))
    assert found == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.md", "see /wo" + "rk/x/y", 1),
        ("a.json", '{"trained_on": "/ho' + 'me/me/links.csv"}', 1),
        ("Makefile", "--index https://py" + "pi.org/simple", 1),
        ("a.csv", "https://blog.example/wo" + "rk/portfolio", 0),
        ("platforms.csv", "home.example,/ho" + "me/*,,,home pages", 0),
        ("largest_sites.csv", "py" + "pi.org,812", 0),
    ],
)
def test_a_planted_leak_is_found(name: str, text: str, found: int) -> None:
    assert len(leaks(Path(name), text)) == found


# ------------------------------------------------------------------------------------------------ documents

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"`[^`\n]*`")


def heading_anchors(text: str) -> set[str]:
    """The fragments that a Markdown page offers, by GitHub's rule."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(FENCE.sub("", text)))
    return {heading.replace(" ", "-") for heading in plain}


def broken_links(page: Path) -> list[str]:
    """Links of a Markdown page to files, or to headings, that do not exist."""
    broken = []
    for target in LINK.findall(CODE_SPAN.sub("", FENCE.sub("", page.read_text("utf-8")))):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        name, _, fragment = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists():
            broken.append(f"{page.name}: {target}: no such file")
        elif fragment and file.suffix == ".md" and fragment not in heading_anchors(file.read_text("utf-8")):
            broken.append(f"{page.name}: {target}: no such heading")
    return broken


def test_links_between_documents_resolve() -> None:
    pages = [path for path in project_files() if path.suffix == ".md"]
    assert pages
    assert [broken for page in pages for broken in broken_links(page)] == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A heading, with `code`\n")
    page = tmp_path / "page.md"
    page.write_text(
        "# Here\n[a](there.md) [b](there.md#a-heading-with-code) [c](#here) [d](https://x.example/none)\n"
        "`[no](link.md)`\n```\n[nor](this.md)\n```\n[e](gone.md) [f](there.md#gone) ![g](gone.png)\n"
    )
    assert [link.split(": ")[1] for link in broken_links(page)] == ["gone.md", "there.md#gone", "gone.png"]


def test_the_changelog_has_an_entry_for_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[?{re.escape(version)}\b", changelog, re.MULTILINE)
