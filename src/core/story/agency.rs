//! Which news agency an item credits.
//!
//! A credit is a name at a place where credits stand: behind the headline, in the line of place and date, at the
//! end, in the author's field. An agency that is named elsewhere is what the item is about.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::core::text::words::{fold_text, fold_words};

/// Agencies: the name as it is told, the names under which they are credited, and their sites. Names of one word in
/// capitals count as they are written, so that `Mena` may be somebody's name.
const AGENCIES: &[(&str, &str, &str)] = &[
    (
        "AP",
        "AP|Associated Press|The Associated Press|AP News|Ассошиэйтед Пресс|أسوشيتد برس|اسوشيتد برس|أ ب|美联社|美聯社|AP通信|เอพี",
        "apnews.com ap.org ap associated-press",
    ),
    (
        "Reuters",
        "Reuters|REUTERS|Thomson Reuters|Reuters Staff|Рейтер|Рейтерс|رويترز|路透社|路透|路透电|ロイター|ロイター通信|รอยเตอร์|รอยเตอร์ส",
        "reuters.com reuters",
    ),
    (
        "AFP",
        "AFP|Agence France-Presse|Agence France Presse|Франс Пресс|АФП|فرانس برس|أ ف ب|ا ف ب|وكالة الصحافة الفرنسية|法新社|AFP通信|AFPBB|AFPBB News|เอเอฟพี",
        "afp.com afp",
    ),
    (
        "EFE",
        "EFE|Efe|Agencia EFE|Agência EFE|Agence EFE|ЭФЕ|إفي|埃菲社",
        "efe.com efe",
    ),
    (
        "dpa",
        "dpa|DPA|Deutsche Presse-Agentur|ДПА|د ب أ|الألمانية د ب أ|德新社",
        "dpa.com dpa-international.com dpa",
    ),
    (
        "ANSA",
        "ANSA|Ansa|Agenzia ANSA|АНСА|آنسا|安莎社",
        "ansa.it ansa",
    ),
    (
        "Xinhua",
        "Xinhua|XINHUA|Xinhua News Agency|Синьхуа|شينخوا|新华社|新華社|新华网|新華社通信|ซินหัว",
        "xinhuanet.com news.cn xinhua",
    ),
    (
        "China News Service",
        "China News Service|CNS|中新社|中新网",
        "chinanews.com chinanews.com.cn",
    ),
    ("CNA", "中央社|中央通訊社", "cna.com.tw"),
    (
        "TASS",
        "TASS|ITAR-TASS|ТАСС|ИТАР-ТАСС|تاس|塔斯社|タス通信",
        "tass.ru tass.com tass",
    ),
    (
        "Interfax",
        "Interfax|INTERFAX|INTERFAX.RU|Интерфакс|ИНТЕРФАКС|إنترفاكس|国际文传电讯社|インタファクス通信",
        "interfax.ru interfax.com interfax",
    ),
    (
        "Interfax-Ukraine",
        "Interfax-Ukraine|Интерфакс-Украина|Інтерфакс-Україна",
        "interfax.com.ua",
    ),
    (
        "RIA Novosti",
        "RIA Novosti|RIA|РИА Новости|РИА|ريا نوفوستي|نوفوستي|俄新社|RIA Nóvosti",
        "ria.ru",
    ),
    (
        "Ukrinform",
        "Ukrinform|Укринформ|Укрінформ",
        "ukrinform.ua ukrinform.net",
    ),
    ("BelTA", "BelTA|БЕЛТА|БелТА", "belta.by"),
    ("Kazinform", "Kazinform|Казинформ", "inform.kz"),
    ("Lusa", "Lusa|LUSA|Agência Lusa", "lusa.pt lusa"),
    (
        "Agência Brasil",
        "Agência Brasil|Da Agência Brasil|Agencia Brasil",
        "ebc.com.br",
    ),
    (
        "Estadão Conteúdo",
        "Estadão Conteúdo|Estadao Conteudo|Agência Estado",
        "",
    ),
    ("Folhapress", "Folhapress|FOLHAPRESS", ""),
    (
        "Anadolu",
        "AA|Anadolu|Anadolu Agency|Anadolu Ajansı|Agencia Anadolu|Agence Anadolu|Анадолу|الأناضول|وكالة الأناضول|アナドル通信",
        "aa.com.tr anadolu",
    ),
    ("DHA", "DHA|Demirören Haber Ajansı", "dha.com.tr"),
    ("PTI", "PTI|Press Trust of India", "ptinews.com pti"),
    ("ANI", "ANI|Asian News International", "aninews.in ani"),
    ("IANS", "IANS|Indo-Asian News Service", "ians.in"),
    ("UNI", "UNI|United News of India", "uniindia.com"),
    ("APP", "APP|Associated Press of Pakistan", "app.com.pk"),
    ("BSS", "BSS|Bangladesh Sangbad Sangstha", "bssnews.net"),
    ("UNB", "UNB|United News of Bangladesh", "unb.com.bd"),
    (
        "Kyodo",
        "Kyodo|KYODO|Kyodo News|Киодо|كيودو|共同社|共同通信|共同",
        "kyodonews.net kyodonews.jp kyodo.co.jp kyodo",
    ),
    (
        "Jiji",
        "Jiji|JIJI|Jiji Press|AFP-JIJI|時事|時事通信|時事通信社",
        "jiji.com",
    ),
    (
        "Yonhap",
        "Yonhap|YONHAP|Yonhap News|Ёнхап|Рёнхап|يونهاب|韩联社|韓聯社|聯合ニュース|連合ニュース|연합뉴스",
        "yna.co.kr yonhapnews.co.kr yonhap",
    ),
    (
        "KCNA",
        "KCNA|Korean Central News Agency|ЦТАК|朝中社|朝鮮中央通信",
        "kcna.kp",
    ),
    ("Bernama", "Bernama|BERNAMA", "bernama.com"),
    ("Antara", "ANTARA|Antara News|LKBN Antara", "antaranews.com"),
    ("PNA", "PNA|Philippine News Agency", "pna.gov.ph"),
    ("VNA", "VNA|VNS|Vietnam News Agency|TTXVN", "vnanet.vn"),
    ("TNA", "สำนักข่าวไทย", "tna.mcot.net"),
    ("AAP", "AAP|Australian Associated Press", "aap.com.au"),
    (
        "PA Media",
        "PA Media|Press Association|PA|PA News Agency",
        "pa.media pamediagroup.com",
    ),
    (
        "The Canadian Press",
        "The Canadian Press|Canadian Press|La Presse Canadienne",
        "thecanadianpress.com",
    ),
    ("UPI", "UPI|United Press International", "upi.com"),
    (
        "Bloomberg",
        "Bloomberg|Bloomberg News|Блумберг|بلومبرغ|彭博社",
        "bloomberg.com",
    ),
    (
        "Europa Press",
        "Europa Press|EUROPA PRESS|EP",
        "europapress.es",
    ),
    ("Notimex", "Notimex|NOTIMEX", "notimex.gob.mx"),
    ("Télam", "Télam|TELAM|Telam", "telam.com.ar"),
    ("Andina", "ANDINA|Agencia Andina", "andina.pe"),
    (
        "Prensa Latina",
        "Prensa Latina",
        "prensa-latina.cu plenglish.com",
    ),
    ("Colprensa", "Colprensa|COLPRENSA", ""),
    ("Belga", "Belga|BELGA|Agence Belga", "belga.be"),
    ("ATS", "ATS|Keystone-ATS|Keystone-SDA", "keystone-sda.ch"),
    ("APA", "APA|Austria Presse Agentur", "apa.at"),
    ("ANP", "ANP|Algemeen Nederlands Persbureau", "anp.nl"),
    ("PAP", "PAP|Polska Agencja Prasowa", "pap.pl"),
    ("MTI", "MTI|Magyar Távirati Iroda", "mti.hu"),
    ("ČTK", "ČTK|CTK|Česká tisková kancelář", "ctk.cz"),
    ("Agerpres", "AGERPRES|Agerpres", "agerpres.ro"),
    ("Tanjug", "Tanjug|TANJUG|Танјуг", "tanjug.rs"),
    ("Fena", "FENA|Fena", "fena.ba"),
    (
        "APS",
        "APS|Algérie Presse Service|واج|وكالة الأنباء الجزائرية",
        "aps.dz",
    ),
    (
        "TAP",
        "TAP|Tunis Afrique Presse|وكالة تونس إفريقيا للأنباء",
        "tap.info.tn",
    ),
    ("MAP", "MAP|Maghreb Arabe Presse|و م ع", "mapnews.ma"),
    (
        "MENA",
        "MENA|Middle East News Agency|أ ش أ|وكالة أنباء الشرق الأوسط",
        "mena.org.eg",
    ),
    (
        "SPA",
        "SPA|Saudi Press Agency|واس|وكالة الأنباء السعودية",
        "spa.gov.sa",
    ),
    (
        "WAM",
        "WAM|Emirates News Agency|وام|وكالة أنباء الإمارات",
        "wam.ae",
    ),
    (
        "QNA",
        "QNA|Qatar News Agency|قنا|وكالة الأنباء القطرية",
        "qna.org.qa",
    ),
    (
        "KUNA",
        "KUNA|Kuwait News Agency|كونا|وكالة الأنباء الكويتية",
        "kuna.net.kw",
    ),
    (
        "BNA",
        "Bahrain News Agency|بنا|وكالة أنباء البحرين",
        "bna.bh",
    ),
    (
        "ONA",
        "Oman News Agency|العمانية|وكالة الأنباء العمانية",
        "omannews.gov.om",
    ),
    (
        "WAFA",
        "WAFA|Wafa News Agency|وفا|وكالة الأنباء الفلسطينية",
        "wafa.ps",
    ),
    (
        "Petra",
        "Petra|Jordan News Agency|بترا|وكالة الأنباء الأردنية",
        "petra.gov.jo",
    ),
    ("SANA", "SANA|Syrian Arab News Agency|سانا|САНА", "sana.sy"),
    (
        "NNA",
        "NNA|National News Agency|الوكالة الوطنية للإعلام",
        "nna-leb.gov.lb",
    ),
    (
        "INA",
        "Iraqi News Agency|واع|وكالة الأنباء العراقية",
        "ina.iq",
    ),
    ("SUNA", "SUNA|Sudan News Agency|سونا", "suna-sd.net"),
    (
        "IRNA",
        "IRNA|Islamic Republic News Agency|ИРНА|إرنا|ارنا",
        "irna.ir",
    ),
    ("ISNA", "ISNA|Iranian Students News Agency|إيسنا", "isna.ir"),
    ("Fars", "Fars News Agency|ФАРС|وكالة فارس", "farsnews.ir"),
    (
        "Tasnim",
        "Tasnim|Tasnim News Agency|Тасним|تسنيم",
        "tasnimnews.com",
    ),
    ("NAN", "NAN|News Agency of Nigeria", "nannews.ng"),
    ("GNA", "GNA|Ghana News Agency", "gna.org.gh"),
    ("PANA", "PANA|Panapress|PANAPRESS", "panapress.com"),
    ("ENA", "ENA|Ethiopian News Agency", "ena.et"),
    ("IPS", "IPS|Inter Press Service", "ipsnews.net"),
    ("CMC", "CMC|Caribbean Media Corporation", "cmcnews.com"),
    (
        "Baltic News Service",
        "BNS|Baltic News Service|ELTA|LETA",
        "bns.ee bns.lt",
    ),
];

