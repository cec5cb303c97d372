//! What recurring headlines are made of.

/// In scripts without spaces, the longest first.
pub(super) const UNSPACED: &str = "\
ข่าวประชาสัมพันธ์ ปฏิบัติการด่วน これまでに分かっていること สิ่งที่เรารู้ พยากรณ์อากาศ ข่าวประจำวัน หนังสือพิมพ์ ニュースダイジェスト จดหมายข่าว แถลงการณ์ ถ่ายทอดสด ข่าวเด่น สรุปข่าว ข่าวเช้า 分かっていること ข่าวด่วน ข่าวค่ำ プレスリリース \
ニュースレター メールマガジン ข่าวแจก ภาพข่าว ニュース一覧 きょうの動き 主なニュース 目前已知情况 我们目前所知 อัปเดต 新闻早知道 今日の動き 今日の予定 ライブ中継 早间新闻 午间新闻 晚间新闻 新闻联播 \
新闻简报 新闻摘要 每日简报 每日新闻 今日要闻 今日头条 国际新闻 一周新闻 一周要闻 天气预报 天気予報 おくやみ ニュース ข่าว 已知情况 最新消息 最新进展 联合声明 \
新闻公报 紧急行动 紧急声明 突发新闻 现场直播 持续更新 滚动更新 实时更新 報道発表 緊急行動 緊急声明 共同声明 お知らせ 写真特集 ด่วน まとめ 新闻稿 新聞稿 \
电子报 ライブ 早報 早报 晚报 晚報 晨报 要闻 快讯 天气 讣告 读报 社论 早安 朝刊 夕刊 社説 訃報 \
天気 声明 聲明 突发 直播 通讯 公告 图集 快訊 速報 号外 動画 สด";

/// What may stand beside them.
pub(super) const UNSPACED_FILLERS: &str = "\
ประจำวัน สรุป วันนี้ วันที่ ล่าสุด ฉบับ きょう ที่ 今日 今天 昨日 明日 本周 星期 あす 目前 截至 最新 关于 更新 現在 周 一 二 三 四 五 六 日 月 年 号 時 时 分 \
的 の 曜 火 水 木 金 土 第 期";

/// Says nothing: articles, days, months.
pub(super) const FILLERS: &str = "\
the|a|an|of|for|in|on|at|and|to|your|our|my|this|with|from|by|here|is|are|s|its|today|tonight|yesterday|tomorrow|daily|weekly|\
monthly|weekday|weekend|morning|midday|noon|afternoon|evening|night|late|early|am|pm|gmt|utc|est|edition|day|week|month|year|hour|\
top|latest|main|key|all|more|new|full|part|episode|no|number|vol|issue|world|local|national|international|global|regional|uk|us|\
news|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thurs|fri|sat|sun|january|february|march|april|may|\
june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|first|second|third|th|st|nd|rd|\
things|stories|minutes|minute|need|you|know|what|how|five|ten|three|seven|bbc|cnn|afp|reuters|guardian|al|jazeera
de|del|la|las|el|los|lo|un|una|en|y|e|o|a|al|que|mas|hoy|ayer|mañana|dia|dias|semana|mes|año|diario|diaria|semanal|mañana|tarde|noche|\
edicion|ultima|ultimas|ultimo|principales|mejores|mundo|nacional|nacionales|internacional|internacionales|lunes|martes|miercoles|jueves|\
viernes|sabado|domingo|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|hora|horas|esta|este|\
cinco|diez|tres|su|tu
le|les|l|d|du|des|une|au|aux|ce|cette|et|ou|qu|il|faut|dans|par|pour|sur|jour|jours|journee|semaine|mois|annee|matin|midi|soir|nuit|\
aujourd|hui|hier|demain|edition|derniere|dernieres|principaux|principales|monde|quotidien|quotidienne|hebdomadaire|\
lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|\
h|heure|heures|votre|vos
o|os|as|do|da|dos|das|no|na|nos|nas|em|para|com|por|hoje|ontem|amanha|manha|tarde|noite|edicao|ultimas|principais|mundo|\
segunda|terca|quarta|quinta|sexta|feira|sabado|domingo|janeiro|fevereiro|março|abril|maio|junho|julho|setembro|outubro|novembro|dezembro|\
dia|dias|semana|mes|ano|seu|sua
в|на|за|о|об|и|к|с|из|по|от|до|что|это|этому|часу|час|утро|утра|утренний|утренние|день|дня|дневной|вечер|вечера|вечерний|вечерние|ночь|сутки|\
сегодня|вчера|завтра|неделя|недели|неделю|месяц|месяца|год|года|г|главное|главные|последние|важные|самое|самые|мира|мировые|россии|\
понедельник|понедельника|вторник|вторника|среда|среды|среду|четверг|четверга|пятница|пятницы|пятницу|суббота|субботы|субботу|\
воскресенье|воскресенья|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|выпуск|ваш|ваша
من|في|على|الى|إلى|عن|ليوم|يوم|اليوم|أمس|امس|غدا|غدًا|الغد|صباح|مساء|الصباح|المساء|الصباحية|المسائية|صباحا|مساء|الأسبوع|اسبوع|الشهر|السنة|\
الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|\
كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|الأول|الثاني|أهم|ابرز|أبرز|آخر|العالم|المحلية|العالمية|الدولية|الساعة|عام|سنة
der|die|das|dem|den|des|und|im|am|zum|zur|für|vom|von|mit|aus|aktuell|aktuelle|aktuelles|heute|gestern|morgen|abend|woche|wochen|tag|tages|monat|jahr|uhr|stand|neue|neues|neueste|wichtige|\
wichtigsten|was|wir|welt|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|ausgabe|nr
il|lo|gli|i|di|dei|delle|della|dello|oggi|ieri|giorno|settimana|mese|anno|mattina|sera|ore|ultime|ultima|principali|mondo|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|\
gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|numero
ve|bu|günün|gün|haftanın|hafta|bugün|dün|sabah|akşam|saat|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|sayı";

