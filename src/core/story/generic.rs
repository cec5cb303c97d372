//! Headlines that come again and again: `Morning briefing`, `Live updates`, `Obituaries`.
//!
//! They say nothing of what the items below them tell, so that two items do not belong together for bearing them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::core::text::words::{FoldedWord, fold_text, fold_words};

/// A headline of more words says something.
const MOST_WORDS: usize = 16;

/// Words of a name that may stand in a recurring headline.
const MOST_NAMES: usize = 3;

/// Names after the place where one stands: an obituary has the name of the dead, with their titles.
const MOST_OF_TEMPLATE: usize = 5;

/// Whether a headline is one that comes again and again, whatever the day.
///
/// All languages are looked through, as the language of short headlines is often wrong; `language` only settles what
/// would be a word of the headline in another.
pub fn is_generic(title: &str, language: Option<&str>) -> bool {
    let words = fold_words(title);
    if words.is_empty() || is_quake(title) {
        return !words.is_empty();
    }
    if is_unspaced_generic(title) {
        return true;
    }
    if words.len() > MOST_WORDS {
        return false;
    }
    // The name of an outlet or of a rubric may stand behind.
    whole(title, &words, language)
        || BARS
            .iter()
            .filter_map(|bar| title.rfind(bar))
            .max()
            .is_some_and(|at| {
                let head = &title[..at];
                whole(head, &fold_words(head), language)
            })
}

/// What parts a headline from the name of its outlet.
const BARS: [&str; 6] = [" | ", " - ", " – ", " — ", " • ", " · "];

fn whole(title: &str, words: &[FoldedWord], language: Option<&str>) -> bool {
    if words.is_empty() {
        return false;
    }
    let is_english = language.is_none_or(|tag| tag.starts_with("en"));
    let table = &*TABLE;
    let (mut at, mut names, mut found, mut template) = (0, 0, None, false);
    while at < words.len() {
        if let Some((length, part)) = table.longest(&words[at..]) {
            at += length;
            match part {
                Part::Filler => {}
                Part::Always => found = Some(Part::Always),
                Part::Series => found = found.or(Some(Part::Series)),
                Part::Template => {
                    // It rules what stands behind it.
                    template |= at == length;
                    found = found.or(Some(Part::Series));
                }
            }
            continue;
        }
        let word = &words[at];
        at += 1;
        let written = &title[word.start..word.end];
        if written.bytes().any(|byte| byte.is_ascii_digit())
            || word.folded.bytes().all(|b| b.is_ascii_digit())
        {
            continue;
        }
        let is_caseless = !written
            .chars()
            .any(|c| c.is_uppercase() || c.is_lowercase());
        let is_name = written.starts_with(char::is_uppercase) || is_caseless && template;
        if !is_name {
            return false;
        }
        names += 1;
    }
    let most = if template {
        MOST_OF_TEMPLATE
    } else {
        MOST_NAMES
    };
    match found {
        // `Live updates`, `What we know`: with a name they are about something.
        Some(Part::Always) => names == 0,
        Some(Part::Series) => {
            names
                <= most.min(if is_shouted(title, is_english) && !template {
                    1
                } else {
                    most
                })
        }
        _ => false,
    }
}

/// Where each word begins with a capital, capitals tell no names.
fn is_shouted(title: &str, is_english: bool) -> bool {
    is_english
        && title
            .split_whitespace()
            .filter(|word| word.chars().count() > 3)
            .all(|word| {
                word.chars()
                    .find(|c| c.is_alphabetic())
                    .is_none_or(char::is_uppercase)
            })
}

