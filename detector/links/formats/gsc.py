"""Google Search Console, Links report.

Headers come in the language of the user, and many of them are guesses: content decides as well.
"""

from __future__ import annotations

from detector.links.formats.model import IGNORE, Field, Report, Tool

TOOL = Tool(
    "gsc",
    (
        Report(
            "latest_links",
            {
                "Linking page": Field("source_url"),
                "Last crawled": Field("last_seen", "date"),
                "דף מקשר": Field("source_url"),
                "נסרק לאחרונה": Field("last_seen", "date:dmy"),
                "前回のクロール": Field("last_seen", "date"),
                "リンク元ページ": Field("source_url"),
                "Dernière exploration": Field("last_seen", "date"),
                "Zuletzt gecrawlt": Field("last_seen", "date"),
                "Verlinkende Seite": Field("source_url"),
                "Verweisende Seite": Field("source_url"),
                "Page associée": Field("source_url"),
                "Page de liens": Field("source_url"),
                "Página de enlace": Field("source_url"),
                "Página con enlace": Field("source_url"),
                "Página de vinculação": Field("source_url"),
                "Pagina di collegamento": Field("source_url"),
                "Ссылающаяся страница": Field("source_url"),
                "Último rastreo": Field("last_seen", "date"),
                "Última vez que se rastreó": Field("last_seen", "date"),
                "Último rastreamento": Field("last_seen", "date"),
                "Ultima scansione": Field("last_seen", "date"),
                "Последнее сканирование": Field("last_seen", "date"),
            },
        ),
        Report(
            "more_sample_links",
            {
                "Linking page": Field("source_url"),
            },
        ),
        Report(
            "top_linking_sites",
            {
                "Site": Field("source_host"),
                "Linking pages": Field("backlinks", "int"),
                "Target pages": Field("target_pages", "int"),
                "אתר": Field("source_host"),
                "דפים מקשרים": Field("backlinks", "int"),
                "דפי יעד": Field("target_pages", "int"),
            },
        ),
        Report(
            "top_target_pages",
            {
                "Target page": Field("target_url"),
                "Incoming links": Field("backlinks", "int"),
                "Linking sites": Field("referring_domains", "int"),
                "דף יעד": Field("target_url"),
                "קישורים נכנסים": Field("backlinks", "int"),
                "אתרים מקשרים": Field("referring_domains", "int"),
            },
        ),
        Report(
            "internal_target_pages",
            {
                "Target page": Field("target_url"),
                "Internal links": IGNORE,
            },
            refusal=(
                "it seems to be Search Console's table of internal links, not of backlinks; "
                "export Latest links under External links instead"
            ),
        ),
        Report(
            "top_linking_text",
            {
                "Rank": IGNORE,
                "Link text": Field("anchor"),  # normalised by Google: lower case, punctuation removed
            },
        ),
    ),
    row_limits=(1_000,),
)
