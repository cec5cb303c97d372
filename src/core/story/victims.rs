//! How many dead or hurt people an item counts.
//!
//! A number counts when words of death or injury stand beside it and nothing says that it counts something else:
//! years, ages, money, hours, the arrested.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::tokens::{Gap, Kind, Token, tokens};

/// Bytes of a lead that are looked at.
const LEAD_BYTES: usize = 1_500;

/// Words between a number and the word of death behind it, at most.
const REACH: usize = 6;

/// Words of a phrase of number between the word of death and the number behind it, at most.
const REACH_BEHIND: usize = 4;

/// More are those whom a flood or a drought reaches, or money; no one event has killed or hurt so many.
pub(super) const MOST: u32 = 1_000_000;

/// The largest number of dead or hurt people that the title or the lead counts.
pub fn victims(title: &str, lead: &str) -> Option<u32> {
    let lead = &lead[..lead.floor_char_boundary(LEAD_BYTES)];
    of_text(title).max(of_text(lead))
}

fn of_text(text: &str) -> Option<u32> {
    let words = tokens(text);
    let is_dual = words.iter().any(|word| WORDS.dual.has(&word.folded));
    let spaced = counted(&words)
        .into_iter()
        .filter_map(|at| words[at].count());
    let unspaced = super::victims_unspaced::counted(text).into_iter();
    spaced
        .chain(unspaced.map(|(_, count)| count))
        .max()
        .max(is_dual.then_some(2))
}

/// Which of the words are numbers of dead or hurt people.
pub(super) fn counted(words: &[Token]) -> Vec<usize> {
    if words.iter().all(|word| word.count().is_none()) {
        return Vec::new();
    }
    let roles = roles(words);
    let is_victims = |at: &usize| {
        words[*at]
            .count()
            .is_some_and(|count| (1..=MOST).contains(&count))
            && is_people(words, &roles, *at)
            && (is_before(words, &roles, *at) || is_behind(words, &roles, *at))
    };
    (0..words.len()).filter(is_victims).collect()
}

/// What a word does for the numbers around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// People who died or were hurt: `dead`, `killed`, `heridos`.
    State,
    /// The same, or what somebody does to them: `killed`.
    Either,
    /// What somebody does to those who are named behind it: `kills`, `mató`.
    Act,
    /// A count of victims: `toll`, `saldo`.
    Toll,
    /// Something else is counted.
    Other,
    /// Another clause begins.
    Turn,
    /// Goes with a number: `at least`.
    About,
    Plain,
}

