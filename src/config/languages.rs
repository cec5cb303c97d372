//! Codes of languages that nobody uses, and the ones that were probably meant.

use crate::core::language::primary_subtag;

/// The two-letter codes of ISO 639-1, those of the most usual languages first.
const CODES: &str = "en es fr pt ar ru zh de it nl tr fa uk pl id hi bn ur sw ja ko vi th my km \
    aa ab ae af ak am an as av ay az ba be bg bi bm bo br bs ca ce ch co cr cs cu cv cy da dv dz ee \
    el eo et eu ff fi fj fo fy ga gd gl gn gu gv ha he ho hr ht hu hy hz ia ie ig ii ik io is iu jv \
    ka kg ki kj kk kl kn kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt na \
    nb nd ne ng nn no nr nv ny oc oj om or os pa pi ps qu rm rn ro rw sa sc sd se sg sh si sk sl sm \
    sn so sq sr ss st su sv ta te tg ti tk tl tn to ts tt tw ty ug uz ve vo wa wo xh yi yo za zu";

/// All codes, the usual ones first.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    CODES.split_whitespace()
}

/// What people write: codes of countries, old codes, and the three letters of ISO 639-2 and 639-3.
const REPLACEMENTS: [(&str, &str); 46] = [
    ("sp", "es"),
    ("spa", "es"),
    ("us", "en"),
    ("gb", "en"),
    ("eng", "en"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("por", "pt"),
    ("ara", "ar"),
    ("rus", "ru"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("cn", "zh"),
    ("deu", "de"),
    ("ger", "de"),
    ("ita", "it"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("tur", "tr"),
    ("fas", "fa"),
    ("per", "fa"),
    ("pes", "fa"),
    ("ir", "fa"),
    ("ukr", "uk"),
    ("ua", "uk"),
    ("pol", "pl"),
    ("ind", "id"),
    ("in", "id"),
    ("hin", "hi"),
    ("ben", "bn"),
    ("urd", "ur"),
    ("swa", "sw"),
    ("jpn", "ja"),
    ("jp", "ja"),
    ("kor", "ko"),
    ("vie", "vi"),
    ("vn", "vi"),
    ("tha", "th"),
    ("mya", "my"),
    ("mm", "my"),
    ("gr", "el"),
    ("dk", "da"),
    ("cz", "cs"),
    ("iw", "he"),
    ("heb", "he"),
];

/// The code that was probably meant by a well-formed tag; none when its own language is a known one.
pub(super) fn meant_by(tag: &str) -> Option<&'static str> {
    let primary = primary_subtag(tag).to_ascii_lowercase();
    if let Some((_, instead)) = REPLACEMENTS.iter().find(|(code, _)| *code == primary) {
        return Some(instead);
    }
    // Languages with three letters only are too many for a list.
    if primary.len() != 2 || CODES.split_whitespace().any(|code| code == primary) {
        return None;
    }
    CODES
        .split_whitespace()
        .min_by_key(|code| strsim::damerau_levenshtein(code, &primary))
}

/// Codes of three letters (ISO 639-3) of languages that have none of two, and that something is written in. There
/// are thousands more.
const LONGER_CODES: &str = "ace ach ada ady agq ain akk alt ang apc arc arn arp ars ary arz ast awa ayr azb azj \
    bal ban bas bcc bcl bej bem bgn bho bik bin bla brx bua bug byn ceb chm chr chy ckb cmn crh crs csb cak dag dak \
    dar del den dgr din doi dsb dty dua dyu efi ewo fan fat fil fon frp frr fuf fur fuv gaa gag gay gba gez gil gor \
    grb gsw guc gwi hai hak haw hif hil hmn hne hno hsb hup iba ilo inh jbo jpr jrb kaa kab kac kam kaw kbd kea kek \
    kha khb kho kjh kmb kmr kok kos kpe krc krl kru ksw kum kut lad lah lam lez lij lki lmo lol loz lrc lua lui lun \
    luo lus luz lzh mad mag mai mak mam man mas maz mdf men mfe mic min mnc mni mnw moh mos mto mus mwl mwr mxv myv \
    mzn nah nan nap nch nci nds new ngu nia niu nog nqo nso nus nwc nym nyn nyo nzi osa oto ota otq pag pam pap pau pcm \
    pdc pis pnb pon ppl prs pms poh quc qub quf qug qul quy quz qvi rap rar rhg rif rom rop rup rwr sad sah sam sas \
    sat scn sco sdh shi shn shp shs sid skr sma smj smn sms snk sog srn srr suk sus swh syc syl syr szl tcy tem ter \
    tet tig tiv tkl tlh tli tly tmh tog top toj tpi tsi tum tvl tyv tzh tzm tzo udm umb vai vec vep vot wal war was \
    wuu xal xmf xsr yao yap yua yue zap zen zgh zha zsm zun zza";

/// English words that are keys in other programs, and are codes of languages by chance.
const NO_CODES: [&str; 9] = [
    "all", "not", "and", "key", "tag", "yes", "url", "use", "add",
];

/// Names that people write for a code, in lower case.
const NAMES: [(&str, &str); 24] = [
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("hindi", "hi"),
    ("indonesian", "ind"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("persian", "fa"),
    ("farsi", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swahili", "sw"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("espanol", "es"),
    ("español", "es"),
    ("francais", "fr"),
    ("français", "fr"),
];

/// What is wrong with a key that was to be a language's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LanguageCodeError {
    /// This one was probably meant.
    Meant(&'static str),
    /// It looks like a code, and there is no such language.
    Unknown,
    /// It does not look like one.
    Other,
}

/// Whether a code of three letters is one that this program has heard of.
pub(super) fn is_known(code: &str) -> bool {
    let mut known = CODES
        .split_whitespace()
        .chain(LONGER_CODES.split_whitespace());
    known.any(|known| known == code)
}

/// The primary subtag (RFC 5646 section 2.2.1) that a key of a word list gives: two letters, or three where a
/// language has no two. As `id` is the name of the list there, Indonesian is `ind`.
pub(super) fn code_of_list(key: &str) -> Result<&str, LanguageCodeError> {
    if key == "ind" {
        return Ok("id");
    }
    let lower = key.to_lowercase();
    let known = |code: &str| CODES.split_whitespace().find(|known| *known == code);
    let primary = primary_subtag(&lower);
    let is_code =
        (2..=3).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_lowercase());
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Err(LanguageCodeError::Meant(code));
    }
    if !is_code || NO_CODES.contains(&primary) {
        return Err(LanguageCodeError::Other);
    }
    let meant = match meant_by(primary) {
        Some("id") => Some("ind"),
        Some(meant) => Some(meant),
        None if primary == key => None,
        // The words of a list are those of a language, whatever the country and the case.
        None => known(primary),
    };
    match meant {
        Some(meant) => Err(LanguageCodeError::Meant(meant)),
        // Codes for private use (ISO 639-2), for what is no language, and for none or many.
        None if primary.len() == 3
            && (("qaa"..="qtz").contains(&primary)
                || matches!(primary, "und" | "mul" | "mis" | "zxx")) =>
        {
            Err(LanguageCodeError::Unknown)
        }
        None if primary == key => Ok(key),
        None => Err(LanguageCodeError::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_pass_and_others_get_the_one_that_was_meant() {
        for tag in ["es", "pt-BR", "zh-Hant", "ckb", "kmr", "EN", "sw"] {
            assert_eq!(meant_by(tag), None, "{tag}");
        }
        for (tag, meant) in [
            ("sp", "es"),
            ("spa", "es"),
            ("cn", "zh"),
            ("jp-JP", "ja"),
            ("ua", "uk"),
            ("rx", "ru"),
        ] {
            assert_eq!(meant_by(tag), Some(meant), "{tag}");
        }
        for (_, instead) in REPLACEMENTS {
            assert!(CODES.contains(instead), "{instead}");
        }
    }

    #[test]
    fn the_words_of_a_list_are_those_of_a_language_that_exists() {
        for code in ["en", "ar", "ckb", "quz", "sw"] {
            assert_eq!(code_of_list(code), Ok(code));
        }
        assert_eq!(code_of_list("ind"), Ok("id"));
        assert!(is_known("ckb") && is_known("id") && !is_known("xqz"));
        for (key, meant) in [
            ("eng", "en"),
            ("sp", "es"),
            ("EN", "en"),
            ("pt-BR", "pt"),
            ("pt_br", "pt"),
            ("in", "ind"),
            ("Spanish", "es"),
        ] {
            assert_eq!(
                code_of_list(key),
                Err(LanguageCodeError::Meant(meant)),
                "{key}"
            );
        }
        for key in ["und", "qab", "ckb-IQ"] {
            assert_eq!(code_of_list(key), Err(LanguageCodeError::Unknown), "{key}");
        }
        for key in ["words", "x", "", "123", "e1", "all", "not"] {
            assert_eq!(code_of_list(key), Err(LanguageCodeError::Other), "{key}");
        }
    }
}
