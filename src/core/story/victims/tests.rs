use super::*;

/// All the texts that count otherwise.
#[track_caller]
fn check<'a>(texts: impl IntoIterator<Item = (&'a str, Option<u32>)>) {
    let wrong: Vec<_> = texts
        .into_iter()
        .flat_map(|(text, expected)| {
            [victims(text, ""), victims("", text)]
                .into_iter()
                .filter(move |&found| found != expected)
                .map(move |found| (text, found))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_dead_and_the_hurt_are_counted_in_six_languages() {
    let texts = [
        ("At least 12 killed in Lima", 12),
        ("Twelve people were killed when police opened fire", 12),
        ("Police kill 12 protesters in Ayacucho", 12),
        ("Death toll from the attack rises to 21", 21),
        ("Attack leaves three dead, 40 injured", 40),
        ("More than 1,200 dead in the north, the UN says", 1_200),
        ("12 soldiers and 3 civilians killed", 12),
        ("21 die in custody", 21),
        ("Twenty-one villagers massacred", 21),
        ("12 gunmen killed 3 people", 3),
        ("12 people, including 3 children, were killed", 12),
        ("Two journalists shot dead", 2),
        ("Protesta deja 12 muertos en Juliaca", 12),
        (
            "Al menos doce personas murieron y 30 resultaron heridas",
            30,
        ),
        ("La policía mató a 12 manifestantes", 12),
        ("Asciende a 21 el número de fallecidos", 21),
        ("El número de muertos sube a 21", 21),
        ("Treinta y un heridos en la marcha", 31),
        ("Asesinan a tres líderes indígenas en el Cauca", 3),
        ("12 morts dans une attaque au Mali", 12),
        ("Au moins douze civils tués", 12),
        ("Le bilan s'alourdit à 21 morts", 21),
        ("Une attaque fait 1 200 morts", 1_200),
        ("L'armée tue trois manifestants à Conakry", 3),
        ("Doze mortos em operação policial no Rio", 12),
        ("Polícia mata 3 jovens na Maré", 3),
        ("Sobe para 21 o número de mortos", 21),
        ("Ao menos 12 pessoas morreram e 30 ficaram feridas", 30),
        ("12 человек погибли при обстреле", 12),
        ("Погибли не менее 12 человек", 12),
        ("Число погибших выросло до 21", 21),
        ("Двенадцать мирных жителей убиты", 12),
        ("При обстреле ранены трое детей", 3),
        ("Жертвами атаки стали 12 человек", 12),
        ("مقتل 12 مدنيا في غارة", 12),
        ("مقتل ١٢ شخصا في غارة على حلب", 12),
        ("ارتفاع حصيلة القتلى إلى 21", 21),
        ("استشهاد ثلاثة فلسطينيين برصاص الاحتلال", 3),
        ("إصابة 30 متظاهرا في الخرطوم", 30),
        ("12 قتيلا و30 جريحا في انفجار", 30),
        ("قتيلان في بغداد", 2),
    ];
    check(texts.map(|(text, count)| (text, Some(count))));
}

#[test]
fn they_are_counted_in_scripts_without_spaces() {
    let texts = [
        ("爆炸造成12人死亡", 12),
        ("至少12死30伤", 30),
        ("空袭致三十二名平民丧生", 32),
        ("12名士兵阵亡", 12),
        ("１２人が死亡、３０人がけが", 30),
        ("デモ隊と衝突、5人が負傷", 5),
        ("ระเบิดเสียชีวิต 12 ราย บาดเจ็บ 30 คน", 30),
        ("ตาย 12 ศพ", 12),
    ];
    check(texts.map(|(text, count)| (text, Some(count))));
    check(
        [
            "警方逮捕12人",
            "12岁女孩被捕",
            "2019年死刑",
            "ตำรวจจับกุม 12 คน",
        ]
        .map(|text| (text, None)),
    );
}

#[test]
fn other_numbers_are_no_victims() {
    check(
        [
            "Twelve arrested after killing of activist",
            "12 arrested for murder",
            "A 12-year-old boy was killed",
            "Boy, 12, killed",
            "Juan Pérez, 34, was killed on Tuesday",
            "The 2019 killing of an editor",
            "Activist killed in 2019",
            "Police killed a man on 12 November",
            "Killed on November 12",
            "Sentenced to 12 years for killing a journalist",
            "12 police officers killed a man",
            "500 march after activist is killed",
            "Murders rose 12 percent",
            "Homicides fall 12%, deaths too",
            "$1,200 paid for each man killed",
            "Trial of 12 over killings opens",
            "12 missing after boat sinks",
            "Condenan a 12 policías por asesinato",
            "Detienen a 12 por la muerte de un líder",
            "Un joven de 12 años murió",
            "El asesinato de 1984 sigue impune",
            "Douze ans de prison pour meurtre",
            "12 personnes arrêtées après la mort d'un jeune",
            "Doze presos após morte de ativista",
            "12 задержанных после убийства",
            "12 лет за убийство",
            "12-летний мальчик погиб",
            "اعتقال 12 متظاهرا بعد مقتل ناشط",
            "السجن 12 عاما بتهمة القتل",
            "Flight 370 victims remembered",
            "Article 12 and the right to life after death",
            "",
            "12",
            "dead",
        ]
        .map(|text| (text, None)),
    );
}

#[test]
fn a_huge_number_and_a_number_of_something_else_are_no_victims() {
    check(
        [
            "Deadly heatwave puts 10,000,000 people at risk of death",
            "State must pay 500,000 to family of man killed by police",
            "Case 45123: man killed in custody",
            "El caso 12.573 de las víctimas llega a la Corte",
            "Пострадали 10 миллионов человек",
            "15 deaths per 100,000 inhabitants",
            "12 homicidios por cada 100.000 habitantes",
            "10,000 mourn dead student",
            "Cellist dies at 91",
        ]
        .map(|text| (text, None)),
    );
    check(
        [
            "Floods kill 12, 10,000,000 people affected",
            "10 millones de afectados y 12 muertos por las lluvias",
            "10 millions de sinistrés et 12 morts",
            "10 milhões de afetados e 12 mortos",
            "12 قتيلا و10 ملايين متضرر من الفيضانات",
            "洪灾致12人死亡，1000万人受灾",
        ]
        .map(|text| (text, Some(12))),
    );
}

/// A text and how many dead or hurt it counts a line, a tab between.
#[test]
fn ages_the_arrested_remains_and_numbers_in_words_are_told_apart() {
    let lines = include_str!("counts.tsv").lines();
    let lines = lines.filter_map(|line| line.split_once('\t'));
    check(lines.map(|(text, count)| (text, count.parse().ok())));
}
