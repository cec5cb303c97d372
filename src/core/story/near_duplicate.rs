//! Whether two items carry one text.
//!
//! What decides is runs of words of their beginnings: more than half of the copies of one agency text bear a
//! headline of their own.

use super::agency::{without_credit, without_title_credit};
use crate::core::text::normalization::{Class, fold};
use crate::core::text::tokenizer::{Reading, split};

/// Characters of a lead that are its beginning, after the agency's credit.
pub const LEAD_CHARS: usize = 300;

/// Characters of a lead in which the beginning of another is looked for: who drops a sentence, or puts one before, goes on
/// further up or down. What two have in common behind their beginnings alone may be what their outlets always say there.
const REST_CHARS: usize = 600;

/// Runs of words kept of a lead, at most; no lead of a script with spaces has more.
pub const MOST_SHINGLES: usize = 96;

/// A run has four words, of which each counts for four.
const RUN: u32 = 16;

/// Leads with fewer runs say too little.
const FEWEST: usize = 6;

/// Shared runs at which two texts are the same, if these are at least half of those of the shorter.
const SAME: usize = 8;

/// A title of fewer words is given to many items.
const TITLE_WORDS: usize = 5;

/// What of an item tells copies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text<'a> {
    /// From [`shingles`].
    pub shingles: &'a [u32],
    /// From [`title_key`].
    pub title: Option<u32>,
}

/// How much of one text another is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// One text, perhaps cut or edited.
    Same,
    /// So much of one stands in the other that they are not two voices.
    NotIndependent,
    /// Other words.
    Other,
}

/// Hashes of the runs of words of a lead, without agency credit: those of its beginning in ascending order, and behind them
/// those of the rest in ascending order. The same text gives the same on every machine and in every version, for they are
/// stored.
///
/// A run is four words; in scripts without spaces eight characters (Han, kana) or sixteen (Thai, Lao, Khmer, Myanmar).
pub fn shingles(lead: &str) -> Box<[u32]> {
    let lead = without_credit(lead);
    let words = hashed(head(lead, REST_CHARS));
    let begin = hashed(head(lead, LEAD_CHARS)).len();
    let mut runs = Vec::with_capacity(words.len().min(MOST_SHINGLES));
    let mut beginning = 0;
    for start in 0..words.len() {
        if runs.len() == MOST_SHINGLES {
            break;
        }
        let mut length = 0;
        let mut run = OFFSET;
        let mut end = start;
        for &(hash, weight) in &words[start..] {
            run = mix(run, &hash.to_le_bytes());
            length += weight;
            end += 1;
            if length >= RUN {
                break;
            }
        }
        if length < RUN {
            break;
        }
        runs.push(short(run));
        if end <= begin {
            beginning = runs.len();
        }
    }
    let mut rest = runs.split_off(beginning);
    for part in [&mut runs, &mut rest] {
        part.sort_unstable();
        part.dedup();
    }
    rest.retain(|run| runs.binary_search(run).is_err());
    runs.append(&mut rest);
    runs.into_boxed_slice()
}

/// The runs of the beginning: where a smaller one follows, the rest begins.
pub(super) fn beginning(shingles: &[u32]) -> &[u32] {
    let end = shingles.windows(2).position(|pair| pair[0] > pair[1]);
    end.map_or(shingles, |end| &shingles[..=end])
}

/// A number for a title of five words or more (ten characters in scripts without spaces), equal for titles with the
/// same words; credits at its end do not count.
pub fn title_key(title: &str) -> Option<u32> {
    let words = hashed(head(without_title_credit(title), LEAD_CHARS));
    let length: u32 = words.iter().map(|&(_, weight)| weight).sum();
    let enough = length as usize >= TITLE_WORDS * 4;
    enough.then(|| {
        short(
            words
                .iter()
                .fold(OFFSET, |run, (hash, _)| mix(run, &hash.to_le_bytes())),
        )
    })
}

/// Compares two items. Their titles count only where a lead is too short.
pub fn likeness(a: Text<'_>, b: Text<'_>) -> Likeness {
    let [begin_a, begin_b] = [a, b].map(|text| beginning(text.shingles));
    let (least, most) = {
        let (a, b) = (begin_a.len(), begin_b.len());
        (a.min(b), a.max(b))
    };
    if least < FEWEST {
        let same_title = a.title.is_some() && a.title == b.title;
        // The shorter of two leads is the beginning of the other, and nothing speaks against the title.
        return if same_title {
            Likeness::Same
        } else {
            Likeness::Other
        };
    }
    let found = [(begin_a, b.shingles), (begin_b, a.shingles)]
        .map(|(begin, other)| of_one(begin.len(), most, shared(begin, other)));
    if found.contains(&Likeness::Same) {
        Likeness::Same
    } else if found.contains(&Likeness::NotIndependent) {
        Likeness::NotIndependent
    } else {
        Likeness::Other
    }
}