/// The agency by a name as it is credited.
fn named(name: &str) -> Option<&'static str> {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(&agency) = NAMES.exact.get(name) {
        return Some(agency);
    }
    let folded = fold_text(name);
    NAMES.folded.get(folded.as_str()).copied()
}

struct Names {
    /// Of one word, as written.
    exact: HashMap<&'static str, &'static str>,
    /// Of several words, or in a script without capitals.
    folded: HashMap<String, &'static str>,
    /// The same, for looking inside the author's field.
    long: Vec<(String, &'static str)>,
    sites: HashMap<&'static str, &'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names {
        exact: HashMap::new(),
        folded: HashMap::new(),
        long: Vec::new(),
        sites: HashMap::new(),
    };
    for &(agency, credits, sites) in AGENCIES {
        for credit in credits.split('|') {
            let is_short = !credit.contains(' ') && credit.chars().any(char::is_uppercase);
            if is_short {
                names.exact.insert(credit, agency);
            } else {
                names.folded.insert(fold_text(credit), agency);
            }
            if credit.contains(' ') && credit.chars().count() > 6 {
                names
                    .long
                    .push((format!(" {} ", fold_text(credit)), agency));
            }
        }
        for site in sites.split_whitespace() {
            names.sites.insert(site, agency);
        }
    }
    names
});

