//! Which of several changes is told first, and what is none.

use super::*;

#[test]
fn of_several_changes_the_number_or_the_name_is_told() {
    let pairs = [
        (
            "A dozen arrested at parliament",
            "Three arrested at parliament, not a dozen",
            "Three",
        ),
        (
            "12 killed in Lima raid, says the ministry",
            "2 killed in Lima raid, not 12, says the ministry",
            "2 killed",
        ),
        (
            "Police hold editor Anna Roe in Lima",
            "Police hold editor Bea Lund in Lima, not Anna Roe",
            "Bea Lund",
        ),
        (
            "Detienen al editor Juan Quispe en Puno",
            "Detienen al editor Pedro Mamani en Puno, no a Juan Quispe",
            "Pedro Mamani",
        ),
        (
            "Une attaque fait 12 morts au Mali",
            "Une attaque fait 2 morts au Mali, et non 12",
            "2 morts",
        ),
        (
            "Операция: 12 погибших в Алеппо",
            "Операция: 2 погибших в Алеппо, а не 12",
            "2 погибших",
        ),
        (
            "Raid leaves 12 killed in Lima",
            "Raid leaves two killed in Lima rather than 12",
            "two killed",
        ),
        // What is or is not so weighs more than a number that grew.
        (
            "Police fired on a crowd in Lima, 12 hurt",
            "Police did not fire on a crowd in Lima, 13 hurt",
            "did not",
        ),
        (
            "No police were present in Lima, 12 hurt",
            "Police were present in Lima, 2 hurt",
            "2 hurt",
        ),
    ];
    for (before, after, told) in pairs {
        let found = of(before, after).expect(after);
        assert!(found.correction, "{found:?}");
        let parts = Part::of(&found.what).unwrap_or_default();
        let Some(Part::Became { after, .. }) = parts.first() else {
            panic!("{found:?}");
        };
        assert!(after.contains(told), "{found:?}");
    }
}

#[test]
fn words_of_a_clause_with_a_negation_in_it_are_not_denied() {
    let pairs = [
        (
            "Police dispersed a protest in Lagos on Monday",
            "Police dispersed a rally in Lagos on Monday, but they did not say how many had joined the protest",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos, and did not say who led the protest",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rather large rally in Lagos, the first protest there this year",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos, and no protest had been allowed there",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó una marcha en Lima, una protesta que tuvo lugar por primera vez",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó la marcha en Lima, y no dijo quién llamó a la protesta",
        ),
        (
            "La police a dispersé la marche à Lille",
            "La police a dispersé une manifestation à Lille, une marche qui a eu lieu sans incident",
        ),
        (
            "La police a dispersé la marche à Lille",
            "La police a dispersé la manifestation à Lille, mais n’a pas dit qui menait la marche",
        ),
        (
            "A polícia dispersou o protesto em Recife",
            "A polícia dispersou o ato em Recife, o protesto que teve lugar pela primeira vez",
        ),
        (
            "A polícia dispersou o protesto em Recife",
            "A polícia dispersou o ato em Recife, mas não disse quem organizou o protesto",
        ),
        (
            "Полиция разогнала митинг в Минске",
            "Полиция разогнала акцию в Минске, но не сообщила, кто созвал митинг",
        ),
        (
            "الشرطة فرقت مظاهرة في حلب",
            "الشرطة فرقت مسيرة في حلب، لكنها لم تذكر من دعا إلى مظاهرة",
        ),
    ];
    let wrong: Vec<_> = pairs
        .into_iter()
        .filter_map(|(before, after)| of(before, after))
        .filter(|found| found.correction)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_stands_right_behind_a_contrast_is_denied() {
    for (before, after) in [
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos, not a protest",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos, rather than a protest as first reported",
        ),
        (
            "Police dispersed a protest in Lagos",
            "Police dispersed a rally in Lagos instead of a protest",
        ),
        (
            "Police hold editor Anna Roe in Lima on Friday",
            "Police hold publisher Bea Lund in Lima on Friday, not editor Anna Roe",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó la marcha en Lima, y no la protesta",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó la marcha en Lima en lugar de la protesta",
        ),
        (
            "La policía dispersó la protesta en Lima",
            "La policía dispersó la marcha en Lima en vez de la protesta",
        ),
        (
            "La police a dispersé la marche à Lille",
            "La police a dispersé la manifestation à Lille, et non la marche",
        ),
        (
            "La police a dispersé la marche à Lille",
            "La police a dispersé la manifestation à Lille au lieu de la marche",
        ),
        (
            "A polícia dispersou o protesto em Recife",
            "A polícia dispersou a marcha em Recife, e não o protesto",
        ),
        (
            "A polícia dispersou o protesto em Recife",
            "A polícia dispersou a marcha em Recife em vez do protesto",
        ),
        (
            "Полиция разогнала митинг в Минске",
            "Полиция разогнала шествие в Минске, а не митинг",
        ),
        (
            "Полиция разогнала митинг в Минске",
            "Полиция разогнала шествие в Минске вместо митинг",
        ),
        (
            "الشرطة فرقت مظاهرة في حلب",
            "الشرطة فرقت مسيرة في حلب وليس مظاهرة",
        ),
        (
            "الشرطة فرقت مظاهرة في حلب",
            "الشرطة فرقت مسيرة في حلب بدلا من مظاهرة",
        ),
    ] {
        let found = of(before, after);
        assert!(
            found.as_ref().is_some_and(|found| found.correction),
            "{after}: {found:?}"
        );
    }
}