/// How much of one text another is that has so many of the runs of its beginning.
fn of_one(runs: usize, most: usize, shared: usize) -> Likeness {
    let whole = shared == runs && most < 2 * SAME;
    if shared * 2 >= runs && (shared >= SAME || whole) {
        Likeness::Same
    } else if shared * 100 >= runs * 35 && shared >= FEWEST {
        Likeness::NotIndependent
    } else {
        Likeness::Other
    }
}

/// How many runs of a beginning a text has.
fn shared(begin: &[u32], other: &[u32]) -> usize {
    let first = beginning(other);
    let rest = &other[first.len()..];
    let has = |run: &&u32| first.binary_search(run).is_ok() || rest.binary_search(run).is_ok();
    begin.iter().filter(has).count()
}

/// The first so many characters, cut at a word where the script has any.
fn head(text: &str, characters: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(characters) else {
        return text;
    };
    let cut = text[..end]
        .char_indices()
        .rev()
        .take(40)
        .find(|(_, c)| c.is_whitespace());
    &text[..cut.map_or(end, |(at, _)| at)]
}

/// Folded words by hash, each with what it counts towards a run.
fn hashed(text: &str) -> Vec<(u64, u32)> {
    let mut words = Vec::new();
    split(text, Reading::Joined, &mut Vec::new(), |buffer, word| {
        let form = &buffer[word.folded..];
        words.push((mix(OFFSET, form), weight(&text[word.start..word.end])));
        buffer.truncate(word.folded);
    });
    words
}

/// A word of a script with spaces counts four; a character of the others two, or one where words are long.
fn weight(word: &str) -> u32 {
    match word.chars().next() {
        Some('\u{2E80}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}') => 2,
        Some(first) if fold(first).class() == Class::Single => 1,
        _ => 4,
    }
}

const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;

