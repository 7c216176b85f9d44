"""A page's bytes in, its facts out: decode, tame, walk, then one small step a family of facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, Final

from detector.links import hostnames
from detector.links.domains import Domains
from detector.web.page import injected, language, marks, outbound, sketching, software
from detector.web.page.content import MOST_WORDS, TOP_K, content_features, words_of
from detector.web.page.decoding import MOST_BYTES, decode
from detector.web.page.facts import PageFacts
from detector.web.page.identifiers import identifiers
from detector.web.page.main_text import main_text
from detector.web.page.taming import tame
from detector.web.page.targets import TargetLink, Targets, absolute
from detector.web.page.walked import Walked
from detector.web.page.walking import walk

_SOON: Final = 10  # seconds: a refresh after them is no redirect
_MOST_MAIN: Final = 20_000  # characters kept of the main text
_SOURCE_START: Final = 50_000  # characters in which a platform shows itself
#: Bytes of words -> ``a``, all others -> a blank.
_WORDS_AND_BLANKS: Final = bytes(ord("a") if chr(byte).isalnum() or byte > 127 else 32 for byte in range(256))

_AD_HOSTS: Final = (
    "googlesyndication.com", "doubleclick.net", "adsbygoogle", "popads.net", "popcash.net", "propellerads", "adsterra", "exoclick",
    "taboola.com", "outbrain.com", "mgid.com", "revcontent", "media.net", "amazon-adsystem", "juicyads", "trafficjunky", "adnxs.com",
    "ezoic", "onclickads", "yandex.ru/ads", "an.yandex.ru", "criteo", "infolinks", "histats.com/ads", "adcash", "hilltopads",
)  # fmt: skip
_CONTACT: Final = (
    "contact impress imprint privacy datenschutz kontakt about mentions-legales legal aviso privacidad contato sobre contatti chi-siamo"
    " o-nas kapcsolat iletisim hakkimizda kontak tentang lien-he mailto: tel: контакт о-нас 联系 关于 お問い合わせ 会社概要"
).split()


@cache
def _default_domains() -> Domains:
    return Domains.default()


def read_page(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    targets: Collection[str] = (),
    domains: Domains | None = None,
) -> PageFacts:
    """Read one page.

    Args:
        body: what the server sent, decompressed; at most ``decoding.MOST_BYTES`` of it are read.
        url: where it stands (after redirects).
        content_type: the HTTP header, for the character set.
        targets: the audited sites: domains or hosts, which stand for all hosts below them, or hosts with the start of a path.
        domains: for referring domains; by default those of the shipped lists.

    Nothing raises, whatever the bytes are; time and memory are bounded (see ``taming``).
    """
    domains = domains or _default_domains()
    wanted = Targets(targets)
    text, encoding = decode(body, content_type)
    tamed, was_cut = tame(text)
    page = walk(tamed)
    links = outbound.read_links(page, url, domains, wanted)
    visible = " ".join("".join(page.texts).split())
    main = main_text(page.blocks)[:_MOST_MAIN]
    spoken = language.detect(main or visible)
    words = words_of(visible)[:MOST_WORDS]
    going = _redirect(page, url, domains, links.domain)
    facts: dict[str, Any] = {
        "url": url,
        "referring_domain": links.domain,
        "encoding": encoding,
        "read_in_part": was_cut or page.cut or len(body) > MOST_BYTES or len(words) == MOST_WORDS,
        **_said(page, tamed, url, domains, links.domain),
        "language": spoken,
        "is_home": outbound.is_home(url),
        **dict(
            zip(("script", "second_script", "second_script_share"), injected.writing(visible), strict=True)
        ),
        "text_length": len(visible),
        "hidden_text_length": len(" ".join("".join(page.hidden_texts).split())),
        **_text(page, main),
        **_content(page, links, words, tamed, spoken),
        **_links(links, len(words)),
        **_hidden(page, links, tamed, url, domains),
        **_kind(page, tamed, visible, url, domains, links.domain, len(words)),
        **going,
        "identifiers": identifiers(_carriers(page)),
        "template": sketching.digest(page.top_skeleton) if page.top_skeleton else "",
        "template_sketch": list(sketching.sketch(page.skeleton)),
        "elements": page.elements,
        "depth": page.deepest,
        "target_links": _targets(page, links, url, wanted, str(going["redirect"]), tamed),
        "target_named": bool(wanted) and wanted.among(visible),
    }
    return PageFacts(**facts)


def _carriers(page: Walked) -> str:
    """Where a page names its accounts: scripts, and addresses of what it loads and links."""
    frames = [source for source, _ in page.frames]
    images = [source for source in page.images if "?" in source]
    return "\n".join(
        [
            *page.scripts,
            *page.sources,
            *frames,
            *images,
            *page.metas.values(),
            *(a.href for a in page.anchors if "tag=" in a.href),
        ]
    )


def _said(page: Walked, source: str, url: str, domains: Domains, own: str) -> dict[str, Any]:
    """What the page says of itself in its head."""
    metas = page.metas
    robots = f"{metas.get('robots', '')},{metas.get('googlebot', '')}".lower()
    canonical = next((href for rel, href in page.links if "canonical" in rel.split()), "")
    canonical = absolute(url, canonical) or ""
    declared = software.generator(metas.get("generator", ""))
    return {
        "title": page.titles[0][:1000] if page.titles else "",
        "description": metas.get("description", "") or metas.get("og:description", ""),
        "keywords": metas.get("keywords", ""),
        "heading": page.headings[0] if page.headings else "",
        "canonical": canonical,
        "canonical_elsewhere": bool(canonical) and _elsewhere(canonical, domains, own),
        "noindex": "noindex" in robots or "none" in robots.split(","),
        "nofollow_page": "nofollow" in robots,
        "declared_language": (page.lang or metas.get("content-language", "").lower())[:20],
        "generator": declared,
        "platform": software.platform(declared, source[:_SOURCE_START].lower()),
        "has_icon": any("icon" in rel for rel, _ in page.links),
        "has_feed": any("alternate" in rel and ("feed" in href or "rss" in href) for rel, href in page.links),
        "has_contact": _links_to(page, _CONTACT),
    }


def _links_to(page: Walked, words: Collection[str]) -> bool:
    """Whether a link's address or text holds one of the words."""
    said = "\n".join(
        f"{anchor.href[:200]} {''.join(anchor.own_text[:3])[:60]}" for anchor in page.anchors[:3000]
    ).lower()
    return any(word in said for word in words)