struct Words {
    state: Lexicon,
    either: Lexicon,
    act: Lexicon,
    toll: Lexicon,
    other: Lexicon,
    turn: Lexicon,
    about: Lexicon,
    unit: Lexicon,
    month: Lexicon,
    dual: Lexicon,
    object: Lexicon,
    ago: Lexicon,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    state: Lexicon::new(
        "dead die dies died dying deaths death fatalities fatality casualties slain wounded injured injuries injury hurt \
         maimed drowned drown drowns perish* bodies corpses remains victims victim martyred martyrs murdered massacred \
         muert* muere mueren murio murieron fallec* asesinad* herid* lesionad* victima victimas ahogad* ejecutad* \
         masacrad* cadaver* restos cuerpos calcinad* \
         mort morts morte mortes tue tues tuee tuees decede* deces blesse blesses blessee blessees noye noyes noyees noient restes depouilles ossements assassine* \
         victime victimes perdu \
         morto mortos morta mortas morre morrem morreu morreram falec* ferido feridos ferida feridas assassinad* corpos ossadas \
         vitima vitimas obitos \
         погиб* убит* умер умерли мертв* жертв* ранен* пострада* травмирован* смерт* скончал* утонул* тел тела останки расстрелян* \
         قتيل قتيلا قتلي قتلى قتيلة جريح جريحا جرحي جرحى شهيد شهيدا شهداء مصاب مصابا مصابين اصابة إصابة مقتل استشهاد وفاة \
         وفيات مصرع قتلوا استشهدوا اصيبوا ضحايا ضحية استشهد لقوا اصيب أصيب توفي قضوا جثة جثث جثامين رفات \
         tote toten tot getotet verletzt verletzte verletzten gestorben starben sterben opfer \
         morti morta feriti ferita uccisi uccise vittime загинул* вбит* поранен* \
         olu yarali yaralandi olduruldu hayatini",
    ),
    either: Lexicon::new("killed shot stabbed executed قتل قتلت"),
    act: Lexicon::new(
        "kill kills killing killings murder murders murdering wound wounds wounding injure injures injuring massacre \
         execute executes shooting lynching claims claim \
         mata matan mato mataron hiere hieren hirio asesina asesinan asesino asesinaron asesinato asesinatos matanza \
         masacre ejecuta mata matar \
         tuent tuant tuer blessent blessant blesser assassinat assassinats massacre meurtre \
         mataram matou fere ferem assassinato chacina assassinaram ferindo matando deixa \
         убил убила убили убивает ранил ранили убийство убийства убийстве убийств гибель гибели гибелью \
         يقتل تقتل يقتلون اغتيال اعدام إعدام töten tötet uccide uccidono",
    ),
    toll: Lexicon::new(
        "toll tolls saldo balance bilan balanco numero жертвами число числа حصيلة عدد",
    ),
    other: Lexicon::new(
        "arrest* detain* sentenc* accus* charge* convict* trial jail* imprison* missing displac* evacuat* rescu* free freed \
         releas* suspect* vot* protest* march* gather* rall* surviv* flee* fled homeless hostage* kidnap* abduct* deport* \
         indict* acquit* wanted search* participat* attend* celebrat* affected mourn* sign signed signatures signatories \
         afectad* damnificad* sinistre* afetad* desabrigad* متضرر متضررا متضررين betroffen* \
         detenid* detien* detuv* deteni* arrestad* condenad* acusad* juici* procesad* encarcel* desaparec* desplazad* evacuad* \
         rescatad* liberad* sospechos* marcha* protesta* manifest* sobreviv* secuestrad* deportad* imputad* \
         arrete* interpell* condamn* accuse* proces detenu* incarcer* dispar* deplac* evacue* secour* libere* suspect* \
         rescape* survivant* enleve* otage* expuls* \
         detid* pres* prend* condenad* acusad* julgament* desaparecid* deslocad* resgatad* libertad* suspeit* \
         sequestrad* sobrevivente* \
         задержан* арестован* осужден* обвин* приговор* пропа* эвакуир* спас* освобожд* подозрева* выжив* похищ* протест* \
         اعتقال توقيف معتقل معتقلا معتقلين المعتقلين موقوفا محاكمة متهم متهما متهمين سجين سجينا نازح نازحا مفقود مفقودا مفقودين \
         اسير اسيرا متظاهر متظاهرا ناج ناجيا \
         festgenommen verhaftet vermisst gozalt* tutuklan* tutuklu",
    ),
    turn: Lexicon::new(
        "risk threat without riesgo sin risque sans risco sem риск риска без خطر بدون دون \
         as after when while since because over amid following for before during despite who that which though where until \
         tras despues luego por mientras cuando desde durante que segun para porque contra \
         apres alors lorsque pour pendant depuis qui que selon contre dont quand par \
         apos depois durante enquanto quando segundo porque por \
         после за из-за когда пока во время который которые что перед \
         بعد منذ خلال بسبب اثناء أثناء عندما الذي التي الذين قبل حين على nach seit während wegen",
    ),
    about: Lexicon::new(
        "at least more than about around some over nearly almost up to to of rises rise rose climbs climbed reaches reached \
         passes hits a an total now only just another other people persons estimated as many or is are was stands were \
         by of human humanos oseos mortais mortales \
         al menos mas de unos unas alrededor hasta a por lo los las casi cerca sube asciende ascienden llega llegan aumenta \
         eleva se en son suman \
         au moins plus pres environ quelque jusqu monte passe s eleve est de d la le les porte \
         pelo mais cerca quase ate sobe chega para ao menos e \
         не менее более около до свыше почти по меньшей мере как минимум выросло возросло достигло увеличилось человек людей как \
         уже \
         ما لا يقل عن نحو اكثر أكثر من حوالي الى إلى ارتفع ارتفعت ارتفاع على الأقل بلغ بلغت قرابة زهاء \
         mindestens mehr als auf steigt almeno oltre",
    ),
    unit: Lexicon::new(
        "year years yr yrs month months week weeks day days hour hours minute minutes second seconds percent per pc pct km \
         kilometer* kilometre* mile* meter* metre* dollar* euro* pound* peso* sol soles ruble* rouble* yen yuan rupee* usd eur bn \
         million billion thousand shots bullets rounds times cases case countries country houses homes buildings \
         vehicles cars missiles missile drones drone bombs bomb strikes attacks attack am pm th st nd rd gmt \
         degrees percentage points pages arrests cattle cows sheep dogs animals horses \
         ano anos año años mes meses semana semanas dia dias día días hora horas minuto minutos segundos ciento kilometro* \
         metro metros balazos disparos tiros veces casos paises casas vehiculos edificios ataques \
         an ans mois semaine semaines jour jours heure heures minute minutes pour kilometr* metres balles fois pays maisons cas \
         reais quilometr* vezes \
         год года году лет годов годы месяц* недел* день дня дней сутки суток час часа часов минут* процент* километр* км метр* \
         рубл* доллар* раз раза стран страны домов дом машин ракет дрон* беспилотник* летн* \
         عام عاما عامًا سنة سنوات شهر شهرا أشهر اشهر اسبوع أسبوع اسابيع أسابيع يوم يوما ايام أيام ساعة ساعات دقيقة دقائق بالمئة المائة بالمائة المئة كيلومتر \
         كيلومترا متر مترا دولار يورو مليار مرة مرات دولة منزلا سيارة صاروخ صواريخ \
         jahre jahren monate tage stunden prozent yasinda yasindaki yil",
    ),
    month: Lexicon::new(
        "january february march april may june july august september october november december jan feb mar apr jun jul aug sep \
         sept oct nov dec de enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre \
         janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre \
         janeiro fevereiro março maio junho julho setembro outubro novembro dezembro \
         января февраля марта апреля мая июня июля августа сентября октября ноября декабря \
         يناير فبراير مارس ابريل أبريل مايو يونيو يوليو اغسطس أغسطس سبتمبر اكتوبر أكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار \
         حزيران تموز آب أيلول تشرين",
    ),
    dual: Lexicon::new("قتيلان قتيلين شهيدان شهيدين جريحان جريحين مصابان جثتان جثتين"),
    object: Lexicon::new(
        "a an the his her their its this that dozens hundreds scores civilians protesters people children him them",
    ),
    ago: Lexicon::new(
        "in on since until by en el le du em no na в с до في منذ عام год aged age act article section law resolution day артикул \
         article articulo artigo loi ley lei статья статьи статье الماد* الفصل edad",
    ),
});

