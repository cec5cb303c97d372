//! Stories written for the project: what must stay apart, what belongs together, and what may never change it.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{Engine, Placed, Relation, Report};

/// Language, then feed, headline and lead of two items, and the minutes between them.
type Pair = (
    &'static str,
    &'static str,
    [&'static str; 2],
    i64,
    &'static str,
    [&'static str; 2],
);

/// Two events of one kind, headlines that come back, and templates.
const APART: [Pair; 51] = [
    (
        "en",
        "a",
        [
            "Morning briefing",
            "Good morning. Here is what you need to know as you start your day.",
        ],
        60,
        "b",
        [
            "Morning briefing",
            "Good morning. Here is what you need to know as you start your day.",
        ],
    ),
    (
        "en",
        "a",
        [
            "Morning briefing",
            "Good morning. Here is what you need to know as you start your day.",
        ],
        1440,
        "a",
        [
            "Morning briefing",
            "Good morning. Here is what you need to know as you start your day.",
        ],
    ),
    (
        "en",
        "a",
        ["Obituaries", "Recent deaths of note."],
        1440,
        "b",
        ["Obituaries", "Recent deaths of note."],
    ),
    (
        "en",
        "a",
        [
            "Your Tuesday briefing",
            "The latest news from around the world, in your inbox each morning.",
        ],
        30,
        "b",
        [
            "Your Tuesday briefing",
            "The latest news from around the world, in your inbox each morning.",
        ],
    ),
    (
        "es",
        "a",
        [
            "Las noticias del día",
            "Un resumen de las noticias más importantes de la jornada en el país y en el mundo.",
        ],
        60,
        "b",
        [
            "Las noticias del día",
            "Un resumen de las noticias más importantes de la jornada en el país y en el mundo.",
        ],
    ),
    (
        "ar",
        "a",
        [
            "موجز الأنباء",
            "نقدم لكم أهم الأخبار المحلية والعالمية في موجز اليوم.",
        ],
        60,
        "b",
        [
            "موجز الأنباء",
            "نقدم لكم أهم الأخبار المحلية والعالمية في موجز اليوم.",
        ],
    ),
    (
        "en",
        "a",
        [
            "Coronavirus: Morning update",
            "Here are five things you need to know about the coronavirus outbreak this morning.",
        ],
        600,
        "a",
        [
            "Coronavirus: Evening update",
            "Here are five things you need to know about the coronavirus outbreak this evening.",
        ],
    ),
    (
        "en",
        "a",
        [
            "Coronavirus: Morning update",
            "Here are five things you need to know about the coronavirus outbreak.",
        ],
        1440,
        "b",
        [
            "Coronavirus: Morning update",
            "Here are five things you need to know about the coronavirus outbreak.",
        ],
    ),
    (
        "en",
        "a",
        [
            "Weather forecast for Monday",
            "Sunny spells with highs of 17 degrees and a light breeze from the west in the afternoon.",
        ],
        1440,
        "a",
        [
            "Weather forecast for Tuesday",
            "Sunny spells with highs of 19 degrees and a light breeze from the west in the afternoon.",
        ],
    ),
    (
        "en",
        "a",
        [
            "Weather forecast for Monday",
            "Sunny spells with highs of 17 degrees and a light breeze from the west.",
        ],
        1440,
        "b",
        [
            "Weather forecast for Tuesday",
            "Sunny spells with highs of 17 degrees and a light breeze from the west.",
        ],
    ),
    (
        "en",
        "a",
        [
            "Student leader arrested in Dhaka",
            "Police arrested student leader Rakib Hasan at his home in Dhaka on Sunday, his family said.",
        ],
        120,
        "b",
        [
            "Opposition leader arrested in Dhaka",
            "Police arrested opposition leader Mirza Alam at his home in Dhaka on Sunday, his party said.",
        ],
    ),
    (
        "en",
        "a",
        [
            "Journalist shot dead in Karachi",
            "Gunmen killed television reporter Imran Shaikh outside his home in Karachi on Friday.",
        ],
        300,
        "b",
        [
            "Lawyer shot dead in Karachi",
            "Gunmen killed advocate Salma Qureshi outside her office in Karachi on Friday.",
        ],
    ),
    (
        "ar",
        "a",
        [
            "مقتل خمسة في غارة على خان يونس",
            "أفادت مصادر طبية بمقتل خمسة أشخاص في غارة إسرائيلية على خان يونس جنوب قطاع غزة.",
        ],
        120,
        "b",
        [
            "مقتل ثلاثة في غارة على جنين",
            "أفادت مصادر طبية بمقتل ثلاثة أشخاص في غارة إسرائيلية على جنين شمال الضفة الغربية.",
        ],
    ),
    (
        "ar",
        "a",
        ["مقتل خمسة في غارة على خان يونس", ""],
        120,
        "b",
        ["مقتل ثلاثة في غارة على جنين", ""],
    ),
    (
        "ar",
        "a",
        [
            "السجن خمس سنوات للصحفي أحمد السنوسي",
            "قضت محكمة تونسية بسجن الصحفي أحمد السنوسي خمس سنوات بتهمة نشر أخبار كاذبة.",
        ],
        120,
        "b",
        [
            "السجن ثلاث سنوات للناشطة نورا بلقاسم",
            "قضت محكمة تونسية بسجن الناشطة نورا بلقاسم ثلاث سنوات بتهمة نشر أخبار كاذبة.",
        ],
    ),
    (
        "ar",
        "a",
        ["السجن خمس سنوات للصحفي أحمد السنوسي", ""],
        120,
        "b",
        ["السجن ثلاث سنوات للناشطة نورا بلقاسم", ""],
    ),
    (
        "fa",
        "a",
        [
            "بازداشت یک روزنامه‌نگار در تهران",
            "مریم رضایی روزنامه‌نگار روز شنبه در خانه‌اش در تهران بازداشت شد.",
        ],
        120,
        "b",
        [
            "بازداشت یک معلم در شیراز",
            "حسین کاظمی معلم روز شنبه در خانه‌اش در شیراز بازداشت شد.",
        ],
    ),
    (
        "en",
        "bela",
        [
            "Court in Minsk sentences activist Iryna Volkava to eight years in prison",
            "A court in the Belarusian capital sentenced the human rights activist Iryna Volkava on Tuesday to eight years in prison for organising protests.",
        ],
        90,
        "zvon",
        [
            "Court in Hrodna sentences journalist Pavel Zhuk to five years in prison",
            "A court in the Belarusian city of Hrodna sentenced the journalist Pavel Zhuk on Tuesday to five years in prison for organising protests.",
        ],
    ),
    (
        "en",
        "bela",
        [
            "Belarus court jails blogger Andrei Kavalenka for 6 years",
            "The blogger was found guilty of insulting the president at a closed trial.",
        ],
        60,
        "bela2",
        [
            "Belarus court jails teacher Maryna Adamchuk for 3 years",
            "The teacher was found guilty of insulting the president at a closed trial.",
        ],
    ),
    (
        "en",
        "andes",
        [
            "Two killed as police fire on protesters in Ayacucho",
            "Police opened fire on demonstrators who tried to enter the airport in the Peruvian city, the ombudsman said.",
        ],
        200,
        "sierra",
        [
            "Two killed as police fire on protesters in Juliaca",
            "Police opened fire on demonstrators who tried to enter the airport in the Peruvian city, the ombudsman said.",
        ],
    ),
    (
        "en",
        "delta",
        [
            "Gunmen kill 12 villagers in Nigeria's Plateau state",
            "Gunmen on motorcycles attacked a farming village in Plateau state, residents said.",
        ],
        300,
        "savan",
        [
            "Gunmen kill 9 villagers in Nigeria's Zamfara state",
            "Gunmen on motorcycles attacked a farming village in Zamfara state, residents said.",
        ],
    ),
    (
        "en",
        "dawnw",
        [
            "Bomb blast kills five policemen in Quetta",
            "A roadside bomb hit a police van in the capital of Balochistan on Monday.",
        ],
        150,
        "khyb",
        [
            "Bomb blast kills three policemen in Peshawar",
            "A roadside bomb hit a police van in the capital of Khyber Pakhtunkhwa on Monday.",
        ],
    ),
    (
        "es",
        "norte",
        [
            "Asesinan al periodista Ramiro Olvera en Veracruz",
            "El comunicador fue atacado a balazos frente a su casa en Veracruz, México, este martes.",
        ],
        240,
        "surmx",
        [
            "Asesinan a la periodista Lucía Cárdenas en Guerrero",
            "La comunicadora fue atacada a balazos frente a su casa en Guerrero, México, este martes.",
        ],
    ),
    (
        "es",
        "valle",
        [
            "Asesinan a líder social en Cauca, Colombia",
            "Hombres armados dispararon contra el líder indígena Eliécer Dagua en zona rural de Toribío.",
        ],
        180,
        "costa",
        [
            "Asesinan a líder social en Chocó, Colombia",
            "Hombres armados dispararon contra la lideresa Yurani Palacios en zona rural de Bojayá.",
        ],
    ),
    (
        "es",
        "valle",
        [
            "Policía reprime protesta de maestros en La Paz",
            "Los maestros exigen mejores salarios y fueron dispersados con gases lacrimógenos en la sede de gobierno.",
        ],
        100,
        "altip",
        [
            "Policía reprime protesta de cocaleros en Cochabamba",
            "Los cocaleros exigen la libertad de sus dirigentes y fueron dispersados con gases lacrimógenos.",
        ],
    ),
    (
        "fr",
        "sahel",
        [
            "Burkina Faso : une vingtaine de civils tués dans une attaque à Djibo",
            "Des hommes armés ont attaqué dimanche la ville de Djibo, dans le nord du pays.",
        ],
        400,
        "ouaga",
        [
            "Burkina Faso : une dizaine de civils tués dans une attaque à Fada N’Gourma",
            "Des hommes armés ont attaqué dimanche un village proche de Fada N’Gourma, dans l’est du pays.",
        ],
    ),
    (
        "fr",
        "paris1",
        [
            "Le journaliste Karim Belaïd condamné à trois ans de prison à Alger",
            "Le tribunal de Sidi M’hamed a condamné mardi le journaliste pour diffusion de fausses nouvelles.",
        ],
        120,
        "alger2",
        [
            "L’avocate Nadia Hamdi condamnée à deux ans de prison à Oran",
            "Le tribunal d’Oran a condamné mardi l’avocate pour diffusion de fausses nouvelles.",
        ],
    ),
    (
        "pt",
        "rio1",
        [
            "Operação policial deixa cinco mortos no Complexo da Maré",
            "A polícia militar fez uma operação contra o tráfico nesta quarta-feira na zona norte do Rio.",
        ],
        200,
        "rio2",
        [
            "Operação policial deixa quatro mortos em Niterói",
            "A polícia militar fez uma operação contra o tráfico nesta quarta-feira na região metropolitana do Rio.",
        ],
    ),
    (
        "pt",
        "para1",
        [
            "Indígena Guajajara é morto a tiros no Maranhão",
            "A vítima voltava para a aldeia quando foi atacada, segundo a Funai.",
        ],
        500,
        "mato1",
        [
            "Indígena Guarani é morto a tiros em Mato Grosso do Sul",
            "A vítima voltava para a aldeia quando foi atacada, segundo a Funai.",
        ],
    ),
    (
        "ru",
        "mosk",
        [
            "Суд в Москве арестовал активиста Олега Демидова",
            "Суд отправил активиста в СИЗО на два месяца по делу о фейках об армии.",
        ],
        130,
        "spb",
        [
            "Суд в Петербурге арестовал художницу Веру Лосеву",
            "Суд отправил художницу в СИЗО на два месяца по делу о фейках об армии.",
        ],
    ),
    (
        "ru",
        "ural",
        [
            "В Екатеринбурге задержали десять участников акции протеста",
            "Участники акции вышли на площадь с плакатами, сообщило ОВД-Инфо.",
        ],
        60,
        "sibir",
        [
            "В Новосибирске задержали шесть участников акции протеста",
            "Участники акции вышли на площадь с плакатами, сообщило ОВД-Инфо.",
        ],
    ),
    (
        "ar",
        "sham",
        [
            "مقتل ثلاثة مدنيين في قصف على إدلب",
            "قتل ثلاثة مدنيين بينهم طفل في قصف مدفعي على ريف إدلب اليوم الأحد.",
        ],
        100,
        "furat",
        [
            "مقتل أربعة مدنيين في قصف على دير الزور",
            "قتل أربعة مدنيين بينهم امرأة في قصف مدفعي على ريف دير الزور اليوم الأحد.",
        ],
    ),
    (
        "ar",
        "nile",
        [
            "محكمة مصرية تقضي بسجن الصحفي سامح رزق خمس سنوات",
            "قضت محكمة جنايات القاهرة بسجن الصحفي خمس سنوات بتهمة نشر أخبار كاذبة.",
        ],
        100,
        "misr",
        [
            "محكمة مصرية تقضي بسجن الناشطة هالة فهمي ثلاث سنوات",
            "قضت محكمة جنح الإسكندرية بسجن الناشطة ثلاث سنوات بتهمة نشر أخبار كاذبة.",
        ],
    ),
    (
        "en",
        "isla",
        [
            "Protesters block main road in Port Moresby over power cuts",
            "Residents burned tyres and blocked the road after days of blackouts.",
        ],
        90,
        "lae",
        [
            "Protesters block main road in Lae over water cuts",
            "Residents burned tyres and blocked the road after days without water.",
        ],
    ),
    (
        "en",
        "o1",
        [
            "Your Tuesday briefing",
            "Elections in Ghana, a trial in Manila and the weather.",
        ],
        60,
        "o2",
        [
            "Your Tuesday Briefing",
            "Talks in Geneva, a verdict in Lima and a recipe for soup.",
        ],
    ),
    (
        "en",
        "o1",
        [
            "Live updates",
            "Follow the latest from the flooding in Valencia.",
        ],
        300,
        "o2",
        [
            "Live updates",
            "Follow the latest from the siege of El Fasher.",
        ],
    ),
    (
        "en",
        "o1",
        [
            "What we know so far",
            "A plane carrying 60 people has gone missing over the Java Sea.",
        ],
        300,
        "o2",
        [
            "What we know so far",
            "A stabbing at a market in Hanau left two dead.",
        ],
    ),
    (
        "en",
        "o1",
        ["Obituaries", "Marta Keller, cellist, dies at 91."],
        1440,
        "o2",
        ["Obituaries", "Henry Osei, boxer, dies at 74."],
    ),
    (
        "en",
        "o1",
        [
            "Obituary: Marta Keller, cellist who played for refugees",
            "Marta Keller, who has died aged 91, played in camps across Europe.",
        ],
        1440,
        "o1",
        [
            "Obituary: Henry Osei, boxer who played for Ghana",
            "Henry Osei, who has died aged 74, won medals across Africa.",
        ],
    ),
    (
        "en",
        "usg",
        ["M 4.5 - 20 km S of Hihifo, Tonga", ""],
        55,
        "usg",
        ["M 4.7 - 35 km SSW of Hihifo, Tonga", ""],
    ),
    (
        "en",
        "usg",
        [
            "M 5.1 - 64 km ENE of Miyako, Japan",
            "DYFI? - II Time 2026-11-20 10:12:01 UTC Location 39.8N 142.7E Depth 35.00 km",
        ],
        300,
        "usg",
        [
            "M 4.8 - 12 km W of Ierapetra, Greece",
            "DYFI? - III Time 2026-11-20 15:14:31 UTC Location 35.0N 25.6E Depth 10.00 km",
        ],
    ),
    (
        "en",
        "wx",
        [
            "Weather warning: heavy rain expected in Wales on Tuesday",
            "The Met Office has issued a yellow warning for rain.",
        ],
        1440,
        "wx",
        [
            "Weather warning: heavy snow expected in Scotland on Wednesday",
            "The Met Office has issued a yellow warning for snow.",
        ],
    ),
    (
        "en",
        "wx",
        [
            "Flood Warning issued November 20 at 3:12AM CST until November 21 at 6:00AM CST by NWS Memphis TN",
            "",
        ],
        200,
        "wx",
        [
            "Flood Warning issued November 20 at 9:40AM CST until November 22 at 1:00PM CST by NWS Memphis TN",
            "",
        ],
    ),
    (
        "es",
        "mex",
        [
            "Sismo de magnitud 4.2 sacude Oaxaca",
            "El Servicio Sismológico reportó el movimiento a 20 km de Pinotepa.",
        ],
        500,
        "mex",
        [
            "Sismo de magnitud 4.5 sacude Chiapas",
            "El Servicio Sismológico reportó el movimiento a 60 km de Mapastepec.",
        ],
    ),
    (
        "en",
        "nat1",
        [
            "President meets bishops over refugee law",
            "Critics say the refugee law would allow detention without trial; the president met bishops in Kampala.",
        ],
        100,
        "nat2",
        [
            "President opens dam on the Nile",
            "The president opened the dam and said it would bring power to Kampala.",
        ],
    ),
    (
        "en",
        "d1",
        [
            "Prison officer charged over death of inmate at Leeds jail",
            "The officer will appear before magistrates next week.",
        ],
        70,
        "d2",
        [
            "Prison officer charged over assault on inmate at Cardiff jail",
            "The officer will appear before magistrates next week.",
        ],
    ),
    (
        "en",
        "kh",
        [
            "Cambodian court convicts union leader Chan Sopheap",
            "The court in Phnom Penh handed down a two-year sentence for incitement.",
        ],
        60,
        "kh2",
        [
            "Cambodian court convicts opposition member Keo Vannak",
            "The court in Phnom Penh handed down a two-year sentence for incitement.",
        ],
    ),
    (
        "zh",
        "zh1",
        [
            "北京律师王明被判刑四年",
            "法院以煽动颠覆国家政权罪判处律师王明有期徒刑四年。",
        ],
        60,
        "zh2",
        [
            "广州记者李芳被判刑三年",
            "法院以煽动颠覆国家政权罪判处记者李芳有期徒刑三年。",
        ],
    ),
    (
        "tr",
        "tr1",
        [
            "Diyarbakır'da gazeteci Selin Aksoy gözaltına alındı",
            "Gazeteci evine yapılan baskınla gözaltına alındı.",
        ],
        120,
        "tr2",
        [
            "İzmir'de gazeteci Baran Tekin gözaltına alındı",
            "Gazeteci evine yapılan baskınla gözaltına alındı.",
        ],
    ),
    (
        "en",
        "g1",
        [
            "Student shot dead at rally in Nairobi",
            "A student was shot dead as police broke up a rally against taxes.",
        ],
        60,
        "g2",
        [
            "Student shot dead at rally in Kisumu",
            "A student was shot dead as police broke up a rally against taxes.",
        ],
    ),
    (
        "en",
        "g1",
        [
            "Iran executes man convicted over 2022 protests",
            "Reza Karimi was hanged in Karaj, the judiciary said.",
        ],
        120,
        "g2",
        [
            "Iran executes man convicted of spying",
            "Hossein Moradi was hanged in Qom, the judiciary said.",
        ],
    ),
];

/// One event in two reports.
const TOGETHER: [Pair; 17] = [
    (
        "en",
        "andes",
        [
            "Two killed as police fire on protesters in Ayacucho",
            "Police opened fire on demonstrators who tried to enter the airport in the Peruvian city, the ombudsman said.",
        ],
        200,
        "world",
        [
            "Peru: security forces shoot dead two demonstrators near Ayacucho airport",
            "Soldiers and police shot at a crowd that was trying to storm the airfield of Ayacucho, leaving two people dead.",
        ],
    ),
    (
        "en",
        "w1",
        [
            "Death toll in Kisangani ferry sinking rises to 41",
            "Rescuers pulled more bodies from the river near Kisangani on Thursday.",
        ],
        900,
        "w2",
        [
            "Kisangani ferry sinking: 58 dead as search goes on",
            "At least 58 people are now known to have died when a ferry sank near Kisangani.",
        ],
    ),
    (
        "en",
        "w1",
        [
            "Opposition leader Tendai Moyo arrested in Harare",
            "Police arrested the leader of the opposition at his home on Friday morning.",
        ],
        30,
        "w2",
        [
            "Zimbabwe police detain opposition leader Moyo",
            "Tendai Moyo was taken from his house in Harare early on Friday, his lawyer said.",
        ],
    ),
    (
        "es",
        "norte",
        [
            "Asesinan al periodista Ramiro Olvera en Veracruz",
            "El comunicador fue atacado a balazos frente a su casa en Veracruz, México, este martes.",
        ],
        240,
        "surmx",
        [
            "Matan a tiros al reportero Ramiro Olvera frente a su vivienda en Veracruz",
            "Un grupo armado disparó contra el periodista cuando llegaba a su casa.",
        ],
    ),
    (
        "fr",
        "sahel",
        [
            "Burkina Faso : une vingtaine de civils tués dans une attaque à Djibo",
            "Des hommes armés ont attaqué dimanche la ville de Djibo, dans le nord du pays.",
        ],
        400,
        "ouaga",
        [
            "Attaque contre Djibo au Burkina : au moins vingt civils morts",
            "La ville de Djibo, dans le nord du Burkina Faso, a été attaquée dimanche par des hommes armés.",
        ],
    ),
    (
        "ru",
        "mosk",
        [
            "Суд в Москве арестовал активиста Олега Демидова",
            "Суд отправил активиста в СИЗО на два месяца по делу о фейках об армии.",
        ],
        130,
        "spb",
        [
            "Олега Демидова отправили в СИЗО на два месяца",
            "Московский суд арестовал активиста Демидова по делу о «фейках» об армии.",
        ],
    ),
    (
        "pt",
        "rio1",
        [
            "Operação policial deixa cinco mortos no Complexo da Maré",
            "A polícia militar fez uma operação contra o tráfico nesta quarta-feira na zona norte do Rio.",
        ],
        200,
        "rio2",
        [
            "Cinco pessoas morrem em operação da polícia na Maré",
            "Moradores da Maré relatam tiroteio durante operação da PM contra o tráfico.",
        ],
    ),
    (
        "en",
        "s1",
        ["Teachers walk out across Malawi over unpaid wages", ""],
        30,
        "s2",
        [
            "Teachers walk out across Malawi over unpaid wages - Lakeside Times",
            "",
        ],
    ),
    (
        "en",
        "s1",
        [
            "BREAKING: Dam collapses in northern Laos, villages flooded",
            "",
        ],
        30,
        "s2",
        [
            "Dam collapses in northern Laos, villages flooded | Mekong Daily",
            "",
        ],
    ),
    (
        "en",
        "s1",
        [
            "Dhaka garment factory fire kills 17 workers",
            "A fire tore through a garment factory in the Bangladeshi capital on Saturday, killing at least 17 workers, officials said.",
        ],
        300,
        "s2",
        [
            "At least 17 dead in Bangladesh factory blaze",
            "A fire tore through a garment factory in the Bangladeshi capital on Saturday, killing at least 17 workers, the fire service said, and more were feared dead.",
        ],
    ),
    (
        "de",
        "de1",
        [
            "Zwei Tote bei Messerangriff in Würzburg",
            "Ein Mann griff in der Innenstadt Passanten mit einem Messer an.",
        ],
        300,
        "de2",
        [
            "Würzburg: Mann tötet zwei Menschen mit Messer",
            "Bei einem Angriff in der Würzburger Innenstadt sind zwei Passanten getötet worden.",
        ],
    ),
    (
        "zh",
        "zh1",
        [
            "北京律师王明被判刑四年",
            "法院以煽动颠覆国家政权罪判处律师王明有期徒刑四年。",
        ],
        60,
        "zh2",
        [
            "律师王明因煽动颠覆国家政权罪获刑四年",
            "北京一家法院周二判处维权律师王明四年有期徒刑。",
        ],
    ),
    (
        "ar",
        "a",
        ["مقتل خمسة في غارة على خان يونس", ""],
        300,
        "b",
        ["ارتفاع عدد القتلى في غارة خان يونس إلى سبعة", ""],
    ),
    (
        "en",
        "a",
        [
            "At least 12 killed in attack on village in Plateau state",
            "Gunmen attacked the village of Bokkos in Nigeria's Plateau state overnight, killing at least 12 people, residents said.",
        ],
        1200,
        "b",
        [
            "Death toll in Bokkos attack rises to 21",
            "The number of people killed when gunmen attacked Bokkos in Plateau state has risen to 21, officials said.",
        ],
    ),
    (
        "ru",
        "a",
        ["Обстрел Харькова: погибли три человека", ""],
        600,
        "b",
        ["Число погибших при обстреле Харькова выросло до пяти", ""],
    ),
    (
        "ru",
        "a",
        [
            "Обстрел Харькова: погибли три человека",
            "Российские войска обстреляли жилой район Харькова, погибли три человека.",
        ],
        600,
        "b",
        [
            "Число погибших при обстреле Харькова выросло до пяти",
            "Спасатели нашли под завалами в Харькове тела ещё двух человек.",
        ],
    ),
    (
        "es",
        "a",
        [
            "Sube a 14 el número de muertos por el deslave en Chimaltenango",
            "Los rescatistas hallaron más cuerpos tras el deslave en Chimaltenango.",
        ],
        900,
        "b",
        [
            "Deslave en Chimaltenango deja 19 muertos",
            "Las autoridades de Guatemala elevaron a 19 la cifra de muertos por el deslave.",
        ],
    ),
];

pub(super) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + 60 * minutes).unwrap()
}

