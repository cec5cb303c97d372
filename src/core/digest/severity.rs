//! Headlines of what was done to people: killed, hurt, taken, driven out.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::core::language::primary_subtag;
use crate::core::text::tokenizer::fold_text;

/// Words, and beginnings of words before an asterisk, by language.
const GRAVE: [(&str, &str); 6] = [
    (
        "en",
        "kill killed kills killing killings slain slay dead death deaths die dies died murder murdered murderer murderers
         murders massacre massacred massacres execution executions executed executes lynched lynching lynchings shot
         shoots shooting shootings gunned stab stabbed bomb bombs bombed bomber bombers bombing bombings bombardment
         airstrike* shelled shelling wound wounded wounding wounds injur* maimed tortur* beaten flogg* rape raped rapes
         abduct* kidnap* disappear* missing arrest arrested arresting arrests detain* jail jailed jails jailing imprison*
         sentenced genocid* famine starv* drown drowned drowning drowns evict* deported deportation deportations
         deporting enslav* trafficked trafficker traffickers trafficking femicid* atrocit* hostage* besieg*",
    ),
    (
        "es",
        "mató mata matan mataron matar muert* muere mueren murieron fallec* asesin* homicid* masacr* ejecutad* ejecución
         fusilad* tortur* violada violadas violación secuestr* desaparec* desaparición detenida detenidas detenido
         detenidos detención detenciones detien* detuv* arrestad* arrestan arrestos encarcel* herid* bombarde* hambruna
         ahogad* desaloj* deport* expulsad* expulsan expulsión feminicid* genocid* rehén*",
    ),
    (
        "fr",
        "tué tués tuée tuées tue tuent mort morts morte mortes meurt meurent meurtr* assassin* massacr* exécuté exécutés
         exécutée exécutées exécution exécutions fusillé fusillés fusillade fusillades tortur* violée violées enlevé
         enlevés enlevée enlevées enlèvement enlèvements disparu disparus disparue disparues détenu détenus détenue
         détenues arrêté arrêtés arrêtée arrêtées arrestation arrestations emprisonn* incarcér* blessé blessés blessée
         blessées blessent blessure blessures bombard* famine noyé noyés noyée noyées expulsé expulsés expulsée expulsées
         expulsion expulsions génocid* otage* féminicid*",
    ),
    (
        "pt",
        "matou matam matar mortos mortas morto morta morre morrem morreu morreram assassin* homicíd* chacina* massacr*
         executad* tortur* estuprad* sequestr* desaparecid* detida detidas detido detidos deteve preso presa presos presas
         ferida feridas ferido feridos bombarde* fome afogad* despejad* deportad* expulsa expulsas expulso expulsos
         expulsão refén*",
    ),
    (
        "ru",
        "убит убита убито убиты убил* убийств* погиб* гибель гибели умер умерла умерли умерло смерт* расстрел* казнь казни
         казней казнью казнен казнена казнены казнил* застрел* пытка пытки пыток пыткам пытках пытками пытал* избит*
         изнасил* похищен* похитил* пропал* исчез исчезла исчезли исчезновен* задержан* задержал* арест* приговор*
         ранен ранена ранено ранены ранил* пострадав* обстрел* бомба бомбы бомбой бомбил* бомбардир* бомбеж* голод голода
         голодом голодает голодают утону* депорт* выслан* выселен* выселя* выселил* заложник* геноцид*",
    ),
    (
        "ar",
        "قتل قتلى قتيل مقتل يقتل اغتيال اغتيل إعدام أعدم مجزرة مذبحة وفاة ماتوا جرحى جريح إصابة أصيب تعذيب اغتصاب خطف
         اختطاف اختفاء اعتقال اعتقل اعتقلت تعتقل معتقل سجن قصف غارة مجاعة غرق ترحيل تهجير طرد رهائن إبادة",
    ),
];

/// In scripts without spaces.
const UNSPACED: [&str; 30] = [
    "死亡",
    "死者",
    "遇难",
    "杀害",
    "被杀",
    "枪杀",
    "屠杀",
    "处决",
    "酷刑",
    "拷问",
    "绑架",
    "失踪",
    "逮捕",
    "拘留",
    "被捕",
    "判刑",
    "受伤",
    "轰炸",
    "饥荒",
    "驱逐",
    "死刑",
    "殺害",
    "射殺",
    "虐殺",
    "拘束",
    "負傷",
    "空爆",
    "เสียชีวิต",
    "ถูกจับ",
    "บาดเจ็บ",
];

#[derive(Default)]
struct Words {
    whole: HashSet<String>,
    beginnings: HashSet<String>,
}

static WORDS: LazyLock<Vec<(&str, Words)>> = LazyLock::new(|| {
    let of = |(language, words): (&'static str, &str)| {
        let mut all = Words::default();
        for word in words.split_whitespace() {
            match word.strip_suffix('*') {
                Some(beginning) => all.beginnings.insert(fold_text(beginning)),
                None => all.whole.insert(fold_text(word)),
            };
        }
        (language, all)
    };
    GRAVE.into_iter().map(of).collect()
});

/// Whether a headline says that people were killed, hurt, taken or driven out. A language that is told (BCP 47) and
/// has words here is read by these alone: what kills in one is a greeting in another.
pub(super) fn is_severe(title: &str, language: Option<&str>) -> bool {
    let primary = language.map(primary_subtag);
    let is_told = |(code, _): &&(&str, Words)| {
        primary.is_some_and(|primary| primary.eq_ignore_ascii_case(code))
    };
    let says = |words: &Words| {
        let is_word = |word: &str| {
            let bare = word.strip_prefix("ال").unwrap_or(word);
            let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
            words.whole.contains(word)
                || words.whole.contains(bare)
                || ends.any(|end| words.beginnings.contains(&word[..end]))
        };
        fold_text(title).split(' ').any(is_word)
    };
    let says_so = match WORDS.iter().find(is_told) {
        Some((_, words)) => says(words),
        None => WORDS.iter().any(|(_, words)| says(words)),
    };
    says_so || UNSPACED.iter().any(|word| title.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_to_people_is_grave_in_each_language() {
        for title in [
            "Man shot by police named",
            "Army shelling kills a family",
            "Detienen a un periodista",
            "Hallan muertos a dos pescadores",
            "Un opposant arrêté à l'aéroport",
            "Polícia mata: três mortos",
            "Журналист задержан в Энске",
            "مقتل صحفي",
            "警方逮捕律师",
        ] {
            assert!(is_severe(title, None), "{title}");
        }
        for title in [
            "Most challenged books of the year",
            "Deadline for new visas",
            "Court hears appeal on visas",
            "Presidente visita el puerto",
            "",
        ] {
            assert!(!is_severe(title, None), "{title}");
        }
        for (title, language) in [
            ("President signs executive order", "en"),
            ("Bishop blesses pilgrims", "en-GB"),
            ("A bombshell for the board", "en"),
            ("Власти пытаются продлить срок", "ru"),
            ("Казначейство объяснило задержку", "ru"),
            ("Le pouvoir exécutif s’explique", "fr"),
            ("Une mata de laurier", "fr"),
        ] {
            assert!(!is_severe(title, Some(language)), "{title}");
        }
    }
}
