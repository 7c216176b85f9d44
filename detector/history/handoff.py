"""Handing a file over: is it fit, for which property, what changes by it, and what is to be done on the page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from detector.disavow.checking import Finding, check
from detector.disavow.faults import DANGER, ERROR
from detector.disavow.layout import UPLOAD_PAGE, counted
from detector.disavow.parsing import DisavowFile
from detector.disavow.rules import url_rule
from detector.errors import UsageError
from detector.guards import Guards
from detector.history.audits import AuditFolder, audit_around, read_audit
from detector.history.changes import Changes
from detector.history.store import Store
from detector.history.uploads import Upload
from detector.links import hostnames
from detector.links.domains import Domains

_PREFIX = re.compile(r"https?://[^/?#]+(/[^?#]*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Handoff:
    """A file that is about to be handed over.

    Attributes:
        path: where it lies.
        file: as it was read once: what is checked is what is recorded.
        findings: its errors and dangers.
        before: the upload in force; None where there is none.
        waiting: the newest upload where it is not confirmed; None where it is.
        changes: from the upload in force to this file.
        property_url: the property it is meant for.
        audit: the audit it comes from; None where none is known.
    """

    path: Path
    file: DisavowFile
    findings: Sequence[Finding]
    before: Upload | None
    waiting: Upload | None
    changes: Changes
    property_url: str
    audit: AuditFolder | None

    @property
    def errors(self) -> list[Finding]:
        """What Google would reject or ignore: never handed over."""
        return [found for found in self.findings if found.severity == ERROR]

    @property
    def dangers(self) -> list[Finding]:
        """What would do harm: handed over only if the user insists."""
        return [found for found in self.findings if found.severity == DANGER]

    @property
    def page(self) -> str:
        """Address of Google's upload page for the property."""
        return f"{UPLOAD_PAGE}?resource_id={quote(self.property_url, safe='')}"

    def record(
        self, store: Store, domains: Domains, *, who: str, now: datetime, uploaded: datetime | None = None
    ) -> Upload:
        """Record it, with what the audit said of its rules; see ``Store.record``."""
        rules = dict.fromkeys(self.file.rules)
        evidence = self.audit.evidence(rules, domains) if self.audit else None
        # It may be confirmed from another folder, where a file of the same name may lie.
        placed = replace(self.file, name=str(self.path.absolute()))
        return store.record(
            placed, property_url=self.property_url, who=who, now=now, evidence=evidence, uploaded=uploaded
        )

    def is_unchanged(self) -> bool:
        """Whether the file on disk is still the one that was checked."""
        try:
            return self.path.read_bytes() == self.file.data
        except OSError:
            return False

    def steps(self) -> list[str]:
        """What to do on the page, in four lines."""
        every = counted(list(dict.fromkeys(self.file.rules)))
        return [
            f"1. Sign in as an owner of {self.property_url}, and see that the page names this very property.",
            f"2. Choose to upload a list (or to replace the one that is there), and pick {self.path}.",
            f"3. Compare what the page then tells with this file: {every}. If it names errors, nothing was taken.",
            "4. Come back here and say whether it was done. Its effect takes weeks, as pages are crawled again.",
        ]


def prepare(
    path: Path,
    site: str,
    store: Store | None,
    domains: Domains,
    *,
    property_url: str | None,
    audit: Path | None,
    whitelist: Sequence[str],
    when: datetime | None = None,
) -> Handoff:
    """Read and check a file, and compare it with the upload in force.

    Args:
        path: the file.
        site: in canonical spelling.
        store: its history; None where there is none yet.
        domains: for guards and names.
        property_url: the property; that of the newest upload without it.
        audit: the audit's folder; the folder around the file without it, if it is one.
        whitelist: entries that must not be disavowed.
        when: the moment of an upload that is past; what was in force then is compared with.

    Raises:
        UsageError: the property, or the audit, is not of this site; no property is known.
        InputError: the file, the store or the audit cannot be read.
    """
    uploads = store.uploads() if store else []
    property_url = fit_property(property_url or _property_before(uploads, site), site, domains)
    file = DisavowFile.read(path)
    found = read_audit(folder) if (folder := audit or audit_around(path)) else None
    if found and found.site != site:
        raise UsageError(f"{found.folder} is the audit of {found.site}, not of {site}")
    guards = Guards(domains, site=site, own=found.own if found else (), whitelist=whitelist)
    before = store.in_force(when) if store else None
    earlier = store.file(before.number).file.rules if store and before else ()
    return Handoff(
        path=path,
        file=file,
        findings=[finding for finding in check(file, guards) if finding.severity in (ERROR, DANGER)],
        before=before,
        waiting=uploads[-1] if uploads and not uploads[-1].uploaded else None,
        changes=Changes.between(earlier, file.rules),
        property_url=property_url,
        audit=found,
    )


def confirm_newest(store: Store | None, site: str, when: datetime) -> Upload:
    """Confirm the upload of the file that was handed over last.

    Raises:
        UsageError: none waits for that; or the file has changed since, so that it is not known which one was uploaded.
    """
    uploads = store.uploads() if store else []
    if store is None or not uploads:
        raise UsageError(
            f"{site}: no file was handed over yet, so there is nothing to confirm; name the file"
        )
    newest = uploads[-1]
    if newest.uploaded:
        raise UsageError(f"{site}: {newest.title} is confirmed already; to record another one, name its file")
    path = Path(newest.name)
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != newest.sha256:
        raise UsageError(
            f"{newest.name} has changed since it was handed over: if you uploaded it as it is now, name it"
            " (handoff FILE --done); if not, write the other one again with 'history --restore'."
        )
    return store.confirm(newest.number, when)


def _property_before(uploads: Sequence[Upload], site: str) -> str:
    if not uploads:
        raise UsageError(
            "Which property of Search Console is the file for? Name it as it stands there,"
            f" for instance --property https://www.{site}/ (it is remembered)."
        )
    return uploads[-1].property_url


def fit_property(text: str, site: str, domains: Domains) -> str:
    """A URL-prefix property of the site, spelled as Search Console spells it: with a closing slash.

    Raises:
        UsageError: it is a Domain property (Google: "Domain properties are not supported at this time"), no
            URL prefix, or of another site.
    """
    text = hostnames.stripped(text)
    if text.lower().startswith("sc-domain:"):
        raise UsageError(
            f"{text} is a Domain property, and Google takes disavow files for URL-prefix properties only:"
            f" add one for the canonical version, such as https://www.{site}/, in Search Console and name that."
        )
    rule = url_rule(text) if _PREFIX.fullmatch(text) else None
    if rule is None:
        raise UsageError(
            f"{text} is no URL-prefix property: it begins with http:// or https://, as https://www.{site}/ does"
        )
    if domains.referring_domain(rule.value) != site:
        raise UsageError(
            f"{text} is no property of {site}: an upload there would replace another site's list"
        )
    return rule.value if rule.value.endswith("/") else f"{rule.value}/"