def _text(page: Walked, main: str) -> dict[str, Any]:
    words = words_of(main)
    title = set(words_of(page.titles[0])) if page.titles else set()
    long = Counter(word for word in words if len(word) > 3)
    top, times = long.most_common(1)[0] if long else ("", 0)
    shingles = {" ".join(three) for three in zip(words, words[1:], words[2:], strict=False)}
    return {
        "main_text": main,
        "main_words": len(words),
        "title_in_text": len(title & set(words)) / len(title) if title and words else None,
        "top_word_share": times / max(long.total(), 1),
        "top_word": top[:60],
        "text_sketch": list(sketching.sketch(shingles)),
    }


def _content(
    page: Walked, links: outbound.Outbound, words: list[str], source: str, spoken: str
) -> dict[str, Any]:
    """The content features under their published names; the lists at their sizes."""
    anchor_words = sum(len(words_of("".join(a.own_text))) for a in page.anchors if a.hidden is None)
    features = content_features(
        words,
        title_words=len(words_of(page.titles[0])) if page.titles else 0,
        anchor_words=min(anchor_words, len(words)),
        source_words=_count_words(source),
        corpus=language.frequent_words(spoken),
    )
    named = dict(vars(features))
    for name in ("corpus_precision", "corpus_recall", "query_precision", "query_recall"):
        values = named.pop(name)
        if not name.startswith("query"):
            named |= {f"{name}_{k}": values[at] if values else None for at, k in enumerate(TOP_K)}
    return named


def _count_words(source: str) -> int:
    """Words of a page's source: runs of letters and digits, tags and scripts included."""
    return (b" " + source.encode(errors="replace")).translate(_WORDS_AND_BLANKS).count(b" a")


def _links(links: outbound.Outbound, words: int) -> dict[str, Any]:
    told = links.internal + links.external
    top = links.anchors.most_common(1)
    return {
        "links": links.links,
        "internal_links": links.internal,
        "external_links": links.external,
        "nofollow_links": links.nofollow,
        "ugc_links": links.ugc,
        "sponsored_links": links.sponsored,
        "external_domains": len(links.domains),
        "content_external_links": links.content_external,
        "comment_external_links": links.comment_external,
        "footer_external_links": links.footer_external,
        "outbound_link_density": 100 * links.external / max(words, 100),
        "external_share": links.external / told if told else None,
        "empty_anchors": links.empty_anchors,
        "image_anchors": links.image_anchors,
        "distinct_anchors": len(links.anchors),
        "top_anchor_share": top[0][1] / links.external if top else None,
        "outbound_domains": _most(links.domains, outbound.MOST_DOMAINS),
        "outbound_anchors": _most(links.anchors, outbound.MOST_ANCHORS),
    }


