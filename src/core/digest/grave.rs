//! Headlines of what was done to people: killed, hurt, taken, driven out.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::core::text::words::fold_text;

/// Words, and beginnings of words before an asterisk, in the languages of mails.
const GRAVE: &str = "
    kill killed kills killing killings slain slay dead death deaths die dies died murder* massacr* execut* lynch* shot
    shoots shooting shootings gunned stab stabbed bomb* airstrike* shelled shelling wound* injur* maim* tortur*
    beaten flogg* rape raped rapes abduct* kidnap* disappear* missing arrest* detain* jail* imprison* sentenced
    genocid* famine* starv* drown* evict* deport* enslav* traffick* femicid* atrocit* hostage* besieg*
    mató mata matan mataron matar muert* muere mueren murieron fallec* asesin* homicid* masacr* ejecutad* ejecución
    fusilad* tortur* violada violadas violación secuestr* desaparec* desaparición deten* detien* detuv* arrest* encarcel*
    herid* bombarde* hambruna ahogad* desaloj* deport* expuls* feminicid* genocid* rehén*
    tué tués tuée tuées tue tuent mort morts morte mortes meurt meurent meurtr* assassin* massacr* exécut* fusill* tortur*
    violée violées enlev* enlèvement* disparu* détenu* arrêt* emprisonn* incarcér* bless* bombard* famine noyé*
    expuls* génocid* otage* féminicid*
    matou matam mortos mortas morto morta morre morrem morreu morreram assassin* homicíd* chacina* massacr* executad*
    tortur* estuprad* sequestr* desaparecid* detid* deteve preso presa presos presas ferid* bombarde* fome afogad*
    despejad* deportad* expuls* refén*
    убит* убил* убийств* погиб* гибел* умер* смерт* расстрел* казн* застрел* пыт* избит* изнасил* похищ* пропал* исчез*
    задерж* арест* приговор* ранен* пострадав* обстрел* бомб* голод* утону* депорт* выслан* высел* заложник* геноцид*
    قتل قتلى قتيل مقتل يقتل اغتيال اغتيل إعدام أعدم مجزرة مذبحة وفاة ماتوا جرحى جريح إصابة أصيب تعذيب اغتصاب خطف اختطاف
    اختفاء اعتقال اعتقل اعتقلت تعتقل معتقل سجن قصف غارة مجاعة غرق ترحيل تهجير طرد رهائن إبادة";

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

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = GRAVE.split_whitespace();
    words
        .filter(|word| !word.ends_with('*'))
        .map(fold_text)
        .collect()
});
static BEGINNINGS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = GRAVE.split_whitespace();
    let beginnings = words.filter_map(|word| word.strip_suffix('*'));
    beginnings.map(fold_text).collect()
});

/// Whether a headline says that people were killed, hurt, taken or driven out.
pub fn is_grave(title: &str) -> bool {
    let is_word = |word: &str| {
        let bare = word.strip_prefix("ال").unwrap_or(word);
        let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        WORDS.contains(word)
            || WORDS.contains(bare)
            || ends.any(|end| BEGINNINGS.contains(&word[..end]))
    };
    fold_text(title).split(' ').any(is_word) || UNSPACED.iter().any(|word| title.contains(word))
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
            assert!(is_grave(title), "{title}");
        }
        for title in [
            "Most challenged books of the year",
            "Deadline for new visas",
            "Court hears appeal on visas",
            "Presidente visita el puerto",
            "",
        ] {
            assert!(!is_grave(title), "{title}");
        }
    }
}