pub(super) fn report<'a>(
    id: i64,
    feed: &'a str,
    text: [&'a str; 2],
    language: &'a str,
    minutes: i64,
) -> Report<'a> {
    Report {
        id,
        title: text[0],
        lead: text[1],
        language: (!language.is_empty()).then_some(language),
        published: Some(at(minutes)),
        feed,
        outlet: feed,
    }
}

fn pair(engine: &mut Engine, pair: &Pair, first: i64) -> (Placed, Placed) {
    let (language, feed, text, minutes, other_feed, other) = *pair;
    let one = engine.place(&report(first, feed, text, language, 0), at(0));
    let two = engine.place(
        &report(first + 1, other_feed, other, language, minutes),
        at(minutes),
    );
    (one, two)
}

#[test]
fn two_events_of_one_kind_stay_apart() {
    for events in &APART {
        let (one, two) = pair(&mut Engine::new(), events, 1);
        assert_ne!(one.story, two.story, "{events:?}: {}", two.why);
    }
}

#[test]
fn two_reports_of_one_event_are_one_story() {
    for reports in &TOGETHER {
        let (one, two) = pair(&mut Engine::new(), reports, 1);
        assert_eq!(one.story, two.story, "{reports:?}: {}", two.why);
        assert_eq!(one.relation, Relation::First);
    }
}

