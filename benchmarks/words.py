"""Words that the generated links are written in: a few everyday ones a language, and those of spam."""

from __future__ import annotations

#: language -> (share of the domains in per cent, words)
LANGUAGES: dict[str, tuple[int, str]] = {
    "en": (
        40,
        "the best guide to a warm garden spring recipes kettle review travel family house weekend "
        "light water mountain visit winter holiday hotel simple healthy morning coffee story market "
        "small city walking music design studio free online price compare history school summer "
        "friendly",
    ),
    "es": (
        12,
        "qué ver en la guía de recetas para una casa con jardín mejor viaje familia hotel montaña "
        "aguas termales invierno fin semana precio barato cocina salud mañana café historia mercado "
        "pequeña ciudad música diseño escuela verano niños",
    ),
    "fr": (
        7,
        "le guide des meilleures recettes pour la maison et jardin voyage en famille hôtel montagne "
        "eau thermale hiver week-end prix pas cher cuisine santé matin café histoire marché petite "
        "ville musique école été découvrir",
    ),
    "de": (
        6,
        "der beste ratgeber für haus und garten rezepte reise mit familie hotel berge wasser winter "
        "wochenende preis günstig küche gesundheit morgen kaffee geschichte markt kleine stadt "
        "musik gestaltung schule sommer übersicht",
    ),
    "pt": (
        5,
        "o melhor guia de receitas para casa e jardim viagem em família hotel montanha água inverno "
        "fim semana preço barato cozinha saúde manhã café história mercado pequena cidade música "
        "escola verão crianças",
    ),
    "it": (
        4,
        "la migliore guida alle ricette per casa e giardino viaggio in famiglia albergo montagna "
        "acqua inverno prezzo cucina salute mattina caffè storia mercato piccola città musica "
        "scuola estate bambini",
    ),
    "pl": (
        3,
        "najlepszy poradnik dla domu i ogrodu przepisy podróż z rodziną hotel góry woda zima "
        "weekend cena tanie kuchnia zdrowie poranek kawa historia rynek małe miasto muzyka szkoła "
        "lato",
    ),
    "tr": (
        3,
        "en iyi ev ve bahçe rehberi tarifler aile ile seyahat otel dağ su kış hafta sonu fiyat ucuz "
        "mutfak sağlık sabah kahve tarih pazar küçük şehir müzik okul yaz çocuklar",
    ),
    "id": (
        5,
        "panduan terbaik untuk rumah dan taman resep perjalanan keluarga hotel gunung air musim "
        "akhir pekan harga murah dapur kesehatan pagi kopi sejarah pasar kota kecil musik sekolah "
        "gratis daftar",
    ),
    "vi": (
        2,
        "hướng dẫn tốt nhất cho nhà và vườn công thức du lịch gia đình khách sạn núi nước mùa đông "
        "cuối tuần giá rẻ bếp sức khỏe buổi sáng cà phê lịch sử chợ thành phố âm nhạc trường học",
    ),
    "ru": (
        6,
        "лучший путеводитель для дома и сада рецепты путешествие с семьёй отель горы вода зима "
        "выходные цена дёшево кухня здоровье утро кофе история рынок маленький город музыка школа "
        "лето",
    ),
    "ar": (
        2,
        "أفضل دليل للمنزل والحديقة وصفات السفر مع العائلة فندق جبال ماء شتاء عطلة سعر رخيص مطبخ صحة "
        "صباح قهوة تاريخ سوق مدينة صغيرة موسيقى مدرسة صيف",
    ),
    "zh": (
        3,
        "最好的 家庭 花园 食谱 指南 旅行 酒店 山 温泉 冬天 周末 价格 便宜 厨房 健康 早上 咖啡 历史 "
        "市场 小 城市 音乐 设计 学校 夏天 免费",
    ),
    "ja": (
        2,
        "最高の 家庭 庭 レシピ ガイド 旅行 ホテル 山 温泉 冬 週末 価格 安い 台所 健康 朝 コーヒー "
        "歴史 市場 小さな 街 音楽 デザイン 学校 夏",
    ),
}

#: Languages whose words make no readable part of a URL: their pages carry English ones.
NOT_IN_URLS = ("ru", "ar", "zh", "ja")

SPAM_WORDS = (
    "casino slots online bonus free poker betting viagra cialis cheap pills loan payday essay writing "
    "replica watches escort dating seo backlinks dofollow guest post buy links bulk posting boost "
    "ranking crypto forex signals togel gacor situs judi слот казино ставки 博彩 代孕 kumar bahis "
    "siteleri"
)

#: Anchors that one campaign repeats on all its domains.
CAMPAIGN_ANCHORS = (
    "SEO BACKLINKS, BULK LINK POSTING, BOOST SEO RANKING - TELEGRAM",
    "BEST SEO LINKS - TG",
    "buy cheap kettle online",
    "best casino bonus 2026",
    "dofollow article links only for $0,25",
    "situs slot gacor hari ini",
    "online pharmacy no prescription",
    "write my essay cheap",
)

BRAND_ANCHORS = (
    "Kettle & Thyme",
    "Kettle and Thyme",
    "kettle-and-thyme.example",
    "www.kettle-and-thyme.example",
    "https://www.kettle-and-thyme.example/",
    "Kettle & Thyme Shop",
    "Website",
    "here",
    "Visit site",
    "Homepage",
    "Source",
    "Read more",
    "link",
    "this recipe",
    "Kettle",
    "more",
)

#: top-level domain -> share in per cent, roughly as among the referring domains of the real exports
TLDS: dict[str, float] = {
    "com": 50, "net": 5, "org": 5, "online": 4, "info": 3, "es": 4, "fr": 3, "de": 3, "co.uk": 2.5,
    "nl": 1.5, "it": 1.5, "com.br": 1.5, "ru": 2, "pl": 1.5, "site": 2, "xyz": 2, "top": 1.5,
    "store": 1, "lol": 0.7, "io": 0.7, "com.au": 1, "co.jp": 0.6, "in": 1, "ca": 0.6, "biz": 0.6,
    "eu": 0.6, "edu": 0.3, "gov": 0.1, "com.tr": 0.6, "web.id": 0.5, "vn": 0.5,
}  # fmt: skip

#: Platforms whose sub-domains are somebody's own space.
TENANT_HOSTS = (
    "blogspot.com",
    "wordpress.com",
    "weebly.com",
    "tumblr.com",
    "github.io",
    "pages.dev",
    "web.app",
)
#: Platforms whose first path segment is.
TENANT_PATHS = ("sites.google.com/view/", "medium.com/@", "github.com/")