/// The agency that an outlet is, by its name in the configuration or the domain of its site.
pub fn agency_of_outlet(outlet: &str) -> Option<&'static str> {
    let outlet = outlet.trim().to_lowercase();
    NAMES.sites.get(outlet.as_str()).copied()
}

/// The agency that an item credits; of several the first. None where it is named but not credited.
pub fn agency(title: &str, lead: &str, author: &str) -> Option<&'static str> {
    of_author(author)
        .or_else(|| opening(lead).map(|(agency, _)| agency))
        .or_else(|| title_credit(title).map(|(agency, _)| agency))
        .or_else(|| title_opening(title))
        .or_else(|| closing(lead))
}

/// The title without an agency's name behind it.
pub(super) fn without_title_credit(title: &str) -> &str {
    title_credit(title).map_or(title, |(_, end)| title[..end].trim_end())
}

/// The lead without the line of place, date and agency before it.
pub(super) fn without_credit(lead: &str) -> &str {
    let lead = lead.trim_start();
    opening(lead)
        .map(|(_, start)| start)
        .or_else(|| dateline(lead))
        .map_or(lead, |start| lead[start..].trim_start_matches(is_rule))
}

/// Signs between a credit and the text.
fn is_rule(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '–' | '—' | '―' | '.' | ':' | '|' | '/' | '،' | ',' | '·' | '：' | '｜'
        )
}

