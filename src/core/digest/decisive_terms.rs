//! Which of the matches decide: not "people" and "police" when a rarer word of the watch matched too.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::SpanRecord;
use crate::core::document::Field;
use crate::core::text::tokenizer::fold_text;
use crate::core::watch::phrase_frequency;

/// As common as news itself: who, where and by what, without a name. They stand in many watches beside what was done
/// and to whom, and decide alone only. Endings are found, too.
const ORDINARY: &str = "
    people person man men woman women child children boy girl family families youth teen driver resident villager
    police officer official authority authorities agent army military troop force guard government minister ministr
    president governor parliament senat general state country city town village region border port coast sea
    court judge law bill act decree trial case lawsuit prosecutor prison jail
    school hospital house home hotel shop church mosque road water food land health aid vaccine clinic
    post message book video film song article app internet online media press paper newspaper radio channel tv
    worker work job company union group party member leader year week month day human right news world nation public
    speech laws acts bills jobs ports seas shops films apps days boys parties schools
    gente persona personas hombre mujer mujeres niño niña joven familia vecino vecina policía agente oficial ejército
    militar fuerza autoridad gobierno ministr presidente gobernador estado país ciudad pueblo región frontera puerto
    costa mar corte tribunal juez juicio ley causa fiscal cárcel prisión escuela hospital casa vivienda hotel iglesia
    agua comida tierra salud ayuda mensaje libro video película artículo internet medios prensa diario periódico radio
    trabajador trabajo empresa sindicato grupo partido líder año semana día derecho mundo nación
    gens personne homme femme enfant jeune famille policier agent officier armée militaire force autorité
    gouvernement ministre président préfet état pays ville village région frontière port cour tribunal juge procès loi
    décret affaire procureur prison école hôpital maison logement église eau terre santé aide message livre vidéo
    article média presse journal journaux radio travailleur travail entreprise syndicat groupe parti chef an ans jour
    droit monde
    pessoa homem homens mulher criança menino menina jovem família policial policiais polícia agente oficial soldado
    exército militar força autoridade governo ministr governador estado país cidade aldeia fronteira porto costa
    tribunal tribunais juiz julgamento lei processo cadeia prisão escola casa moradia igreja água terra saúde ajuda
    mensagem livro vídeo imprensa mídia jornal rádio trabalhador trabalho empresa grupo partido ano semana dia direito
    люд человек мужчин женщин ребёнок дет подрост семь жител полици полицейск военн арми сил власт правительств
    министр президент губернатор парламент государств стран город деревн границ порт суд судь закон указ дел прокур
    тюрьм школ больниц дом квартир церк вод земл здоров помощ пост сообщени книг видео фильм стать медиа пресс газет
    издани радио канал интернет соцсет рабоч работ компани групп парти год день прав мир
    ناس شخص أشخاص رجل رجال امرأة نساء طفل أطفال شاب أسرة عائلة شرطة جيش قوات ضابط ضباط عسكري سلطة سلطات
    حكومة وزير وزارة رئيس محافظ برلمان دولة بلاد بلد مدينة قرية حدود ميناء بحر محكمة قاض قاضي قانون قضية مدعي سجن
    مدرسة مستشفى منزل بيت فندق كنيسة مسجد مياه ماء غذاء أرض أراضي صحة مساعدات رسالة كتاب فيلم مقال إعلام صحيفة جريدة
    قناة إذاعة إنترنت عامل عمال عمل شركة مجموعة حزب زعيم عام سنة يوم حقوق حق عالم
    人 人们 男子 女子 警察 警方 政府 国家 法院 学校 医院 媒体";

static ORDINARY_FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| ORDINARY.split_whitespace().map(fold_text).collect());

/// No word is rarer than this by its letters alone.
const RAREST: f64 = 0.006;
/// A phrase was put together on purpose, whatever its words.
const PHRASE: f64 = 0.03;
/// How many times as common as the rarest a match may be that decides with it.
const AS_RARE: f64 = 10.0;
/// Terms of one hit that decide: who, what was done, and one more.
const TERMS_MAX: usize = 3;
/// Letters of an ending, in Latin script and in others, and bytes of words that have none.
const ENDING_LATIN: usize = 2;
const ENDING: usize = 3;
const SHORT: usize = 3;

/// Whether a folded word is an ordinary one, or a form of one.
fn is_ordinary(folded: &str) -> bool {
    let bare = folded.strip_prefix("ال").unwrap_or(folded);
    let is_known = |word: &str| ORDINARY_FOLDED.contains(word);
    if is_known(folded) || is_known(bare) {
        return true;
    }
    let longest = if bare.is_ascii() {
        ENDING_LATIN
    } else {
        ENDING
    };
    let endings = bare.char_indices().rev().take(longest);
    let mut stems = endings.map(|(end, _)| &bare[..end]);
    stems.any(|stem| stem.len() > SHORT && is_known(stem))
}

/// How common a folded word or phrase is in news: a guess, from nothing but itself.
pub(super) fn estimated_frequency(folded: &str) -> f64 {
    if is_ordinary(folded) {
        return 0.5;
    }
    let guess = phrase_frequency(folded);
    if folded.contains(' ') {
        guess.min(PHRASE)
    } else {
        guess
    }
}

/// Of the spans of one hit, those of the words that decide: of the rarest terms, and all of them when they are alike
/// and ordinary.
pub(super) fn decisive_spans<'s, 't>(
    text_of: impl Fn(Field) -> &'t str,
    spans: &'s [SpanRecord],
) -> Vec<&'s SpanRecord> {
    let mut known: HashMap<&str, f64> = HashMap::new();
    let weighed: Vec<(&SpanRecord, f64)> = spans
        .iter()
        .map(|span| {
            let words = text_of(span.field).get(span.start..span.end);
            let words = words.unwrap_or(&span.term);
            let common = known
                .entry(words)
                .or_insert_with(|| estimated_frequency(&fold_text(words)).max(RAREST));
            (span, *common)
        })
        .collect();
    let rarest = weighed.iter().map(|(_, common)| *common);
    let rarest = rarest.fold(1.0, f64::min);
    let decide = |common: f64| common <= rarest || common < 0.5 && common <= rarest * AS_RARE;
    let deciding: Vec<(&SpanRecord, f64)> = weighed
        .into_iter()
        .filter(|(_, common)| decide(*common))
        .collect();
    let of_most = most_telling(&deciding);
    let spans = deciding.into_iter().map(|(span, _)| span);
    spans
        .filter(|span| of_most.contains(span.term.as_str()))
        .collect()
}

/// The rarest terms, those first that stand first.
fn most_telling<'s>(deciding: &[(&'s SpanRecord, f64)]) -> HashSet<&'s str> {
    let mut terms: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for (place, (span, common)) in deciding.iter().enumerate() {
        let term = terms.entry(&span.term).or_insert((*common, place));
        term.0 = term.0.min(*common);
    }
    let mut terms: Vec<(&str, (f64, usize))> = terms.into_iter().collect();
    terms.sort_by(|(_, a), (_, b)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    terms
        .into_iter()
        .take(TERMS_MAX)
        .map(|(term, _)| term)
        .collect()
}

#[cfg(test)]
mod tests;
