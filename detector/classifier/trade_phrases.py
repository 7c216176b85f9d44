"""How the trades of link spam call what they sell, language by language.

The word weights learn from these phrases, alone and set into ordinary titles (see ``made_texts``), since lists of spam
hardly hold the languages in which most of it is written today. Written by hand for this project; phrases are divided by bars.
"""

from __future__ import annotations

from typing import Final

#: Language as in ``languages`` -> phrases of gambling, adult, drugs, loans, diplomas, copies, piracy, mills, swindles, link selling.
PHRASES: Final[dict[str, str]] = {
    "English": """
        online casino|best online casinos|real money slots|free spins no deposit|casino bonus code|sports betting sites|
        live dealer blackjack|online poker real money|new betting apps|bitcoin casino|crypto gambling|esports betting odds|
        free casino games|mega jackpot slots|roulette strategy to win|cricket betting tips|satta king result|satta matka chart|
        rummy cash game|aviator predictor apk|lottery winning numbers prediction|xxx videos|free porn tube|live sex cams|
        hot escorts near me|call girls service|escort agency vip|nude girls|adult dating hookup|hentai uncensored|
        onlyfans leaks|buy viagra online|cheap cialis generic|canadian pharmacy no prescription|sildenafil 100mg price|
        buy tramadol overnight|order xanax online|modafinil for sale|anabolic steroids for sale|buy oxycodone cheap|weight loss pills|
        cbd oil gummies|delta 8 thc vape|kratom powder for sale|ozempic without prescription|payday loans online|
        bad credit loans guaranteed approval|instant cash advance|no credit check loan|debt consolidation quick|forex trading signals|
        binary options broker|crypto presale best coin|airdrop claim now|buy essay online|essay writing service cheap|
        write my paper for me|dissertation writing help|do my homework for money|fake diploma buy|replica watches for sale|
        fake designer handbags|cheap jerseys wholesale|ugg boots outlet|jordan shoes cheap|michael kors outlet store|
        buy backlinks cheap|high da backlinks|pbn links for sale|guest post service|dofollow backlinks list|rank on google first page|
        seo services cheap packages|buy instagram followers|buy youtube views|buy google reviews|aged domains for sale|
        profile creation sites list|article submission sites|directory submission list|top sites list page|domain list page|
        most visited websites list|website value and traffic report|essay help reviews|spin bonus slots app|hacked wp-admin links|
        online pokies real money|casinos not on gamstop|non gamstop bookmakers|sweepstakes casinos|crash gambling game|no kyc crypto casino|
        free spins no wagering|instant withdrawal casino|casino without verification|live casino dealers|betting promo code|online cricket id|
        color prediction game|teen patti real cash|dragon tiger game|matka guessing panel chart|lottery sambad result today|football betting tips today|
        1win login|mostbet app download|melbet apk|parimatch bonus|pin up casino|stake casino code|betway sign up|dafabet login|fun88 login|sbobet login|22bet registration|
        betwinner promo|linebet app|bc game crash|roobet bonus|vulkan vegas|levitra online|vardenafil generic|tadalafil 20mg buy|dapoxetine priligy|clomid for sale|nolvadex buy|
        propecia finasteride cheap|accutane online|zithromax no prescription|amoxicillin without prescription|ivermectin order online|adderall pills buy|valium diazepam buy|
        clonazepam online|ativan lorazepam cheap|ambien zolpidem order|phentermine diet pills|hydrocodone vicodin online|percocet for sale|soma carisoprodol cod|
        buy ketamine online|buy mdma pills|magic mushrooms online shop|dianabol steroids shop|trenbolone enanthate|sarms for sale|testosterone cypionate for sale|
        hire a hacker|recover stolen bitcoin|spell caster bring back ex|love spells that work|pay someone to take my online exam|take my online class|
        buy ielts certificate|buy driving licence online|counterfeit money for sale|cloned cards for sale|sugar mummy whatsapp|amateur webcam girls|leaked nudes|milf sex videos|jav uncensored|
        moncler outlet sale|canada goose outlet|ray ban sunglasses cheap|pandora jewelry clearance|oakley wholesale|nike air max cheap|gucci replica belts|
        title loans near me|same day loans no job|blog commenting sites|web 2.0 submission sites|social bookmarking sites list|classified submission sites|
        instant approval dofollow|niche edits for sale|casino guest posts|domain authority boost service|expired domains pbn|
        watch full movies online free|watch series online free hd|free movie streaming sites|full movie download 480p 720p|hindi dubbed movie download|episodes english sub stream|read manga online free raw|anime stream free|live football stream free|
        iptv subscription cheap|iptv free trial 4k channels|mod apk unlimited money|mod apk latest version unlocked|apk mod premium free download|hack tool unlimited coins|free robux generator|aimbot cheats download|crack with serial key free download|
        full version crack patch keygen|license key generator 2025|activator download windows|torrent magnet download|pirate bay proxy mirror|nulled scripts themes free|free gift card generator|
        test bank pdf download|answer key pdf free|solution manual pdf free download|exam dumps pdf|workshop repair manual pdf download|free ebook pdf epub mobi download|worksheet answers pdf|printable templates free download ideas|
        hd wallpapers free download|wiring diagram schematic free|best ideas images gallery|double your bitcoin|bitcoin investment platform daily profit|hyip paying programs|flash usdt software|guaranteed daily returns crypto|
        crypto recovery expert|best forex robot ea|copy trading signals telegram vip|make money online fast from home|earn money at home daily payout|cheap smm panel|buy tiktok followers|buy telegram members|buy website traffic|
        buy verified paypal accounts|buy gmail accounts bulk|buy facebook accounts|disposable vape shop online|buy weed online discreet delivery|buy psychedelics online|lsd dmt mdma for sale|russian escorts hotel service|independent call girl cash on delivery|
        website review traffic estimated worth|similar sites and alternatives list|websites on the same ip|whois and dns lookup report|bookmark story submit your site|free classified ads posting sites|vashikaran specialist|black magic removal expert|
        emergency locksmith near me 24/7|cheap carpet cleaning near me|keto gummies shark tank|male enhancement gummies|weight loss drops official website|air jordan dunk sale outlet|cheap designer bags replica online|discount oem software|
        the smart trick of|that nobody is discussing|not known details about|not known factual statements about|a secret weapon for|simple statements about|statements about explained|things to know before you buy|indicators on you should know|getting my to work|top guidelines of|fascination about|the 5-second trick for|rumored buzz on|an unbiased view of|
        unknown facts about|the single best strategy to use for|little known questions about|can be fun for anyone|the greatest guide to|the definitive guide to the ultimate|facts about revealed|how can save you time, stress, and money|examine this report on|a review of|5 essential elements for|5 tips about you can use today|helping the others realize the advantages of|
        fundamental things you ought to know about|some useful guidance on|practical solutions an intro|picking out realistic secrets|straightforward systems described|compelling reasons why you need|no-fuss systems in|step by step details on|view profile cheap pills|user profile buy online|member posts casino bonus|top 73 similar websites and alternatives|
        customer service number 24x7 call now|how do i speak to a live person at the airline|helpline toll free number call now|immediate edge review scam or legit|ai trading platform official website review|quantum ai trader app review|shark tank gummies official website|side effects exposed where to buy|pay someone guaranteed a or b|loan offer whatsapp 2% interest|fast private lender whatsapp|
        best online slots|slots with bonus|best slots with bonus|top rated slots sites|play slots for real money|free slots no download|penny slots online|new slots bonus|vegas slots online|casino tips and tricks|casino guide for beginners|casino reviews and bonuses|best payout casino|blackjack strategy real money|
        roulette tips online casino|casino night bonus offers|gambling sites not blocked|poker room bonus|slot demo play free|slot machine tips to win
    """,
    "Indonesian": """
        situs slot gacor|slot gacor hari ini|judi online terpercaya|agen judi bola|bandar togel terpercaya|togel singapore hari ini|
        data keluaran sgp|data hk lengkap|prediksi togel jitu|slot deposit pulsa|slot deposit dana|slot gacor maxwin|rtp slot live|
        bocoran rtp slot|demo slot pragmatic|slot server thailand|slot online anti rungkad|link slot resmi|daftar akun slot|login situs judi|
        link alternatif|bonus new member|situs poker online|dominoqq pkv games|bandarq online|sabung ayam online|agen sbobet|
        taruhan bola online|mix parlay|casino online terpercaya|baccarat online|slot bet kecil|scatter hitam mahjong ways|gates of olympus|
        slot thailand|slot88 login|slot777 daftar|toto macau|paito warna|obat kuat pria|video bokep|cewek bispak|pinjaman online cepat cair|
        jasa backlink murah|jasa seo murah|joki skripsi|jual ijazah|
        pola gacor hari ini|scatter hitam gacor|gampang menang|gampang maxwin|situs toto 4d|colok bebas|angka main|rumus togel|live draw hk|live draw sgp|situs slot thailand|
        akun pro thailand|slot depo 10k|slot qris|bonus harian|rtp gacor|sweet bonanza gacor|mahjong wins|link login resmi|apk slot|wd cepat|deposit tanpa potongan|jackpot terbesar|
        nonton film sub indo|nonton streaming drama korea sub indo|layarkaca21|lk21 indoxxi|nonton anime sub indo batch|download film gratis 720p|download apk mod unlimited|download lagu mp3 gratis|kunci jawaban pdf download|slot dana 5000|agen togel resmi|bandar toto 4d|nonton bokep indo viral|viral video no sensor|open bo murah|jual obat aborsi|cytotec asli|
        link slot server luar negeri pasti wd|slot gacor pasti wd|mahjong ways 2 link|agen togel online resmi terpercaya 4d|pinjol tanpa bi checking|dukun pelet ampuh
    """,
    "Turkish": """
        deneme bonusu veren siteler|deneme bonusu|bahis siteleri|güvenilir bahis siteleri|canlı bahis|kaçak bahis|canlı casino siteleri|
        casino siteleri|slot siteleri|bedava bahis|freebet veren siteler|yatırım şartsız bonus|çevrimsiz bonus|yeni giriş adresi|güncel giriş|
        slot oyunları oyna|rulet oyna|online kumar|kumar siteleri|iddaa tahminleri|canlı rulet|aviator oyna|sweet bonanza oyna|escort bayan|
        escort ilanları|porno izle|türk ifşa|takipçi satın al|hacklink satın al|backlink satın al|kamagra jel sipariş|cialis fiyat|
        kredi çek anında|bahis bonusları|casino bonusları|jojobet giriş|matadorbet giriş|grandpashabet|sahabet giriş|betebet giriş|
        hoşgeldin bonusu|deneme bonusu veren bahis|güncel giriş adresi|mobil giriş|bahis kayıt ol|kayıp bonusu|yatırım bonusu|en iyi bahis firmaları|slot oyna|papara bahis|
        rus escort|eve gelen bayan|bahsegel giriş|casibom giriş|holiganbet giriş|marsbahis giriş|onwin giriş|meritking giriş|
        film izle türkçe dublaj|full hd film izle|dizi izle son bölüm tek parça|yabancı dizi izle|bedava film izle|taraftarium canlı maç izle|justin tv canlı maç|apk hile indir|para hilesi|sınırsız para mod|full program indir crack|hacklink paketleri|tanıtım yazısı satın al|hd porno|canlı bahis uygulaması indir|slot demo oyna|
        yeni adresi giriş mobil bahis|mavibet yeni adresi|para yatırmadan bonus|güvenilir casino siteleri demo oyna|evde ek iş para kazan|papaz büyüsü bağlama büyüsü|medyum hoca aşk büyüsü
    """,
    "Russian": """
        онлайн казино|казино вулкан|игровые автоматы на деньги|бездепозитный бонус|фриспины за регистрацию|казино зеркало|рабочее зеркало|
        букмекерская контора|ставки на спорт|1xbet регистрация|мостбет скачать|пин ап казино|вавада вход|джет казино|азартные игры онлайн|
        играть в слоты|рулетка онлайн|проститутки|шлюхи на выезд|секс знакомства|порно видео|эскорт услуги|интим досуг|индивидуалки|
        займ на карту|займы онлайн|микрозайм без проверки|кредит с плохой кредитной историей|взять деньги в долг|купить диплом|
        купить аттестат|диплом с занесением|курсовая на заказ|купить виагру|дженерики|купить сиалис|копии часов|реплики сумок|
        накрутка подписчиков|прогон хрумером|купить ссылки|продвижение сайта прогон|кракен маркетплейс|кракен даркнет|купить закладку|бинарные опционы|
        казино официальный сайт вход|промокод казино|бесплатные вращения|фрибет за регистрацию|скачать на андроид букмекер|лев казино|кэт казино|дэдди казино|покердом вход|леон ставки|фонбет зеркало|
        прогнозы на спорт|девочки по вызову|элитный эскорт|кредит без справок|кредит наличными с просрочками|купить права|купить справку|дубликаты номеров|гидра ссылка|мега даркнет|
        контрольная на заказ|сайт знакомств для секса|порно онлайн бесплатно|
        смотреть онлайн бесплатно в хорошем качестве|смотреть сериал все серии подряд|фильмы онлайн без регистрации|lordfilm|скачать торрент бесплатно|скачать мод много денег|взлом на деньги|скачать кряк ключ активации|решебник гдз ответы скачать|скачать бесплатно mp3|заработок в интернете без вложений|купить аккаунты|хайп проекты инвестиции|смм панель накрутка|купить вейп|онлайн казино с бонус|казино без депозит|залози онлайн|казино сајтови|онлајн казино|
        прогон по трастовым сайтам|вечные ссылки дёшево|рост икс тиц|кракен зеркало вход|ссылка тор онион маркетплейс|вулкан клуб официальный сайт|рабочее зеркало на сегодня|кредит без отказа онлайн на карту срочно|купить больничный лист
    """,
    "Ukrainian": """
        онлайн казино україна|ігрові автомати|ставки на спорт онлайн|бездепозитний бонус казино|позика на картку|кредит онлайн без відмови|
        повії|секс знайомства|купити диплом|букмекерська контора|
        дивитися фільми онлайн безкоштовно|серіали онлайн українською без реєстрації|скачати торент|слоти онлайн на гривні|фріспіни за реєстрацію|казино з виведенням на картку|купити диплом з занесенням|індивідуалки київ|бонуси букмекерів
    """,
    "Vietnamese": """
        nhà cái|nhà cái uy tín|cá cược bóng đá|cá độ bóng đá|casino trực tuyến|đánh bạc online|tài xỉu online|xóc đĩa online|nổ hũ|bắn cá đổi thưởng|
        game bài đổi thưởng|kèo nhà cái|soi cầu|lô đề online|đăng ký nhận tiền|tặng tiền cược|link vào nhà cái|tải app cá cược|slot game|
        phim sex|gái gọi|vay tiền nhanh|vay tiền online|làm bằng giả|thuốc cường dương|dịch vụ backlink|dịch vụ seo|
        cổng game bài|game đổi thưởng|tài xỉu md5|link nhà cái không bị chặn|soi cầu mb|chốt số|rồng bạch kim|cá độ trực tuyến|đá gà trực tiếp|kèo bóng đá|khuyến mãi nạp lần đầu|
        xổ số lô đề|phim người lớn|làm bằng đại học|
        xem phim lậu online vietsub|xem phim hd thuyết minh miễn phí|phim hay vietsub full hd|trực tiếp bóng đá miễn phí xôi lạc|tải game hack mod full tiền|tải apk mod|hack game|mua tài khoản|đăng nhập nhà cái|đá gà thomo hôm nay|tài xỉu uy tín|kiếm tiền online uy tín|tăng follow giá rẻ|
        nhà cái số 1 châu á|link vào không bị chặn|bắn cá nổ hũ tặng code|kubet đăng nhập|8xbet link|vay tiền online nhanh trong ngày cmnd|gái gọi cao cấp
    """,
    "Spanish": """
        casino online|casinos en línea|tragamonedas gratis|tragaperras online|apuestas deportivas|casas de apuestas|ruleta en vivo|giros gratis|
        bono sin depósito|bono de bienvenida casino|jugar al póker con dinero real|apuestas en vivo|pronósticos de apuestas|putas|escorts|
        sexo gratis|videos porno|prepagos|préstamos rápidos|créditos sin aval|dinero urgente|comprar viagra|cialis sin receta|sildenafil precio|
        réplicas de relojes|bolsos de imitación|comprar seguidores|comprar enlaces|comprar backlinks|trabajo de tesis por encargo|dinero fácil con cripto|
        casinos sin licencia|nuevos casinos online|retiro rápido casino|código promocional apuestas|bono gratis apuestas|tragamonedas dinero real|chicas prepago|acompañantes vip|
        comprar seguidores instagram|casino con bitcoin|ganar dinero apostando|préstamos sin buró|préstamos con asnef|
        ver películas online gratis hd latino|ver series online gratis|películas completas en español latino|descargar torrent gratis|futbol en vivo gratis roja directa|descargar apk mod dinero infinito|generador de robux|crack descargar gratis full|libros pdf descargar gratis|solucionario pdf|iptv lista m3u gratis|ganar dinero desde casa|duplicar bitcoin|amarres de amor|brujo efectivo|putas baratas|comprar carnet de conducir|comprar título universitario|casino sin licencia española|misoprostol comprar|
        oferta de préstamo entre particulares whatsapp|préstamo urgente en 24 horas whatsapp|opiniones estafa o fiable plataforma trading|casas de apuestas sin verificación|retorno del amor tarot efectivo
    """,
    "Portuguese": """
        cassino online|melhores cassinos|jogos de cassino|caça níqueis|apostas esportivas|casa de apostas|jogo do tigrinho|fortune tiger|fortune ox|
        jogo do aviãozinho|bônus de cadastro|rodadas grátis|plataforma pagando|slot pagando|bet pagando|aposta grátis|roleta ao vivo|jogo do bicho|
        acompanhantes|garotas de programa|vídeos pornô|empréstimo rápido|empréstimo sem consulta|comprar viagra|cialis preço|réplica de relógio|
        comprar seguidores|comprar backlinks|tcc pronto|palpites de apostas|
        horários pagantes|sinais aviator|robô aviator|grupo vip sinais|cassino ao vivo|bônus sem depósito|plataforma nova pagando|slots que pagam|acompanhante de luxo|sexo ao vivo|
        site de apostas confiável|código promocional bet|casinos sem licença|empréstimo para negativado|
        assistir filme online grátis dublado|assistir série online hd|filmes completos dublado download|baixar torrent|futebol ao vivo grátis futemax|baixar apk mod dinheiro infinito|gerador de robux|livros pdf download grátis|lista iptv grátis|teste iptv|ganhar dinheiro pix jogando|dobrar bitcoin|amarração amorosa|comprar cnh|comprar diploma|cytotec comprar|vídeos vazados|
        oferta de empréstimo particular whatsapp|trazer amor de volta rápido|plataforma confiável ou golpe avaliação trading
    """,
    "French": """
        casino en ligne|meilleur casino en ligne|casino sans dépôt|bonus sans dépôt|tours gratuits|machines à sous|paris sportifs|
        jeux d'argent|roulette en direct|poker en ligne|retrait instantané casino|plan cul|rencontre sexe|porno gratuit|escorte|
        viagra sans ordonnance|acheter cialis|kamagra en ligne|crédit sans justificatif|prêt rapide|prêt entre particuliers|
        sac louis vuitton pas cher|réplique montre|acheter des backlinks|acheter des abonnés|voyance gratuite|rédaction de mémoire|
        casino crypto sans vérification|nouveaux casinos en ligne|casino retrait rapide|code promo paris sportif|site de paris hors arjel|viagra livraison rapide|pilule minceur|
        voyance par téléphone|voyance amour|retour affectif marabout|faux papiers|permis de conduire à vendre|crédit sans refus|escort girl|webcam coquine|
        film streaming vf gratuit|voir film complet en streaming|série streaming vostfr gratuit|télécharger torrent gratuit|abonnement iptv pas cher|iptv premium test gratuit|apk mod argent illimité|générateur robux gratuit|pdf gratuit télécharger livre|gagner de l'argent rapidement en ligne|investir crypto rendement garanti|acheter permis de conduire|acheter un diplôme|casino crypto bonus|nike tn pas cher|chaussures pas cher soldes outlet|retour de l'être aimé|marabout voyant|
        offre de prêt entre particuliers sérieux et honnête|prêt en 48h whatsapp|prêteur particulier honnête|médium voyant africain retour affectif|grand marabout puissant|7j/7 24h/24 pas cher dépannage|compte bancaire sans justificatif prêt|avis arnaque ou fiable plateforme trading
    """,
    "German": """
        online casino|casino ohne oasis|casino ohne limit|casino ohne verifizierung|online spielothek|spielautomaten|freispiele ohne einzahlung|
        bonus ohne einzahlung|sportwetten|wettanbieter ohne oasis|wettanbieter|roulette spielen|echtgeld casino|automatenspiele|sexkontakte|
        huren|porno kostenlos|escort service|viagra rezeptfrei|potenzmittel|cialis kaufen|kamagra bestellen|kredit ohne schufa|sofortkredit|
        minikredit|replica uhren|gefälschte handtaschen|backlinks kaufen|linkaufbau kaufen|follower kaufen|hausarbeit schreiben lassen|ghostwriter bachelorarbeit|doktortitel kaufen|
        neue online casinos|casino ohne lugas|casino ohne sperrdatei|casino mit paypal|casino auszahlung sofort|krypto casino|sportwetten ohne steuer|wetten ohne lugas|
        viagra ohne rezept|cialis preisvergleich|ghostwriter agentur|führerschein kaufen|falschgeld kaufen|erotik kontakte|cam girls|
        filme kostenlos online schauen stream|serien stream kostenlos kinox|ganzer film deutsch kostenlos|iptv kaufen|iptv anbieter premium|apk mod unbegrenzt geld|kostenlose robux generator|keygen crack download vollversion|pdf kostenlos herunterladen lösungen|schnell geld verdienen im internet|bitcoin verdoppeln|private sexkontakte|hobbyhuren|transen kontakte|führerschein ohne prüfung kaufen|ghostwriter preise|nike schuhe günstig outlet|online casino ohne deutsche lizenz|
        kredit mit sofortzusage auch bei arbeitslosigkeit|geld leihen von privat whatsapp|eu führerschein legal kaufen|erfahrungen seriös oder betrug trading plattform|schlüsseldienst günstig 24h sofort
    """,
    "Italian": """
        casino online|casinò senza deposito|migliori casino|siti scommesse|scommesse sportive|slot machine gratis|casino non aams|
        bonus benvenuto casino|giri gratis|roulette dal vivo|bookmaker stranieri|escort|incontri sesso|video porno|viagra senza ricetta|
        cialis online|prestiti veloci|prestito senza busta paga|orologi replica|borse false|comprare backlink|comprare follower|tesi su commissione|
        nuovi casino online|casino senza documenti|bonus casinò subito|giri gratis senza deposito|bookmaker non aams|pronostici calcio scommesse|trans escort|annunci escort|
        sesso in chat|kamagra senza ricetta|prestiti cattivi pagatori|patente in vendita|
        film streaming ita gratis|guardare serie tv streaming altadefinizione|film completo in italiano|scaricare torrent ita|iptv italia abbonamento|apk mod soldi infiniti|crack download gratis|libri pdf gratis download|guadagnare online velocemente|raddoppiare bitcoin|cartomanzia basso costo|legamenti d'amore|patente senza esame|scarpe nike outlet scontate|bakeca incontri|
        offerta di prestito tra privati seri e onesti|prestito in 48 ore whatsapp|recensione truffa o affidabile trading|siti non aams affidabili
    """,
    "Dutch": """
        online casino|casino zonder cruks|casino zonder vergunning|gokkasten|gokken online|gratis spins|wedden op sport|casino bonus zonder storting|
        gokautomaten|sekscontact|gratis porno|viagra kopen|kamagra kopen|cialis zonder recept|snel geld lenen|lenen zonder bkr|backlinks kopen|namaak horloges|scriptie laten schrijven|
        nieuwe online casino's|casino zonder registratie|casino met ideal|beste goksites|wedden zonder cruks|voetbal gokken tips|escort dames|rijbewijs kopen|geld lenen zonder toetsing|
        gratis films kijken online|series streamen gratis nederlands ondertiteld|iptv kopen|iptv abonnement goedkoop|apk mod onbeperkt geld|robux generator|gratis downloaden pdf boek|snel geld verdienen online|bitcoin verdubbelen|nike outlet goedkoop schoenen|erotische massage prive ontvangst|diploma kopen
    """,
    "Polish": """
        kasyno online|kasyna internetowe|bonus bez depozytu|darmowe spiny|automaty do gier|gry hazardowe|zakłady bukmacherskie|
        bukmacherzy|legalny bukmacher|ruletka online|sex oferty|darmowe porno|anonse towarzyskie|viagra bez recepty|kamagra sklep|chwilówki online|
        pożyczka bez bik|pożyczki pozabankowe|podróbki zegarków|pozycjonowanie linki|kup linki|praca magisterska na zlecenie|
        nowe kasyna online|darmowe spiny za rejestrację|kasyno z bonusem|typy bukmacherskie na dziś|kasyno bitcoin|chwilówka na dowód|pożyczka bez zaświadczeń|prawo jazdy kup|sponsoring anonse|
        filmy online za darmo lektor pl|cda zalukaj film cały|seriale online bez limitu|torrent pobierz za darmo|iptv polska abonament|apk mod nieskończone pieniądze|crack pobierz pełna wersja|sprawdzian odpowiedzi pdf|szybki zarobek w internecie|kasyno online na prawdziwe pieniądze|podwojenie bitcoin|wróżka tarot sms|prawo jazdy bez egzaminu|buty nike wyprzedaż tanio|
        pożyczka prywatna whatsapp|kredyt bez zdolności kredytowej od ręki|kolekcjonerskie prawo jazdy|kasyno bez weryfikacji wypłata
    """,
    "Czech and Slovak": """
        online casino|kasino online|hrací automaty|automaty za peníze|sázkové kanceláře|sázení online|bonus bez vkladu|volné spiny|výherní automaty|
        stávkové kancelárie|hracie automaty|porno zdarma|sex inzeráty|viagra bez receptu|půjčka bez registru|rychlá půjčka|nebankovní půjčka|pôžička ihneď|zpětné odkazy koupit|
        nová kasina|kasino bonus za registraci|free spiny za registraci|sázkové tipy na dnes|zahraniční sázkové kanceláře|půjčka bez doložení příjmu|erotické seznamky|nové kasína|voľné točenia|
        filmy online zdarma cz dabing|seriály online ke shlédnutí zdarma|stáhnout zdarma torrent|iptv předplatné levně|crack ke stažení plná verze|rychlý výdělek na internetu|výherní automaty za peníze online|řidičský průkaz koupit|kúpiť diplom|filmy online zadarmo sk
    """,
    "Swedish and its neighbours": """
        casino utan svensk licens|casino utan spelpaus|nätcasino|gratissnurr|betting utan licens|speltips odds|casino på nett|norske casino|
        spilleautomater|casino uden rofus|danske casinoer|gratis spins uden indbetaling|spilleautomater på nett|lån utan uc|snabblån|lån penger på dagen|köpa viagra|
        sexdejting|porrfilm|køb backlinks|nettikasino|ilmaiskierroksia|vedonlyönti|kolikkopelit|pikakasino|pikavippi|kasino ilman rekisteröitymistä|
        casino utan bankid|snabba uttag casino|nya casinon|casino utan registrering|casino uten norsk lisens|nye casinoer|bonuskoder casino|betting sider|casino uden nemid|lån uden dokumentation|
        parhaat nettikasinot|kasino ilman tiliä|uudet kasinot|kasinobonukset|escort tjejer|
        se film online gratis svenska undertexter|streama serier gratis|iptv sverige köp|iptv abonnement billigt|se gratis film på nett|se film gratis online dansk|katso elokuvia ilmaiseksi|bästa casinobonusar|tjäna pengar snabbt online|köp körkort|billige nike sko udsalg
    """,
    "Romanian": """
        cazino online|cazinouri online|rotiri gratuite|rotiri fara depunere|pacanele gratis|jocuri de noroc|pariuri sportive|bonus fara depunere|
        case de pariuri|ruleta online|escorte|filme porno|matrimoniale sex|credit rapid|imprumut fara adeverinta|viagra fara reteta|backlinkuri de vanzare|lucrari de licenta la comanda|
        cazinouri noi|bonus fără depunere|rotiri gratuite fără depunere|păcănele online|ponturi pariuri|case de pariuri fără licență|credite nevoiași|dame de companie|permis auto de vânzare|
        filme online subtitrate gratis|seriale turcesti online subtitrate|descarca torrent gratis|iptv romania abonament|apk mod bani infiniti|castiga bani online rapid|cumpara permis auto|diplome de vanzare
    """,
    "Hungarian": """
        online kaszinó|kaszinó bónusz|ingyenes pörgetés|befizetés nélküli bónusz|nyerőgépek|nyerőgépes játékok|sportfogadás|fogadóirodák|online rulett|
        ingyen porno|szexpartner|potencianövelő|viagra rendelés|gyorskölcsön|kölcsön bar listásoknak|linképítés vásárlás|szakdolgozat írás pénzért|
        új online kaszinók|magyar kaszinó bónusz|legjobb kaszinók|ingyen pörgetések|sportfogadási tippek|szex hirdetések|kölcsön jövedelemigazolás nélkül|
        filmek online ingyen magyarul|teljes film magyarul|sorozat online nézés|letöltés torrent ingyen|iptv előfizetés|végtelen pénz mod apk|gyors pénzkereset otthon|jogosítvány vásárlás|diploma vásárlás
    """,
    "Greek": """
        καζίνο online|διαδικτυακά καζίνο|φρουτάκια|δωρεάν περιστροφές|στοίχημα|στοιχηματικές εταιρίες|προγνωστικά στοιχήματος|ρουλέτα online|μπόνους χωρίς κατάθεση|
        πορνό|συνοδοί πολυτελείας|σεξ αγγελίες|βιάγκρα|γρήγορα δάνεια|απομιμήσεις ρολογιών|αγορά backlinks|
        νέα online καζίνο|νόμιμα καζίνο|δωρεάν περιστροφές χωρίς κατάθεση|στοιχηματικές με μπόνους|φρουτάκια με πραγματικά χρήματα|ζωντανό καζίνο|συνοδοί αθήνα|βιάγκρα χωρίς συνταγή|
        ταινιες online δωρεαν ελληνικους υποτιτλους|σειρες online gamato|δωρεάν λήψη torrent|iptv ελλάδα συνδρομή|γρήγορα χρήματα online|αγορά διπλώματος|καζίνο με μπόνους εγγραφής
    """,
    "Arabic and Persian": """
        كازينو اون لاين|كازينو على الإنترنت|مراهنات رياضية|مواقع المراهنات|ألعاب القمار|روليت|سلوتس|بونص بدون ايداع|رهان|سكس|افلام سكس|نيك|بنات للتعارف|
        فياجرا|سياليس|حبوب اجهاض|قرض سريع|شهادات مزورة|ساعات تقليد|زيادة متابعين|باك لينك|شرط بندی|سایت شرط بندی|بازی انفجار|کازینو آنلاین|پوکر آنلاین|پیش بینی فوتبال|
        فیلم سکسی|داستان سکسی|قرص تاخیری|خرید بک لینک|خرید فالوور|وام فوری|
        كازينو مكافأة ترحيبية|افضل كازينو|العاب كازينو|مراهنات كرة القدم|كود خصم 1xbet|واتساب بنات|سكس عربي|شراء متابعين|تحميل 1xbet|سایت انفجار با ضریب بالا|سایت شرط بندی معتبر|بازی پاسور آنلاین|کازینو زنده|صیغه یابی|
        مشاهدة فيلم مترجم اون لاين|تحميل افلام مجانا|مسلسلات تركية مترجمة مشاهدة مباشرة|بث مباشر مباريات كورة لايف|تحميل لعبة مهكرة اخر اصدار|تهكير|اشتراك iptv|الربح من الانترنت بسرعة|شيخ روحاني|جلب الحبيب|سايتوتك للبيع|دانلود فیلم دوبله فارسی رایگان|دانلود سریال زیرنویس چسبیده|دانلود کرک|شارژ رایگان|افزایش ممبر|
        شيخ روحاني لجلب الحبيب العنيد|رقم واتساب مجرب جلب|موقع مراهنات 1xbet تسجيل|سحب فوري كازينو|بازی انفجار آنلاین|ضریب بالا درگاه مستقیم|بونوس شرط بندی|کانال فیلم سوپر|خرید ممبر واقعی
    """,
    "Hebrew": """
        קזינו אונליין|הימורים באינטרנט|הימורי ספורט|מכונות מזל|בונוס ללא הפקדה|נערות ליווי|דירות דיסקרטיות|סקס|סרטי פורנו|ויאגרה|סיאליס ללא מרשם|הלוואה מיידית|קניית קישורים|עבודות אקדמיות בתשלום|
        קזינו עם בונוס|בונוס הצטרפות קזינו|אתרי הימורים|פוקר אונליין|ליווי בתל אביב|ויאגרה ללא מרשם|
        צפייה ישירה סרטים חינם|סדרות לצפייה ישירה תרגום מובנה|הורדת סרטים בחינם|אי פי טי וי מנוי|כסף קל באינטרנט
    """,
    "Indic": """
        ऑनलाइन कैसीनो|सट्टा मटका|सट्टा किंग|जुआ ऑनलाइन|तीन पत्ती|क्रिकेट सट्टा|ऑनलाइन बेटिंग|रमी गेम|सेक्स वीडियो|कॉल गर्ल|वियाग्रा|तुरंत लोन|অনলাইন ক্যাসিনো|বেটিং সাইট|জুয়া|ক্যাসিনো বোনাস|সেক্স ভিডিও|ভায়াগ্রা|
        ஆன்லைன் கேசினோ|சூதாட்டம்|ఆన్లైన్ క్యాసినో|
        कल्याण मटका रिजल्ट|सट्टा रिजल्ट आज का|ऑनलाइन जुआ|लाइव कैसीनो|क्रिकेट बेटिंग टिप्स|लॉटरी रिजल्ट|अश्लील वीडियो|ক্রিকেট বেটিং|অনলাইন জুয়া|স্লট গেম|
        फ्री मूवी डाउनलोड|फुल मूवी डाउनलोड hd|फिल्म ऑनलाइन देखें फ्री|मॉड एपीके|पैसे कमाने वाला ऐप|वशीकरण मंत्र|ফ্রি মুভি ডাউনলোড|অনলাইন ইনকাম|இலவச திரைப்பட பதிவிறக்கம்|
        वशीकरण मंत्र से खोया प्यार|ज्योतिष बाबा जी कॉल करें|सट्टा किंग चार्ट लीक जोड़ी|गली दिसावर रिजल्ट|ऑनलाइन सट्टा ऐप|স্লট বোনাস ক্যাসিনো
    """,
    "Thai": """
        สล็อตเว็บตรง|สล็อตออนไลน์|เว็บสล็อต|สล็อตแตกง่าย|คาสิโนออนไลน์|บาคาร่า|บาคาร่าออนไลน์|แทงบอลออนไลน์|เว็บแทงบอล|พนันออนไลน์|เว็บพนัน|หวยออนไลน์|แทงหวย|ยิงปลา|
        ฝากถอนไม่มีขั้นต่ำ|เครดิตฟรี|โบนัสสมาชิกใหม่|ทางเข้า|ไฮโลออนไลน์|รูเล็ต|หนังโป๊|หนังเอ็กซ์|คลิปหลุด|ไซด์ไลน์|ยาปลุกเซ็กส์|ไวอากร้า|เงินกู้ด่วน|รับทำวุฒิ|รับทำ backlink|
        สล็อต api แท้|ทดลองเล่นสล็อตฟรี|สล็อตวอเลท|สมัครรับเครดิตฟรี|หวยออนไลน์ บาทละ|เว็บหวย|แทงหวยออนไลน์|ทางเข้าเล่น ufa|คาสิโนสด|บอลสเต็ป|แตกง่ายจ่ายจริง|เว็บพนันออนไลน์|นวดกระปู๋|
        ดูหนังออนไลน์ฟรี|ดูหนังใหม่ชนโรง hd พากย์ไทย|ดูซีรี่ย์ซับไทยฟรี|ดูบอลสดฟรี|หนังออนไลน์ 4k|โหลดเกมมอด|เว็บตรงไม่ผ่านเอเย่นต์|pg slot แตกหนัก|ปั้มฟอล|หาเงินออนไลน์ได้จริง|รับจำนำ เงินด่วนทันใจ|
        วอเลทไม่มีขั้นต่ำ|ฝากถอนออโต้|รับเครดิตฟรี กดรับเอง|สล็อตแตกง่าย วอเลท|แทงบอลขั้นต่ำ 10 บาท|เงินด่วนโอนไว
    """,
    "Korean": """
        카지노사이트|온라인카지노|바카라사이트|토토사이트|안전놀이터|메이저놀이터|먹튀검증|먹튀사이트|사설토토|스포츠토토|슬롯사이트|온라인슬롯|파워볼사이트|홀덤사이트|릴게임|
        바다이야기|카지노쿠폰|꽁머니|토토커뮤니티|출장안마|출장마사지|오피사이트|밤문화|야동|성인용품|조건만남|비아그라 구매|시알리스 판매|급전대출|소액결제 현금화|레플리카|명품 이미테이션|백링크 판매|구글 상위노출|
        카지노 사이트 순위|온라인 바카라|먹튀 없는 사이트|꽁머니 홍보|가입 즉시 지급|토토 홍보|슬롯 무료체험|강남 셔츠룸|가라오케 가격|룸싸롱|유흥 알바|성인 영상|
        무료 영화 다시보기|드라마 다시보기 무료|누누티비 주소|스포츠 중계 무료|웹툰 미리보기 사이트|토렌트 순위|크랙 다운로드|무료 만화 사이트|실시간 카지노 보증업체|파워볼 총판|인스타 팔로워 구매|비트코인 두배|
        무직자 소액대출 당일입금|연체자 대출 가능한곳|신용카드 현금화 수수료|휴대폰 소액결제 현금|오피 업소정보|출장마사지 24시간 후불제|비아그라 정품 구입처|짝퉁 명품 쇼핑몰|바카라 보증업체 순위|슬롯 보증사이트
    """,
    "Japanese": """
        オンラインカジノ|オンカジ|カジノ 入金不要ボーナス|バカラ 必勝法|スロット オンライン|ブックメーカー|スポーツベット|競馬予想 的中|競艇予想サイト|パチンコ 攻略|仮想通貨カジノ|
        無修正動画|エロ動画|アダルト動画|無料 エロ|人妻 出会い|出会い系サイト|セフレ 募集|デリヘル|風俗|バイアグラ 通販|シアリス 個人輸入|精力剤|スーパーコピー|ブランドコピー|
        スーパーコピー時計|偽物 ブランド|n級品|激安 財布 コピー|クレジットカード 現金化|即日融資 ブラック|被リンク 販売|卒論 代行|
        ブランド 偽物 通販|コピー品 専門店|時計コピー 最高級|激安 ブランド バッグ コピー|即会い 掲示板|人妻 即会い|オンラインカジノ 登録ボーナス|カジノ アフィリエイト|パチスロ オンライン|無料動画 無修正|援交|闇金 即日|
        漫画raw 無料|漫画 全巻 zip ダウンロード|映画 無料 視聴 フル|アニメ 無料動画 全話|メンズ アウトレット 正規品 最安値|送料無料 新作 激安 通販 店|レディース 人気 ランキング 激安 セール|並行輸入 格安 正規品 アウトレット|副業 即日 稼げる|フォロワー 購入|バイナリーオプション 必勝|
        グッチ バッグ レディース 限定セール 90%off|ルイヴィトン 財布 正規品 激安|モンクレール ダウンジャケット 最新入荷|シャネル バッグ 新品未使用 セール|エルメス バーキン 格安 通販|ロレックス デイトナ n級品 国内発送|プラダ 財布 アウトレット 店舗|カナダグース メンズ 人気 通販|ナイキ スニーカー 激安 セール 最大80%off|国内正規品 最安値 新品未使用|限定セール 90%off 送料無料|コーチ バッグ 激安 公式|ブルガリ 時計 コピー|モンクレール アウトレット 本物
    """,
    "Chinese": """
        在线赌场|网上赌博|澳门赌场|澳门金沙|澳门新葡京|威尼斯人娱乐|真人娱乐平台|娱乐城注册|百家乐平台|线上百家乐|老虎机游戏|电子游艺|捕鱼游戏|棋牌游戏平台|
        博彩平台|博彩网站|体育博彩|足球投注|外围投注|时时彩平台|北京赛车|六合彩开奖|彩票平台|彩票注册|开云体育|亚博体育|华体会|太阳城|注册送彩金|送体验金|
        黄色网站|成人视频|无码视频|国产精品|日韩av|一区二区三区|色情网|裸聊|约炮|小姐上门|性爱视频|伟哥|壮阳药|催情药|代开发票|办证|办理毕业证|学历文凭|论文代写|
        小额贷款|无抵押贷款|信用卡套现|高仿手表|精仿包包|a货|外链购买|快速排名|站群|蜘蛛池|黑帽seo|娛樂城|線上賭場|運彩投注|色情影片|外送茶|
        亚博app下载|万博体育登录|体育官网登录入口|官方网站首页登录|手机版app下载安装 体育|澳门葡京官网|信誉第一 真人|必威体育|乐鱼体育|爱游戏体育|球盟会|米兰体育|九游娱乐|星空体育|皇冠体育|新葡萄京|威尼斯人官网|
        国产在线精品|亚洲精品一区|免费观看在线 无码|久久精品|欧美成人|专业刻章办证|毕业证书代办|代办证件|开发票|娱乐注册平台|彩票官网app|
        免费在线观看高清完整版|在线播放 电影 免费|电视剧全集免费观看|破解版 下载 无限金币|注册机 序列号|手机版app下载 官网|成人在线观看免费|刷粉丝 平台|代刷|棋牌源码|虚拟币 交易所 注册返佣|新葡京官网|伪基站|同城约会|
        pg电子模拟器试玩入口|pg电子官方网站|麻将胡了试玩|电子游戏试玩|开云体育app下载|开云体育官方网站|kaiyun体育登录入口|南宫体育官网|九游会登录|ios安卓通用版手机app下载|体育(中国)官方网站|体育app登录入口|全站app下载|官方网站登录入口 娱乐|真人平台官网|电竞投注|竞彩足球 平台|棋牌app下载|金沙娱乐|银河娱乐|太阳集团|bet365中文官网|欧宝体育|半岛体育|江南体育|华体育官网|彩票平台登录注册|办理国外大学毕业证成绩单|留信网认证学历|微信同号 办理|改成绩单|刻章|男科壮阳
    """,
    "other Latin": """
        online kazino|kazino bonusi bez depozīta|labākie online kazino|totalizators likmes|ātrie kredīti bez darba vietas|kazino internete|lošimo automatai iš pinigų|nemokami sukimai be depozito|greitas kreditas internetu|lažybos internetu|kasiinod internetis|tasuta keerutused|kiirlaen|spordiennustus boonus|
        online kasino hrvatska|najbolja kazina|besplatni spinovi|kladionice bonus|sportske kladionice|brzi kredit bez provjere|spletna igralnica|igralni avtomati|brezplačni vrtljaji|stave na šport|kazino bonus bez depozita|sajtovi za klađenje|igre na sreću online|kazino onlajn|
        kazino online shqip|baste sportive|casinou online|cassinò|casino en línia|apostes esportives|jocs de casino gratis|kasino mtandaoni|kubashiri michezo|online kasino filipino|sabong online|jili slot free|phlwin login|panalo casino|kasino dalam talian|judi slot malaysia|mega888 apk|918kiss download|cuci duit slot|filmovi online sa prevodom besplatno|gledaj serije online|filmi online me titra shqip|filmai online nemokamai lietuviskai|filmas online latviski bez maksas|pinoy movies free full
    """,
}  # fmt: skip


def phrases(table: dict[str, str], language: str) -> list[str]:
    """The phrases of a language, in order."""
    return [phrase.strip() for phrase in table.get(language, "").split("|") if phrase.strip()]