#[test]
fn a_story_says_why() {
    let (_, two) = pair(&mut Engine::new(), &TOGETHER[2], 1);
    assert_eq!(two.relation, Relation::SameEvent);
    assert!(
        two.why.starts_with("shares “") && two.why.ends_with(" with the story"),
        "{}",
        two.why
    );
    assert!(
        two.why.contains("Moyo") || two.why.contains("Tendai"),
        "{}",
        two.why
    );
}

#[test]
fn the_same_text_under_another_headline_is_a_copy() {
    let text = "A fire tore through a garment factory in the Bangladeshi capital on Saturday, killing at least 17 \
        workers and trapping dozens behind locked doors, the fire service said.";
    let mut engine = Engine::new();
    engine.place(
        &report(1, "a", ["Dhaka factory fire kills 17", text], "en", 0),
        at(0),
    );
    let copy = engine.place(
        &report(
            2,
            "b",
            ["Workers trapped behind locked doors", text],
            "en",
            30,
        ),
        at(30),
    );
    assert_eq!(
        (copy.story, copy.relation, copy.copy_of),
        (1, Relation::Copy, Some(1))
    );
}

#[test]
fn an_item_that_corrects_its_story_is_an_update() {
    let text = "A fire tore through a garment factory in the Bangladeshi capital on Saturday, killing at least 17 \
        workers and trapping dozens behind locked doors, the fire service said.";
    let first = ["Dhaka factory fire kills 17 garment workers", text];
    let other = "At least 11 garment workers died in the Dhaka factory fire behind locked doors, the fire service said; \
        an earlier report counted others.";
    for (again, corrects) in [
        (
            [
                "Correction: Dhaka factory fire kills 11 garment workers",
                other,
            ],
            true,
        ),
        (
            [
                "Dhaka factory fire kills 11 garment workers",
                &format!("(Corrects number of dead) {other}"),
            ],
            true,
        ),
        // Its text is a copy, and it is a correction all the same.
        (
            [
                "CORRECTED-Dhaka factory fire kills 11 garment workers",
                text,
            ],
            true,
        ),
        (
            ["Dhaka factory fire kills 11 garment workers", other],
            false,
        ),
    ] {
        let mut engine = Engine::new();
        engine.place(&report(1, "a", first, "en", 0), at(0));
        let placed = engine.place(&report(2, "b", again, "en", 30), at(30));
        assert_eq!(placed.story, 1, "{again:?}: {}", placed.why);
        assert_eq!(placed.relation == Relation::Update, corrects, "{again:?}");
        assert_eq!(placed.corrects.is_some(), corrects, "{again:?}");
    }
    // What begins a story corrects none.
    let title = "Correction: Dhaka factory fire kills 11 garment workers";
    let alone = Engine::new().place(&report(1, "a", [title, other], "en", 0), at(0));
    assert_eq!((alone.relation, alone.corrects), (Relation::First, None));
}

