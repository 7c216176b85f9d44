"""What kind of page it is: parked, for sale, a server's default, a challenge, an error page that answers 200, ...

One table: mark -> where to look -> phrases, lower case, in the languages that such pages are written in. A phrase is looked for as
it stands, in text whose blanks are single. Marks of a whole page count only where the page has few words, so that an article
*about* parked domains is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Pages of more visible words than this are about something.
_FEW_WORDS: Final = 250
_MOST_TEXT: Final = 20_000  # characters looked at


@dataclass(frozen=True)
class Mark:
    """Phrases that give one kind of page away, by where they stand.

    Attributes:
        title: in the title or a heading of the first level.
        text: in the visible text.
        source: in the addresses of scripts, frames, forms and links.
        most_words: the mark counts only on pages of at most so many visible words.
        of_title: the title must *be* a phrase, but for the site's name beside it.
    """

    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    most_words: int | None = None


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(
        part.strip() for line in text.strip().splitlines() for part in line.split("|") if part.strip()
    )


MARKS: Final[Mapping[str, Mark]] = {
    "parked": Mark(
        title=_phrases("domain parked | parked domain | domain parking | geparkte domain | parkovaná doména | domena zaparkowana | домен припаркован"),
        text=_phrases("""
            this domain is parked | this domain has been parked | domain is parked free | parked free, courtesy of | this page is parked
            this web page is parked | this domain name is parked | is parked at | domain parking | parked domain
            this domain has recently been registered | this domain is registered, but may still be available
            diese domain ist geparkt | diese domain wurde geparkt | domain geparkt | diese domain wurde registriert
            ce domaine est parqué | nom de domaine est réservé | ce nom de domaine vient d'être | este dominio está aparcado | este dominio está estacionado
            dominio parcheggiato | questo dominio è parcheggiato | este domínio está estacionado | domínio estacionado
            deze domeinnaam is geparkeerd | dit domein is geparkeerd | domena jest zaparkowana | domena zaparkowana
            домен припаркован | домен не прилинкован | домен зарегистрирован | doména je zaparkovaná
            bu alan adı park edilmiştir | このドメインは、お名前.comで取得されています | このドメインはパーキング | 该域名已停放 | 域名停放 | 도메인이 주차
            related searches privacy policy | the sponsored listings displayed above are served automatically
            die hier angezeigten sponsored listings werden von dritter seite automatisch generiert
            buy this domain. the owner of"""),
        source=_phrases("""
            sedoparking.com | parkingcrew.net | bodis.com | parklogic.com | above.com/park | d38psrni17bvxu.cloudfront.net | img1.wsimg.com/parking-lander
            dsparking.com | parking.reg.ru | parkpage.foundationapi.com | skenzo.com | voodoo.com/park | parkingpage | domainparking
            cdn.dynadot.com/park | parked-content.godaddy.com | i.cdnpark.com | c.parkingcrew.net | ww1.parking | smartname.com
            google.com/adsense/domains/caf.js | pagead/domains/caf"""),
        most_words=_FEW_WORDS,
    ),
    "for sale": Mark(
        title=_phrases("""
            domain for sale | is for sale | domain name for sale | buy this domain | premium domain | zu verkaufen | domain kaufen | à vendre | dominio en venta
            dominio in vendita | te koop | на продажу | домен продаётся | домен продается | na sprzedaż | satılık | à venda | 域名出售 | 此域名出售 | ドメイン販売 | hugedomains"""),
        text=_phrases("""
            this domain is for sale | domain is for sale | domain name is for sale | this domain may be for sale | the domain may be for sale
            buy this domain | make an offer on this domain | make an offer for this domain | inquire about this domain | this premium domain
            get a price in less than 24 hours | the owner of this domain is offering it for sale | domain is available for purchase
            diese domain steht zum verkauf | diese domain kaufen | domain steht zum verkauf | diese domain ist zu verkaufen
            ce domaine est à vendre | ce nom de domaine est à vendre | acheter ce domaine | este dominio está en venta | este dominio esta a la venta
            dominio en venta | questo dominio è in vendita | dominio in vendita | este domínio está à venda | domínio à venda
            deze domeinnaam is te koop | dit domein is te koop | domena na sprzedaż | ta domena jest na sprzedaż | domena jest na sprzedaż
            домен продается | домен продаётся | этот домен продается | этот домен продаётся | купить этот домен | doména je na prodej
            bu alan adı satılıktır | domain ini dijual | tên miền này đang được bán | 此域名正在出售 | 该域名正在出售 | 域名出售 | このドメインは売り出し中 | 이 도메인은 판매"""),
        source=_phrases("hugedomains.com/domain_profile | afternic.com/forsale | dan.com/buy-domain | sedo.com/search/details | undeveloped.com/buy | uniregistry.com/buy-domain | epik.com/domain | atom.com/name/ | godaddy.com/forsale | spaceship.com/launchpad"),
        most_words=_FEW_WORDS,
    ),
    "default page": Mark(
        title=_phrases("""
            welcome to nginx | apache2 ubuntu default page | apache2 debian default page | apache http server test page | test page for the apache
            iis windows server | iis7 | iis8 | microsoft internet information services | default web site page | default parallels plesk | domain default page
            web server's default page | plesk default page | default page | it works! | index of / | welcome to openresty | welcome to caddy | cpanel® | site under construction
            under construction | coming soon | hello world – just another wordpress site | account suspended | website suspended | konto gesperrt | compte suspendu | hosting suspendido
            website expired | сайт временно | 网站建设中 | 没有找到站点 | ただいま準備中 | 恭喜，站点创建成功"""),
        text=_phrases("""
            if you see this page, the nginx web server is successfully installed | this is the default welcome page used to test the correct operation of the apache
            this page is used to test the proper operation of the apache http server | if you are the website administrator | it works! | this account has been suspended
            this is the default server vhost | there is no website configured at this address | this is a default index page for a new domain | default index page
            future home of something quite cool | this site is under construction | website coming soon | our website is coming soon | hier entsteht eine neue internetpräsenz
            diese webseite befindet sich im aufbau | site en construction | sitio en construcción | sito in costruzione | site em construção | strona w budowie
            сайт находится в разработке | сайт заблокирован | хостинг сайта временно заблокирован | yapım aşamasında | 网站正在建设中 | 站点创建成功 | 没有找到站点 | 공사중"""),
        most_words=_FEW_WORDS,
    ),
    "challenge": Mark(
        title=_phrases("""
            just a moment... | attention required! | access denied | ddos-guard | security check | checking your browser | are you a robot | human verification | verify you are human | one moment, please
            robot check | bot verification | please wait... | un instant | einen moment | un momento | один момент | bir dakika | 请稍候 | 安全验证 | 人机验证 | 403 forbidden | request blocked | pardon our interruption | vercel security checkpoint"""),
        text=_phrases("""
            checking your browser before accessing | enable javascript and cookies to continue | please enable cookies | verify you are human | verifying you are human | needs to review the security of your connection
            please complete the security check | complete the captcha | sorry, you have been blocked | why have i been blocked | you don't have permission to access | access to this page has been denied
            your request has been blocked | unusual traffic from your computer | ddos protection by | performance & security by cloudflare | pardon our interruption | press & hold to confirm
            please turn javascript on and reload the page | bitte bestätigen sie, dass sie ein mensch sind | vérifiez que vous êtes humain | проверка браузера | подтвердите, что вы не робот | доступ ограничен | 请完成安全验证 | 正在进行安全检查"""),
        source=_phrases("/cdn-cgi/challenge-platform/ | challenges.cloudflare.com/turnstile/v0/b | captcha-delivery.com | _incapsula_resource | perimeterx.net | px-captcha | /aws-waf-token/ | awswaf.com | sgcaptcha | ddos-guard.net/check | /_guard/"),
        most_words=_FEW_WORDS,
    ),
    "not found": Mark(
        title=_phrases("""
            404 | not found | page not found | page cannot be found | page can't be found | page doesn't exist | page does not exist | page no longer | nothing found | no longer available | error 410 | 410 gone
            seite nicht gefunden | nicht gefunden | seite existiert nicht | page introuvable | page non trouvée | introuvable | página no encontrada | no encontrada | pagina non trovata | non trovata | página não encontrada | não encontrada
            pagina niet gevonden | niet gevonden | strona nie została znaleziona | nie znaleziono | страница не найдена | не найдена | не найден | сторінку не знайдено | stránka nenalezena | stránka nebyla nalezena | sidan kunde inte hittas | siden blev ikke fundet | siden finnes ikke | sivua ei löydy
            sayfa bulunamadı | bulunamadı | halaman tidak ditemukan | tidak ditemukan | không tìm thấy | ไม่พบหน้า | 页面不存在 | 找不到页面 | 未找到 | 页面未找到 | 頁面不存在 | ページが見つかりません | 見つかりません | お探しのページ | 페이지를 찾을 수 없습니다 | الصفحة غير موجودة | הדף לא נמצא"""),
        most_words=600,
    ),
    "link directory": Mark(
        title=_phrases("""
            web directory | link directory | links directory | site directory | website directory | business directory | free directory | link exchange | links exchange | link partners | add url | submit site | submit url | submit your site | useful links | list of links | top sites | toplist
            webkatalog | linkverzeichnis | webverzeichnis | linkliste | annuaire | directorio web | directorio de enlaces | directory web | diretório de sites | katalog stron | katalog www | каталог сайтов | обмен ссылками | link dizini | direktori | 网址大全 | 网站目录 | 友情链接 | リンク集 | 相互リンク"""),
        text=_phrases("""
            submit your site | submit your website | submit your url | submit a site | add your site | add your link | add your url | suggest a link | suggest link | link exchange | exchange links | reciprocal link | featured listings | latest listings added | regular link
            seite eintragen | website eintragen | link eintragen | linktausch | soumettre un site | proposer un site | échange de liens | añadir sitio | añade tu web | intercambio de enlaces | aggiungi sito | scambio link | sugerir site | cadastre seu site | dodaj stronę | dodaj wpis
            добавить сайт | обмен ссылками | site ekle | 提交网站 | 申请收录 | 申请友链 | 相互リンク募集"""),
    ),
    "guest post offer": Mark(
        title=_phrases("write for us | guest post | guest posting | submit guest post | submit a guest post | become a contributor | sponsored post | sponsored posts | buy backlinks | sell links | gastbeitrag | gastartikel | écrire pour nous | escribe para nosotros | tanıtım yazısı"),
        text=_phrases("""
            write for us | submit a guest post | submit guest post | submit your guest post | accept guest posts | accepting guest posts | accepts guest posts | guest post guidelines | guest posting guidelines | guest posting service | guest post service | guest posts are welcome | become a guest blogger | contribute an article
            dofollow link in | do-follow link | dofollow backlink | do follow backlink | sponsored post price | sponsored posts and | buy backlinks | buy guest post | place your link | advertise your link | link insertion | permanent backlink
            gastbeitrag einreichen | gastartikel veröffentlichen | gastbeitrag veröffentlichen | backlink kaufen | article invité | publier un article sponsorisé | article sponsorisé | acheter des backlinks | enviar post invitado | publicar un post patrocinado | post patrocinado | comprar enlaces
            articolo sponsorizzato | guest post a pagamento | publipost | artigo patrocinado | comprar backlinks | artykuł sponsorowany | artykuły sponsorowane | гостевой пост | разместить статью | купить вечную ссылку | вечные ссылки | tanıtım yazısı | backlink satın al | jasa backlink | jual backlink | dịch vụ backlink | 外链购买 | 购买外链 | 软文发布"""),
    ),
}  # fmt: skip


def marks(title: str, heading: str, text: str, sources: str, words: int) -> list[str]:
    """The marks of a page, in the order of the table.

    Args:
        title: title of the page; ``heading``: its headings of the first level.
        text: the visible text.
        sources: addresses of scripts, frames, forms and links, in lower case.
        words: how many words the visible text has.
    """
    named = _flat(f"{title} | {heading}")
    said = _flat(text[:_MOST_TEXT])
    return [name for name, mark in MARKS.items() if _fits(mark, named, said, sources, words)]


def _fits(mark: Mark, named: str, said: str, sources: str, words: int) -> bool:
    if mark.most_words is not None and words > mark.most_words:
        return False
    return (
        any(phrase in named for phrase in mark.title)
        or any(phrase in said for phrase in mark.text)
        or any(phrase in sources for phrase in mark.source)
    )


def _flat(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
