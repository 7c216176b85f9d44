"""The name of a site's file: safe on every file system, and never the same for two sites."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.errors import UsageError
from detector.history.naming import file_name, site_of, stores_folder
from detector.links.domains import Domains

DOMAINS = Domains.default()
SITES = st.one_of(
    st.text(min_size=1, max_size=400),
    st.from_regex(r"[a-zA-Z0-9_.~\[\]:-]{1,300}", fullmatch=True),
    st.builds("{}.{}".format, st.sampled_from(["con", "nul", "CON", "com1", "lpt9", "."]), st.text(max_size=5)),
)  # fmt: skip


@given(SITES, SITES)
def test_two_sites_never_share_a_file(one: str, other: str) -> None:
    assert (file_name(one).lower() == file_name(other).lower()) == (one == other)


@given(SITES)
def test_the_name_is_safe_on_every_file_system(site: str) -> None:
    name = file_name(site)
    assert re.fullmatch(r"[a-z0-9_~-][a-z0-9_.~-]*\.sqlite", name)
    assert len(name) + len("-journal") <= 255
    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)\.", name)
    assert Path("folder", name).name == name


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("example.com", "example.com.sqlite"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example.sqlite"),
        ("medium.com/@x", "medium.com_2f_40x.sqlite"),
        ("a_b.example", "a_5fb.example.sqlite"),
        ("con.example", "_63on.example.sqlite"),
        ("concord.example", "concord.example.sqlite"),
        ("[2001:db8::1]", "_5b2001_3adb8_3a_3a1_5d.sqlite"),
    ],
)
def test_names_by_hand(site: str, name: str) -> None:
    assert file_name(site) == name


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("example.com", "example.com"),
        (" https://WWW.Example.com:8443/path?q ", "example.com"),
        ("blog.example.co.uk", "example.co.uk"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),  # not strasse: that is somebody else
        ("shop.blogspot.com", "shop.blogspot.com"),
        ("192.0.2.7", "192.0.2.7"),
    ],
)
def test_every_spelling_of_a_site_is_one_site(text: str, site: str) -> None:
    assert site_of(text, DOMAINS) == site
    assert site_of(site, DOMAINS) == site


@pytest.mark.parametrize(
    "text", ["", "localhost", "co.uk", "two words", "a@b.example", "..", "../../etc", "kettle\udcff.example"]
)
def test_what_is_no_site_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="is no site"):
        site_of(text, DOMAINS)


def test_the_folder_is_named_by_option_then_variable_then_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    monkeypatch.setenv("DETECTOR_STORES", "/variable")
    assert stores_folder(Path("/option")) == Path("/option")
    assert stores_folder() == Path("/variable")
    monkeypatch.delenv("DETECTOR_STORES")
    assert stores_folder() == Path("/state/toxic-link-detector/sites")
