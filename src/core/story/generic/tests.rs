use super::*;

fn wrong<'a>(titles: &[&'a str], generic: bool) -> Vec<&'a str> {
    titles
        .iter()
        .copied()
        .filter(|title| is_generic(title, None) != generic)
        .collect()
}

#[test]
fn recurring_headlines_are_known_in_six_languages_and_without_spaces() {
    let titles = [
        "Morning briefing",
        "Morning Briefing: November 3",
        "Your Tuesday briefing",
        "Your Tuesday Briefing",
        "The Guardian Morning briefing",
        "Live updates",
        "LIVE",
        "What we know",
        "What we know so far",
        "Obituaries",
        "Obituary: John Doe",
        "Obituaries for Nov. 3, 2026",
        "News in brief",
        "Photos of the day",
        "The week in pictures",
        "5 things to know for Nov. 3",
        "Letters to the editor",
        "Corrections and clarifications",
        "Weather forecast for Lima",
        "Weather forecast for Tuesday - The Example Times",
        "Today in history",
        "The papers",
        "Headlines at 18:00",
        "M 4.5 - 12 km SSE of Volcano, Hawaii",
        "mb 5.1 NEAR COAST OF PERU",
        "Las noticias del día",
        "Noticias del 3 de noviembre",
        "Las portadas de hoy",
        "En vivo",
        "Lo que se sabe hasta ahora",
        "Obituario: Juan Pérez",
        "Pronóstico del tiempo para Lima hoy, 3 de noviembre",
        "Efemérides del 3 de noviembre",
        "Les titres",
        "Les titres du journal de 8h",
        "Revue de presse",
        "Revue de presse du mardi 3 novembre",
        "Ce que l'on sait",
        "Météo : prévisions météo pour mardi",
        "En direct",
        "Manchetes do dia",
        "Resumo da semana",
        "Previsão do tempo para Lisboa",
        "Ao vivo",
        "Bom dia",
        "Утренний обзор",
        "Главное за день",
        "Итоги недели",
        "Что известно к этому часу",
        "Прогноз погоды в Москве на 3 ноября",
        "Новости к этому часу",
        "موجز الأنباء",
        "نشرة الأخبار المسائية",
        "عناوين الصحف اليوم",
        "حالة الطقس اليوم الثلاثاء",
        "بث مباشر",
        "早间新闻",
        "今日要闻 11月3日",
        "主なニュース 3日",
        "天気予報",
        "สรุปข่าวประจำวัน",
    ];
    assert_eq!(wrong(&titles, true), Vec::<&str>::new());
}

#[test]
fn headlines_that_say_something_are_not_generic() {
    let titles = [
        "Live: police fire on protesters in Lima",
        "Live updates: police fire on protesters in Lima",
        "What we know about the shooting in Lima",
        "Lima Shooting: What We Know",
        "Morning briefing: army shells Goma",
        "Weather: storms kill 12 in Lima",
        "Obituary: the editor who defied a junta",
        "Newspaper editor arrested in Minsk",
        "Letters from prison",
        "Army shells Goma",
        "Magnitude 7.8 earthquake strikes Turkey",
        "Mob kills two in Dhaka",
        "M23 rebels take Goma",
        "12 killed",
        "Police",
        "En vivo: policía dispara contra manifestantes",
        "Noticias falsas sobre Lima: detienen a un editor",
        "La policía detiene a un periodista",
        "En direct : la police tire sur la foule",
        "Le journal interdit par la junte",
        "Ao vivo: polícia atira em manifestantes",
        "Jornal é fechado pela justiça",
        "Обзор: полиция разогнала протест в Минске",
        "Главное управление МВД сообщило об аресте",
        "مباشر: الشرطة تطلق النار على المتظاهرين",
        "أخبار اعتقال الصحفي تثير الغضب",
        "警方逮捕记者",
        "天气恶劣致12人死亡",
        "記者を逮捕",
        "ตำรวจจับกุมนักข่าว",
        "",
    ];
    assert_eq!(wrong(&titles, false), Vec::<&str>::new());
}