#[test]
fn a_revision_says_whether_it_corrects() {
    let mut engine = Engine::new();
    let title = "12 protesters killed in Huamanga";
    let before = report(1, "a", [title, ""], "en", 0);
    engine.place(&before, at(0));
    for (title, changed, is_correction) in [
        ("21 protesters killed in Huamanga", true, false),
        ("2 protesters killed in Huamanga", true, true),
        ("12 protesters killed in Arequipa", true, true),
        (
            "12 protesters killed in Huamanga, officials say",
            false,
            false,
        ),
    ] {
        let revised = engine.revise(&before, &report(1, "a", [title, ""], "en", 0), at(30));
        assert_eq!(
            (revised.changed.is_some(), revised.is_correction),
            (changed, is_correction),
            "{title}: {:?}",
            revised.changed
        );
    }
}

#[test]
fn an_event_in_two_languages_is_linked_and_not_merged() {
    let mut engine = Engine::new();
    let english = [
        "Opposition leader Tendai Moyo arrested in Harare, Zimbabwe",
        "Tendai Moyo, Nelson Chikore and Harare lawyer Beatrice Mtetwa were arrested.",
    ];
    let french = [
        "Zimbabwe : l’opposant Tendai Moyo arrêté à Harare",
        "Tendai Moyo, Nelson Chikore et l’avocate Beatrice Mtetwa ont été arrêtés à Harare.",
    ];
    let one = engine.place(&report(1, "a", english, "en", 0), at(0));
    let two = engine.place(&report(2, "b", french, "fr", 30), at(30));
    assert_ne!(one.story, two.story);
    assert_eq!(two.linked, [one.story]);
}

