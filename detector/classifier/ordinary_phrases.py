"""Ordinary phrases that hold the words of the trades of link spam, or look like them, language by language.

The word weights learn from them beside ``trade_phrases``: a commission on gambling, a film review, a school's notice are no
spam. Written by hand for this project; phrases are divided by bars.
"""

from __future__ import annotations

from typing import Final

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
        leaked report on water|webcam of the harbour|outlet pipe replacement|jackpot, a play in two acts|lottery grant for the church roof|replica of a viking boat|
        sildenafil: medicine to treat erectile dysfunction|viagra: side effects and how to take it|semaglutide: dosage and who should not take it|casino royale review|film review: what we thought|where to watch the film|release date cast and trailer|film season at the arts centre|films showing this week|
        streaming services compared|home cinema forum|anime night at the club|manga exhibition at the museum|how to sign an apk: developer guide|building android apps: a tutorial|release notes and changelog|download the latest stable release|open source software downloads|free software foundation|mirrors for the linux distribution|torrent of the installation image|
        why cracked software holds malware|piracy court case ruling|copyright law explained|user manual for the washing machine|owners club technical library|fractions worksheet for my class|teacher resources: worksheets|colouring sheets for the holidays|past papers and mark schemes|answers to last week's crossword|library e-books and audiobooks|
        running a bitcoin node|how crypto scams work|warning list of unauthorised firms|exchange rates today|gaming revenue report|official lottery results|gambling tax proposal|gambling harm research|seo manager vacancy|what is a disavow file|webmaster guidelines|vaping among teenagers survey|psilocybin trial for depression|
        escort mk2 rally build|slot car racing club|small bathroom renovation diary|wallpaper hanging guide|wallpaper pattern archive|locksmith trade association|our plumber team and services|carpet museum opening hours|follow us on instagram|social media policy|traffic report for the motorway|web archive of the city|
        casino plan rejected after objections|council refuses casino licence|betting shop appeal dismissed|slot machines seized by police|illegal gambling den raided|how self-exclusion from betting works: free help|payday loans: what to do if you cannot repay|debt advice and support|loan scam warning|fake medicines seized at the border|we tested pills sold online: lab results|
        the story behind the discovery of viagra|counterfeit watches seized|the replica of the ship opens to visitors|my mistakes with seo on my own site|cryptography seminar: signatures|half-year results of the group|press release: annual results|how to plan an essay: writing centre|kit list and consent form|summer camp for scouts|links to other clubs|useful links|our partners and sponsors|view profile of the member|
        user page on the wiki|frequently asked questions about refunds|customer service opening hours|office chairs: ergonomics explained|a review of the literature|the definitive edition|untitled document|index of files|home page of the society|classic car owners' forum|what fits: axle swap|dating in archaeology|adult swimming lessons
    """,
    "Indonesian": """
        polisi tangkap bandar judi online|bahaya judi online bagi remaja|blokir situs judi|slot memori laptop|prediksi cuaca hari ini|data pokok pendidikan|
        daftar ulang mahasiswa baru|hasil pertandingan bola|pinjaman modal usaha koperasi|deposito bank syariah|
        cara daftar online bpjs|daftar sekolah dasar negeri|link pendaftaran beasiswa|jadwal siaran langsung|bonus demografi indonesia|hasil undian sepak bola|situs resmi pemerintah kota|situs purbakala|
        login portal akademik|pengumuman seleksi|harga pasar hari ini|
        jadwal bioskop hari ini|ulasan film terbaru|jadwal penerimaan siswa baru|unduh formulir pendaftaran|kunci keberhasilan belajar|pertandingan sepak bola hari ini|resep masakan rumahan|berita kecamatan|perpustakaan daerah|
        sosialisasi bahaya pinjol ilegal|pemblokiran situs judi kominfo|server sekolah|tautan penting|pengumuman kelulusan
    """,
    "Turkish": """
        yasa dışı bahis operasyonu|kumar bağımlılığı tedavisi|bonus kart kampanyası|giriş sınavı sonuçları|milli piyango çekilişi tarihi|
        belediye giriş saatleri|yeni kayıt öğrenci|bonus puan kampanyası market|oyun parkı açılışı|casus filmi|canlı yayın meclis|e-devlet giriş|
        sinema vizyon takvimi|film festivali programı|dizi oyuncuları ile söyleşi|ders programı indir|ücretsiz dijital kütüphane|maç sonucu ve puan durumu|yemek tarifi|nöbetçi eczane|
        yasa dışı bahis soruşturması gözaltı|faydalı bağlantılar|belediye duyuruları|okul mobil uygulaması|kredi kartı dolandırıcılığı uyarısı|büyü ve halk inançları tezi
    """,
    "Russian": """
        закон об азартных играх|лечение игровой зависимости|ставки налога на прибыль|ключевая ставка банка россии|игровые площадки для детей|
        кредитная история: как проверить|диплом лауреата конкурса|защита дипломных работ|торговые автоматы|
        игры для детей онлайн|ставка земельного налога|бонусная программа библиотеки|кредит и экономика: учебник|официальный сайт администрации|вход в личный кабинет школы|займы в истории права|
        клуб знакомств с книгой|девочки и мальчики: кружки|
        рецензия на фильм|афиша кинотеатра|расписание сеансов|интервью с режиссёром сериала|скачать бланк заявления|ответы на вопросы граждан|рецепт приготовления|лекарство: инструкция по применению|новости района|курсы валют|свободное программное обеспечение|
        закрыто подпольное казино|мошенники с займами: как защититься|история виагры|изъяты поддельные часы|полезные ссылки|приказ министерства|родительское собрание
    """,
    "Spanish": """
        ley del juego y ludopatía|casino militar historia|becas y préstamos universitarios|ruleta rusa película|apuestas del estado por la educación|farmacia de guardia|
        multa a operadores de juego|préstamo de libros biblioteca|comprar entradas museo|casas rurales|código postal|bonos del estado|jugadores convocados|juegos infantiles tradicionales|
        cartelera de cine|crítica de la película|estreno de la serie reparto|descargar formulario de inscripción|manual de usuario|recetas de cocina|farmacéutico vacante|resultado del partido|cuento infantil|la lotería de navidad resultados|
        detenidos por apuestas ilegales|el casino en el cine|historia de la viagra|estafas de préstamos: cómo evitarlas|incautan relojes falsos|enlaces de interés|bases del concurso|tablón de anuncios del ayuntamiento
    """,
    "Portuguese": """
        lei das apostas esportivas debate|casino da póvoa exposição|empréstimo de livros na biblioteca|farmácia de plantão|vício em jogos tratamento|
        câmara debate publicidade de apostas|jogos olímpicos calendário|empréstimo entre bibliotecas|bônus demográfico|tigre no zoológico|plataforma de ensino|
        crítica do filme|programação do cinema|elenco da série|baixar formulário|manual do usuário|receita de bolo|resultado do jogo|notícias da prefeitura|loteria federal resultado|
        polícia fecha bingo clandestino|golpe do empréstimo: como evitar|história do viagra|apreensão de produtos falsificados|encomendas de bolos|links úteis|edital da prefeitura
    """,
    "French": """
        addiction aux jeux d'argent aide|ancien casino municipal patrimoine|prêt de livres à la bibliothèque|pharmacie de garde|rencontre avec un auteur|paris sportifs: un rapport du sénat|
        loto du comité des fêtes|prêt à taux zéro|jeux de société en famille|bonus écologique voiture|machines agricoles|rencontres littéraires|paris, ville de lumière|régulation des jeux en ligne|
        critique du film|programme du cinéma|séries à voir cette semaine|télécharger le formulaire|notice d'utilisation|recette de grand-mère|résultats du match|actes de naissance|loto du club|marabout: un oiseau|
        le viagra: histoire d'une découverte|casino, film de scorsese: séance|projet de casino rejeté|arnaque au prêt entre particuliers: comment se protéger|saisie de contrefaçons par la douane|rencontres du ciné-club|liens utiles|communiqué de presse|surendettement: que faire
    """,
    "German": """
        glücksspielsucht beratung|casino der offiziere geschichte|spielbank denkmal|kredit für den mittelstand|apotheke notdienst|wetten dass im fernsehen|
        glücksspielstaatsvertrag erklärt|freispiel am vereinstag|kredit und zins: ein lehrbuch|bonusheft zahnarzt|wettervorhersage|spielplatz eröffnet|hausarbeit richtig zitieren|automaten im bahnhof|
        filmkritik|kinoprogramm der woche|serienstart besetzung und handlung|formular herunterladen|bedienungsanleitung|rezept für apfelkuchen|spielbericht und tabelle|unser team|lotto am verein|führerscheinstelle öffnungszeiten|wie schreibt man eine bachelorarbeit|
        jubiläum der spielbank: pressemitteilung|razzia in illegalem wettbüro|wetten auf der rennbahn einfach erklärt|schuldnerberatung kostenlos|warnung vor kreditbetrug|zoll beschlagnahmt fälschungen|geschichte der potenzpille|kinderchor konzert|linkliste des vereins|aufruf an alle mitglieder
    """,
    "Italian": """
        dipendenza dal gioco d'azzardo|casino di caccia storia|prestito bibliotecario|farmacia di turno|incontri culturali in biblioteca|
        sagra di paese|gioco da tavolo in famiglia|bonus edilizio guida|prestito tra biblioteche|casinò di sanremo storia|concorso pubblico comune|slot orario vaccini|scommessa vinta sul territorio|
        recensione del film|programmazione cinema|scarica il modulo|manuale d'uso|ricetta della nonna|risultati della giornata|patente di guida rinnovo|anagrafe orari|estrazioni del lotto|
        scommesse clandestine: arresti in provincia|sequestrate slot machine|il casinò nel cinema|storia del viagra|truffa dei prestiti: come difendersi|farmaci falsi sequestrati|collegamenti utili|comunicato stampa del comune|gara ciclistica
    """,
    "Chinese": """
        打击网络赌博专项行动|公安机关破获赌博案|福利彩票公益金|体育彩票销售情况|澳门旅游指南|学位证书发放通知|论文答辩安排|贷款利率调整公告|发票管理办法|
        通报打击跨境赌博典型案例|体育课教学反思|学校首页通知|国产汽车销量|官方网站公告|免费公开课|
        影评|电影节 排片|下载申请表|软件著作权|放假安排的通知|比赛结果|菜谱 做法|图书馆 开馆时间|反诈宣传|
        学校官方网站 招生简章|政务服务 手机app|公交线路开通|安卓开发教程|国家网络安全宣传周|体育局 全民健身|体育学院 学报|电子工程 课程|麻将 民俗 文化|毕业证 补办 流程|新闻中心 通知公告
    """,
    "Japanese": """
        ギャンブル依存症 相談|統合型リゾート法案|公営競技の歴史|カジノ反対 市民集会|住宅ローン 控除|成人式のご案内|薬局の営業時間|
        時計修理の工房|ブランド牛 産地|コピー機 使い方|出会いの季節|掲示板 お知らせ|スロットカー|
        映画の感想|上映スケジュール|漫画家インタビュー|申請書 ダウンロード|アウトレットモールの営業時間|送料について|食べ歩き|試合結果|図書館だより|副業 確定申告|
        新商品入荷のお知らせ|公式オンラインショップ 会員登録|送料無料キャンペーン終了のお知らせ|グッチ 展覧会|ロレックス 時計の歴史|正規取扱店 一覧|スニーカーの洗い方|合唱団 演奏会
    """,
    "Korean": """
        도박 중독 상담|불법 도박 단속|카지노 복합리조트 뉴스|학자금 대출 안내|성인 교육 프로그램|
        불법 스포츠 도박 검거|도서관 게임 체험|토토로 감상문|대출 도서 반납|사이트 이용 안내|
        영화 감상평|상영 시간표|신청서 양식 다운로드|김치찌개 끓이는 법|경기 결과|독서 모임 참가자 모집|도박 예방 교육|만화 박물관|
        서민금융 대출 상담|불법 대출 광고 주의|신용카드 연회비 안내|마사지 자격증 교육|도서관 공지사항|동아리 회원 모집
    """,
    "Vietnamese": """
        công an triệt phá đường dây đánh bạc|vay vốn sinh viên|nhà văn hóa|tài liệu học tập|
        triệt phá tổ chức đánh bạc|học bổng du học|xổ số kiến thiết lịch sử|vay vốn ngân hàng chính sách|trò chơi dân gian|
        thông báo tuyển sinh|lịch chiếu phim rạp|đánh giá phim|tải mẫu đơn|kết quả trận đấu|công thức nấu ăn|thư viện tỉnh|tuyên truyền phòng chống cờ bạc|
        cảnh báo tín dụng đen|bắt nhóm cá độ bóng đá|liên kết website|thông báo nghỉ lễ|câu cá giải trí
    """,
    "Thai": """
        ตำรวจจับพนันออนไลน์|สลากกินแบ่งรัฐบาล|เงินกู้เพื่อการศึกษา|
        รีวิวหนัง|รอบฉายโรงภาพยนตร์|ดาวน์โหลดแบบฟอร์ม|สูตรอาหาร|ผลการแข่งขัน|ตรวจสุขภาพประจำปี|ประกาศรับสมัครงาน|หอสมุดแห่งชาติ|บทเรียนออนไลน์|
        เตือนภัยเงินกู้นอกระบบ|จับเว็บพนัน|ประกาศโรงเรียน|ลิงก์ที่เกี่ยวข้อง
    """,
    "Arabic and Persian": """
        مكافحة القمار|قروض الطلاب|مراهنة على المستقبل|بازی های المپیک|وام دانشجویی|
        علاج ضعف الانتصاب متى تزور الطبيب|وزارة الداخلية تكافح القمار|العاب الاطفال التعليمية|سایت دانشگاه|پیش بینی هوا|
        نقد فيلم|مواعيد السينما|تحميل نموذج الطلب|وصفة طبخ|نتائج المباراة|مكتبة الجامعة|نقد فیلم|فرم ثبت نام|دستور پخت|کتابخانه عمومی|
        ضبط مكتب مراهنات|تحذير من الاحتيال|روابط مهمة|إعلان الجامعة|کشف سایت شرط بندی|هشدار پلیس فتا|پیوندهای مفید
    """,
    "Ukrainian": """
        розклад сеансів кінотеатру|рецензія на фільм|завантажити бланк заяви|боротьба з незаконними казино|лікування ігрової залежності|курс гривні|новини громади|рецепт борщу
    """,
    "Dutch": """
        filmrecensie|agenda van het filmhuis|formulier downloaden|gebruiksaanwijzing|recept voor stamppot|uitslagen en standen|rijbewijs aanvragen gemeente|gokverslaving hulp|afvalkalender|lening voor studenten|geschiedenis van de staatsloterij|apotheek openingstijden
    """,
    "Polish": """
        recenzja filmu|repertuar kina|pobierz formularz|instrukcja obsługi|przepis na pierogi|wyniki meczu|ogłoszenie o naborze|uzależnienie od hazardu pomoc|prawo jazdy wymiana urząd|apteka dyżurna|pożyczka na książki biblioteka|wyniki lotto|
        zatrzymani za nielegalny hazard|oszustwa pożyczkowe: jak się chronić|przydatne linki|przepis mojej babci|komunikat prasowy
    """,
    "Czech and Slovak": """
        recenze filmu|program kina|formulář ke stažení|návod k použití|recept na svíčkovou|výsledky zápasu|úřední deska|příbalový leták|závislost na hazardu pomoc|regulace hazardu ve městě|lékárna otevírací doba|půjčování knih v knihovně
    """,
    "Swedish and its neighbours": """
        filmrecension|biograf program|ladda ner blankett|bruksanvisning|recept på kanelbullar|matchresultat|förskoleplats ansökan|spelberoende hjälp|apotek öppettider|studielån|filmanmeldelse|bibliotekets åbningstider|kirjaston aukioloajat|elokuva-arvostelu|peliriippuvuus apua
    """,
    "Romanian": """
        recenzie de film|program cinema|descarca formular|reteta de cozonac|rezultatele meciului|dependenta de jocuri de noroc|farmacie program|biblioteca judeteana|permis auto preschimbare
    """,
    "Hungarian": """
        filmkritika|mozi műsor|űrlap letöltése|használati útmutató|töltött káposzta recept|mérkőzés eredménye|szerencsejáték függőség segítség|gyógyszertár ügyelet|könyvtár nyitvatartás
    """,
    "Greek": """
        κριτική ταινίας|πρόγραμμα κινηματογράφου|έντυπο αίτησης|συνταγή για μουσακά|αποτελέσματα αγώνα|εθισμός στον τζόγο|φαρμακείο εφημερεύον|δημοτική βιβλιοθήκη
    """,
    "Hebrew": """
        ביקורת סרט|לוח הקרנות בסינמטק|טופס להורדה|מתכון לחלה|תוצאות המשחק|התמכרות להימורים|בית מרקחת תורן|הספרייה העירונית
    """,
    "Indic": """
        फिल्म समीक्षा|आवेदन पत्र डाउनलोड|सरकारी योजना की जानकारी|मैच का परिणाम|विधि और सामग्री|পরীক্ষার রুটিন|চলচ্চিত্র সমালোচনা|জুয়া বিরোধী অভিযান|
        सट्टेबाजी गिरोह गिरफ्तार|विद्यालय सूचना|उपयोगी लिंक|ज्योतिष का इतिहास
    """,
    "other Latin": """
        filmu apskats|bibliotēkas darba laiks|azartspēļu atkarība palīdzība|kino programma|filmo recenzija|bibliotekos darbo laikas|priklausomybė nuo lošimų|raamatukogu lahtiolekuajad|hasartmängusõltuvus|recenzija filma|knjižnica radno vrijeme|ovisnost o kockanju pomoć|knjižnica urnik|zasvojenost z igrami na srečo|rezultati utakmice|biblioteka radno vreme|horari de la biblioteca|ressenya de la pel·lícula|addicció al joc|oras ng aklatan|jadual perpustakaan awam|masalah judi ketagihan
    """,
}  # fmt: skip