fn of_author(author: &str) -> Option<&'static str> {
    const AUTHOR_BYTES: usize = 400;
    if author.is_empty() {
        return None;
    }
    let author = &author[..author.floor_char_boundary(AUTHOR_BYTES)];
    let whole = author.split(|c: char| ",;/|·•&()<>[]\"@،、＝=+".contains(c) || c == '\n');
    let part = whole
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" with "))
        .flat_map(|part| part.split(" and "))
        .find_map(|part| named(without_by(part)));
    part.or_else(|| {
        let folded = format!(" {} ", fold_text(author));
        let long = NAMES.long.iter().find(|(name, _)| folded.contains(name));
        long.map(|&(_, agency)| agency)
    })
}

/// `By Reuters Staff` is Reuters.
fn without_by(part: &str) -> &str {
    const BEFORE: [&str; 14] = [
        "By ",
        "by ",
        "BY ",
        "Por ",
        "por ",
        "Par ",
        "par ",
        "Da ",
        "Von ",
        "From ",
        "Agencia ",
        "Agência ",
        "Agence ",
        "Редакция ",
    ];
    const BEHIND: [&str; 14] = [
        " Staff",
        " staff",
        " News",
        " news",
        " News Agency",
        " Agency",
        " agency",
        " Agencies",
        " Agencia",
        " Writers",
        " Reporters",
        " Newsroom",
        " Fact Check",
        " Correspondent",
    ];
    let mut part = part.trim();
    for word in BEFORE {
        part = part.strip_prefix(word).unwrap_or(part).trim();
    }
    for word in BEHIND {
        part = part.strip_suffix(word).unwrap_or(part).trim();
    }
    part
}

