"""Words that give a trade away, in the languages that link spam is written in.

One table: topic -> words. A word is matched as a whole word after NFKC and lower-casing; where a script writes no
spaces (Chinese, Japanese, Thai) it is matched anywhere. A phrase may hold blanks. Written by hand for this project
from what spammed anchors and titles look like; what a word is worth is learnt, not set here.
"""

from __future__ import annotations

import re
from typing import Final

#: Topics whose words mark the trades that link spam is mostly made for.
TRADES: Final[dict[str, str]] = {
    "gambling": """
        casino casinos kasino casinò cazino betting bet bets bookmaker bookmakers sportsbook poker slot slots jackpot
        roulette blackjack baccarat gambling gamble lottery togel toto judi slot88 slot777 gacor maxwin bandar
        bandarq pkv dominoqq domino99 sbobet agen bola rtp scatter pragmatic zeus olympus depo
        bahis bahisler casinolar kumar iddaa slotlar rulet bonusu deneme freebet betboo tipobet mostbet 1xbet melbet
        pinup pin-up vavada vulkan вулкан казино ставки букмекер букмекеры рулетка слоты автоматы игровые покер
        джекпот 1хбет азино 1win apuestas tragamonedas tragaperras ruleta apostas caça-níqueis cassino aposta
        scommesse tragaperra spielautomaten sportwetten wetten paris-sportifs machines-à-sous jeux-argent
        คาสิโน สล็อต บาคาร่า แทงบอล พนัน หวย เว็บตรง เกมสล็อต ยิงปลา
        nhà-cái cá-cược xóc-đĩa nổ-hũ lô-đề đánh-bài kèo kubet thabet fun88 w88 8xbet bk8 i9bet
        赌场 赌博 博彩 百家乐 彩票 投注 娱乐城 老虎机 时时彩 六合彩 真人 体育投注 棋牌 赌球 外围 澳门 葡京 威尼斯人
        カジノ パチンコ スロット 競馬予想 ブックメーカー オンカジ 카지노 바카라 토토 슬롯 먹튀 홀덤 사설토토
        قمار كازينو مراهنات شرط-بندی کازینو
    """,
    "adult": """
        porn porno pornos xxx sex sexy escort escorts escorte hentai nude nudes milf webcam camgirl camgirls fetish
        erotic erotik erotica xvideos pornhub xhamster onlyfans dating hookup adult sexcam nudes
        порно секс эротика проститутки шлюхи эскорт индивидуалки интим знакомства putas escorts-bogota
        bokep ngentot memek eskort escort-bayan istanbul-escort seks sikis
        色情 成人 性爱 裸聊 约炮 做爱 黄色 情色 无码 av女优 エロ アダルト 風俗 デリヘル 出会い系 出会い 야동 섹스 출장안마 오피
        หนังโป๊ หนังx סקס דירות-דיסקרטיות נערות-ליווי ליווי سكس نيك إباحية
    """,
    "pharma": """
        viagra cialis levitra kamagra sildenafil tadalafil vardenafil pharmacy pharmacies rx tramadol xanax valium
        phentermine ambien oxycontin modafinil steroids sarms hgh ozempic semaglutide prednisone antibiotics
        ivermectin doxycycline lasix prescription pills apotheke farmacia pharmacie farmacie виагра сиалис дженерик
        препараты 伟哥 壮阳 春药 催情 バイアグラ シアリス 비아그라 시알리스 kratom cbd thc vape cannabis weed marijuana
        виагры виагру віагра левитра силденафил тадалафил дапоксетин βιάγκρα ויאגרה סיאליס فياجرا سياليس ไวอากร้า
    """,
    "loans": """
        loan loans payday lender lenders mortgage refinance credit-score cash-advance borrow debt-relief bad-credit
        займ займы кредит кредиты микрозайм микрозаймы деньги-в-долг préstamos préstamo prestiti prestito krediti
        kredite kredit empréstimo empréstimos pinjaman pinjol kta vay vay-tiền สินเชื่อ เงินกู้ 贷款 借贷 信用卡套现 小额贷款
        キャッシング 現金化 カードローン ローン 대출 급전 forex binary-options trading-signals broker forex-broker
    """,
    "essays": """
        essay essays dissertation dissertations thesis-writing coursework homework-help term-paper research-paper
        write-my-essay essay-writing paper-writing курсовая курсовые диплом дипломы реферат рефераты диссертация
        代写 论文代写 毕业证 文凭 学位证 成绩单 fake-diploma buy-diploma
    """,
    "replica": """
        replica replicas fake-watches rolex louis-vuitton gucci hermes birkin michael-kors chanel prada moncler
        jerseys nfl-jerseys cheap-jerseys nike-air jordans yeezy ugg uggs ray-ban oakley outlet cheap-nike handbags
        копии-часов реплика реплики 高仿 复刻 名牌 精仿 スーパーコピー ブランドコピー コピー品 激安 레플리카 이미테이션
    """,
    "crypto": """
        bitcoin crypto btc ethereum usdt nft airdrop presale token tokens altcoin altcoins coinbase binance metamask
        web3 defi memecoin биткоин криптовалюта крипто kripto criptomonedas 比特币 虚拟货币 仮想通貨 비트코인 코인
    """,
    "services": """
        locksmith towing roofing plumber plumbers movers limo carpet-cleaning pest-control water-damage bail-bonds
        personal-injury lawyers dui psychic astrologer vashikaran love-spells black-magic moving-company
        rehab garage-door tree-service air-duct
    """,
}