/// Recurs, unless there is a name beside it.
pub(super) const ALWAYS: &str = "\
live|live updates|live blog|liveblog|live coverage|updates|latest updates|as it happened|in pictures|breaking news|breaking|\
what we know|what we know so far|here s what we know|what you need to know|what to know|need to know|all you need to know|explainer|explained|\
watch live|live stream|livestream|watch|video|gallery|photo gallery|photos|pictures|untitled|no title|update|news update|opinion|analysis|comment|editorial|\
in vivo|en vivo|en directo|minuto a minuto|ultima hora|lo que sabemos|lo que se sabe|lo que se sabe hasta ahora|lo que debes saber|fotos|video|videos|imagenes|opinion|\
sin titulo|cobertura en vivo|actualizaciones|en imagenes|fotogaleria|editorial
en direct|direct|suivez en direct|ce que l on sait|ce que nous savons|ce qu il faut savoir|en images|en photos|diaporama|video|sans titre|mise a jour|l essentiel|tribune|\
alerte info
ao vivo|tempo real|o que se sabe|o que sabemos|o que sabemos ate agora|siga ao vivo|acompanhe ao vivo|em imagens|sem titulo|ultima hora|atualizacoes|minuto a minuto|opiniao|fotos
онлайн|прямой эфир|прямая трансляция|трансляция|что известно|что известно к этому часу|хроника|фото|видео|фоторепортаж|фотогалерея|без названия|онлайн трансляция|обновляется|срочно|мнение
مباشر|بث مباشر|لحظة بلحظة|تغطية مباشرة|ما نعرفه|ما نعرفه حتى الآن|بالصور|صور|فيديو|بدون عنوان|عاجل|رأي|مستجدات|آخر المستجدات|تحديثات مباشرة
o que se sabe ate agora|o que se sabe ate ao momento|o que ja se sabe|lo que se sabe hasta el momento|esto es lo que sabemos|ce qu on sait|ce que l on sait a ce stade|что известно на данный момент|что известно сейчас|\
развитие событий|молния|ما نعرفه إلى الآن|هذا ما نعرفه|خبر عاجل
developing|developing story|just in|news alert|alert|flash|live ticker|liveticker|ticker|minute by minute|en desarrollo|urgente|alerta|noticia de ultima hora|en developpement|urgent|alerte|em atualizacao|em desenvolvimento|urgente|срочная новость
eilmeldung|was wir wissen|das wissen wir|was bisher bekannt ist|newsblog|live blog|bilder des tages|ohne titel|video|fotos|kommentar|meinung
in diretta|diretta|la diretta|ultim ora|cosa sappiamo|cosa sappiamo finora|quello che sappiamo|in aggiornamento|senza titolo|foto|commento
son dakika|canlı|canlı yayın|canlı anlatım|neler biliyoruz|bilinenler|şu ana kadar bilinenler|gelişmeler|başlıksız|foto galeri";