/// What each word does, in the light of its neighbours.
fn roles(words: &[Token]) -> Vec<Role> {
    let mut roles: Vec<Role> = words.iter().map(role).collect();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &words[at]);
        let next = words.get(at + 1).map_or("", |next| next.folded.as_str());
        match word.folded.as_str() {
            // `remains of 12`, but `12 remains`.
            "remains" | "restes" if !matches!(next, "of" | "de" | "d") => roles[at] = Role::Plain,
            // `27 corps`, but `27 corps members`.
            "corps" if !word.is_capital && !matches!(next, "member" | "members" | "commanders") => {
                if before.is_some_and(|number| number.count().is_some()) {
                    roles[at] = Role::State;
                }
            }
            // `as 12 land`, but `as many as 12`.
            "as" if next != "many" && before.is_none_or(|many| many.folded != "many") => {
                roles[at] = Role::Turn;
            }
            _ => {}
        }
    }
    roles
}

fn role(word: &Token) -> Role {
    if word.kind != Kind::Word {
        return Role::Plain;
    }
    let folded = word.folded.as_str();
    let bare = without_article(folded);
    let lists = &*WORDS;
    let is = |list: &Lexicon| list.has(folded) || bare.is_some_and(|bare| list.has(bare));
    if is(&lists.either) {
        Role::Either
    } else if is(&lists.act) {
        Role::Act
    } else if is(&lists.toll) {
        Role::Toll
    } else if is(&lists.state) {
        Role::State
    } else if is(&lists.other) {
        Role::Other
    } else if lists.about.has(folded) {
        Role::About
    } else if lists.turn.has(folded) {
        Role::Turn
    } else {
        Role::Plain
    }
}

/// An Arabic word without article, conjunction or preposition.
fn without_article(word: &str) -> Option<&str> {
    ["وال", "بال", "لل", "ال", "و", "ب", "ل"]
        .into_iter()
        .find_map(|clitic| word.strip_prefix(clitic))
        .filter(|rest| rest.chars().count() >= 3)
}