#[test]
fn dates_and_days_that_are_left_correct_nothing() {
    let pairs = [
        (
            "Raid in Lima. Last updated on 12 May 2024",
            "Raid in Lima. Last updated on 2 June 2024",
        ),
        (
            "Raid in Lima: updated May 12, 2024",
            "Raid in Lima: updated June 2, 2025",
        ),
        (
            "Trial of the editor opens in 12 days",
            "Trial of the editor opens in 11 days",
        ),
        (
            "Trial of the editor opens in 2 weeks",
            "Trial of the editor opens in 1 week",
        ),
        (
            "Redada en Lima: actualizado el 12 de mayo de 2024",
            "Redada en Lima: actualizado el 2 de junio de 2024",
        ),
        (
            "El juicio empieza en 12 días",
            "El juicio empieza en 11 días",
        ),
        (
            "Rafle à Lille : mis à jour le 12 mai 2024",
            "Rafle à Lille : mis à jour le 2 juin 2024",
        ),
        (
            "Le procès s’ouvre dans 12 jours",
            "Le procès s’ouvre dans 11 jours",
        ),
        (
            "Operação no Recife: atualizado em 12 de maio de 2024",
            "Operação no Recife: atualizado em 2 de junho de 2024",
        ),
        (
            "O julgamento começa em 12 dias",
            "O julgamento começa em 11 dias",
        ),
        (
            "Рейд в Минске: обновлено 12 мая 2024",
            "Рейд в Минске: обновлено 2 июня 2024",
        ),
        ("Суд начнётся через 12 дней", "Суд начнётся через 11 дней"),
        (
            "مداهمة في حلب تحديث 12 مايو 2024",
            "مداهمة في حلب تحديث 2 يونيو 2024",
        ),
        ("المحاكمة تبدأ بعد 12 يوما", "المحاكمة تبدأ بعد 11 يوما"),
    ];
    let wrong: Vec<_> = pairs
        .into_iter()
        .filter_map(|(before, after)| of(before, after))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (before, after) in [
        (
            "Editor held for 12 days in Lima",
            "Editor held for 2 days in Lima",
        ),
        (
            "12 may have been killed in Lima",
            "2 may have been killed in Lima",
        ),
        (
            "On 12 May police killed 12 in Lima",
            "On 13 May police killed 2 in Lima",
        ),
        (
            "Juicio en 12 días por 12 muertos",
            "Juicio en 11 días por 2 muertos",
        ),
    ] {
        assert!(
            of(before, after).is_some_and(|found| found.correction),
            "{after}"
        );
    }
}