/// Recurs with the name of an edition, an author, a place.
pub(super) const SERIES: &str = "\
briefing|briefings|brief|in brief|news in brief|world in brief|news briefs|briefs|newsletter|bulletin|news bulletin|headlines|news headlines|newspaper headlines|the papers|\
front pages|what the papers say|digest|news digest|roundup|round up|wrap|wrap up|recap|summary|news summary|at a glance|news at a glance|in review|the week in pictures|week in pictures|\
week in review|month in review|photos of the day|photo of the day|pictures of the day|picture of the day|pictures of the week|photos of the week|image of the day|images of the day|\
quote of the day|word of the day|on this day|this day in history|today in history|letters|letters to the editor|letter to the editor|corrections|corrections and clarifications|clarifications|\
crossword|quiz|news quiz|sudoku|wordle|horoscope|horoscopes|cartoon|cartoons|podcast|podcasts|tv listings|tv guide|lottery results|lottery|winning numbers|exchange rates|exchange rate|stock market today|\
market wrap|market report|calendar|events calendar|week ahead|the week ahead|day ahead|agenda|diary|weekend reads|long reads|most read|most popular|editor s picks|editors picks|recommended reads|\
news at ten|news at six|evening news|morning news|daily news|news of the day|news of the week|top stories|top news|today s news|today s headlines|world news|things to know|things to know today|\
things you need to know|press review|daily press briefing|police blotter|police log|crime log|court report|court list|public notices|legal notices|traffic|traffic report|announcements|classifieds|job vacancies|vacancies|open thread|\
reporter s notebook|up first|good morning|good evening|morning report|evening report|first thing|morning mail|afternoon update|morning edition|news wrap|while you were sleeping
noticias|las noticias|noticias del dia|resumen|resumen de noticias|resumen del dia|resumen semanal|titulares|portadas|las portadas|portada|boletin|boletin informativo|noticiero|noticiario|informativo|telediario|\
breves|noticias breves|en breve|efemerides|tal dia como hoy|un dia como hoy|foto del dia|fotos del dia|imagen del dia|imagenes del dia|frase del dia|cartas al director|cartas de los lectores|cartas|fe de errores|fe de erratas|\
crucigrama|horoscopo|caricatura|viñeta|podcast|agenda|cartelera|programacion|loteria|resultados de la loteria|tipo de cambio|precio del dolar|dolar|revista de prensa|claves del dia|las claves|claves|lo mas leido|\
buenos dias|agenda del dia|agenda informativa|panorama|panorama informativo|repaso|noticias de hoy|actualidad
titres|les titres|les titres du journal|journal|le journal|jt|infos|les infos|l info|flash info|flash|actualite|l actualite|actualites|l actu|actu|revue de presse|a la une|la une|les unes|en bref|breves|l essentiel de l actualite|l essentiel de l actu|\
essentiel de l actualite|resume|photo du jour|photos du jour|image du jour|image de la semaine|photos de la semaine|citation du jour|courrier des lecteurs|rectificatif|rectificatifs|errata|mots croises|horoscope|dessin|dessin du jour|podcast|agenda|\
programme tv|loto|resultats du loto|ce qu il faut retenir|ce qu il faut savoir ce matin|a retenir|newsletter|bulletin|bulletin d information|ephemeride|ca s est passe|les plus lus|matinale|bonjour|point presse|point actu
noticias do dia|noticias da manha|noticias da semana|noticias|resumo|resumo do dia|resumo de noticias|resumo da semana|manchetes|manchetes do dia|manchetes dos jornais|destaques|destaques do dia|boletim|jornal|telejornal|noticiario|capas|capas dos jornais|curtas|breves|em resumo|\
foto do dia|fotos do dia|imagem do dia|imagens do dia|frase do dia|cartas dos leitores|cartas|erramos|correcoes|palavras cruzadas|horoscopo|charge|charge do dia|podcast|agenda|programacao|loteria|mega sena|cotacao do dolar|dolar|revista de imprensa|\
mais lidas|bom dia|boa noite|o que precisa saber|o que voce precisa saber|o essencial|giro de noticias|panorama
новости|обзор|обзор новостей|обзор прессы|обзор сми|дайджест|дайджест новостей|сводка|сводка новостей|итоги|итоги дня|итоги недели|главное за день|главное за неделю|главное к этому часу|главное к утру|коротко|кратко|новости кратко|новости коротко|заголовки|пресса|газеты|\
фото дня|фотографии дня|цитата дня|письма читателей|кроссворд|гороскоп|карикатура|подкаст|афиша|телепрограмма|курс валют|курсы валют|курс доллара|календарь|этот день в истории|в этот день|самое читаемое|доброе утро|рассылка|выпуск новостей|новости дня|новости часа|бюллетень
موجز|الموجز|موجز الأنباء|موجز الأخبار|نشرة|النشرة|نشرة الأخبار|نشرة اخبار|اخبار|أخبار|الأخبار|أهم الأخبار|أهم الأنباء|عناوين|عناوين الصحف|عناوين الأخبار|أقوال الصحف|الصحف|صحف|جولة الصحافة|حصاد|حصاد اليوم|حصاد الأسبوع|أبرز الأحداث|أبرز الأخبار|\
صورة اليوم|صور اليوم|حدث في مثل هذا اليوم|في مثل هذا اليوم|رسائل القراء|كلمات متقاطعة|الأبراج|كاريكاتير|بودكاست|أسعار العملات|سعر الدولار|أجندة|الأكثر قراءة|صباح الخير|ملخص|ملخص الأخبار|النشرة البريدية
statement|statements|press statement|public statement|joint statement|media statement|press release|press releases|news release|media release|press note|press notice|media advisory|press briefing|press conference|urgent action|urgent actions|ua|open letter|\
monthly report|weekly report|weekly update|monthly update|fact sheet|publications|minute by minute
comunicado|comunicado de prensa|nota de prensa|comunicado publico|comunicado conjunto|declaracion|declaracion publica|pronunciamiento|accion urgente|acciones urgentes|carta abierta|conferencia de prensa|rueda de prensa|boletin de prensa|informe semanal|informe mensual
communique|communique de presse|communique conjoint|declaration|declaration publique|declaration conjointe|action urgente|appel urgent|lettre ouverte|conference de presse|lettre d information|infolettre|rapport mensuel
comunicado|comunicado de imprensa|comunicado a imprensa|nota de imprensa|nota a imprensa|nota publica|nota oficial|nota de repudio|declaracao|declaracao conjunta|acao urgente|carta aberta|conferencia de imprensa|entrevista coletiva|relatorio mensal|boletim informativo
заявление|совместное заявление|пресс релиз|пресс релизы|сообщение для прессы|срочное действие|экстренное обращение|открытое письмо|пресс конференция|брифинг|информационный бюллетень|ежемесячный отчет
بيان|بيان صحفي|البيان الصحفي|بيان صحافي|بيان مشترك|بيان عام|تصريح صحفي|تحرك عاجل|نداء عاجل|مناشدة عاجلة|رسالة مفتوحة|مؤتمر صحفي|تقرير شهري|تقرير أسبوعي
pressemitteilung|pressemeldung|presseerklärung|presseaussendung|medienmitteilung|stellungnahme|erklärung|gemeinsame erklärung|eilaktion|urgent action|offener brief|pressekonferenz|rundbrief|nachrichten|nachrichtenüberblick|\
presseschau|kurzmeldungen|kurz notiert|meldungen|tagesschau|schlagzeilen|wochenrückblick|tagesrückblick|leserbriefe|leserbrief|kreuzworträtsel|horoskop|zitat des tages|foto des tages|veranstaltungen|termine|lottozahlen|guten morgen
comunicato|comunicato stampa|comunicato congiunto|dichiarazione|azione urgente|appello urgente|lettera aperta|conferenza stampa|notiziario|notizie|le notizie|rassegna stampa|prime pagine|in breve|brevi|titoli|la giornata|almanacco|oroscopo|cruciverba|foto del giorno|lettere|buongiorno
basın açıklaması|basın bildirisi|basın bülteni|ortak açıklama|açıklama|bildiri|acil eylem|açık mektup|basın toplantısı|bülten|haber bülteni|gündem|manşetler|gazete manşetleri|haber özeti|günün özeti|kısa kısa|günün fotoğrafı|günaydın|astroloji|burçlar";

