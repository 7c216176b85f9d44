"""``detector explain``: what is told of a domain of an audit, and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from in_process import Done, run

from detector import Settings, audit
from detector.auditing.explaining import MOST_LINKS, Explainer
from detector.auditing.explanation import Explanation
from detector.auditing.signals_file import SIGNALS
from detector.classifier.model import TIERS
from detector.classifier.store import load
from detector.cli.explain import _RESTS_ON
from detector.disavow.parsing import DisavowFile
from detector.errors import InputError, UsageError
from detector.history import Store
from detector.links.domains import Domains
from detector.reference.hashing import keys_of
from detector.reference.lookup import Reference
from detector.reference.tables import Listed, make_table

NOW = datetime.fromisoformat("2026-11-20T12:00:00+01:00")
DOMAINS, LOADED = Domains.default(), load()
EVIL = "casino \x1b[31m\u202e bonus\n\"free\"; =cmd|' /C calc'!A0 " + "z" * 200

Write = Callable[[Path, list[dict[str, str]]], Path]


def link(host: str, number: int = 0, **cells: str) -> dict[str, str]:
    return {
        "Referring page URL": f"https://{host}/post/{number}", "Target URL": "https://www.kettles.example/", "Anchor": "kettles",
        "Referring page title": f"Note {number}", **cells,
    }  # fmt: skip


def spam(number: int, **cells: str) -> dict[str, str]:
    return link(
        f"casino-{number}.example", number, Anchor=f"best casino bonus {number} online",
        **{"Referring page title": f"casino slots {number}", "External links": "2400", "Linked domains": "900", "Domain rating": "0"}, **cells,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_ahrefs: Write) -> Path:
    """An audit of a wave of casino sites and some gardens."""
    place = tmp_path_factory.mktemp("explained")
    rows = [
        *(spam(n) for n in range(15)),
        *(link(f"garden-{n}.example", n) for n in range(6)),
        *(link("busy.example", n) for n in range(14)),
        link("evil.example", 1, Anchor=EVIL, **{"Referring page title": EVIL}),
        link("gone.example", 1, Anchor="online casino bonus", **{"Lost status": "removedfromhtml", "Lost": "2026-01-01"}),
        link("nofollow.example", 1, Anchor="online casino bonus", Nofollow="true"),
        link("both.example", 1, Anchor="online casino bonus", Nofollow="true"),
        link("both.example", 2, Anchor="online casino bonus", **{"Lost status": "removedfromhtml", "Lost": "2026-01-01"}),
        link("medium.com/@someone", 1), link("wikipedia.org", 1),
        {**spam(99), "Referring page URL": "https://lab.kettle-university.edu/tmp/casino-99"},
        {**spam(98), "Referring page URL": "https://lab.kettle-universiteit.example/tmp/casino-98"},
    ]  # fmt: skip
    (place / "old.txt").write_text("domain:casino-3.example\n")
    export = write_ahrefs(place / "export.csv", rows)
    settings = Settings("kettles.example", disavow=place / "old.txt")
    listed = (
        Listed("universities", "hipo", "ordinary", "2026", 0),
        keys_of(pl.Series(["kettle-universiteit.example"])),
    )
    lists = Reference([*Reference.default().tables, make_table([listed])])
    audit([export], settings, place / "audit", reference=lists, now=NOW)
    return place / "audit"


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """A copy to be spoilt."""
    return Path(shutil.copytree(folder, tmp_path / "audit"))


def explained(folder: Path, asked: str) -> Explanation:
    return Explainer(folder, DOMAINS, LOADED).explain(asked)


def names(folder: Path) -> list[str]:
    return pl.read_parquet(folder / SIGNALS)["referring_domain"].to_list()


def test_every_domain_of_an_audit_is_taken_apart_exactly(folder: Path) -> None:
    explainer = Explainer(folder, DOMAINS, LOADED)
    table = pl.read_csv(folder / "referring-domains.csv", infer_schema=False)
    assert sorted(table["referring_domain"]) == names(folder)
    for row in table.iter_rows(named=True):
        told = explainer.explain(row["referring_domain"])
        assert (told.domain, told.verdict, told.kind) == (
            row["referring_domain"],
            row["verdict"],
            row["kind"],
        )
        assert "; ".join(told.reasons) == row["reasons"]
        assert told.probability == pytest.approx(float(row["probability"]), abs=1e-6)
        assert told.taken is not None
        assert told.taken.total == pytest.approx(told.log_odds, abs=1e-9)
        assert sum(told.taken.families.values()) + told.taken.intercept == pytest.approx(
            told.log_odds, abs=1e-9
        )
        for part in told.taken.contributions:  # what is not known is shown as nothing
            assert (part.value is None) == (part.shown == ""), part
        assert (told.flips is None) == (row["guard"] is not None)


@pytest.mark.parametrize(
    "asked",
    [
        "busy.example",
        " BUSY.example ",
        "https://busy.example/post/3",
        "www.busy.example",
        "http://a.b.busy.example:80/?x",
    ],
)
def test_a_domain_may_be_named_by_a_page_or_a_host(folder: Path, asked: str) -> None:
    assert explained(folder, asked).domain == "busy.example"


def test_a_path_tenant_is_found_by_its_page(folder: Path) -> None:
    assert explained(folder, "https://medium.com/@someone/a-story").domain == "medium.com/@someone"


@pytest.mark.parametrize("asked", ["casin-3.example", "casino3.example", "https://casino-33.example/post"])
def test_an_unknown_domain_is_refused_with_the_nearest_names(folder: Path, asked: str) -> None:
    with pytest.raises(UsageError, match=r"has no referring domain .* Did you mean .*casino-3\.example"):
        explained(folder, asked)


@pytest.mark.parametrize("asked", ["", "   ", "no host at all", "\x1b[31m", "x" * 10_000, "zzqq.test"])
def test_what_is_like_nothing_is_refused_without_a_guess(folder: Path, asked: str) -> None:
    with pytest.raises(UsageError) as refused:
        explained(folder, asked)
    assert "Did you mean" not in str(refused.value)


def test_links_are_shown_up_to_ten_and_counted(folder: Path) -> None:
    told = explained(folder, "busy.example")
    assert (len(told.links), told.links_in_all) == (MOST_LINKS, 14)
    assert told.links[0] == {
        "source_url": "https://busy.example/post/0", "target_url": "https://www.kettles.example/", "anchor": "kettles",
        "source_title": "Note 0", "rel": "followed", "first_seen": "2025-03-02", "last_seen": "2026-01-20", "tools": ["ahrefs"],
        "lost": False, "http_status": 200,
    }  # fmt: skip
    assert explained(folder, "nofollow.example").links[0]["rel"] == "nofollow"


def test_the_line_and_the_old_file_are_named(folder: Path) -> None:
    old, new = explained(folder, "casino-3.example"), explained(folder, "casino-4.example")
    lines = (folder / "disavow.txt").read_text("utf-8").splitlines()
    assert [(part.line.entry, part.former) for part in old.listed] == [("domain:casino-3.example", True)]
    assert lines[old.listed[0].line.line - 1] == "domain:casino-3.example"
    assert all(not part.former for part in new.listed)
    assert bool(new.listed) == (new.verdict == "disavow")
    assert explained(folder, "garden-1.example").listed == ()


def test_a_guard_is_said_to_hold_and_nothing_would_flip_it(folder: Path) -> None:
    told = explained(folder, "wikipedia.org")
    assert told.flips is None
    assert told.held[0].startswith("This is one of the largest sites of the web")
    assert "Without this guard the verdict would be" in told.held[0]


def test_an_institution_is_left_to_a_person_and_it_is_said(folder: Path) -> None:
    told = explained(folder, "kettle-university.edu")
    assert told.verdict == "review"
    assert told.probability > 0.9
    assert told.held[0].startswith("Its suffix is that of institutions")
    listed = explained(folder, "kettle-universiteit.example")
    assert listed.verdict == "review"
    assert listed.probability > 0.9
    assert listed.held[0].startswith("A list of universities names it")


@pytest.mark.parametrize(("name", "why"), [("gone.example", "all its known links are gone"), ("nofollow.example", "all its known links are nofollow"), ("both.example", "all its known links are nofollow, ugc, sponsored or gone")])  # fmt: skip
def test_where_no_line_is_needed_it_is_said_when_one_would_be(folder: Path, name: str, why: str) -> None:
    told = explained(folder, name)
    assert told.held[0].startswith(f"No line is needed: {why}")
    if told.verdict == "ignore":
        assert "If one of its links were followed and live the verdict would be" in told.held[0]


def test_hostile_texts_are_shown_harmless(folder: Path) -> None:
    done = run("explain", folder, "evil.example")
    assert done.returncode == 0
    printed = done.stdout.replace("\n", "")
    assert printed.isprintable()
    assert max(map(len, done.stdout.split("\n"))) < 600
    assert "casino [31m bonus 'free', =cmd" in printed
    table = pl.read_csv(folder / "referring-domains.csv", infer_schema=False)
    assert "'free'" in table.filter(pl.col("referring_domain") == "evil.example")["reasons"][0]
    assert "".join(table["reasons"]).isprintable()


# ------------------------------------------------------------------------------------------------ the command


def test_the_command_prints_everything(folder: Path) -> None:
    done = run("explain", folder, "casino-4.example")
    assert (done.returncode, done.stderr) == (0, "")
    text = done.stdout
    told = explained(folder, "casino-4.example")
    assert text.startswith(
        f"casino-4.example: {told.verdict} ({told.kind})\n  links to kettles.example; judged by rich"
    )
    for heading in (
        "Why",
        "What would change it",
        "What each family says",
        "What each signal says",
        "Links (1)",
        "In disavow.txt",
    ):
        assert f"\n{heading}" in text
    for n, reason in enumerate(told.reasons, 1):
        assert f"  {n}. {reason}\n" in text
    assert f"{told.log_odds:+8.3f}  together: probability {told.probability:.3f}" in text
    assert "-0.000" not in text
    assert "best casino bonus" in "".join(told.reasons), told.reasons
    assert '"best casino bonus 4 online" -> https://www.kettles.example/' in text


def test_the_command_prints_json(folder: Path) -> None:
    told = json.loads(run("explain", folder, "casino-4.example", "--json").stdout)
    assert told["domain"] == "casino-4.example"
    total = told["taken"]["intercept"] + sum(part["log_odds"] for part in told["taken"]["contributions"])
    assert total == pytest.approx(told["log_odds"], abs=1e-9)
    assert set(told["families"]) == {part["family"] for part in told["taken"]["contributions"]}
    assert all(change["sentence"] for flip in told["flips"] for change in flip["changes"])
    assert {"thresholds", "reasons", "links", "listed", "held", "notes", "former"} <= set(told)


def refused(done: Done, code: int, words: str) -> None:
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_wrong_usage_is_told(folder: Path, tmp_path: Path) -> None:
    refused(run("explain", tmp_path, "a.example"), 2, "is not the folder of an audit")
    refused(run("explain", folder, "nobody.test"), 2, "has no referring domain 'nobody.test'")


def rewritten(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    record = json.loads((folder / "audit.json").read_text("utf-8"))
    change(record)
    (folder / "audit.json").write_text(json.dumps(record), "utf-8")


def test_an_audit_by_another_model_is_shown_as_it_was_written_down(own: Path) -> None:
    rewritten(own, lambda record: record["model"].update(sha256="0" * 64, version="0.0.1"))
    done = run("explain", own, "casino-4.example")
    assert done.returncode == 0
    assert "note: This audit was made by another model (version 0.0.1, SHA-256 000000000000…" in done.stdout
    assert "it cannot be told without the model of the audit" in done.stdout
    assert "together:" not in done.stdout
    told = explained(own, "casino-4.example")
    assert (told.taken, told.flips) == (None, None)
    assert told.reasons


def test_signals_of_another_audit_are_refused(own: Path) -> None:
    rows = pl.read_parquet(own / SIGNALS)
    rows.with_columns(pl.col("log_odds") + 0.01).write_parquet(own / SIGNALS)
    refused(run("explain", own, "casino-4.example"), 3, "its signals give log odds of")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda f: (f / SIGNALS).unlink(), "it is not there"),
        (lambda f: (f / SIGNALS).write_bytes(b"PAR1 no"), "cannot be read as a Parquet file"),
        (lambda f: pl.DataFrame({"a": [1]}).write_parquet(f / SIGNALS), "it lacks referring_domain"),
        (lambda f: (f / "links.parquet").unlink(), "the links of the audit cannot be read"),
        (lambda f: (f / "audit.json").write_text("{"), "the record of the audit cannot be read"),
        (
            lambda f: (f / "audit.json").write_text('{"site": "kettles.example"}'),
            "does not say the thresholds",
        ),
        (
            lambda f: rewritten(f, lambda record: record["model"].pop("thresholds")),
            "does not say the thresholds",
        ),
    ],
)
def test_a_damaged_folder_is_told(own: Path, spoil: Callable[[Path], object], words: str) -> None:
    spoil(own)
    refused(run("explain", own, "casino-4.example"), 3, words)


def test_lines_for_pages_of_a_host_are_found(own: Path) -> None:
    (own / "disavow.txt").write_text("https://garden-1.example/post/1\nhttps://garden-2.example/other\n")
    assert [(part.about, part.line.line) for part in explained(own, "garden-1.example").listed] == [
        ("https://garden-1.example/post/1", 1)
    ]
    assert explained(own, "garden-2.example").listed == ()


def test_an_audit_made_before_passing_links_were_counted_is_explained(own: Path) -> None:
    pl.read_parquet(own / SIGNALS).drop("passing_links").write_parquet(own / SIGNALS)
    assert (
        explained(own, "gone.example").held[0].startswith("No line is needed: all its known links are gone")
    )


def test_what_has_gone_since_is_noted(own: Path) -> None:
    (own / "disavow.txt").unlink()
    rewritten(own, lambda record: record["settings"].update(disavow=str(own / "never.txt")))
    told = explained(own, "casino-3.example")
    assert told.listed == ()
    assert len(told.notes) == 2
    assert all("is not there any more" in note for note in told.notes)


def test_the_upload_that_an_audit_started_from_is_asked_too(own: Path) -> None:
    with Store.open("kettles.example", domains=DOMAINS) as store:
        file = DisavowFile.parse(b"domain:casino-3.example\n", "disavow.txt")
        upload = store.record(file, property_url="https://kettles.example/", who="ann", now=NOW, uploaded=NOW)
    started = {"merged": True, "upload": upload.number, "sha256": upload.sha256}
    rewritten(own, lambda record: record.update(history=started, settings={"own": [], "disavow": None}))
    told = explained(own, "casino-3.example")
    assert (told.former, [part.former for part in told.listed], told.notes) == ("upload 1", [True], ())
    rewritten(own, lambda record: record["history"].update(sha256="0" * 64))
    told = explained(own, "casino-3.example")
    assert [part.former for part in told.listed] == [False]
    assert "is not the last one of the history any more" in told.notes[0]


def test_the_promise_is_repeated(own: Path) -> None:
    rewritten(own, lambda record: record["promise"].update(risk=0.02))
    told = run("explain", own, "casino-4.example").stdout
    assert (
        "\n  Promise of the audit: of the lines written at most 2 % are wrong, with 90% confidence.\n" in told
    )


def test_every_tier_is_told_in_words() -> None:
    assert set(_RESTS_ON) == set(TIERS)


def test_a_signal_that_the_file_does_not_have_is_missing(own: Path) -> None:
    told = explained(own, "garden-1.example")
    rows = pl.read_parquet(own / SIGNALS)
    missing = [c.signal for c in told.taken.contributions if c.value is None][:1] if told.taken else []
    rows.drop(missing).write_parquet(own / SIGNALS)
    assert explained(own, "garden-1.example") == told


def test_an_audit_of_an_older_version_is_told_to_be_made_again(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "audit.json", tmp_path)
    with pytest.raises(
        InputError,
        match=r"signals\.parquet: an audit of this version writes it.*[Rr]un 'detector audit' again",
    ):
        Explainer(tmp_path, DOMAINS, LOADED)
