"""How the trades of link spam call what they sell, language by language.

The word weights learn from these phrases, alone and set into ordinary titles (see ``made_texts``), since lists of spam
hardly hold the languages in which most of it is written today. Written by hand for this project; phrases are divided by bars.
"""

from __future__ import annotations

from typing import Final

#: Language as in ``languages`` -> phrases of gambling, adult, drugs, loans, diplomas, copies, link selling.
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
        instant approval dofollow|niche edits for sale|casino guest posts|domain authority boost service|expired domains pbn
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
        akun pro thailand|slot depo 10k|slot qris|bonus harian|rtp gacor|sweet bonanza gacor|mahjong wins|link login resmi|apk slot|wd cepat|deposit tanpa potongan|jackpot terbesar
    """,
    "Turkish": """
        deneme bonusu veren siteler|deneme bonusu|bahis siteleri|güvenilir bahis siteleri|canlı bahis|kaçak bahis|canlı casino siteleri|
        casino siteleri|slot siteleri|bedava bahis|freebet veren siteler|yatırım şartsız bonus|çevrimsiz bonus|yeni giriş adresi|güncel giriş|
        slot oyunları oyna|rulet oyna|online kumar|kumar siteleri|iddaa tahminleri|canlı rulet|aviator oyna|sweet bonanza oyna|escort bayan|
        escort ilanları|porno izle|türk ifşa|takipçi satın al|hacklink satın al|backlink satın al|kamagra jel sipariş|cialis fiyat|
        kredi çek anında|bahis bonusları|casino bonusları|jojobet giriş|matadorbet giriş|grandpashabet|sahabet giriş|betebet giriş|
        hoşgeldin bonusu|deneme bonusu veren bahis|güncel giriş adresi|mobil giriş|bahis kayıt ol|kayıp bonusu|yatırım bonusu|en iyi bahis firmaları|slot oyna|papara bahis|
        rus escort|eve gelen bayan|bahsegel giriş|casibom giriş|holiganbet giriş|marsbahis giriş|onwin giriş|meritking giriş
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
        контрольная на заказ|сайт знакомств для секса|порно онлайн бесплатно
    """,
    "Ukrainian": """
        онлайн казино україна|ігрові автомати|ставки на спорт онлайн|бездепозитний бонус казино|позика на картку|кредит онлайн без відмови|
        повії|секс знайомства|купити диплом|букмекерська контора
    """,
    "Vietnamese": """
        nhà cái|nhà cái uy tín|cá cược bóng đá|cá độ bóng đá|casino trực tuyến|đánh bạc online|tài xỉu online|xóc đĩa online|nổ hũ|bắn cá đổi thưởng|
        game bài đổi thưởng|kèo nhà cái|soi cầu|lô đề online|đăng ký nhận tiền|tặng tiền cược|link vào nhà cái|tải app cá cược|slot game|
        phim sex|gái gọi|vay tiền nhanh|vay tiền online|làm bằng giả|thuốc cường dương|dịch vụ backlink|dịch vụ seo|
        cổng game bài|game đổi thưởng|tài xỉu md5|link nhà cái không bị chặn|soi cầu mb|chốt số|rồng bạch kim|cá độ trực tuyến|đá gà trực tiếp|kèo bóng đá|khuyến mãi nạp lần đầu|
        xổ số lô đề|phim người lớn|làm bằng đại học
    """,
    "Spanish": """
        casino online|casinos en línea|tragamonedas gratis|tragaperras online|apuestas deportivas|casas de apuestas|ruleta en vivo|giros gratis|
        bono sin depósito|bono de bienvenida casino|jugar al póker con dinero real|apuestas en vivo|pronósticos de apuestas|putas|escorts|
        sexo gratis|videos porno|prepagos|préstamos rápidos|créditos sin aval|dinero urgente|comprar viagra|cialis sin receta|sildenafil precio|
        réplicas de relojes|bolsos de imitación|comprar seguidores|comprar enlaces|comprar backlinks|trabajo de tesis por encargo|dinero fácil con cripto|
        casinos sin licencia|nuevos casinos online|retiro rápido casino|código promocional apuestas|bono gratis apuestas|tragamonedas dinero real|chicas prepago|acompañantes vip|
        comprar seguidores instagram|casino con bitcoin|ganar dinero apostando|préstamos sin buró|préstamos con asnef
    """,
    "Portuguese": """
        cassino online|melhores cassinos|jogos de cassino|caça níqueis|apostas esportivas|casa de apostas|jogo do tigrinho|fortune tiger|fortune ox|
        jogo do aviãozinho|bônus de cadastro|rodadas grátis|plataforma pagando|slot pagando|bet pagando|aposta grátis|roleta ao vivo|jogo do bicho|
        acompanhantes|garotas de programa|vídeos pornô|empréstimo rápido|empréstimo sem consulta|comprar viagra|cialis preço|réplica de relógio|
        comprar seguidores|comprar backlinks|tcc pronto|palpites de apostas|
        horários pagantes|sinais aviator|robô aviator|grupo vip sinais|cassino ao vivo|bônus sem depósito|plataforma nova pagando|slots que pagam|acompanhante de luxo|sexo ao vivo|
        site de apostas confiável|código promocional bet|casinos sem licença|empréstimo para negativado
    """,
    "French": """
        casino en ligne|meilleur casino en ligne|casino sans dépôt|bonus sans dépôt|tours gratuits|machines à sous|paris sportifs|
        jeux d'argent|roulette en direct|poker en ligne|retrait instantané casino|plan cul|rencontre sexe|porno gratuit|escorte|
        viagra sans ordonnance|acheter cialis|kamagra en ligne|crédit sans justificatif|prêt rapide|prêt entre particuliers|
        sac louis vuitton pas cher|réplique montre|acheter des backlinks|acheter des abonnés|voyance gratuite|rédaction de mémoire|
        casino crypto sans vérification|nouveaux casinos en ligne|casino retrait rapide|code promo paris sportif|site de paris hors arjel|viagra livraison rapide|pilule minceur|
        voyance par téléphone|voyance amour|retour affectif marabout|faux papiers|permis de conduire à vendre|crédit sans refus|escort girl|webcam coquine
    """,
    "German": """
        online casino|casino ohne oasis|casino ohne limit|casino ohne verifizierung|online spielothek|spielautomaten|freispiele ohne einzahlung|
        bonus ohne einzahlung|sportwetten|wettanbieter ohne oasis|wettanbieter|roulette spielen|echtgeld casino|automatenspiele|sexkontakte|
        huren|porno kostenlos|escort service|viagra rezeptfrei|potenzmittel|cialis kaufen|kamagra bestellen|kredit ohne schufa|sofortkredit|
        minikredit|replica uhren|gefälschte handtaschen|backlinks kaufen|linkaufbau kaufen|follower kaufen|hausarbeit schreiben lassen|ghostwriter bachelorarbeit|doktortitel kaufen|
        neue online casinos|casino ohne lugas|casino ohne sperrdatei|casino mit paypal|casino auszahlung sofort|krypto casino|sportwetten ohne steuer|wetten ohne lugas|
        viagra ohne rezept|cialis preisvergleich|ghostwriter agentur|führerschein kaufen|falschgeld kaufen|erotik kontakte|cam girls
    """,
    "Italian": """
        casino online|casinò senza deposito|migliori casino|siti scommesse|scommesse sportive|slot machine gratis|casino non aams|
        bonus benvenuto casino|giri gratis|roulette dal vivo|bookmaker stranieri|escort|incontri sesso|video porno|viagra senza ricetta|
        cialis online|prestiti veloci|prestito senza busta paga|orologi replica|borse false|comprare backlink|comprare follower|tesi su commissione|
        nuovi casino online|casino senza documenti|bonus casinò subito|giri gratis senza deposito|bookmaker non aams|pronostici calcio scommesse|trans escort|annunci escort|
        sesso in chat|kamagra senza ricetta|prestiti cattivi pagatori|patente in vendita
    """,
    "Dutch": """
        online casino|casino zonder cruks|casino zonder vergunning|gokkasten|gokken online|gratis spins|wedden op sport|casino bonus zonder storting|
        gokautomaten|sekscontact|gratis porno|viagra kopen|kamagra kopen|cialis zonder recept|snel geld lenen|lenen zonder bkr|backlinks kopen|namaak horloges|scriptie laten schrijven|
        nieuwe online casino's|casino zonder registratie|casino met ideal|beste goksites|wedden zonder cruks|voetbal gokken tips|escort dames|rijbewijs kopen|geld lenen zonder toetsing
    """,
    "Polish": """
        kasyno online|kasyna internetowe|bonus bez depozytu|darmowe spiny|automaty do gier|gry hazardowe|zakłady bukmacherskie|
        bukmacherzy|legalny bukmacher|ruletka online|sex oferty|darmowe porno|anonse towarzyskie|viagra bez recepty|kamagra sklep|chwilówki online|
        pożyczka bez bik|pożyczki pozabankowe|podróbki zegarków|pozycjonowanie linki|kup linki|praca magisterska na zlecenie|
        nowe kasyna online|darmowe spiny za rejestrację|kasyno z bonusem|typy bukmacherskie na dziś|kasyno bitcoin|chwilówka na dowód|pożyczka bez zaświadczeń|prawo jazdy kup|sponsoring anonse
    """,
    "Czech and Slovak": """
        online casino|kasino online|hrací automaty|automaty za peníze|sázkové kanceláře|sázení online|bonus bez vkladu|volné spiny|výherní automaty|
        stávkové kancelárie|hracie automaty|porno zdarma|sex inzeráty|viagra bez receptu|půjčka bez registru|rychlá půjčka|nebankovní půjčka|pôžička ihneď|zpětné odkazy koupit|
        nová kasina|kasino bonus za registraci|free spiny za registraci|sázkové tipy na dnes|zahraniční sázkové kanceláře|půjčka bez doložení příjmu|erotické seznamky|nové kasína|voľné točenia
    """,
    "Swedish and its neighbours": """
        casino utan svensk licens|casino utan spelpaus|nätcasino|gratissnurr|betting utan licens|speltips odds|casino på nett|norske casino|
        spilleautomater|casino uden rofus|danske casinoer|gratis spins uden indbetaling|spilleautomater på nett|lån utan uc|snabblån|lån penger på dagen|köpa viagra|
        sexdejting|porrfilm|køb backlinks|nettikasino|ilmaiskierroksia|vedonlyönti|kolikkopelit|pikakasino|pikavippi|kasino ilman rekisteröitymistä|
        casino utan bankid|snabba uttag casino|nya casinon|casino utan registrering|casino uten norsk lisens|nye casinoer|bonuskoder casino|betting sider|casino uden nemid|lån uden dokumentation|
        parhaat nettikasinot|kasino ilman tiliä|uudet kasinot|kasinobonukset|escort tjejer
    """,
    "Romanian": """
        cazino online|cazinouri online|rotiri gratuite|rotiri fara depunere|pacanele gratis|jocuri de noroc|pariuri sportive|bonus fara depunere|
        case de pariuri|ruleta online|escorte|filme porno|matrimoniale sex|credit rapid|imprumut fara adeverinta|viagra fara reteta|backlinkuri de vanzare|lucrari de licenta la comanda|
        cazinouri noi|bonus fără depunere|rotiri gratuite fără depunere|păcănele online|ponturi pariuri|case de pariuri fără licență|credite nevoiași|dame de companie|permis auto de vânzare
    """,
    "Hungarian": """
        online kaszinó|kaszinó bónusz|ingyenes pörgetés|befizetés nélküli bónusz|nyerőgépek|nyerőgépes játékok|sportfogadás|fogadóirodák|online rulett|
        ingyen porno|szexpartner|potencianövelő|viagra rendelés|gyorskölcsön|kölcsön bar listásoknak|linképítés vásárlás|szakdolgozat írás pénzért|
        új online kaszinók|magyar kaszinó bónusz|legjobb kaszinók|ingyen pörgetések|sportfogadási tippek|szex hirdetések|kölcsön jövedelemigazolás nélkül
    """,
    "Greek": """
        καζίνο online|διαδικτυακά καζίνο|φρουτάκια|δωρεάν περιστροφές|στοίχημα|στοιχηματικές εταιρίες|προγνωστικά στοιχήματος|ρουλέτα online|μπόνους χωρίς κατάθεση|
        πορνό|συνοδοί πολυτελείας|σεξ αγγελίες|βιάγκρα|γρήγορα δάνεια|απομιμήσεις ρολογιών|αγορά backlinks|
        νέα online καζίνο|νόμιμα καζίνο|δωρεάν περιστροφές χωρίς κατάθεση|στοιχηματικές με μπόνους|φρουτάκια με πραγματικά χρήματα|ζωντανό καζίνο|συνοδοί αθήνα|βιάγκρα χωρίς συνταγή
    """,
    "Arabic and Persian": """
        كازينو اون لاين|كازينو على الإنترنت|مراهنات رياضية|مواقع المراهنات|ألعاب القمار|روليت|سلوتس|بونص بدون ايداع|رهان|سكس|افلام سكس|نيك|بنات للتعارف|
        فياجرا|سياليس|حبوب اجهاض|قرض سريع|شهادات مزورة|ساعات تقليد|زيادة متابعين|باك لينك|شرط بندی|سایت شرط بندی|بازی انفجار|کازینو آنلاین|پوکر آنلاین|پیش بینی فوتبال|
        فیلم سکسی|داستان سکسی|قرص تاخیری|خرید بک لینک|خرید فالوور|وام فوری|
        كازينو مكافأة ترحيبية|افضل كازينو|العاب كازينو|مراهنات كرة القدم|كود خصم 1xbet|واتساب بنات|سكس عربي|شراء متابعين|تحميل 1xbet|سایت انفجار با ضریب بالا|سایت شرط بندی معتبر|بازی پاسور آنلاین|کازینو زنده|صیغه یابی
    """,
    "Hebrew": """
        קזינו אונליין|הימורים באינטרנט|הימורי ספורט|מכונות מזל|בונוס ללא הפקדה|נערות ליווי|דירות דיסקרטיות|סקס|סרטי פורנו|ויאגרה|סיאליס ללא מרשם|הלוואה מיידית|קניית קישורים|עבודות אקדמיות בתשלום|
        קזינו עם בונוס|בונוס הצטרפות קזינו|אתרי הימורים|פוקר אונליין|ליווי בתל אביב|ויאגרה ללא מרשם
    """,
    "Indic": """
        ऑनलाइन कैसीनो|सट्टा मटका|सट्टा किंग|जुआ ऑनलाइन|तीन पत्ती|क्रिकेट सट्टा|ऑनलाइन बेटिंग|रमी गेम|सेक्स वीडियो|कॉल गर्ल|वियाग्रा|तुरंत लोन|অনলাইন ক্যাসিনো|বেটিং সাইট|জুয়া|ক্যাসিনো বোনাস|সেক্স ভিডিও|ভায়াগ্রা|
        ஆன்லைன் கேசினோ|சூதாட்டம்|ఆన్లైన్ క్యాసినో|
        कल्याण मटका रिजल्ट|सट्टा रिजल्ट आज का|ऑनलाइन जुआ|लाइव कैसीनो|क्रिकेट बेटिंग टिप्स|लॉटरी रिजल्ट|अश्लील वीडियो|ক্রিকেট বেটিং|অনলাইন জুয়া|স্লট গেম
    """,
    "Thai": """
        สล็อตเว็บตรง|สล็อตออนไลน์|เว็บสล็อต|สล็อตแตกง่าย|คาสิโนออนไลน์|บาคาร่า|บาคาร่าออนไลน์|แทงบอลออนไลน์|เว็บแทงบอล|พนันออนไลน์|เว็บพนัน|หวยออนไลน์|แทงหวย|ยิงปลา|
        ฝากถอนไม่มีขั้นต่ำ|เครดิตฟรี|โบนัสสมาชิกใหม่|ทางเข้า|ไฮโลออนไลน์|รูเล็ต|หนังโป๊|หนังเอ็กซ์|คลิปหลุด|ไซด์ไลน์|ยาปลุกเซ็กส์|ไวอากร้า|เงินกู้ด่วน|รับทำวุฒิ|รับทำ backlink|
        สล็อต api แท้|ทดลองเล่นสล็อตฟรี|สล็อตวอเลท|สมัครรับเครดิตฟรี|หวยออนไลน์ บาทละ|เว็บหวย|แทงหวยออนไลน์|ทางเข้าเล่น ufa|คาสิโนสด|บอลสเต็ป|แตกง่ายจ่ายจริง|เว็บพนันออนไลน์|นวดกระปู๋
    """,
    "Korean": """
        카지노사이트|온라인카지노|바카라사이트|토토사이트|안전놀이터|메이저놀이터|먹튀검증|먹튀사이트|사설토토|스포츠토토|슬롯사이트|온라인슬롯|파워볼사이트|홀덤사이트|릴게임|
        바다이야기|카지노쿠폰|꽁머니|토토커뮤니티|출장안마|출장마사지|오피사이트|밤문화|야동|성인용품|조건만남|비아그라 구매|시알리스 판매|급전대출|소액결제 현금화|레플리카|명품 이미테이션|백링크 판매|구글 상위노출|
        카지노 사이트 순위|온라인 바카라|먹튀 없는 사이트|꽁머니 홍보|가입 즉시 지급|토토 홍보|슬롯 무료체험|강남 셔츠룸|가라오케 가격|룸싸롱|유흥 알바|성인 영상
    """,
    "Japanese": """
        オンラインカジノ|オンカジ|カジノ 入金不要ボーナス|バカラ 必勝法|スロット オンライン|ブックメーカー|スポーツベット|競馬予想 的中|競艇予想サイト|パチンコ 攻略|仮想通貨カジノ|
        無修正動画|エロ動画|アダルト動画|無料 エロ|人妻 出会い|出会い系サイト|セフレ 募集|デリヘル|風俗|バイアグラ 通販|シアリス 個人輸入|精力剤|スーパーコピー|ブランドコピー|
        スーパーコピー時計|偽物 ブランド|n級品|激安 財布 コピー|クレジットカード 現金化|即日融資 ブラック|被リンク 販売|卒論 代行|
        ブランド 偽物 通販|コピー品 専門店|時計コピー 最高級|激安 ブランド バッグ コピー|即会い 掲示板|人妻 即会い|オンラインカジノ 登録ボーナス|カジノ アフィリエイト|パチスロ オンライン|無料動画 無修正|援交|闇金 即日
    """,
    "Chinese": """
        在线赌场|网上赌博|澳门赌场|澳门金沙|澳门新葡京|威尼斯人娱乐|真人娱乐平台|娱乐城注册|百家乐平台|线上百家乐|老虎机游戏|电子游艺|捕鱼游戏|棋牌游戏平台|
        博彩平台|博彩网站|体育博彩|足球投注|外围投注|时时彩平台|北京赛车|六合彩开奖|彩票平台|彩票注册|开云体育|亚博体育|华体会|太阳城|注册送彩金|送体验金|
        黄色网站|成人视频|无码视频|国产精品|日韩av|一区二区三区|色情网|裸聊|约炮|小姐上门|性爱视频|伟哥|壮阳药|催情药|代开发票|办证|办理毕业证|学历文凭|论文代写|
        小额贷款|无抵押贷款|信用卡套现|高仿手表|精仿包包|a货|外链购买|快速排名|站群|蜘蛛池|黑帽seo|娛樂城|線上賭場|運彩投注|色情影片|外送茶|
        亚博app下载|万博体育登录|体育官网登录入口|官方网站首页登录|手机版app下载安装 体育|澳门葡京官网|信誉第一 真人|必威体育|乐鱼体育|爱游戏体育|球盟会|米兰体育|九游娱乐|星空体育|皇冠体育|新葡萄京|威尼斯人官网|
        国产在线精品|亚洲精品一区|免费观看在线 无码|久久精品|欧美成人|专业刻章办证|毕业证书代办|代办证件|开发票|娱乐注册平台|彩票官网app
    """,
}  # fmt: skip

#: Ordinary phrases that hold the same words: news, law, medicine, history, films, help.
ORDINARY_PHRASES: Final[dict[str, str]] = {
    "English": """
        gambling commission annual report|problem gambling helpline|gambling addiction treatment and support|casino resort to be built in town|
        casino film review|history of roulette|probability and poker: a mathematics lecture|lottery funding for village halls|
        national lottery heritage fund|slot machine museum|time slots for vaccination|parking slots available|stock market bets explained|
        clinical trial of sildenafil|tadalafil in pulmonary hypertension|opioid crisis: oxycodone and tramadol prescribing|
        school of pharmacy|community pharmacist vacancy|ozempic shortage explained|cannabis law reform debate|student loans and grants|
        mortgage rates news|home loan statistics|cash advance policy for travel expenses|essay on climate change|how to structure an essay|
        dissertation submission deadlines|phd dissertation defence|research paper published in nature|sex education policy|sexual health clinic|
        sex and gender in medical research|adult education courses|adult learning centre|escort duties of the royal navy|dating of archaeological finds|
        radiocarbon dating|nude in art history|rolex sailing cup results|louis vuitton foundation exhibition|replica of a roman ship|
        museum replica workshop|bitcoin energy use study|cryptography lecture notes|token ring network|seo for librarians|link checker tool|
        football betting scandal inquiry|match fixing in cricket|horse racing results|bet on science|telegram from 1914|
        ivermectin trial in malaria|patient leaflet: diazepam|prednisone and bone health|antibiotic prescribing guidelines|how testosterone affects bone|casino chips in a museum collection|
        betting and gambling statistics|history of the football pools|charity poker night|compare loan interest rates|bonus track on the album|bonus episode of our podcast|
        escort ship memorial|slot filling in dialogue systems|slot canyon hike|payday for nurses|loan exhibition at the gallery|essay competition winners|essay prize for schools|link roundup for the week|backlinks explained for beginners|
        pharmacy opening hours|prescription delivery by your pharmacist|licensed casino: visitor information|sports betting law explained|adult literacy classes|adult social care|
        leaked report on water|webcam of the harbour|outlet pipe replacement|jackpot, a play in two acts|lottery grant for the church roof|replica of a viking boat
    """,
    "Indonesian": """
        polisi tangkap bandar judi online|bahaya judi online bagi remaja|blokir situs judi|slot memori laptop|prediksi cuaca hari ini|data pokok pendidikan|
        daftar ulang mahasiswa baru|hasil pertandingan bola|pinjaman modal usaha koperasi|deposito bank syariah|
        cara daftar online bpjs|daftar sekolah dasar negeri|link pendaftaran beasiswa|jadwal siaran langsung|bonus demografi indonesia|hasil undian sepak bola|situs resmi pemerintah kota|situs purbakala|
        login portal akademik|pengumuman seleksi|harga pasar hari ini
    """,
    "Turkish": """
        yasa dışı bahis operasyonu|kumar bağımlılığı tedavisi|bonus kart kampanyası|giriş sınavı sonuçları|milli piyango çekilişi tarihi|
        belediye giriş saatleri|yeni kayıt öğrenci|bonus puan kampanyası market|oyun parkı açılışı|casus filmi|canlı yayın meclis|e-devlet giriş
    """,
    "Russian": """
        закон об азартных играх|лечение игровой зависимости|ставки налога на прибыль|ключевая ставка банка россии|игровые площадки для детей|
        кредитная история: как проверить|диплом лауреата конкурса|защита дипломных работ|торговые автоматы|
        игры для детей онлайн|ставка земельного налога|бонусная программа библиотеки|кредит и экономика: учебник|официальный сайт администрации|вход в личный кабинет школы|займы в истории права|
        клуб знакомств с книгой|девочки и мальчики: кружки
    """,
    "Spanish": """
        ley del juego y ludopatía|casino militar historia|becas y préstamos universitarios|ruleta rusa película|apuestas del estado por la educación|farmacia de guardia|
        multa a operadores de juego|préstamo de libros biblioteca|comprar entradas museo|casas rurales|código postal|bonos del estado|jugadores convocados|juegos infantiles tradicionales
    """,
    "Portuguese": """
        lei das apostas esportivas debate|casino da póvoa exposição|empréstimo de livros na biblioteca|farmácia de plantão|vício em jogos tratamento|
        câmara debate publicidade de apostas|jogos olímpicos calendário|empréstimo entre bibliotecas|bônus demográfico|tigre no zoológico|plataforma de ensino
    """,
    "French": """
        addiction aux jeux d'argent aide|ancien casino municipal patrimoine|prêt de livres à la bibliothèque|pharmacie de garde|rencontre avec un auteur|paris sportifs: un rapport du sénat|
        loto du comité des fêtes|prêt à taux zéro|jeux de société en famille|bonus écologique voiture|machines agricoles|rencontres littéraires|paris, ville de lumière|régulation des jeux en ligne
    """,
    "German": """
        glücksspielsucht beratung|casino der offiziere geschichte|spielbank denkmal|kredit für den mittelstand|apotheke notdienst|wetten dass im fernsehen|
        glücksspielstaatsvertrag erklärt|freispiel am vereinstag|kredit und zins: ein lehrbuch|bonusheft zahnarzt|wettervorhersage|spielplatz eröffnet|hausarbeit richtig zitieren|automaten im bahnhof
    """,
    "Italian": """
        dipendenza dal gioco d'azzardo|casino di caccia storia|prestito bibliotecario|farmacia di turno|incontri culturali in biblioteca|
        sagra di paese|gioco da tavolo in famiglia|bonus edilizio guida|prestito tra biblioteche|casinò di sanremo storia|concorso pubblico comune|slot orario vaccini|scommessa vinta sul territorio
    """,
    "Chinese": """
        打击网络赌博专项行动|公安机关破获赌博案|福利彩票公益金|体育彩票销售情况|澳门旅游指南|学位证书发放通知|论文答辩安排|贷款利率调整公告|发票管理办法|
        通报打击跨境赌博典型案例|体育课教学反思|学校首页通知|国产汽车销量|官方网站公告|免费公开课
    """,
    "Japanese": """
        ギャンブル依存症 相談|統合型リゾート法案|公営競技の歴史|カジノ反対 市民集会|住宅ローン 控除|成人式のご案内|薬局の営業時間|
        時計修理の工房|ブランド牛 産地|コピー機 使い方|出会いの季節|掲示板 お知らせ|スロットカー
    """,
    "Korean": """
        도박 중독 상담|불법 도박 단속|카지노 복합리조트 뉴스|학자금 대출 안내|성인 교육 프로그램|
        불법 스포츠 도박 검거|도서관 게임 체험|토토로 감상문|대출 도서 반납|사이트 이용 안내
    """,
    "Vietnamese": """
        công an triệt phá đường dây đánh bạc|vay vốn sinh viên|nhà văn hóa|tài liệu học tập|
        triệt phá tổ chức đánh bạc|học bổng du học|xổ số kiến thiết lịch sử|vay vốn ngân hàng chính sách|trò chơi dân gian
    """,
    "Thai": """
        ตำรวจจับพนันออนไลน์|สลากกินแบ่งรัฐบาล|เงินกู้เพื่อการศึกษา
    """,
    "Arabic and Persian": """
        مكافحة القمار|قروض الطلاب|مراهنة على المستقبل|بازی های المپیک|وام دانشجویی|
        علاج ضعف الانتصاب متى تزور الطبيب|وزارة الداخلية تكافح القمار|العاب الاطفال التعليمية|سایت دانشگاه|پیش بینی هوا
    """,
}  # fmt: skip


def phrases(table: dict[str, str], language: str) -> list[str]:
    """The phrases of a language, in order."""
    return [phrase.strip() for phrase in table.get(language, "").split("|") if phrase.strip()]