/// A name in parentheses that explains the words before it: `Agence France-Presse (AFP)`.
fn is_explained(before: &str, agency: &str) -> bool {
    let before = format!(
        " {} ",
        fold_text(&before[before.floor_char_boundary(before.len().saturating_sub(80))..])
    );
    NAMES
        .long
        .iter()
        .any(|(name, of)| *of == agency && before.ends_with(name.as_str()))
        || EMPLOYED
            .iter()
            .any(|word| before.ends_with(&format!(" {word} ")))
}

/// Words before an agency's name that make it what is told of.
const EMPLOYED: [&str; 24] = [
    "agency",
    "the",
    "at",
    "for",
    "against",
    "with",
    "of",
    "agencia",
    "la",
    "de",
    "agence",
    "l",
    "agência",
    "da",
    "агентства",
    "агентство",
    "агентству",
    "агентства",
    "وكالة",
    "لوكالة",
    "في",
    "من",
    "für",
    "von",
];

/// The agency at the end of a title, and where it begins.
fn title_credit(title: &str) -> Option<(&'static str, usize)> {
    let title = title.trim_end();
    // `12 killed in Lima (AP)`
    if let Some((before, name)) = bracketed_end(title)
        && let Some(agency) = several(name)
        && !is_explained(&title[..before], agency)
    {
        return Some((agency, before));
    }
    // The name may have a hyphen of its own.
    title
        .char_indices()
        .rev()
        .take(60)
        .filter(|&(_, c)| matches!(c, '-' | '–' | '—' | '|' | ':' | '/' | '·' | '：' | '｜'))
        .take(3)
        .find_map(|(at, sign)| {
            let rest = &title[at..];
            let name = rest.trim_start_matches(is_rule);
            let before = title[..at].trim_end_matches(is_rule);
            let is_parted = !matches!(sign, '-' | '/')
                || title[..at].ends_with(' ')
                || rest[sign.len_utf8()..].starts_with(' ');
            let agency = several(name)?;
            (is_parted && !before.is_empty()).then_some((agency, before.len()))
        })
}

/// `Reuters: …`, `ТАСС: …`.
fn title_opening(title: &str) -> Option<&'static str> {
    let (name, rest) = title.split_once([':', '：'])?;
    (rest.chars().any(char::is_alphanumeric) && name.len() <= 60).then(|| named(name))?
}

/// Names with `/` or `,` between them, of which each that is known counts; the first of them. All of it must be
/// names, or words of credit.
fn several(names: &str) -> Option<&'static str> {
    const MOST_CHARS: usize = 60;
    if names.is_empty() || names.chars().nth(MOST_CHARS).is_some() {
        return None;
    }
    if let Some(agency) = named(names).or_else(|| named(without_source(names))) {
        return Some(agency);
    }
    let mut parts = names.split(['/', ',', '&', '+', '،', '、', '＝']);
    parts.find_map(|part| named(without_source(part)))
}

/// `Source: Reuters`, `avec AFP`, `com Agência Lusa`.
fn without_source(name: &str) -> &str {
    let mut rest = name.trim_matches(|c: char| !c.is_alphanumeric());
    let folded: Vec<_> = fold_words(rest);
    for word in folded {
        if !SOURCE.contains(&word.folded.as_str()) {
            rest = &rest[word.start..];
            break;
        }
    }
    rest
}

