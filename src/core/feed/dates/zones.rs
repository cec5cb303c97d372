//! Zones by the names that RFC 822 (section 5) and feeds use.

/// A zone by its name: one name may mean several, and the language of the feed decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Zone {
    /// Seconds east of UTC where the language says nothing else.
    usual: i32,
    /// Tags of languages and the seconds east of UTC that they mean.
    others: OffsetsByLanguage,
}

impl Zone {
    /// Nothing but in these languages.
    pub(super) const fn only_in(others: OffsetsByLanguage) -> Self {
        Self { usual: 0, others }
    }

    /// Seconds east of UTC, the same in every language.
    pub(super) fn fixed(self) -> Option<i32> {
        self.others.is_empty().then_some(self.usual)
    }

    /// Seconds east of UTC in a feed of the first of these languages that says something about it.
    pub(super) fn in_languages(self, languages: &[&str]) -> i32 {
        let of = |language: &&str| {
            let other = self.others.iter().find(|(tag, _)| is_of(language, tag));
            other.map(|(_, seconds)| *seconds)
        };
        languages.iter().find_map(of).unwrap_or(self.usual)
    }
}

/// Whether a language tag is the given one or a part of it: `en-ie` is of `en` (RFC 4647, section 3.3.1).
pub(super) fn is_of(language: &str, tag: &str) -> bool {
    language
        .get(..tag.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(tag))
        && matches!(language.as_bytes().get(tag.len()), None | Some(b'-' | b'_'))
}

const fn at(hours: i32, minutes: i32) -> i32 {
    hours * 3600 + minutes * 60
}

/// What a name means in some languages, in seconds to be taken off: those east of UTC of a zone, or those by which
/// a month is an earlier one.
pub(super) type OffsetsByLanguage = &'static [(&'static str, i32)];

/// Names that mean one zone here and another there.
const SEVERAL: [(&str, OffsetsByLanguage); 10] = [
    (
        "ist",
        &[
            ("he", at(2, 0)),
            ("iw", at(2, 0)),
            ("ga", at(1, 0)),
            ("en-ie", at(1, 0)),
        ],
    ),
    ("bst", &[("bn", at(6, 0)), ("en-bd", at(6, 0))]),
    (
        "cst",
        &[("zh", at(8, 0)), ("en-cn", at(8, 0)), ("es-cu", at(-5, 0))],
    ),
    ("cdt", &[("es-cu", at(-4, 0))]),
    ("ast", &[("ar", at(3, 0))]),
    ("est", &[("en-au", at(10, 0))]),
    ("edt", &[("en-au", at(11, 0))]),
    (
        "pst",
        &[("en-ph", at(8, 0)), ("fil", at(8, 0)), ("tl", at(8, 0))],
    ),
    ("mst", &[("ms", at(8, 0)), ("en-my", at(8, 0))]),
    ("amt", &[("hy", at(4, 0))]),
];

/// The zone of a name, folded.
pub(super) fn named(name: &str) -> Option<Zone> {
    let others = SEVERAL.iter().find(|(several, _)| *several == name);
    let others: OffsetsByLanguage = others.map_or(&[], |(_, others)| others);
    let usual = match name {
        "z" | "ut" | "utc" | "tu" | "gmt" | "wet" | "etc" => at(0, 0),
        "bst" | "cet" | "met" | "mez" | "wat" | "west" => at(1, 0),
        "cest" | "mest" | "mesz" | "eet" | "cat" | "sast" => at(2, 0),
        "eest" | "msk" | "мск" | "eat" | "idt" | "trt" => at(3, 0),
        "irst" => at(3, 30),
        "gst" | "samt" | "azt" | "get" => at(4, 0),
        "aft" => at(4, 30),
        "pkt" | "uzt" | "yekt" | "mvt" => at(5, 0),
        "ist" | "slst" => at(5, 30),
        "npt" => at(5, 45),
        "omst" => at(6, 0),
        "mmt" => at(6, 30),
        "ict" | "wib" | "krat" => at(7, 0),
        "hkt" | "sgt" | "myt" | "awst" | "pht" | "wita" | "irkt" => at(8, 0),
        "jst" | "kst" | "wit" | "yakt" => at(9, 0),
        "acst" => at(9, 30),
        "aest" | "chst" | "vlat" => at(10, 0),
        "acdt" => at(10, 30),
        "aedt" | "magt" => at(11, 0),
        "nzst" | "fjt" | "pett" | "mht" => at(12, 0),
        "nzdt" => at(13, 0),
        "ndt" => at(-2, -30),
        "nst" => at(-3, -30),
        "adt" | "art" | "brt" | "uyt" | "clst" => at(-3, 0),
        "at" | "ast" | "edt" | "hae" | "clt" | "bot" | "vet" | "amt" => at(-4, 0),
        "et" | "est" | "hne" | "cdt" | "pet" | "cot" | "ect" => at(-5, 0),
        "ct" | "cst" | "mdt" => at(-6, 0),
        "mt" | "mst" | "pdt" => at(-7, 0),
        "pt" | "pst" | "akdt" => at(-8, 0),
        "akst" | "hdt" => at(-9, 0),
        "hst" => at(-10, 0),
        _ => return None,
    };
    Some(Zone { usual, others })
}