#[test]
fn a_thousand_small_changes_are_one_story() {
    let mut engine = Engine::new();
    for number in 0..1_000 {
        let title =
            format!("Police fire on protesters near the central station of Lima, version {number}");
        let lead = format!(
            "Police in Lima fired on a crowd of protesters, witnesses told reporter {number}."
        );
        let placed = engine.place(
            &report(number, "a", [&title, &lead], "en", number / 10),
            at(number / 10),
        );
        assert_eq!(placed.story, 0, "{number}: {}", placed.why);
    }
}

#[test]
fn an_old_item_does_not_ride_in_an_open_story() {
    let mut engine = Engine::new();
    let text = [
        "Gunmen kill 12 villagers in Plateau state",
        "Gunmen on motorcycles attacked a farming village in Plateau state, residents said.",
    ];
    engine.place(&report(1, "a", text, "en", 0), at(0));
    let mut old = report(2, "b", text, "en", 0);
    old.published = Some(at(0) - SignedDuration::from_hours(24 * 9));
    assert_eq!(engine.place(&old, at(10)).story, 2);
    // Nor does one of the future push it out of its time.
    let mut future = report(3, "c", text, "en", 0);
    future.published = Some(at(0) + SignedDuration::from_hours(24 * 400));
    assert_eq!(engine.place(&future, at(20)).story, 1);
    assert_eq!(
        engine.place(&report(4, "d", text, "en", 30), at(30)).story,
        1
    );
}

