"""``detector disavow plan`` as a user runs it, on the folder that ``detector audit`` wrote for the samples."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from in_process import Run, run

from detector.disavow.parsing import DisavowFile
from detector.history.whitelists import Whitelists
from detector.links.domains import Domains

SITE = "www.kettle-and-thyme.example"


@pytest.fixture(scope="module")
def audited(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an audit of the samples."""
    out = tmp_path_factory.mktemp("plan") / "audit"
    samples = project / "disavow_samples"
    exports = sorted(
        path for path in samples.iterdir() if path.suffix in (".csv", ".gz") and path.name != "truth.csv"
    )
    former = ("--disavow", samples / "old-disavow.txt")
    done = run("audit", *exports, "--site", SITE, *former, "--out", out, "--no-history", "--quiet")
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def folder(audited: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    copy = tmp_path / "audit"
    copy.mkdir()
    for name in ("audit.json", "links.parquet", "referring-domains.csv", "disavow.txt"):
        (copy / name).write_bytes((audited / name).read_bytes())
    return copy


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "referring-domains.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def save(folder: Path, rows: list[dict[str, str]], delimiter: str = ",") -> None:
    path = folder / "referring-domains.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def planned(detector: Run, folder: Path, *options: str | Path) -> dict:
    done = detector("disavow", "plan", folder, "--no-history", "--json", *options)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_untouched_verdicts_give_the_audits_own_file(detector: Run, folder: Path, tmp_path: Path) -> None:
    """Byte for byte."""
    done = detector("disavow", "plan", folder, "--no-history", "--out", "plan.txt")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plan.txt").read_bytes() == (folder / "disavow.txt").read_bytes()
    assert done.stdout.startswith("plan.txt: ")
    assert "Look at these twice" in done.stdout
    assert "Expected to be wrong: " in done.stdout
    assert "warning: Held back from old-disavow.txt: line 18 (public suffix): domain:org.br." in done.stderr


def test_without_out_nothing_is_written(detector: Run, folder: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.rglob("*"))
    done = detector("disavow", "plan", folder, "--no-history")
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_one_line_is_spoken_of_as_one_and_none_not_at_all(detector: Run, folder: Path) -> None:
    rows = table(folder)
    first, kept = rows[0], [{**row, "verdict": "keep"} for row in rows[1:]]
    assert first["verdict"] == "disavow"
    save(folder, [first, *kept])
    out = detector("disavow", "plan", folder, "--no-history").stdout
    assert " of the 1 new line that the audit asks for, by the probabilities below. (The audit's own" in out
    untold = next(row for row in rows if row["verdict"] == "keep" and not row["guard"] and not row["followed_links"] and row["links"] == "1")  # fmt: skip
    save(folder, [{**row, "verdict": "disavow" if row is untold else "keep"} for row in rows])
    out = detector("disavow", "plan", folder, "--no-history").stdout
    assert "Of 1 link that new rules take no export says whether it is followed; it counts as such." in out
    assert "Expected to be wrong" not in out


def test_the_json_adds_up(detector: Run, folder: Path) -> None:
    made = planned(detector, folder)
    new = [one for one in made["rules"] if one["status"] == "new"]
    old = [one for one in made["rules"] if one["status"] == "old"]
    assert (len(new), made["site"]) == (made["new_rules"], "kettle-and-thyme.example")
    assert sum(one["links"] - one["already_covered"] for one in new) == made["totals"]["new"]["links"]
    assert made["totals"]["file"]["links"] == made["totals"]["new"]["links"] + made["totals"]["old"]["links"]
    assert not any(one["kept_links"] for one in new)
    assert old
    assert made["expected_wrong_lines"] == pytest.approx(sum(1 - one["probability"] for one in new), abs=1e-3)
    assert made["look_twice"] == [one["rule"] for one in new[:10]]
    assert made["benefit"]["written"] == made["benefit"]["at_most"]
    # Both count flagged followed links; the audit's sentence leaves out domains of which no export tells.
    told = sum(int(row["followed_links"] or 0) for row in table(folder) if row["verdict"] == "disavow")
    assert (
        told
        <= made["totals"]["flagged"]["followed_links"]
        <= told + made["totals"]["flagged"]["untold_links"]
    )


def test_edited_verdicts_are_followed(detector: Run, folder: Path, tmp_path: Path) -> None:
    """Saved by a spreadsheet program with semicolons; one line taken back, one asked for, one page added."""
    rows = table(folder)
    taken = next(row for row in rows if row["rule"].startswith("domain:") and row["verdict"] == "disavow")
    asked = next(row for row in rows if row["verdict"] == "keep" and not row["guard"] and float(row["probability"]) < 0.3 and row["links"] != "0" and "/" not in row["referring_domain"])  # fmt: skip
    page = next(row for row in rows if row["verdict"] == "keep" and row is not asked and not row["guard"] and row["example_url"])  # fmt: skip
    taken["verdict"], asked["verdict"] = "Keep", "DISAVOW"
    added = {**dict.fromkeys(rows[0], ""), "referring_domain": page["example_url"], "verdict": "disavow"}
    save(folder, [*rows, added], delimiter=";")
    before = DisavowFile.read(folder / "disavow.txt").rule_set
    made = planned(detector, folder, "--out", "plan.txt")
    after = DisavowFile.read(tmp_path / "plan.txt")
    assert not after.rule_set.covers_host(taken["referring_domain"])
    assert after.rule_set.covers_host(asked["referring_domain"])
    assert after.rule_set.covers_url(page["example_url"])
    assert not after.rule_set.covers_host(page["referring_domain"])
    changed = [rule for rule in after.rules if not before.covers(rule)]
    assert len(changed) == 2
    assert made["lines_by_person"] == 2
    assert "# decided by a person: " in (tmp_path / "plan.txt").read_text()


def test_a_budget_is_kept_and_what_has_no_room_is_told(detector: Run, folder: Path, tmp_path: Path) -> None:
    made = planned(detector, folder, "--max-lines", "50", "--max-bytes", "1500", "--out", "plan.txt")
    data = (tmp_path / "plan.txt").read_bytes()
    assert (made["lines"], made["bytes"]) == (data.count(b"\n"), len(data))
    assert made["lines"] <= 50
    assert made["bytes"] <= 1500
    dropped = [one for one in made["rules"] if one["status"] == "no_room"]
    assert dropped
    assert made["totals"]["no_room"]["links"] == sum(one["links"] - one["already_covered"] for one in dropped)
    # the bound may cut a line in two: what is written lacks less than one line's worth of it
    assert made["benefit"]["written"] >= made["benefit"]["at_most"] - 1
    # Nothing old is lost: every rule of the full file's former part is there.
    full = planned(detector, folder)
    assert {one["rule"] for one in full["rules"] if one["status"] == "old"} <= set(data.decode().splitlines())


def test_the_losses_as_a_table_that_no_spreadsheet_runs(detector: Run, folder: Path, tmp_path: Path) -> None:
    rows = table(folder)
    listed = next(row for row in rows if row["verdict"] == "disavow")
    listed["kind"] = "=HYPERLINK(1)"
    save(folder, rows)
    planned(detector, folder, "--losses", "losses.csv")
    with (tmp_path / "losses.csv").open(newline="") as file:
        losses = list(csv.DictReader(file))
    mine = next(one for one in losses if one["referring_domain"] == listed["referring_domain"])
    assert mine["kind"] == "'=HYPERLINK(1)"
    assert {"rule", "status", "links", "followed_links", "live_links", "authority", "regret"} <= mine.keys()


def test_the_old_file_of_the_audit_is_not_forgotten(detector: Run, folder: Path, tmp_path: Path) -> None:
    summary = json.loads((folder / "audit.json").read_text())
    summary["settings"]["disavow"] = "moved-away.txt"
    (folder / "audit.json").write_text(json.dumps(summary))
    done = detector("disavow", "plan", folder, "--no-history")
    assert done.returncode == 3
    assert done.stderr == (  # sought where the audit was started
        f"detector: {Path(summary['started_in'], 'moved-away.txt')}: the audit was made with this file, and it is not there any more."
        " Name it with --disavow.\n"
    )
    (tmp_path / "other.txt").write_text("domain:other.example\n")
    assert "domain:other.example" in {
        one["rule"] for one in planned(detector, folder, "--disavow", "other.txt")["rules"]
    }


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("nowhere",), 3, "nowhere/audit.json: it cannot be read (No such file or directory). Name the folder"),
        (("audit", "--out", "plan.csv"), 2, "plan.csv: Google takes only a file whose name ends in .txt"),
        (("audit", "--out", "no/plan.txt"), 3, "plan.txt: it cannot be written"),
        (("audit", "--max-lines", "0"), 2, "--max-lines 0: give a number from 1 to 100,000"),
        (("audit", "--max-lines", "100001"), 2, "which is what Google takes"),
        (("audit", "--max-bytes", "9999999"), 2, "--max-bytes 9999999: give a number from 1 to 2,097,152"),
        (("audit", "--max-lines", "3"), 3, "the former file alone is over the limits of 3 lines"),
        (("audit", "--whitelist", "none.txt"), 3, "the whitelist cannot be read"),
    ],
)  # fmt: skip
def test_faults(detector: Run, folder: Path, options: tuple[str, ...], code: int, said: str) -> None:
    done = detector("disavow", "plan", *options, "--no-history")
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_verdict_names_row_and_column(detector: Run, folder: Path) -> None:
    rows = table(folder)
    rows[7]["verdict"] = "disawow"
    save(folder, rows)
    done = detector("disavow", "plan", folder, "--no-history")
    assert done.returncode == 3
    assert "referring-domains.csv, row 9, column 'verdict': 'disawow' is no verdict" in done.stderr
    assert done.stderr.endswith("Write disavow, review, keep, ignore.\n")


def test_what_a_review_whitelisted_gets_no_line(detector: Run, folder: Path, tmp_path: Path) -> None:
    rules = {row["rule"] for row in planned(detector, folder)["rules"] if row["rule"].startswith("domain:")}
    rule = min(rules)
    with Whitelists(tmp_path / "stores") as lists:
        lists.add(
            rule.removeprefix("domain:"),
            SITE.removeprefix("www."),
            domains=Domains.default(),
            who="ann",
            now=datetime.now(UTC),
        )
    call = ("disavow", "plan", folder, "--json", "--store", tmp_path / "stores")
    done = detector(*call)
    assert done.returncode == 0, done.stderr
    after = {row["rule"] for row in json.loads(done.stdout)["rules"]}
    assert rule not in after
    assert rules - {rule} <= after
    assert rule in {row["rule"] for row in json.loads(detector(*call, "--no-history").stdout)["rules"]}