/// Whether the number may count people.
fn is_people(words: &[Token], roles: &[Role], at: usize) -> bool {
    let word = &words[at];
    if word.gap == Gap::Money || word.is_percent {
        return false;
    }
    let before = at.checked_sub(1).map(|at| words[at].folded.as_str());
    let next = words.get(at + 1).filter(|next| next.gap <= Gap::Blank);
    let count = word.count().unwrap_or(0);
    if let Some(next) = next {
        // `12 في المائة`: of a hundred.
        let is_share = next.folded == "في" && words.get(at + 2).is_some_and(is_unit);
        if is_unit(next) || is_share {
            return false;
        }
        // `12-year-old`, and half a number: `12 and a half`.
        if next.gap == Gap::Joined && next.kind == Kind::Word && !is_victim(roles[at + 1]) {
            return false;
        }
    }
    if is_day(words, at) {
        return false;
    }
    if is_year(word) {
        let counts_people =
            next.is_some_and(|next| PEOPLE.has(&next.folded) || is_victim(roles[at + 1]));
        let is_date = before.is_some_and(|before| {
            WORDS.ago.has(before) || WORDS.month.has(before) || before == "the"
        });
        if !counts_people || is_date {
            return false;
        }
    }
    // `Article 12`, `aged 12`, `Day 12`.
    if before.is_some_and(|before| !before.is_empty() && NUMBERED.has(before)) {
        return false;
    }
    // `dies at 91`.
    let is_age = before == Some("at") && count < 120 && at > 1 && roles[at - 2] == Role::State;
    // `15 deaths per 100,000 inhabitants`.
    let is_rate = words[at..].windows(2).take(REACH).any(|pair| {
        matches!(
            pair[0].folded.as_str(),
            "per" | "cada" | "pour" | "por" | "на" | "لكل" | "je"
        ) && pair[1].count().is_some_and(|count| count >= 1_000)
    });
    if is_age || is_rate {
        return false;
    }
    // `Juan Pérez, 34, was killed`; `a boy, 12, was killed`.
    let is_between_commas = word.gap == Gap::Comma
        && words.get(at + 1).is_none_or(|next| next.gap >= Gap::Comma)
        && at > 0
        && words[at - 1].kind == Kind::Word;
    if is_between_commas && count < 120 {
        return false;
    }
    true
}

/// `12 November`, `3 de noviembre`, `November 12`.
pub(super) fn is_day(words: &[Token], at: usize) -> bool {
    let is_month = |at: usize| {
        words.get(at).is_some_and(|word| {
            WORDS.month.has(&word.folded)
                && word.folded != "de"
                && (word.folded != "may" || word.is_capital)
        })
    };
    let is_behind_de =
        words.get(at + 1).is_some_and(|word| word.folded == "de") && is_month(at + 2);
    let is_behind_month = at > 0 && is_month(at - 1) && words[at].gap <= Gap::Blank;
    words[at].count().is_some_and(|count| count <= 31)
        && (is_month(at + 1) || is_behind_de || is_behind_month)
}

/// A number of four digits that may be one of these years.
pub(super) fn is_year(word: &Token) -> bool {
    word.count()
        .is_some_and(|count| (1900..=2100).contains(&count))
        && word.end - word.start == 4
}

/// What a number behind it does not count, but names.
static NUMBERED: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "article articles section act law resolution day aged age no number nr flight boeing airbus highway route unit battalion \
         brigade phase chapter room grade channel radio top under case file petition complaint pay pays paid award awarded worth \
         caso expediente causa pagar paga affaire dossier payer processo дело дела قضية القضية sentenza \
         articulo ley resolucion edad vuelo ruta artigo lei idade voo loi age vol статья статьи статье закон рейс возрасте маршрут \
         المادة القانون رقم",
    )
});

static PEOPLE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "people persons civilians children women men soldiers troops police officers protesters demonstrators students workers \
         journalists migrants palestinians israelis victims others passengers personas civiles niños mujeres soldados policias \
         manifestantes personnes civils enfants femmes soldats manifestants pessoas civis crianças человек людей мирных жителей \
         شخص شخصا اشخاص أشخاص مدني مدنيا مدنيين طفل طفلا أطفال فلسطيني فلسطينيا",
    )
});

fn is_unit(word: &Token) -> bool {
    WORDS.unit.has(&word.folded)
        || without_article(&word.folded).is_some_and(|bare| WORDS.unit.has(bare))
}

fn is_victim(role: Role) -> bool {
    matches!(role, Role::State | Role::Either | Role::Toll)
}