def _hidden(
    page: Walked, links: outbound.Outbound, source: str, url: str, domains: Domains
) -> dict[str, Any]:
    """Links that readers do not see, and those that were not in the page when it was made."""
    block = max(links.blocks.values(), key=lambda found: found.total(), default=Counter[str]())
    after = _units(injected.links_after_end(source), url, domains, links.domain)
    written = _units(injected.script_links(page.scripts), url, domains, links.domain)
    return {
        "hidden_external_links": links.hidden.total(),
        "hidden_domains": _most(links.hidden, outbound.MOST_DOMAINS),
        "hidden_anchors": links.hidden_anchors,
        "hidden_reasons": _most(links.hidden_reasons, 10),
        "hidden_block_links": block.total(),
        "hidden_block_domains": len(block),
        "deliberate_links": links.deliberate.total(),
        "deliberate_domains": _most(links.deliberate, outbound.MOST_DOMAINS),
        "after_html_links": after.total(),
        "after_html_domains": _most(after, outbound.MOST_DOMAINS),
        "script_written_links": written.total(),
        "script_written_domains": _most(written, outbound.MOST_DOMAINS),
        "obfuscated_scripts": injected.obfuscated(page.scripts),
        "hidden_frames": sum(why is not None and why != "noscript" for _, why in page.frames),
    }


def _kind(
    page: Walked, source: str, visible: str, url: str, domains: Domains, own: str, words: int
) -> dict[str, Any]:
    """What kind of page it is, by its words and forms."""
    addresses = [*page.sources, *(source for source, _ in page.frames), *page.forms]
    addresses += [anchor.href for anchor in page.anchors[:300]]
    kinds = {kind for _, kind, _ in page.fields}
    names = {name for _, _, name in page.fields}
    comments = "textarea" in kinds and (
        bool(
            names
            & {
                "comment",
                "comment_content",
                "comment_post_id",
                "comment_text",
                "message_comment",
                "commentaire",
            }
        )
        or any("comment" in action for action in page.forms)
    )
    sources = [address for src in page.sources[:1000] if (address := absolute(url, src))]
    said = marks.marks(
        page.titles[0][:500] if page.titles else "",
        " ".join(page.headings)[:1000],
        visible,
        "\n".join(addresses)[:50_000].lower(),
        words,
    )
    return {
        "marks": said,
        "comment_form": comments,
        "login_form": "password" in kinds,
        "forms": len(page.forms),
        "fields": len(page.fields),
        "images": len(page.images),
        "scripts": len(page.scripts) + len(page.sources),
        "script_domains": _most(_units(sources, url, domains, own), 100),
        "frames": len(page.frames),
        "ad_scripts": sum(
            any(host in src for host in _AD_HOSTS)
            for src in addresses[: len(page.sources) + len(page.frames)]
        ),
    }


def _redirect(page: Walked, url: str, domains: Domains, own: str) -> dict[str, Any]:
    seconds, address = injected.refresh(page.metas.get("refresh", ""))
    kind = "meta refresh" if address and seconds <= _SOON else ""
    if not kind:
        address = injected.script_redirect(page.scripts)
        kind = "script" if address else ""
    going = (absolute(url, address) or "") if kind else ""
    return {
        "redirect": going,
        "redirect_kind": kind if going else "",
        "redirect_elsewhere": bool(going) and _elsewhere(going, domains, own),
    }


def _targets(
    page: Walked, links: outbound.Outbound, url: str, wanted: Targets, redirect: str, source: str
) -> tuple[TargetLink, ...]:
    if not wanted:
        return ()
    found = [*links.targets, *outbound.other_links(page, url, wanted, redirect)]
    known = {link.url for link in found}
    for address in injected.links_after_end(source):
        full = absolute(url, address)
        site = wanted.of(hostnames.of_text(full) or "", full) if full else None
        if full and site and full not in known:
            found.append(TargetLink(target=site, url=full, kind="after html"))
    return tuple(found[: outbound.MOST_ANCHORS])


def _units(addresses: list[str], url: str, domains: Domains, own: str) -> Counter[str]:
    """How many of the addresses lead to each referring domain but the page's own."""
    full = (absolute(url, address) for address in addresses)
    units = (domains.referring_domain(address) for address in full if address)
    return Counter(unit for unit in units if unit and unit != own)


def _elsewhere(address: str, domains: Domains, own: str) -> bool:
    unit = domains.referring_domain(address)
    return unit is not None and unit != own


def _most(counted: Mapping[str, int] | Counter[str], most: int) -> list[str]:
    """The commonest first, equals by name."""
    return [name for name, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]]
