//! The words in dates: months, days of the week, halves of the day, and what stands between them. All are
//! written as they are after folding: without accents, in small letters.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::zones::{OffsetsByLanguage, Zone};

/// Half of a day, for a clock of twelve hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum DayPeriod {
    /// From midnight to noon.
    Morning,
    /// From noon to midnight.
    Afternoon,
}

/// A half of the day by its name; abbreviations without their dots and blanks.
pub(super) fn half_of_day(word: &str) -> Option<DayPeriod> {
    match word {
        "am" | "πμ" | "오전" | "午前" | "上午" | "قظ" | "ص" | "صباحا" | "проб" | "manha"
        | "manana" | "madrugada" => Some(DayPeriod::Morning),
        "pm" | "μμ" | "오후" | "午後" | "午后" | "下午" | "晚上" | "بظ" | "م" | "مساء" | "слоб"
        | "tarde" | "noche" | "noite" => Some(DayPeriod::Afternoon),
        _ => None,
    }
}

/// Words inside dates that mean nothing here: "13 de julio de 2004", "January 4th", "3 tháng 12".
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "de" | "del"
            | "di"
            | "d"
            | "da"
            | "la"
            | "of"
            | "the"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "er"
            | "o"
            | "a"
            | "e"
            | "at"
            | "go"
            | "го"
            | "г"
            | "года"
            | "р"
            | "року"
            | "من"
            | "ngay"
            | "thang"
            | "thg"
            | "nam"
            | "年"
            | "月"
            | "日"
            | "년"
            | "월"
            | "일"
    )
}

/// A sign that stands alone after a number, whatever letters follow: `日下午` is `日` and `下午`.
pub(super) fn is_sign_of_part(character: char) -> bool {
    matches!(
        character,
        '年' | '月'
            | '日'
            | '时'
            | '時'
            | '点'
            | '點'
            | '分'
            | '秒'
            | '년'
            | '월'
            | '일'
            | '시'
            | '분'
            | '초'
    )
}

/// Words after the hours: "10 Uhr 30", "10h30", "10 часов 30 минут".
pub(super) fn is_hour(word: &str) -> bool {
    matches!(
        word,
        "h" | "hr"
            | "hrs"
            | "uhr"
            | "u"
            | "uur"
            | "heure"
            | "heures"
            | "hora"
            | "horas"
            | "ore"
            | "gio"
            | "ч"
            | "час"
            | "часа"
            | "часов"
            | "год"
            | "година"
            | "часът"
            | "时"
            | "時"
            | "点"
            | "點"
            | "시"
            | "น"
            | "बजे"
    )
}

/// Words before a time of day whose hours and minutes a full stop may part: "kl. 10.30".
pub(super) fn is_before_time(word: &str) -> bool {
    matches!(
        word,
        "kl" | "klo" | "um" | "ore" | "alle" | "pukul" | "jam" | "godz"
    )
}

/// Words after the minutes.
pub(super) fn is_minute(word: &str) -> bool {
    matches!(
        word,
        "m" | "min"
            | "mn"
            | "minutes"
            | "minuten"
            | "м"
            | "мин"
            | "минут"
            | "минуты"
            | "хв"
            | "分"
            | "분"
    )
}

/// Words after the seconds.
pub(super) fn is_second(word: &str) -> bool {
    matches!(
        word,
        "s" | "sec" | "sek" | "с" | "сек" | "секунд" | "秒" | "초"
    )
}

/// Month names by how they begin; with a full stop where the name is no more than that. The longest that fits
/// counts, for `červenec` is July and `červen` is June.
const MONTHS: [&str; 12] = [
    "jan oca. ean. eanair sau. ionawr urt sij. jaan. იან. जन. сту. ene gen xan sty ian yan led saus tammi jaanu sijec янв яну січ јан студ ιαν ocak ianv იანვ հունվ \
     يناير جانفي ژانويه جنوري ינו जनव জানু มกรา ม.ค.",
    "feb uno. feabh frar chwef ots vas. velj. peb. fev pebr lut unor vasari helmi veebr velja shkurt фев феб лют φεβ sub თებ փետ فبراير شباط فيفري فوريه \
     فبروري فروري פבר फर फ़र ফেব กุมภา ก.พ.",
    "mar mrt. kov. mawrth bre. ozu. mrz maa brez kovo. mac. machi maalis ozuj мар бер сак μαρ მარ մարտ مارس اذار مارچ מרץ מרס मार মার มีนา มี.ค.",
    "apr bal. aib. aibrean tra. ebr apir abr avr kwi dub baland huhti trav prill апр кві кра απρ nis აპრ ապր ابريل افريل نيسان اوريل اپريل \
     אפר अप्र এপ্র เมษา เม.ย.",
    "may kve. beal. bealtaine maajo mejju maiatz geg. svi. mai mag mei maj kvet geguz touko svib май мај мая маја тра μαι მაი մայ مايو ماي ايار مه. مي. مئي. \
     מאי मई মে พฤษภา พ.ค.",
    "jun cvn. meith juun. gunju meh. mehefin ekain birz. iyn. juin giu hunyo xun iun iyun cze cerv birzel kesa juuni lipanj lipnj qersh июн юни јун чер чэр ιουν haz ივნ հունիս \
     يونيو يونيه حزيران جوان ژوئن جون. יונ जून জুন มิถุนา มิ.ย.",
    "jul cvc. iuil luulyo lulju gorff uzt liep. iyl. juil lug hulyo xul iul iyul lip cervenc liepo heina juuli srpanj srpnj korrik июл юли јул лип ліп ιουλ tem ივლ հուլ \
     يوليو يوليه يوليوز تموز جويلي ژوئيه جولاي جولائي יול जुल জুল กรกฎา ก.ค.",
    "aug ogo. lunasa srp. awwis awst abuz rugp. kol. ag. elo. ago agu avg avq aou sie srpen srpna rugpj eloku kolov ogos gusht авг сер жні αυγ აგვ օգոս \
     اغسطس اب. اوت. غشت اگست اگوست אוג अग আগ สิงหา ส.ค.",
    "sep zar. mean. mfomh medi irail rugs. set sen szept wrz zari rugse syys ruj shtat сен сеп вер σεπ eyl სექ սեպ سبتمبر ايلول شتنبر سپتامبر سپتمبر ستمبر \
     ספט सित সেপ กันยา ก.ย.",
    "oct spal. deireadh dfomh hydref urri okt out ott paz rij spali loka tetor окт жов кас οκτ eki ოქტ հոկ اكتوبر اكتبر אוק अक् অক্ ตุลา ต.ค.",
    "nov lapkr. samh tachwedd azaro stu. noi noy nob lis marras lapkri studen nentor ное ноя нов лис ліс νοε kas ნოე նոյ نوفمبر نونبر نوامبر نومبر \
     נוב नव নভে พฤศจิกา พ.ย.",
    "dec pro. noll rhag aben dez dic des dek dis gru prosin joulu deets dhjet дек дец гру сне δεκ ara დეკ դեկ ديسمبر دجنبر دسامبر دسمبر \
     דצמ दिस ডিসে ธันวา ธ.ค.",
];