/// The reports of seismic networks: `M 4.5 - 12 km SSE of Volcano, Hawaii`, `Mwr 5.1 NEAR COAST OF PERU`.
fn is_quake(title: &str) -> bool {
    let title = title.trim_start();
    let rest = [
        "Mwr", "Mww", "Mwc", "Mwb", "Mw", "ML", "Ml", "mb", "Ms", "Md", "M",
    ]
    .into_iter()
    .find_map(|scale| title.strip_prefix(scale));
    let Some(rest) = rest else {
        return title.starts_with("Green earthquake alert")
            || title.starts_with("Orange earthquake alert")
            || title.starts_with("Red earthquake alert")
            || title.starts_with("Earthquake, Magnitude ");
    };
    let rest = rest.trim_start();
    let digits = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .count();
    (1..=4).contains(&digits)
        && rest[digits..].starts_with([' ', ',', '-'])
        && rest[..digits].contains('.')
}

/// In scripts without spaces the headline is what is left when its recurring parts are taken out.
fn is_unspaced_generic(title: &str) -> bool {
    if !title.chars().any(|c| c >= '\u{E00}') {
        return false;
    }
    let mut rest = title.to_owned();
    let mut found = false;
    for core in UNSPACED {
        if rest.contains(core) {
            found = true;
            rest = rest.replace(core, " ");
        }
    }
    for filler in UNSPACED_FILLERS {
        rest = rest.replace(filler, " ");
    }
    found
        && !rest
            .chars()
            .any(|c| c.is_alphabetic() || c.is_numeric() && !is_digit(c))
}

fn is_digit(c: char) -> bool {
    crate::core::text::fold::fold(c)
        .character()
        .is_ascii_digit()
}

const UNSPACED: [&str; 50] = [
    "早间新闻",
    "早報",
    "早报",
    "晚报",
    "晚報",
    "晨报",
    "午间新闻",
    "晚间新闻",
    "新闻联播",
    "新闻简报",
    "新闻摘要",
    "每日简报",
    "每日新闻",
    "要闻",
    "今日要闻",
    "今日头条",
    "国际新闻",
    "快讯",
    "一周新闻",
    "一周要闻",
    "天气预报",
    "天气",
    "讣告",
    "读报",
    "社论",
    "新闻早知道",
    "早安",
    "ニュース一覧",
    "きょうの動き",
    "今日の動き",
    "主なニュース",
    "ニュースダイジェスト",
    "朝刊",
    "夕刊",
    "社説",
    "訃報",
    "天気予報",
    "天気",
    "おくやみ",
    "まとめ",
    "ニュース",
    "今日の予定",
    "ข่าวเด่น",
    "สรุปข่าว",
    "ข่าวเช้า",
    "ข่าวค่ำ",
    "พยากรณ์อากาศ",
    "ข่าวประจำวัน",
    "หนังสือพิมพ์",
    "ข่าว",
];

const UNSPACED_FILLERS: [&str; 34] = [
    "今日",
    "今天",
    "昨日",
    "明日",
    "本周",
    "星期",
    "周",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "日",
    "月",
    "年",
    "号",
    "時",
    "时",
    "分",
    "的",
    "の",
    "きょう",
    "あす",
    "曜",
    "火",
    "水",
    "木",
    "金",
    "土",
    "ประจำวัน",
    "วันนี้",
    "ที่",
    "วันที่",
];

/// What a phrase is to a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Says nothing: articles, days, months.
    Filler,
    /// Recurs, unless there is a name beside it.
    Always,
    /// Recurs with the name of an edition, an author, a place.
    Series,
    /// The same, and what stands behind it fills a form: an obituary, a forecast.
    Template,
}

struct Table {
    phrases: HashMap<String, Part>,
    /// Words of the longest.
    longest: usize,
}

