"""Facts about anchors and titles: each with texts that have it and texts that must not."""

import polars as pl
import pytest

from detector.signals.site import Site, make_site, squash
from detector.signals.text import text_facts

SITE = make_site("kettle-and-thyme.example", ("kt-recipes.example",), ("Kettle & Thyme",))


def fact(name: str, text: str, site: Site = SITE) -> object:
    return text_facts(pl.DataFrame({"text": [text]}), site)[name][0]


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("is_brand", "Kettle and Thyme", "kettles and thyme recipes"),
        ("is_brand", "KETTLE & THYME", "thyme"),
        ("is_brand", "kettle-and-thyme.example", "kettle"),
        ("is_brand", "The Kettle and Thyme", "best kettle and thyme shop"),
        ("has_brand", "visit Kettle & Thyme today", "visit our kitchen"),
        ("is_address", "https://www.kettle-and-thyme.example/a?b=1", "see https here"),
        ("is_address", "kt-recipes.example", "e.g. this"),
        ("is_address", "www.shop.example/x", "mail me at a@b.example now"),
        ("is_own_address", "reviews of kettle-and-thyme.example", "reviews of other.example"),
        ("is_generic", "Click here", "click here to win a casino bonus"),
        ("is_generic", "  Подробнее ", "подробнее о чае"),
        ("is_generic", "こちら", "こちらのレシピ集"),
        ("trade", "best online casino bonus", "the castle in the alps"),
        ("trade", "situs slot gacor", "a slotted spoon"),
        ("trade", "cheap viagra 100mg", "niagara falls"),
        ("trade", "онлайн казино, слоты", "онлайн рецепты"),
        ("trade", "澳门威尼斯人赌场", "中国茶叶"),
        ("trade", "คาสิโนออนไลน์", "สูตรอาหาร"),
        ("trade", "s l o t gacor", "a b c d e song"),
        ("trade", "𝐬𝐥𝐨𝐭 online", "𝐤𝐞𝐭𝐭𝐥𝐞 online"),
        ("seller", "buy backlinks cheap", "back in links order"),
        ("seller", "DA 50+ sites", "the da vinci code 2"),
        ("contact", "🔥 write me @seo_links_77", "me at home"),
        ("contact", "order via Telegram", "a telegraph pole"),
        ("emoji", "🔥 hot 🔥", "hot"),
        ("obfuscated", "c.a.s.i.n.o bonus", "U.S. news"),
        ("obfuscated", "саsino bоnus", "casino bonus"),
        ("has_digits", "top 10", "top ten"),
    ],
)
def test_fact(name: str, yes: str, no: str) -> None:
    assert fact(name, yes) is True
    assert fact(name, no) is False


@pytest.mark.parametrize(
    ("text", "script"),
    [("shears", "latin"), ("剪定ばさみ", "japanese"), ("茶叶", "chinese"), ("казино", "cyrillic"), ("כלי גינה", "hebrew"),
     ("كازينو", "arabic"), ("คาสิโน", "thai"), ("카지노", "korean"), ("123 !", None)],
)  # fmt: skip
def test_script(text: str, script: str | None) -> None:
    assert fact("script", text) == script


@pytest.mark.parametrize(
    ("domain", "brand"),
    [("farmakeio-elia.example", "Elia"), ("elia.example", "Φαρμακείο Ελιά"), ("aptekazdrowie.example", "Zdrowie"),
     ("nhathuoc-an.example", "An"), ("hayat-eczanesi.example", "Hayat"), ("bari.example", "בית מרקחת בריא"),
     ("xn--fct52i3v2b.example", "さくら薬局")],
)  # fmt: skip
def test_a_pharmacy_is_known_by_its_name_in_its_own_language(domain: str, brand: str) -> None:
    shop = make_site(domain, (), (brand,))
    assert fact("trade", "pharmacy in Patras", shop) is False
    assert fact("trade", "pharmacy in Patras") is True
    assert fact("topic", "buy viagra online pharmacy", shop) == "pharma"
    assert fact("topic", "online casino", shop) == "gambling"


@pytest.mark.parametrize("text", ["аптека у дома", "φαρμακείο στην Πάτρα", "apteka Kraków", "薬局"])
def test_a_plain_pharmacy_makes_no_link_suspicious(text: str) -> None:
    assert fact("trade", text) is False


@pytest.mark.parametrize(
    "text",
    ["купить виагру в аптеке", "силденафил цена", "тадалафил 20 мг", "левитра купить", "дапоксетин купить спб", "віагра ціна",
     "βιάγκρα χωρίς συνταγή", "ויאגרה ללא מרשם", "סיאליס מחיר", "شراء فياجرا", "ไวอากร้าของแท้"],
)  # fmt: skip
def test_drugs_are_known_in_other_scripts(text: str) -> None:
    assert fact("topic", text) == "pharma"


def test_a_site_of_the_trade_is_not_judged_by_its_own_words() -> None:
    casino = make_site("royal-casino.example")
    assert "gambling" in casino.own_topics
    assert fact("trade", "best casino bonus", casino) is False
    assert fact("topic", "cheap viagra", casino) == "pharma"
    assert make_site("bettys-bakery.example").own_topics == ()


@pytest.mark.parametrize(
    "name",
    ["reiseagentur-kiel", "volkswagen", "dental-specialists", "kalender24", "ambiente-shop", "mundodeportivo", "ashokkumar", "sloan", "sexau"],
)  # fmt: skip
def test_an_ordinary_name_that_holds_the_letters_of_a_trade_makes_no_site_of_it(name: str) -> None:
    site = make_site(f"{name}.example")
    assert site.own_topics == ()
    assert fact("topic", "online casino bonus", site) == "gambling"
    assert fact("topic", "viagra online", site) == "pharma"


@pytest.mark.parametrize(
    ("name", "topic"),
    [("casino-basel", "gambling"), ("slotcars", "gambling"), ("pokerfuchs", "gambling"), ("sex-shop", "adult"), ("cialisonline", "pharma"),
     ("pay-day", "loans"), ("xn--80aaftfjehqeg5d", "gambling"), ("澳门赌场", "gambling")],
)  # fmt: skip
def test_a_name_tells_the_trade_of_a_site(name: str, topic: str) -> None:
    assert topic in make_site(f"{name}.example").own_topics


def test_a_short_name_is_no_part_of_a_longer_word() -> None:
    bp = make_site("bp.example")
    assert fact("has_brand", "BP", bp) is True
    assert fact("has_brand", "abpm manual", bp) is False


def test_accents_and_case_do_not_hide_a_brand() -> None:
    cafe = make_site("xn--caf-dma-noir.example", brands=("Café Noir",))
    assert fact("is_brand", "CAFE NOIR", cafe) is True
    assert squash("Café  Noir!") == "cafénoir"


def test_hostile_text_costs_no_more_than_its_beginning() -> None:
    monster = "casino " + "(a+)+$" * 200_000
    facts = text_facts(pl.DataFrame({"text": [monster, "\x00\u202e\ufffd", " "]}), SITE)
    assert facts["trade"].to_list() == [True, False, False]
