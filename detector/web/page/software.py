"""What made a page: its generator's own word, else the traces of well-known software."""

from __future__ import annotations

import re
from typing import Final

#: Platform -> what its pages carry, as they stand in the source in lower case. The first that fits counts.
_TRACES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("wordpress", ("/wp-content/", "/wp-includes/", "/wp-json/")),
    ("blogger", ("blogger.com/static", "blogspot.com/feeds", "www.blogger.com/rearrange", "bp.blogspot.com")),
    ("joomla", ("/media/jui/", "/media/system/js/", "/components/com_", "option=com_")),
    ("drupal", ("drupal.settings", "/sites/default/files", "drupal-settings-json", "/sites/all/modules")),
    ("shopify", ("cdn.shopify.com", "shopify.theme")),
    ("magento", ("/static/frontend/", "mage/cookies", "/skin/frontend/")),
    ("prestashop", ("prestashop",)),
    ("woocommerce", ("woocommerce",)),
    ("wix", ("static.wixstatic.com", "static.parastorage.com")),
    ("squarespace", ("static1.squarespace.com", "squarespace.com/universal")),
    ("weebly", ("weebly.com/", "editmysite.com")),
    ("webflow", ("website-files.com", "data-wf-page")),
    ("ghost", ("ghost-sdk", "/ghost/api/", "content/images/size/")),
    ("medium", ("cdn-client.medium.com",)),
    ("tumblr", ("assets.tumblr.com",)),
    ("typo3", ("typo3temp/", "typo3conf/")),
    ("bitrix", ("/bitrix/js/", "/bitrix/templates/")),
    ("tilda", ("tildacdn.",)),
    ("discuz", ("discuz_uid", "forum.php?mod=")),
    ("phpbb", ('id="phpbb"', "phpbb.com/", "prosilver")),
    ("vbulletin", ("vbulletin",)),
    ("xenforo", ("xenforo", "data-xf-init")),
    ("smf", ("smf_scripturl", "smf_theme_url")),
    ("mybb", ("mybb.com", "showthread.php?tid=")),
    ("discourse", ("discourse-assets", "discourse_theme")),
    ("mediawiki", ("mw-parser-output", "wgpagename", "/load.php?lang=")),
    ("dokuwiki", ("dokuwiki__",)),
    ("pukiwiki", ("pukiwiki",)),
    ("dedecms", ("/dedeajax", "powered by dedecms", "/templets/default/")),
    ("maccms", ("maccms", "/static/js/home.js")),
    ("next.js", ("/_next/static/",)),
    ("nuxt", ("/_nuxt/",)),
    ("gatsby", ("/page-data/", "___gatsby")),
    ("hugo", ('content="hugo',)),
    ("jekyll", ('content="jekyll',)),
)
_VERSION: Final = re.compile(r"[\s/;,(]*v?\d[\w.\-]*.*$")


def generator(declared: str) -> str:
    """The name in a page's generator element, without its version, in lower case; empty where it names none."""
    return _VERSION.sub("", declared.strip().lower())[:60].strip(" -;,:(")


def platform(declared: str, source: str) -> str:
    """The software that runs the site; empty where nothing tells.

    Args:
        declared: as ``generator`` gives it.
        source: the page's source in lower case (its start will do).
    """
    for name, traces in _TRACES:
        if declared.startswith(name) or any(trace in source for trace in traces):
            return name
    return declared