#: What honest pharmacies call themselves in languages in which spam seldom does. Looked for in the audited site's own name
#: only: they make no link suspicious.
PHARMACIES: Final[str] = """
    φαρμακείο φαρμακεία farmakeio farmakeia pharmakeio аптека apteka eczane eczanesi drogaria farmácia farmàcia lekarna
    lekáreň lékárna ljekarna апотека apoteka apotek apotheek apteekki apteek gyógyszertár gyogyszertar vaistinė vaistine
    aptieka nhà-thuốc nhathuoc ร้านขายยา בית-מרקחת صيدلية داروخانه 薬局 药房 藥局 약국
"""
#: Words of ``TRADES`` that say nothing about a link to such a site; names of drugs still do.
CALLED_PHARMACY: Final[str] = "pharmacy pharmacies apotheke farmacia pharmacie farmacie"

#: Words of those who sell links, rank reports and old domains.
SELLERS: Final[str] = """
    backlink backlinks backlinking pbn pbns linkbuilding link-building seo serp guest-post guest-posts guestpost
    dofollow do-follow nofollow high-da da50 da90 da-pa domain-authority domain-rating dr-50 alexa-rank rank-tracker
    ranking-boost rankings whois site-stats sitestats website-value worth-of-web domain-value traffic-estimate
    expired-domains expired-domain aged-domains aged-domain domain-list domains-list all-domains domain-names-list
    top-sites topsites link-list linklist links-list web-directory link-directory url-shortener backlinks-for
    buy-backlinks buy-links sell-links cheap-links link-exchange linkexchange seo-services seo-service gsa xrumer
    scrapebox link-juice off-page web20 web-2-0 edu-links gov-links indexer link-indexer traffic-bot buy-traffic
    telegram-seo seo-expert fiverr links-prices blackhat black-hat parasite-seo negative-seo
    прогон хрумер ссылки-вечные купить-ссылки продвижение-сайта продвижение сео обратные-ссылки раскрутка
    外链 外链代发 快排 泛目录 收录 权重 友链 站群 黑帽 蜘蛛池 被リンク 相互リンク 백링크 backlinkler tanıtım-yazısı
    enlaces-seo comprar-enlaces liens-seo achat-de-liens beli-backlink jasa-backlink jasa-seo
"""

#: Ordinary words in whose midst, or at whose beginning, a word of a trade stands by chance. In a name, whose words are
#: written together, they are taken out before it is searched: a specialist sells no cialis, an agency is no agen.
INNOCENT: Final = tuple(
    """
    specialis especialis socialis officialis commercialis financialis provincialis kalender calender blender slender ambient
    ambience thermes asteroid proofing removers stowing updating validating consolidating accommodating liquidating escorted
    cryptograph cryptozo cryptogam montecassino bandarabbas pillsbury spills kumar agenc agend agent agenz deport depot judit
    limoges limon limoux nudel betsy pornic sloth totoro vapeur bolan serpent highdata kickoffpage
    """.split()
)