impl Table {
    fn longest(&self, words: &[FoldedWord]) -> Option<(usize, Part)> {
        (1..=self.longest.min(words.len()))
            .rev()
            .find_map(|length| {
                let phrase: Vec<&str> = words[..length]
                    .iter()
                    .map(|word| word.folded.as_str())
                    .collect();
                Some((length, *self.phrases.get(&phrase.join(" "))?))
            })
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut phrases = HashMap::new();
    for (part, list) in [
        (Part::Filler, FILLERS),
        (Part::Always, ALWAYS),
        (Part::Series, SERIES),
        (Part::Template, TEMPLATES),
    ] {
        for phrase in list
            .lines()
            .flat_map(|line| line.split('|'))
            .map(fold_text)
            .filter(|phrase| !phrase.is_empty())
        {
            phrases.insert(phrase, part);
        }
    }
    let longest = phrases
        .keys()
        .map(|phrase| phrase.split(' ').count())
        .max()
        .unwrap_or(1);
    Table { phrases, longest }
});

const FILLERS: &str = "\
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
كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|الأول|الثاني|أهم|ابرز|أبرز|آخر|العالم|المحلية|العالمية|الدولية|الساعة|عام|سنة";

const ALWAYS: &str = "\
live|live updates|live blog|liveblog|live coverage|updates|latest updates|as it happened|in pictures|breaking news|breaking|\
what we know|what we know so far|here s what we know|what you need to know|what to know|need to know|all you need to know|explainer|explained|\
watch live|live stream|livestream|watch|video|gallery|photo gallery|photos|pictures|untitled|no title|update|news update|opinion|analysis|comment|editorial|\
in vivo|en vivo|en directo|minuto a minuto|ultima hora|lo que sabemos|lo que se sabe|lo que se sabe hasta ahora|lo que debes saber|fotos|video|videos|imagenes|opinion|\
sin titulo|cobertura en vivo|actualizaciones|en imagenes|fotogaleria|editorial
en direct|direct|suivez en direct|ce que l on sait|ce que nous savons|ce qu il faut savoir|en images|en photos|diaporama|video|sans titre|mise a jour|l essentiel|tribune|\
alerte info
ao vivo|tempo real|o que se sabe|o que sabemos|o que sabemos ate agora|siga ao vivo|acompanhe ao vivo|em imagens|sem titulo|ultima hora|atualizacoes|minuto a minuto|opiniao|fotos
онлайн|прямой эфир|прямая трансляция|трансляция|что известно|что известно к этому часу|хроника|фото|видео|фоторепортаж|фотогалерея|без названия|онлайн трансляция|обновляется|срочно|мнение
مباشر|بث مباشر|لحظة بلحظة|تغطية مباشرة|ما نعرفه|ما نعرفه حتى الآن|بالصور|صور|فيديو|بدون عنوان|عاجل|رأي|مستجدات|آخر المستجدات|تحديثات مباشرة";

const SERIES: &str = "\
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
صورة اليوم|صور اليوم|حدث في مثل هذا اليوم|في مثل هذا اليوم|رسائل القراء|كلمات متقاطعة|الأبراج|كاريكاتير|بودكاست|أسعار العملات|سعر الدولار|أجندة|الأكثر قراءة|صباح الخير|ملخص|ملخص الأخبار|النشرة البريدية";

const TEMPLATES: &str = "\
obituary|obituaries|obit|death notices|death notice|deaths|funeral notices|in memoriam|weather|weather forecast|forecast|weather report|weather update|weather in|weather for|severe weather warning|tide times|sunrise and sunset
obituario|obituarios|necrologica|necrologicas|esquela|esquelas|el tiempo|el tiempo en|clima|clima en|pronostico|pronostico del tiempo|prevision del tiempo|el clima|pronostico del clima
necrologie|necrologies|avis de deces|carnet noir|meteo|la meteo|previsions meteo|bulletin meteo|previsions meteorologiques
obituario|obituarios|falecimentos|nota de falecimento|obitos|previsao do tempo|tempo em|meteorologia
некролог|некрологи|погода|прогноз погоды|погода в
وفيات|نعي|الوفيات|الطقس|طقس|حالة الطقس|توقعات الطقس|النشرة الجوية|أحوال الطقس";

#[cfg(test)]
mod tests;