/// The same, and what stands behind it fills a form: an obituary, a forecast.
pub(super) const TEMPLATES: &str = "\
obituary|obituaries|obit|death notices|death notice|deaths|funeral notices|in memoriam|weather|weather forecast|forecast|weather report|weather update|weather in|weather for|severe weather warning|tide times|sunrise and sunset
obituario|obituarios|necrologica|necrologicas|esquela|esquelas|el tiempo|el tiempo en|clima|clima en|pronostico|pronostico del tiempo|prevision del tiempo|el clima|pronostico del clima
necrologie|necrologies|avis de deces|carnet noir|meteo|la meteo|previsions meteo|bulletin meteo|previsions meteorologiques
obituario|obituarios|falecimentos|nota de falecimento|obitos|previsao do tempo|tempo em|meteorologia
некролог|некрологи|погода|прогноз погоды|погода в
وفيات|نعي|الوفيات|الطقس|طقس|حالة الطقس|توقعات الطقس|النشرة الجوية|أحوال الطقس
wetter|wetterbericht|wettervorhersage|wetterwarnung|unwetterwarnung|nachruf|nachrufe|todesanzeigen|traueranzeigen|gestorben
meteo|previsioni meteo|previsioni del tempo|allerta meteo|necrologio|necrologi
hava durumu|hava tahmini|meteoroloji uyarısı|vefat|vefat ilanı|vefat edenler
weather warning|weather alert|flood warning|flood alert|wind warning|tide table|aviso meteorologico|alerta meteorologica|vigilance meteo|alerte meteo|aviso meteorologico|штормовое предупреждение|предупреждение о погоде|تحذير جوي|تنبيه جوي";
