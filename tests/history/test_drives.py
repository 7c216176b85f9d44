"""Network drives, where the write-ahead log does not work, are told by the table of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from detector.databases import drives
from detector.databases.drives import mounted_type, network_drive
from detector.errors import InputError
from detector.history import Store

MOUNTS = [
    r"22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
    r"30 22 0:40 / /srv/share rw - nfs4 server:/export rw,vers=4.2",
    r"31 22 0:41 / /srv/share/here rw - ext4 /dev/sdb1 rw",
    r"32 22 0:42 / /mnt/my\040drive rw,relatime shared:2 master:1 - cifs //server/share rw",
    r"33 22 0:43 / /over rw - ext4 /dev/sdc1 rw",
    r"34 22 0:44 / /over rw - fuse.sshfs me@server:/ rw",
    "nonsense",
]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/tmp/x", "ext4"),
        ("/srv/share", "nfs4"),
        ("/srv/share/a/b", "nfs4"),
        ("/srv/shared", "ext4"),
        ("/srv/share/here/a", "ext4"),
        ("/mnt/my drive/a", "cifs"),
        ("/over/a", "fuse.sshfs"),
    ],
)
def test_the_longest_mount_decides_and_the_last_of_two_lies_on_top(place: str, kind: str) -> None:
    assert mounted_type(place, MOUNTS) == kind


def test_without_a_table_nothing_is_told() -> None:
    assert mounted_type("/tmp", []) is None


def test_this_folder_is_local(tmp_path: Path) -> None:
    assert network_drive(tmp_path) is None


def test_a_store_on_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 1 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:9 / {tmp_path}/net rw - nfs4 server:/ rw\n")
    monkeypatch.setattr(drives, "_MOUNTS", mounts)
    Store.open("example.com", tmp_path / "local").close()
    with pytest.raises(InputError, match=r"network drive \(nfs4\).*--store, or DETECTOR_STORES"):
        Store.open("example.com", tmp_path / "net" / "stores")