const SOURCE: [&str; 37] = [
    "об",
    "reporting",
    "сообщает",
    "этом",
    "source",
    "sources",
    "via",
    "with",
    "by",
    "from",
    "photo",
    "fuente",
    "fuentes",
    "con",
    "informacion",
    "avec",
    "fonte",
    "com",
    "informacoes",
    "informazioni",
    "da",
    "de",
    "del",
    "la",
    "of",
    "por",
    "par",
    "source",
    "quelle",
    "источник",
    "по",
    "материалам",
    "المصدر",
    "来源",
    "據",
    "据",
    "ที่มา",
];

/// What stands in brackets at the end: where they open, and what they hold.
fn bracketed_end(text: &str) -> Option<(usize, &str)> {
    let inner = text
        .trim_end_matches(|c: char| c.is_whitespace() || c == '.')
        .strip_suffix([')', ']', '）', '】'])?;
    let open = inner.rfind(['(', '[', '（', '【'])?;
    let name = inner[open..].trim_start_matches(['(', '[', '（', '【']);
    Some((open, name))
}

/// Characters at which a credit may stand before a lead.
const OPENING_CHARS: usize = 90;

/// The agency in the line before a lead, and where the text begins.
fn opening(lead: &str) -> Option<(&'static str, usize)> {
    let start = lead.len() - lead.trim_start().len();
    let lead_text = &lead[start..];
    let end = lead_text
        .char_indices()
        .nth(OPENING_CHARS)
        .map_or(lead_text.len(), |(at, _)| at);
    let head = &lead_text[..end];
    bracketed_opening(head)
        .or_else(|| slashed_opening(head))
        .or_else(|| plain_opening(head))
        .or_else(|| han_opening(head))
        .or_else(|| byline_opening(head))
        .map(|(agency, text)| (agency, start + text))
}

/// `LIMA, Nov 3 (AP) —`, `(Reuters) -`, `[Reuters]`, `【AFP＝時事】`.
fn bracketed_opening(head: &str) -> Option<(&'static str, usize)> {
    let mut from = 0;
    while let Some(open) = head[from..]
        .find(['(', '[', '（', '【', '［'])
        .map(|at| from + at)
    {
        let inside = open + head[open..].chars().next().map_or(1, char::len_utf8);
        let close = inside + head[inside..].find([')', ']', '）', '】', '］'])?;
        let behind = close + head[close..].chars().next().map_or(1, char::len_utf8);
        from = behind;
        let name = &head[inside..close];
        let rest = &head[behind..];
        let is_wide = !head[open..].starts_with(['(', '[']);
        let is_ruled = rest
            .trim_start()
            .starts_with(['-', '–', '—', '―', '.', ':', '|', '/', '،', ','])
            || is_wide;
        // Nothing but a place and a date stands before it.
        let before = &head[..open];
        let agency = several(name).or_else(|| is_wide.then(|| han_credit(name)).flatten());
        if let Some(agency) = agency
            && (is_ruled || before.trim().is_empty() || is_shouted(before) && is_begun(rest))
            && !is_explained(before, agency)
            && is_place_and_date(before)
        {
            return Some((agency, behind));
        }
    }
    None
}

/// `LIMA (AP) Police said`: a place in capitals needs no rule behind the credit.
fn is_shouted(place: &str) -> bool {
    place.chars().filter(|c| c.is_uppercase()).count() >= 3 && !place.contains(char::is_lowercase)
}

/// Whether a text begins behind a blank.
fn is_begun(rest: &str) -> bool {
    let text = rest.trim_start();
    text.len() < rest.len() && text.starts_with(char::is_uppercase)
}

/// `By AFP Police said`: a byline that was a line of its own.
fn byline_opening(head: &str) -> Option<(&'static str, usize)> {
    let rest = ["By ", "BY ", "Por ", "Par ", "Von ", "Da "]
        .iter()
        .find_map(|by| head.strip_prefix(by))?;
    let from = head.len() - rest.len();
    let ends = rest.char_indices().filter(|(_, c)| c.is_whitespace());
    ends.take(3)
        .filter(|(end, _)| is_begun(&rest[*end..]))
        .find_map(|(end, _)| Some((named(&rest[..end])?, from + end)))
}