#[test]
fn a_story_closes_after_a_week() {
    let mut engine = Engine::new();
    let text = TOGETHER[0].2;
    assert_eq!(engine.place(&report(1, "a", text, "en", 0), at(0)).story, 1);
    assert_eq!(
        engine
            .place(&report(2, "b", text, "en", 5 * 1_440), at(5 * 1_440))
            .story,
        1
    );
    assert_eq!(
        engine
            .place(&report(3, "c", text, "en", 8 * 1_440), at(8 * 1_440))
            .story,
        3
    );
}

#[test]
fn a_feed_that_sends_its_briefing_again_within_hours_sends_one_item() {
    let briefing = [
        "Morning briefing",
        "Good morning. Here is what you need to know today.",
    ];
    let mut engine = Engine::new();
    engine.place(&report(1, "a", briefing, "en", 0), at(0));
    let again = engine.place(&report(2, "a", briefing, "en", 60), at(60));
    assert_eq!((again.story, again.relation), (1, Relation::Copy));
    let tomorrow = engine.place(&report(3, "a", briefing, "en", 1_440), at(1_440));
    assert_eq!(tomorrow.story, 3);
}

#[test]
fn what_a_template_makes_is_never_one_story() {
    let mut engine = Engine::new();
    let mut joined = 0;
    // Names of made-up syllables, so that no two are one.
    let syllables = [
        "ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te",
    ];
    let called = |number: i64| {
        let at = |step: i64| syllables[usize::try_from(number / step % 12).unwrap()];
        format!("B{}{}{}n", at(1), at(12), at(144))
    };
    for number in 0..600_i64 {
        let name = format!("{} {}", called(number), called(number * 7 + 1_000));
        let (town, day) = (called(number * 3 + 500), number % 28 + 1);
        let (feed, title, lead) = match number % 3 {
            0 => (
                "quakes",
                format!(
                    "M {}.{} - {number} km S of {town}",
                    2 + number % 4,
                    number % 10
                ),
                format!(
                    "DYFI? - II Location {}.{number}N Depth {}.00 km",
                    number % 60,
                    number % 90
                ),
            ),
            1 => (
                "police",
                format!("Missing person: {name}, {}", 10 + number % 71),
                format!(
                    "Police are appealing for information about {name}, who was last seen in {town} on {day} May."
                ),
            ),
            _ => (
                "court",
                format!("{name} v {town} Council [2026] EWCA Civ {number}"),
                format!(
                    "Judgment of the Court of Appeal in {name} v {town} Council. Case CA-2026-{number}."
                ),
            ),
        };
        let placed = engine.place(
            &report(number, feed, [&title, &lead], "en", number * 7),
            at(number * 7),
        );
        joined += usize::from(placed.story != number) + placed.merged.len();
    }
    assert!(joined <= 1, "{joined}");
}