/// `12 people were killed`.
fn is_before(words: &[Token], roles: &[Role], at: usize) -> bool {
    let mut commas = 0;
    let is_taken = is_taken(words, roles, at);
    for (step, next) in (at + 1..words.len()).enumerate() {
        let word = &words[next];
        if word.gap == Gap::Stop || step >= REACH + commas * 2 || words[next].gap == Gap::Money {
            return false;
        }
        if word.gap == Gap::Comma {
            // What stands between commas may part the number from its verb, once.
            commas += 1;
            if commas > 2 {
                return false;
            }
        }
        // `arrest 45, wound 3`, `اعتقال 45 وإصابة 3`.
        if is_taken && (commas > 0 || word.folded.starts_with('و')) {
            return false;
        }
        match roles[next] {
            Role::State => {
                return !(commas == 1 && step > 1 && starts_clause(words, roles, at, next));
            }
            // `12 gunmen killed 3`, `12 gunmen killed a man`: but `12 killed`.
            Role::Either => return !(step > 0 && has_object(words, roles, next)),
            Role::Act | Role::Other | Role::Turn => return false,
            // `por` goes with numbers that stand behind it.
            Role::About if WORDS.turn.has(&word.folded) => return false,
            Role::About | Role::Plain | Role::Toll => {}
        }
        // Another number has the word of death, unless the two are listed: `12 soldiers and 3 civilians killed`.
        if word.count().is_some_and(|count| count > 1) {
            let is_listed = matches!(
                words[next - 1].folded.as_str(),
                "and" | "y" | "et" | "e" | "и" | "und" | "including" | "incluidos" | "dont"
            ) || words[next].folded.starts_with('و')
                || word.gap == Gap::Comma;
            if !is_listed {
                return false;
            }
        }
    }
    false
}

/// Whether what stands right before a number says that it counts others: `arrest 45`, `detienen a 45`.
fn is_taken(words: &[Token], roles: &[Role], at: usize) -> bool {
    let before = (0..at).rev().take(REACH_BEHIND);
    let joined = before.take_while(|before| words[before + 1].gap <= Gap::Blank);
    let mut roles = joined.map(|before| roles[before]);
    roles.find(|role| *role != Role::About) == Some(Role::Other)
}

/// `500 march in Lima, 3 killed`: the word of death behind a comma has a number of its own.
fn starts_clause(words: &[Token], _roles: &[Role], at: usize, victim: usize) -> bool {
    (at + 1..victim).any(|between| {
        words[between].count().is_some_and(|count| count > 1) && words[between].gap == Gap::Comma
    })
}

fn has_object(words: &[Token], roles: &[Role], verb: usize) -> bool {
    let Some(next) = words.get(verb + 1).filter(|next| next.gap <= Gap::Blank) else {
        return false;
    };
    WORDS.object.has(&next.folded) || is_number_ahead(words, roles, verb + 1)
}

/// A number after words that go with numbers.
fn is_number_ahead(words: &[Token], roles: &[Role], from: usize) -> bool {
    words
        .iter()
        .zip(roles)
        .skip(from)
        .take(REACH_BEHIND)
        .take_while(|(word, role)| {
            word.gap <= Gap::Blank && (**role == Role::About || word.count().is_some())
        })
        .any(|(word, _)| word.count().is_some())
        && words.get(from).is_none_or(|word| word.folded != "by")
}

/// `kills 12`, `toll rises to 12`, `число погибших выросло до 12`.
fn is_behind(words: &[Token], roles: &[Role], at: usize) -> bool {
    // `un`, `uma`: an article.
    if words[at].count() == Some(1) && !matches!(words[at].folded.as_str(), "1" | "one" | "одного")
    {
        return false;
    }
    let mut plain = 0;
    let mut gap = words[at].gap;
    for (step, before) in (0..at).rev().enumerate() {
        if gap == Gap::Stop || gap == Gap::Money {
            return false;
        }
        match roles[before] {
            Role::Toll => return plain <= 6,
            // `число погибших в Лиме выросло до 21`: a toll may stand before.
            Role::State => {
                let is_near = plain == 0 && step <= REACH_BEHIND && gap_is_near(words, before, at);
                return is_near || has_toll(words, roles, before);
            }
            Role::Either | Role::Act => {
                return plain == 0 && step <= REACH_BEHIND && gap_is_near(words, before, at);
            }
            Role::Other | Role::Turn => return false,
            Role::About => {}
            Role::Plain => {
                if words[before].kind != Kind::Word {
                    return false;
                }
                plain += 1;
                if plain > 6 {
                    return false;
                }
            }
        }
        gap = gap.max(words[before].gap);
    }
    false
}

/// `death toll`, `число погибших`: up to two words before.
fn has_toll(words: &[Token], roles: &[Role], victim: usize) -> bool {
    let near = victim.saturating_sub(2)..(victim + 2).min(words.len());
    near.clone().any(|at| roles[at] == Role::Toll)
}

fn gap_is_near(words: &[Token], before: usize, at: usize) -> bool {
    words[before + 1..=at]
        .iter()
        .all(|word| word.gap <= Gap::Comma)
}

#[cfg(test)]
mod tests;