/// Days of the week, the first Monday, written as the months are. Those that mean one day in one language and
/// another in the next are left out.
const WEEKDAYS: [&str; 7] = [
    "mon lun man mo. ma. maa seg pon pzt pazartesi пн. пон δευ الاثنين שני",
    "tue mar di. dien din wt. wto tis tir ter sal ute uto вт. вто вів τρι الثلاثاء שלישי",
    "wed mer mie mi. mit wo. woe sro ons qua car ср. сре сер сря τετ الاربعاء רביעי",
    "thu jeu jue gio do. don czw tor qui per чт. чет πεμ الخميس חמישי",
    "fri ven vie vr. vri pia fre sex cum cuma пт. пят петъ παρ الجمعة שישי",
    "sat sam sab za. zat sob lor cmt cumartesi сб. суб съб σαβ السبت שבת",
    "sun dim dom so. son zo. zon nie pazar. вс. вос нед κυρ الاحد ראשון",
];

/// Names by their first letter, each with the place of its list, from 0.
type Index = HashMap<char, Vec<(&'static str, usize)>>;

static MONTHS_BY_LETTER: LazyLock<Index> = LazyLock::new(|| by_letter(&MONTHS));
static WEEKDAYS_BY_LETTER: LazyLock<Index> = LazyLock::new(|| by_letter(&WEEKDAYS));

fn by_letter(lists: &[&'static str]) -> Index {
    let mut index = Index::new();
    for (place, names) in lists.iter().enumerate() {
        for name in names.split_whitespace() {
            if let Some(letter) = name.chars().next() {
                index.entry(letter).or_default().push((name, place));
            }
        }
    }
    index
}

/// The place of the list with the longest name that fits.
fn found_in(index: &Index, word: &str) -> Option<usize> {
    let fits = |name: &str| match name.strip_suffix('.') {
        Some(whole) => word == whole,
        None => word.starts_with(name),
    };
    let names = index.get(&word.chars().next()?)?;
    let fitting = names.iter().filter(|(name, _)| fits(name));
    fitting
        .max_by_key(|(name, _)| name.len())
        .map(|(_, place)| *place)
}

/// The month that a word names, and whether the `next` word is a part of the name: the Levant has months of one
/// name that are told apart by "the first" and "the second".
pub(super) fn month(word: &str, next: Option<&str>) -> Option<(i8, bool)> {
    let first = matches!(next, Some("الاول" | "اول"));
    let second = matches!(next, Some("الثاني" | "ثاني"));
    match word {
        "تشرين" if first => return Some((10, true)),
        "تشرين" if second => return Some((11, true)),
        "كانون" if first => return Some((12, true)),
        "كانون" if second => return Some((1, true)),
        _ => {}
    }
    // Hebrew writes "in" as a part of the word: "3 בדצמבר".
    let without_in = word
        .strip_prefix('ב')
        .and_then(|rest| found_in(&MONTHS_BY_LETTER, rest));
    let place = found_in(&MONTHS_BY_LETTER, word).or(without_in)?;
    Some((i8::try_from(place + 1).ok()?, false))
}

/// For the name of a month that is an earlier one in some languages, how much earlier: the Croatian `listopad` is
/// October, and November for its neighbours.
pub(super) fn elsewhere(word: &str) -> Option<Zone> {
    const DAY: i32 = 86_400;
    const THIRTY: OffsetsByLanguage = &[("hr", 30 * DAY), ("bs", 30 * DAY), ("sh", 30 * DAY)];
    const THIRTY_ONE: OffsetsByLanguage = &[("hr", 31 * DAY), ("bs", 31 * DAY), ("sh", 31 * DAY)];
    match word {
        "lip" => Some(Zone::only_in(THIRTY)),
        "srp" | "lis" | "listopad" | "listopada" => Some(Zone::only_in(THIRTY_ONE)),
        _ => None,
    }
}

/// The day of the week that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let place = found_in(&WEEKDAYS_BY_LETTER, word)?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}

#[cfg(test)]
mod tests;