#[test]
fn ten_thousand_items_of_one_story_are_bounded() {
    let mut engine = Engine::new();
    let text = TOGETHER[0].2;
    for number in 0..10_000 {
        let feed = format!("feed {number}");
        let placed = engine.place(
            &report(number, &feed, text, "en", number / 100),
            at(number / 100),
        );
        assert_eq!(placed.story, 0);
        assert!(placed.record.len() < 1_000, "{}", placed.record.len());
    }
}

#[test]
fn hostile_items_are_placed_as_others() {
    let mut engine = Engine::new();
    let long = "раз two 三 ".repeat(100_000);
    let blank = " ".repeat(1 << 20);
    for (number, text) in [
        ["", ""],
        [&long, &long],
        [&blank, "x"],
        ["\u{202e}\u{0}", "-|-: - | "],
        ["::", " | "],
    ]
    .into_iter()
    .enumerate()
    {
        let mut item = report(i64::try_from(number).unwrap(), "", text, "", 0);
        item.published = None;
        item.language = ["x-klingon", "", "en", "und", "zh-Hans"]
            .get(number)
            .copied();
        let placed = engine.place(&item, at(0));
        assert!(placed.record.len() < 2_000);
    }
    // A clock that jumps.
    for minutes in [0, 600_000, -600_000, 10] {
        engine.place(
            &report(100 + minutes, "a", TOGETHER[0].2, "en", minutes),
            at(minutes),
        );
        engine.forget(at(minutes));
    }
    assert!(engine.restore(1, 1, at(0), b"").is_err());
    assert!(engine.restore(1, 1, at(0), &[2; 40]).is_err());
}

