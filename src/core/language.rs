//! Language tags (BCP 47).
//!
//! Mostly the language alone is asked for, of tags as feeds and pages write them: [`primary_subtag`] as it stands there,
//! `primary_language` as watches and places compare it. [`canonical_language`] is a whole tag as people read it.
//! unic-langid, which knows the plurals of mails, takes no tag with a part that it does not understand, such as
//! `es-la-x` or `en-us-1`.

/// The language of a tag as it is written: `pt` of `pt-BR`, and of `pt_BR`, which is no tag and usual.
pub fn primary_subtag(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// The primary subtag of a BCP 47 tag (RFC 5646, section 2.1), in lower case: `en` of `en-GB`, and of `eng`, which
/// feeds say though the tag should be the shorter one; `no` of `nb`, `he` of `iw`. None of what is no tag, such as
/// `English`: no language has a subtag of more than three letters.
pub(in crate::core) fn primary_language(tag: &str) -> Option<String> {
    let primary = primary_subtag(tag.trim()).to_ascii_lowercase();
    let plausible =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    if !plausible || primary == "und" || primary == "mul" {
        return None;
    }
    let shorter = OTHER_CODES
        .iter()
        .find(|(_, longer)| longer.split(' ').any(|code| code == primary));
    Some(shorter.map_or(primary, |&(code, _)| code.to_owned()))
}

/// Other codes of a language: those of three letters (ISO 639-2), of its written forms, and former ones.
const OTHER_CODES: [(&str, &str); 41] = [
    ("ar", "ara arb"),
    ("ca", "cat"),
    ("cs", "ces cze"),
    ("da", "dan"),
    ("de", "deu ger"),
    ("el", "ell gre"),
    ("en", "eng"),
    ("eo", "epo"),
    ("es", "spa"),
    ("et", "est"),
    ("eu", "eus baq"),
    ("fa", "fas per"),
    ("fi", "fin"),
    ("fr", "fra fre"),
    ("ga", "gle"),
    ("he", "heb iw"),
    ("hi", "hin"),
    ("hu", "hun"),
    ("hy", "hye arm"),
    ("id", "ind in"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ko", "kor"),
    ("lt", "lit"),
    ("ms", "msa may zsm"),
    ("ne", "nep"),
    ("nl", "nld dut"),
    ("no", "nor nb nob nn nno"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron rum"),
    ("ru", "rus"),
    ("sr", "srp"),
    ("st", "sot"),
    ("sv", "swe"),
    ("ta", "tam"),
    ("tl", "tgl fil"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("yi", "yid ji"),
    ("zh", "zho chi cmn"),
];

/// A tag as it is usually written, such as `zh-Hant` or `pt-BR` (RFC 5646, section 2.1.1): case says nothing in it.
pub fn canonical_language(tag: &str) -> String {
    let mut out = tag.to_ascii_lowercase();
    let mut begin = 0;
    let mut is_behind_singleton = false;
    for (at, subtag) in tag.split('-').enumerate() {
        let written = begin..begin + subtag.len();
        if at > 0 && !is_behind_singleton {
            match subtag.len() {
                1 => is_behind_singleton = true,
                2 => out[written].make_ascii_uppercase(),
                4 => {
                    if let Some(first) = out.get_mut(begin..=begin) {
                        first.make_ascii_uppercase();
                    }
                }
                _ => {}
            }
        }
        begin += subtag.len() + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_one_usual_form_however_it_is_written() {
        for (written, usual) in [
            ("pt-br", "pt-BR"),
            ("PT-BR", "pt-BR"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("sl-ROZAJ", "sl-rozaj"),
            ("en-a-LL-tree", "en-a-ll-tree"),
            ("x", "x"),
            ("é-éab", "é-éab"),
        ] {
            assert_eq!(canonical_language(written), usual);
        }
    }
}