/// `МОСКВА, 3 ноября. /ТАСС/.`
fn slashed_opening(head: &str) -> Option<(&'static str, usize)> {
    let open = head.find('/')?;
    let close = open + 1 + head[open + 1..].find('/')?;
    let agency = named(&head[open + 1..close])?;
    is_place_and_date(&head[..open]).then_some((agency, close + 1))
}

/// `Reuters - `, `МОСКВА, 3 ноя - РИА Новости.`, `Lima | AFP`, `غزة 3-11-2026 وفا-`.
fn plain_opening(head: &str) -> Option<(&'static str, usize)> {
    let rules = head
        .char_indices()
        .filter(|&(at, c)| {
            let behind = &head[at + c.len_utf8()..];
            match c {
                '–' | '—' | '―' | '|' | ':' | '\n' => true,
                '-' => {
                    behind.starts_with(char::is_whitespace)
                        || head[..at].ends_with(' ')
                        || behind.starts_with('-')
                }
                '.' => behind.starts_with([' ', '-', '–', '—']),
                _ => false,
            }
        })
        .take(5);
    let mut start = 0;
    let mut place = 0;
    for (at, c) in rules {
        let part = head[start..at].trim_matches(is_rule);
        let behind = at + c.len_utf8();
        let rest = head[behind..].trim_start_matches(is_rule);
        // `Reuters – which employs her – said`
        let goes_on = rest.starts_with(char::is_lowercase);
        if let Some(agency) = named(without_by(part)).or_else(|| last_word(part))
            && is_place_and_date(&head[..place.max(start)])
            && (!goes_on || c == '.')
            && !part.is_empty()
        {
            return Some((agency, behind));
        }
        // What stood before may have been the place.
        place = at;
        start = behind;
    }
    None
}

/// The agency that ends a line of place and date: `LIMA, AFP`, `غزة 3-11-2026 وفا`, `BERLIN, Nov 3 Xinhua`.
fn last_word(part: &str) -> Option<&'static str> {
    let (before, name) = part.rsplit_once([' ', ','])?;
    let has_date = before.chars().any(char::is_numeric);
    ((has_date || is_shouted(before)) && is_place_and_date(before)).then(|| named(name))?
}

/// `新华社北京11月3日电`, `中新社…电`, `（共同）` and `［東京 3日 ロイター］` come in brackets.
fn han_opening(head: &str) -> Option<(&'static str, usize)> {
    let end = head.find(['电', '電'])?;
    let line = &head[..end];
    let is_line = line.contains(['日', '月']) && !line.contains(['，', '。']);
    let agency = is_line.then(|| han_credit(line))??;
    let mut behind = end + '电'.len_utf8();
    if head[behind..].starts_with(['（', '('])
        && let Some(close) = head[behind..].find(['）', ')'])
    {
        behind += close
            + head[behind + close..]
                .chars()
                .next()
                .map_or(1, char::len_utf8);
    }
    Some((agency, behind))
}

/// An agency whose name in Han, kana or Hangul begins or ends a line of place and date.
fn han_credit(line: &str) -> Option<&'static str> {
    let line = line.trim();
    AGENCIES.iter().find_map(|&(agency, credits, _)| {
        credits
            .split('|')
            .filter(|credit| credit.starts_with(|c: char| c >= '\u{2E80}') || credit.len() >= 3)
            .any(|credit| {
                line.ends_with(credit)
                    || line.starts_with(credit) && credit.starts_with(|c: char| c >= '\u{2E80}')
            })
            .then_some(agency)
    })
}