/// Items of a few events in few words, so that they meet.
fn items() -> impl Strategy<Value = Vec<(String, String, u8, i64)>> {
    let words = prop::sample::select(vec![
        "Huamanga", "Ayacucho", "police", "court", "strike", "Lima", "killed", "protest",
        "verdict", "Moyo", "Harare", "teachers", "gas", "airport", "soldiers", "12", "minister",
        "Update:", "| Times", "rises",
    ]);
    let text = prop::collection::vec(words, 3..9).prop_map(|words| words.join(" "));
    prop::collection::vec((text.clone(), text, 0..4_u8, 0..900_i64), 1..60)
}

proptest! {
    #[test]
    fn a_restart_decides_as_if_it_had_never_stopped(items in items(), stop in 0..60_usize, revised in any::<bool>()) {
        let feeds = ["a", "b", "c", ""];
        let mut engine = Engine::new();
        let mut kept: Vec<(i64, i64, Timestamp, Vec<u8>)> = Vec::new();
        let mut minutes = 0;
        let mut restarted: Option<Engine> = None;
        for (number, (title, lead, feed, gap)) in items.iter().enumerate() {
            minutes += gap;
            let id = i64::try_from(number).unwrap() + 1;
            let item = report(id, feeds[usize::from(*feed)], [title, lead], "en", minutes);
            if number == stop {
                let mut again = Engine::new();
                for (item, story, seen, record) in &kept {
                    again.restore(*item, *story, *seen, record).unwrap();
                }
                restarted = Some(again);
            }
            let placed = engine.place(&item, at(minutes));
            if let Some(restarted) = &mut restarted {
                prop_assert_eq!(&restarted.place(&item, at(minutes)), &placed);
            }
            for (newer, older) in &placed.merged {
                prop_assert!(older < newer);
                for kept in kept.iter_mut().filter(|kept| kept.1 == *newer) {
                    kept.1 = *older;
                }
            }
            prop_assert!(placed.story <= id);
            kept.push((id, placed.story, at(minutes), placed.record));
            if revised && number % 3 == 0 {
                let after = report(id, feeds[usize::from(*feed)], [lead, title], "en", minutes);
                let now = engine.revise(&item, &after, at(minutes));
                if let Some(restarted) = &mut restarted {
                    prop_assert_eq!(&restarted.revise(&item, &after, at(minutes)), &now);
                }
                kept.last_mut().unwrap().3 = now.record;
            }
            // Only what is in the window is read back.
            let window = at(minutes) - super::WINDOW;
            kept.retain(|kept| kept.2 > window);
        }
    }
}
