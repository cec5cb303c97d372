//! Words of death and injury, and of what else numbers count.

use std::sync::LazyLock;

use super::super::lexicon::Lexicon;

/// Words by what they do for the numbers around them: see [`super::Role`].
pub(super) struct Words {
    pub(super) state: Lexicon,
    pub(super) either: Lexicon,
    pub(super) act: Lexicon,
    pub(super) toll: Lexicon,
    pub(super) other: Lexicon,
    pub(super) turn: Lexicon,
    pub(super) about: Lexicon,
    pub(super) unit: Lexicon,
    pub(super) month: Lexicon,
    pub(super) dual: Lexicon,
    pub(super) object: Lexicon,
    pub(super) ago: Lexicon,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
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

/// What a number behind it does not count, but names.
pub(super) static NUMBERED: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "article articles section act law resolution day aged age no number nr flight boeing airbus highway route unit battalion \
         brigade phase chapter room grade channel radio top under case file petition complaint pay pays paid award awarded worth \
         caso expediente causa pagar paga affaire dossier payer processo дело дела قضية القضية sentenza \
         articulo ley resolucion edad vuelo ruta artigo lei idade voo loi age vol статья статьи статье закон рейс возрасте маршрут \
         المادة القانون رقم",
    )
});

pub(super) static PEOPLE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "people persons civilians children women men soldiers troops police officers protesters demonstrators students workers \
         journalists migrants palestinians israelis victims others passengers personas civiles niños mujeres soldados policias \
         manifestantes personnes civils enfants femmes soldats manifestants pessoas civis crianças человек людей мирных жителей \
         شخص شخصا اشخاص أشخاص مدني مدنيا مدنيين طفل طفلا أطفال فلسطيني فلسطينيا",
    )
});

/// More are those whom a flood or a drought reaches, or money; no one event has killed or hurt so many.
pub(super) const MOST: u32 = 1_000_000;