/// FNV-1a of 64 bits (RFC 9923, section 2).
fn mix(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// The 32 bits of it, of which each depends on all.
fn short(hash: u64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "half of it is what is wanted"
    )]
    let half = (hash >> 32) as u32 ^ hash as u32;
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The likeness of two items, each title and lead.
    fn of(a: (&str, &str), b: (&str, &str)) -> Likeness {
        let (first, second) = (shingles(a.1), shingles(b.1));
        likeness(
            Text {
                shingles: &first,
                title: title_key(a.0),
            },
            Text {
                shingles: &second,
                title: title_key(b.0),
            },
        )
    }

    /// A lead in each language, and another of the same event.
    const LEADS: [(&str, &str); 9] = [
        (
            "Police fired tear gas at farmers who blocked the road to the mine near Huamanga on Tuesday, wounding nine of them, the regional health office said.",
            "Nine farmers were hurt in Huamanga when officers broke up a blockade outside a mine, according to health workers who treated them in the town's hospital.",
        ),
        (
            "La policía lanzó gases contra los campesinos que bloqueaban la carretera a la mina cerca de Huamanga este martes, con nueve heridos según la dirección de salud.",
            "Nueve comuneros resultaron lesionados en Huamanga cuando agentes desalojaron un bloqueo frente a la mina, informaron médicos del hospital de la ciudad.",
        ),
        (
            "La police a tiré des gaz lacrymogènes sur des paysans qui bloquaient la route de la mine près de Huamanga mardi, faisant neuf blessés selon les services de santé.",
            "Neuf agriculteurs ont été blessés à Huamanga lorsque des agents ont levé un barrage devant une mine, indiquent des soignants de l'hôpital de la ville.",
        ),
        (
            "A polícia lançou gás contra camponeses que bloqueavam a estrada da mina perto de Huamanga na terça, deixando nove feridos segundo a secretaria de saúde.",
            "Nove agricultores ficaram feridos em Huamanga quando agentes desfizeram um bloqueio diante de uma mina, informaram médicos do hospital da cidade.",
        ),
        (
            "أطلقت الشرطة الغاز المسيل للدموع على مزارعين قطعوا الطريق إلى المنجم قرب هوامانغا يوم الثلاثاء ما أدى إلى إصابة تسعة منهم بحسب دائرة الصحة.",
            "أصيب تسعة فلاحين في هوامانغا حين فض رجال الأمن اعتصاما أمام منجم وفق ما قاله أطباء عالجوهم في مستشفى المدينة.",
        ),
        (
            "Полиция применила слезоточивый газ против крестьян, перекрывших дорогу к руднику близ Уаманги во вторник, девять человек ранены, сообщили в управлении здравоохранения.",
            "Девять фермеров пострадали в Уаманге, когда силовики разогнали блокаду у рудника, рассказали врачи городской больницы.",
        ),
        (
            "警方周二在瓦曼加附近向封锁矿山道路的农民发射催泪瓦斯，据地区卫生部门称造成九人受伤，其中两人伤势严重。",
            "瓦曼加一家医院的医生说，执法人员驱散矿场外的路障时有九名农民受伤，伤者已送往市内救治并接受手术。",
        ),
        (
            "警察は火曜日、ワマンガ近郊で鉱山への道路を封鎖した農民に催涙ガスを発射し、州保健局によると九人が負傷した。",
            "ワマンガの病院の医師らによれば、鉱山前のバリケードを治安部隊が排除した際に農民九人がけがを負い、手当てを受けている。",
        ),
        (
            "ตำรวจยิงแก๊สน้ำตาใส่ชาวนาที่ปิดถนนไปยังเหมืองใกล้เมืองฮัวมังกาเมื่อวันอังคาร ทำให้มีผู้บาดเจ็บเก้าคน ตามข้อมูลของสำนักงานสาธารณสุข",
            "ชาวไร่เก้าคนได้รับบาดเจ็บที่ฮัวมังกาขณะเจ้าหน้าที่สลายการชุมนุมหน้าเหมือง แพทย์โรงพยาบาลในเมืองเปิดเผยเมื่อคืนนี้",
        ),
    ];

    #[test]
    fn one_text_under_two_headlines_is_a_copy_and_other_words_are_none() {
        for (lead, other) in LEADS {
            assert_eq!(
                of(("One headline", lead), ("Another", lead)),
                Likeness::Same,
                "{lead}"
            );
            assert_eq!(
                of(("One headline", lead), ("Another", other)),
                Likeness::Other,
                "{lead}"
            );
            let credited = format!("LIMA, Nov 3 (AP) — {lead}");
            assert_eq!(shingles(&credited), shingles(lead), "{lead}");
            // Cut by the feed.
            let cut = lead
                .char_indices()
                .nth(lead.chars().count() * 3 / 4)
                .map_or(lead, |(at, _)| &lead[..at]);
            assert_eq!(
                of(("", lead), ("", &format!("{cut}…"))),
                Likeness::Same,
                "{lead}"
            );
            assert!(shingles(lead).len() <= MOST_SHINGLES);
        }
    }

    #[test]
    fn an_edited_text_is_no_voice_of_its_own() {
        let (lead, _) = LEADS[0];
        let edited = format!(
            "The ministry promised an inquiry into the events of the week and named a judge to lead it. {lead}"
        );
        assert_ne!(of(("", lead), ("", &edited)), Likeness::Other);
        let quoted = "Wounding nine of them, the regional health office said, officers used tear gas at a mine in the highlands on the second day of unrest there.";
        assert_eq!(of(("", lead), ("", quoted)), Likeness::Other);
    }

    #[test]
    fn short_leads_are_copies_under_one_title() {
        let title = "Police fire on farmers near Huamanga";
        assert_eq!(of((title, ""), (title, "")), Likeness::Same);
        assert_eq!(
            of(
                (title, ""),
                ("Police fire on farmers near Huamanga - Reuters", "")
            ),
            Likeness::Same
        );
        assert_eq!(
            of((title, ""), ("Police fire on farmers near Puno", "")),
            Likeness::Other
        );
        assert_eq!(
            of(("Live updates", ""), ("Live updates", "")),
            Likeness::Other
        );
        assert_eq!(of(("", ""), ("", "")), Likeness::Other);
        // Ten words, all the same.
        let short = "Nine farmers were wounded near Huamanga on Tuesday, doctors said.";
        assert_eq!(of(("One", short), ("Two", short)), Likeness::Same);
        let other = "Nine farmers were wounded near Puno on Friday, doctors said.";
        assert_eq!(of(("One", short), ("Two", other)), Likeness::Other);
    }

    #[test]
    fn what_is_stored_stays() {
        let first = shingles("one two three four five");
        assert_eq!(*first, *shingles("One, two — three: four (five)"));
        assert_eq!(first.len(), 2);
        assert!(first.is_sorted());
        assert!(shingles(&"word ".repeat(100_000)).len() <= MOST_SHINGLES);
    }
}
