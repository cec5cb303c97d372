//! The words in dates: months, zones and halves of the day.

/// Half of a day, for a clock of twelve hours.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Half {
    Morning,
    Afternoon,
}

pub(super) fn half_of_day(word: &str) -> Option<Half> {
    match word {
        "am" | "오전" => Some(Half::Morning),
        "pm" | "오후" => Some(Half::Afternoon),
        _ => None,
    }
}

/// Words inside dates that mean nothing here: "13 de julio de 2004", "January 4th", "at 10:00".
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "de" | "del" | "of" | "the" | "st" | "nd" | "rd" | "th" | "at" | "년" | "월" | "일"
    )
}

/// Zones by the names that RFC 822 (section 5) and feeds use, in seconds east of UTC.
pub(super) fn zone_named(name: &str) -> Option<i32> {
    let (hours, minutes) = match name {
        "z" | "ut" | "utc" | "gmt" | "wet" | "etc" => (0, 0),
        "bst" | "ist" | "cet" | "met" | "mez" | "wat" | "west" => (1, 0),
        "cest" | "mest" | "mesz" | "eet" | "cat" | "sast" => (2, 0),
        "eest" | "msk" | "eat" => (3, 0),
        "pkt" => (5, 0),
        "hkt" | "sgt" | "awst" | "pht" => (8, 0),
        "jst" | "kst" => (9, 0),
        "aest" => (10, 0),
        "aedt" => (11, 0),
        "nzst" => (12, 0),
        "nzdt" => (13, 0),
        "nst" => (-3, -30),
        "adt" | "art" | "brt" => (-3, 0),
        "at" | "ast" | "edt" => (-4, 0),
        "et" | "est" | "cdt" | "pet" | "cot" => (-5, 0),
        "ct" | "cst" | "mdt" => (-6, 0),
        "mt" | "mst" | "pdt" => (-7, 0),
        "pt" | "pst" | "akdt" => (-8, 0),
        "akst" | "hdt" => (-9, 0),
        "hst" => (-10, 0),
        _ => return None,
    };
    Some(hours * 3600 + minutes * 60)
}

/// Month names by how they begin, in English and in the languages that feeds have been seen to use.
pub(super) fn month_named(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "jan ene gen sty янв січ ιαν ocak يناير",
        "feb fév fev lut фев лют φεβ şub فبراير",
        "mar mär mrz maa már мар бер μαρ μάρ مارس",
        "apr abr avr ápr kwi апр кві απρ nis أبريل",
        "may mai mag mei maj máj май мая тра μαι μάι μαϊ مايو",
        "jun juin giu jún cze июн чер ιουν ιούν haz يونيو",
        "jul juil lug júl lip июл лип ιουλ ιούλ tem يوليو",
        "aug ago agu aoû aou sie авг сер αυγ αύγ ağu أغسطس",
        "sep set szept wrz сен вер σεπ eyl سبتمبر",
        "oct okt ott out paź окт жов οκτ eki أكتوبر",
        "nov noi lis ноя лис νοε νοέ kas نوفمبر",
        "dec dez dic des déc gru дек гру δεκ ara ديسمبر",
    ];
    let index = MONTHS
        .iter()
        .position(|names| names.split(' ').any(|name| word.starts_with(name)))?;
    i8::try_from(index + 1).ok()
}
