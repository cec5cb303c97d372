use super::super::tokenizer::folded;
use super::*;

#[test]
fn names_are_written_as_they_are_after_folding() {
    for names in MONTHS.iter().chain(&WEEKDAYS) {
        for name in names.split_whitespace() {
            assert_eq!(folded(name), name);
        }
    }
}

fn check(names: &str) {
    let months: Vec<_> = names
        .split(' ')
        .map(|name| month(&folded(name), None).map(|(month, _)| month))
        .collect();
    let all: Vec<_> = (1..=12).map(Some).collect();
    assert_eq!(months, all, "of {names}");
}

#[test]
fn the_months_of_many_languages_are_known() {
    for names in [
        "January February March April May June July August September October November December",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        "január február március április május június július augusztus szeptember október november december",
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
        "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
        "OCAK ŞUBAT MART NİSAN MAYIS HAZİRAN TEMMUZ AĞUSTOS EYLÜL EKİM KASIM ARALIK",
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
        "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
        "Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "януари февруари март април май юни юли август септември октомври ноември декември",
        "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
        "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
        "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
        "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
        "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
        "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
        "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר בדצמבר",
        "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    ] {
        check(names);
    }
}

#[test]
fn the_months_are_known_by_their_short_names() {
    for names in [
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
        "led úno bře dub kvě čvn čvc srpna zář říj lis pro",
        "saus vas kovo bal geg birz liep rugp rugs spal lapkr gruod",
        "yan fev mar apr may iyn iyl avq sen okt noy dek",
        "jan feb mac apr mei jun jul ogo sep okt nov dis",
    ] {
        check(names);
    }
}

#[test]
fn the_months_of_the_levant_are_two_words() {
    let months = |word, next| month(&folded(word), Some(&folded(next)));
    assert_eq!(months("كانون", "الأول"), Some((12, true)));
    assert_eq!(months("كانون", "الثاني"), Some((1, true)));
    assert_eq!(months("تشرين", "الأوّل"), Some((10, true)));
    assert_eq!(months("تشرين", "ثاني"), Some((11, true)));
    assert_eq!(months("كانون", "2026"), None);
    for (name, number) in [
        ("شباط", 2),
        ("آذار", 3),
        ("نيسان", 4),
        ("أيار", 5),
        ("حزيران", 6),
        ("تموز", 7),
        ("آب", 8),
        ("أيلول", 9),
    ] {
        assert_eq!(months(name, "2026"), Some((number, false)));
    }
}

#[test]
fn the_days_of_the_week_are_known() {
    for names in [
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "segunda terça quarta quinta sexta sábado domingo",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "måndag tisdag onsdag torsdag fredag lördag söndag",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela",
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "понеделник вторник сряда четвъртък петък събота неделя",
        "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    ] {
        let days: Vec<_> = names
            .split(' ')
            .map(|name| weekday(&folded(name)).map(Weekday::to_monday_one_offset))
            .collect();
        let all: Vec<_> = (1..=7).map(Some).collect();
        assert_eq!(days, all, "of {names}");
    }
}