/// Whether words are no more than a place, a date, a name: few, and no small words but those of dates and places.
fn is_place_and_date(words: &str) -> bool {
    const MOST_WORDS: usize = 14;
    let words = words.trim();
    let mut count = 0;
    let fine = words
        .split(|c: char| c.is_whitespace() || is_rule(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .inspect(|_| count += 1)
        .all(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            !word.starts_with(char::is_lowercase)
                || DATE_WORDS.contains(word)
                || word.chars().count() <= 3
        });
    // Arabic has no capitals: a line of place and date is short.
    let is_cased = words.chars().any(char::is_uppercase);
    fine && count <= if is_cased { MOST_WORDS } else { 6 }
}

/// Months as dates before a lead write them in small letters.
static DATE_WORDS: LazyLock<std::collections::HashSet<&'static str>> = LazyLock::new(|| {
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre sept \
     janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr juil \
     janeiro fevereiro março abril maio junho julho setembro outubro novembro dezembro \
     января февраля марта апреля мая июня июля августа сентября октября ноября декабря сент нояб \
     gennaio febbraio marzo aprile maggio giugno luglio settembre ottobre novembre dicembre корр année"
        .split_whitespace()
        .collect()
});

/// The line of place and date before a lead that credits nobody: `LIMA, Nov 3 —`, `Lima, 3 nov.-`.
fn dateline(lead: &str) -> Option<usize> {
    let end = lead.char_indices().nth(60).map_or(lead.len(), |(at, _)| at);
    let head = &lead[..end];
    let (at, rule) = head.char_indices().find(|&(at, c)| {
        matches!(c, '–' | '—' | '―')
            || c == '-' && (head[..at].ends_with([' ', '.']) || head[at + 1..].starts_with('-'))
    })?;
    let line = head[..at].trim();
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    let is_shouted = letters().count() >= 3
        && line.split([',', ' ']).next().is_some_and(|word| {
            word.len() >= 3
                && !word.chars().any(char::is_lowercase)
                && word.chars().any(char::is_uppercase)
        });
    let is_dated = line.chars().any(|c| c.is_ascii_digit()) && line.contains(',');
    ((is_shouted || is_dated) && is_place_and_date(line)).then_some(at + rule.len_utf8())
}

/// The agency at the end of a lead.
fn closing(lead: &str) -> Option<&'static str> {
    const TAIL_BYTES: usize = 300;
    let lead = lead.trim_end();
    let from = lead.ceil_char_boundary(lead.len().saturating_sub(TAIL_BYTES));
    let tail = &lead[from..];
    if let Some((before, name)) = bracketed_end(tail)
        && let Some(agency) = several(name)
        && !is_explained(&tail[..before], agency)
    {
        return Some(agency);
    }
    // The last line or the words behind the last full stop or dash are the credit.
    let last = tail
        .rsplit(['\n', '—', '–', '|', '。', '＝', '/'])
        .next()
        .filter(|last| last.len() < tail.len());
    let sentence = tail
        .trim_end_matches('.')
        .rsplit_once(". ")
        .map(|(_, last)| last);
    if let Some(agency) = [last, sentence].into_iter().flatten().find_map(several) {
        return Some(agency);
    }
    let folded = format!(" {} ", fold_text(tail));
    // How Reuters signs.
    if folded.contains(" reporting by ") && folded.contains(" editing by ") {
        return Some("Reuters");
    }
    CONTRIBUTED.iter().find_map(|&phrase| {
        let (before, _) = folded.rsplit_once(&format!(" {phrase} "))?;
        let before = format!("{before} ");
        AGENCIES.iter().find_map(|&(agency, credits, _)| {
            credits
                .split('|')
                .any(|credit| before.ends_with(&format!(" {} ", fold_text(credit))))
                .then_some(agency)
        })
    })
}

/// What follows an agency's name where it shares in the credit.
const CONTRIBUTED: [&str; 6] = [
    "contributed to this report",
    "contributed to this story",
    "contributed reporting",
    "contribuyo a este reportaje",
    "a contribue a cet article",
    "contribuiu para esta reportagem",
];

#[cfg(test)]
mod tests;