#: Anchors that say nothing about the page they lead to.
GENERIC: Final[str] = """
    here|click|click here|this|this site|this page|this website|this link|link|links|website|web site|site|web|page|home
    homepage|home page|read more|more|more info|learn more|more information|info|information|source|sources|via|visit
    visit website|visit site|visit the website|visit our website|go|go to|see|see more|view|view website|view site
    official site|official website|continue|continue reading|article|post|blog|read|read this|check it out|download
    details|full article|original|original article|original source|reference|url|www|http|https|open|next|read full article
    hier|hier klicken|klicken sie hier|mehr|mehr erfahren|weiterlesen|webseite|website besuchen|zur website|quelle|seite
    ici|cliquez ici|en savoir plus|lire la suite|site web|site internet|voir|plus|voir le site|source originale
    aquí|aqui|haz clic aquí|clic aquí|más|más información|leer más|sitio web|página web|ver|ver más|fuente|web oficial
    clique aqui|saiba mais|leia mais|mais|fonte|site oficial|veja mais|acesse|visite o site
    qui|clicca qui|leggi|leggi tutto|scopri di più|sito|sito web|sito ufficiale|fonte|vai al sito
    klik hier|lees meer|meer|meer info|bron|bekijk|naar de website|tutaj|kliknij tutaj|więcej|czytaj więcej|źródło|strona
    здесь|тут|сайт|подробнее|читать далее|ссылка|источник|перейти|официальный сайт|читать|далее|на сайте|по ссылке
    burada|buraya tıklayın|devamı|tıkla|site|web sitesi|kaynak|tıklayın|devamını oku
    di sini|klik di sini|selengkapnya|baca selengkapnya|sumber|situs|tại đây|xem thêm|nguồn|trang web|xem
    こちら|ここ|公式サイト|続きを読む|詳細|詳しくはこちら|リンク|サイト|ホームページ|もっと見る|出典
    点击这里|这里|更多|官网|官方网站|查看|链接|来源|阅读全文|详情|阅读更多|网站
    여기|클릭|더보기|홈페이지|바로가기|출처|링크|사이트|자세히
    כאן|לחץ כאן|קרא עוד|עוד|מקור|אתר|לאתר|قراءة المزيد|هنا|اضغط هنا|المزيد|المصدر|الموقع|رابط
    ที่นี่|คลิกที่นี่|อ่านต่อ|เพิ่มเติม|เว็บไซต์|ที่มา
"""

#: Scripts that write no blanks between words; their words are matched anywhere.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]"


def _words(text: str) -> list[str]:
    return sorted({word.replace("-", " ") for word in text.split()})


def is_unspaced(word: str) -> bool:
    """Whether a word is written in a script that puts no blanks between words."""
    return any(
        "\u0e00" <= char <= "\u0e7f" or "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"
        or "\uac00" <= char <= "\ud7a3"
        for char in word
    )  # fmt: skip


def names_word(name: str, text: str) -> bool:
    """Whether a name, whose words may be written together, holds a word of a list.

    Words of five letters or more, and such without blanks, may stand anywhere; of four letters only at the beginning of one of
    the name's parts (``slot-cars``, ``slotcars``; not ``volkswagen``); shorter ones must be a part.

    Args:
        name: as written, in lower case: ``royal-casino``.
        text: as in ``TRADES``.
    """
    bare = name
    for innocent in INNOCENT:
        bare = bare.replace(innocent, "·")
    parts = re.findall(r"[^\W_]+", bare)
    flat = re.sub(r"[\s_-]+", "", bare)
    for word in (word.replace(" ", "") for word in _words(text)):
        anywhere = len(word) >= _ANYWHERE or is_unspaced(word)
        if (
            word in flat
            if anywhere
            else word in parts or (len(word) == _ANYWHERE - 1 and _begins(parts, word))
        ):
            return True
    return False


_ANYWHERE: Final = 5


def _begins(parts: list[str], word: str) -> bool:
    return any(part.startswith(word) for part in parts)


def patterns(text: str) -> list[str]:
    """Search strings for a list of words, to be looked for in a text whose words stand between single blanks."""
    return [word if is_unspaced(word) else f" {word} " for word in _words(text)]


def trade_patterns() -> dict[str, list[str]]:
    """Topic -> search strings (see ``patterns``)."""
    return {topic: patterns(words) for topic, words in TRADES.items()}


def seller_patterns() -> list[str]:
    """Search strings of those who sell links."""
    return patterns(SELLERS)


def generic_anchors() -> list[str]:
    """Anchors, normalised, that say nothing about their target."""
    return sorted({part.strip() for line in GENERIC.splitlines() for part in line.split("|")} - {""})
