use super::*;
use proptest::prelude::*;

fn check(written: &str, meant: &str) {
    let read = parse(written).map(|instant| instant.to_string());
    assert_eq!(read.as_deref(), Some(meant), "of {written:?}");
}

fn check_refused(written: &str) {
    assert_eq!(parse(written), None, "of {written:?}");
}

#[test]
fn zones_by_their_place_and_distances_whose_sign_is_lost() {
    for (written, hour) in [
        ("Fri, 27 Nov 2026 10:30:00 Europe/Paris", "09:30:00"),
        (
            "27 Jul 2026 10:30 (America/Argentina/Buenos_Aires)",
            "13:30:00",
        ),
        ("2026-07-27T10:30:00[Europe/Paris]", "08:30:00"),
        ("2026-07-27T10:30:00+09:00[Europe/Paris]", "01:30:00"),
        ("2026-07-27 10:30 asia/katmandu", "04:45:00"),
        ("2026-07-27 10:30 Etc/GMT+5", "15:30:00"),
        ("2026-07-27 10:30 US/Eastern", "14:30:00"),
        ("2026-07-27 10:30 Nowhere/Else", "10:30:00"),
        ("Fri, 27 Nov 2026 10:30:00 + 0100", "09:30:00"),
        ("Fri, 27 Nov 2026 10:30:00 - 0330", "14:00:00"),
        ("Fri, 27 Nov 2026 10:30:00 01:00", "09:30:00"),
        ("2026-11-27 10:30 05:45", "04:45:00"),
        ("2026-11-27T10.30.00Z", "10:30:00"),
        ("2026-11-27T10.30", "10:30:00"),
    ] {
        let read = parse(written).map(|instant| instant.to_string());
        assert!(
            read.as_deref().is_some_and(|read| read.contains(hour)),
            "{written}: {read:?}"
        );
    }
    check("Nov/27/2026 10:30", "2026-11-27T10:30:00Z");
    check("10:30 - 27 Nov 2026", "2026-11-27T10:30:00Z");
}

#[test]
fn months_of_one_name_are_told_apart_by_the_language() {
    let in_language = |written: &str, language: &str| {
        let date = read(written).expect("a date");
        let body = DateDisambiguation::of([date].into_iter(), None, &[language]);
        body.settle(&date)
            .expect("a date")
            .strftime("%F")
            .to_string()
    };
    for (written, croatian, other) in [
        ("27. listopada 2026.", "2026-10-27", "2026-11-27"),
        ("3. lis 2026", "2026-10-03", "2026-11-03"),
        ("3 lip 2026", "2026-06-03", "2026-07-03"),
        ("3. srp 2026 10:30", "2026-07-03", "2026-08-03"),
        ("3. srpnja 2026", "2026-07-03", "2026-07-03"),
        ("3. listopadu 2026", "2026-11-03", "2026-11-03"),
    ] {
        assert_eq!(in_language(written, "hr-HR"), croatian, "{written}");
        assert_eq!(in_language(written, "cs"), other, "{written}");
    }
}

#[test]
fn months_of_languages_that_few_feeds_have() {
    for (written, meant) in [
        ("12 Meán Fómhair 2026", "2026-09-12"),
        ("12 Deireadh Fómhair 2026", "2026-10-12"),
        ("3 Lúnasa 2026", "2026-08-03"),
        ("3 Luulyo 2026", "2026-07-03"),
        ("3 Maajo 2026", "2026-05-03"),
        ("3 Ġunju 2026", "2026-06-03"),
        ("3 Frar 2026", "2026-02-03"),
        ("3 Gorffennaf 2026", "2026-07-03"),
        ("3 Rhagfyr 2026", "2026-12-03"),
        ("2026 azaroa 27", "2026-11-27"),
        ("27 thg 11, 2026", "2026-11-27"),
        ("27 thg 11 2026 10:30", "2026-11-27"),
        ("12 tháng 12 năm 2026", "2026-12-12"),
    ] {
        let read = parse(written).map(|instant| instant.strftime("%F").to_string());
        assert_eq!(read.as_deref(), Some(meant), "{written}");
    }
}

#[test]
fn rfc_822_dates_and_their_usual_mistakes() {
    check("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z");
    check("Thu, 01 Jan 04 19:48:21 +0200", "2004-01-01T17:48:21Z");
    check("1 Jan 2004 19:48 EST", "2004-01-02T00:48:00Z");
    check("Thu, 5 April 2012 10:00:00 Z", "2012-04-05T10:00:00Z");
    check("Mon, 13 Feb, 2012 06:28:00 UTC", "2012-02-13T06:28:00Z");
    check("Thu Aug 30 2012 17:26:16 +0200", "2012-08-30T15:26:16Z");
    check("Fri,24 Nov 2023 18:28:36 -0000", "2023-11-24T18:28:36Z");
    check(
        "Wed, 19 Feb 2012 22:40:00 GMT-01:01",
        "2012-02-19T23:41:00Z",
    );
    check("Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00Z");
    check("Thu, 01 Jan 2004", "2004-01-01T00:00:00Z");
    check("Tuesday, 24 March 2026 9:05 PM EDT", "2026-03-25T01:05:00Z");
    check("04-Jul-26 10:00:00 GMT", "2026-07-04T10:00:00Z");
}

#[test]
fn iso_8601_in_its_many_forms() {
    check("2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z");
    check("2003-12-31T10:14:55.5-08:00", "2003-12-31T18:14:55.5Z");
    check("2003-12-31T10:14:55+0100", "2003-12-31T09:14:55Z");
    check("2003-12-31t10:14z", "2003-12-31T10:14:00Z");
    check("2003-12-31 10:14:55 -00:20", "2003-12-31T10:34:55Z");
    check("2003-12-31T10:14:55", "2003-12-31T10:14:55Z");
    check("20031231T101455Z", "2003-12-31T10:14:55Z");
    check("20031231", "2003-12-31T00:00:00Z");
    check("2003-12", "2003-12-01T00:00:00Z");
    check("2003", "2003-01-01T00:00:00Z");
    check("2003-335", "2003-12-01T00:00:00Z");
    check("2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z");
    check("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
    check("2003-012-31T10:14:55+00:00", "2003-12-31T10:14:55Z");
}

#[test]
fn other_orders_and_machines() {
    check("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z");
    check("Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z");
    check("2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z");
    check("24.03.2026 18:05", "2026-03-24T18:05:00Z");
    check("03/24/2026 18:05:00", "2026-03-24T18:05:00Z");
    check("24/03/2026", "2026-03-24T00:00:00Z");
    check("1774375500", "2026-03-24T18:05:00Z");
    check("1774375500000", "2026-03-24T18:05:00Z");
}

#[test]
fn month_names_of_other_languages() {
    check("mar, 24 mar 2026 18:05:00 +0100", "2026-03-24T17:05:00Z");
    check("24 de marzo de 2026", "2026-03-24T00:00:00Z");
    check("24 août 2026 10:00", "2026-08-24T10:00:00Z");
    check("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z");
    check("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z");
    check("24 марта 2026 10:00 MSK", "2026-03-24T07:00:00Z");
    check("2026年3月24日 18:05", "2026-03-24T18:05:00Z");
    check("24 kwi 2026 10:00", "2026-04-24T10:00:00Z");
    check("maandag 2 februari 2026", "2026-02-02T00:00:00Z");
    check("2004-05-25 오후 11:23:17", "2004-05-25T23:23:17Z");
}

#[test]
fn times_of_machines() {
    for written in [
        "1774375500.25",
        "@1774375500",
        "1774375500000000",
        "/Date(1774375500000)/",
        "/Date(1774375500000+0100)/",
        "20260324180500",
        "202603241805",
    ] {
        check(written, "2026-03-24T18:05:00Z");
    }
    check_refused("1774375500 apples");
}

#[test]
fn what_is_between_year_month_and_day_may_be_any_word() {
    for written in [
        "otrdiena, 2026. gada 24. marts",
        "2026 m. kovo 24 d., antradienis",
        "2026-ж., 24-март",
        "2026 թ. մարտի 24",
        "24 ta’ Marzu 2026",
    ] {
        check(written, "2026-03-24T00:00:00Z");
    }
}

#[test]
fn a_year_beside_a_month_that_nobody_knows_is_no_date() {
    check_refused("2026 fombelaren 17(a)");
    check_refused("2026 ജനുവരി 17");
    check_refused("2026-W47-7");
    check("2026", "2026-01-01T00:00:00Z");
}

#[test]
fn a_month_stands_beside_its_day() {
    let meant = "2026-12-03T09:30:00Z";
    check(
        "Thu Dec 03 2026 21:30:00 GMT+1200 (Marshall Islands Time)",
        meant,
    );
    check(
        "Thu Dec 03 2026 21:30:00 GMT+1200 (Marshall Islands Time",
        meant,
    );
    check(
        "Thu Dec 03 2026 21:30:00 GMT+1200 Marshall Islands Time",
        meant,
    );
    check(
        "Sun Mar 08 2026 12:30:00 GMT+0300 (Arabian Standard Time)",
        "2026-03-08T09:30:00Z",
    );
    check(
        "Sun Mar 08 2026 12:30:00 GMT+0300 (توقيت السعودية الرسمي)",
        "2026-03-08T09:30:00Z",
    );
    check(
        "Sun Mar 08 2026 12:30:00 GMT+0400 (heure normale de l’île Maurice)",
        "2026-03-08T08:30:00Z",
    );
    check(
        "Wed Apr 01 2026 08:00:00 GMT+0000 (Augustine (May) Time)",
        "2026-04-01T08:00:00Z",
    );
    check("mar, 03 mar 2026", "2026-03-03T00:00:00Z");
    check("vie., 6 mar. 2026 10:00", "2026-03-06T10:00:00Z");
    check("mar 03/12/2026 10:00", "2026-12-03T10:00:00Z");
    check("(Thu) 3 (Mar) Dec (Jan) 2026", "2026-12-03T00:00:00Z");
    check("(24 March 2026)", "2026-03-24T00:00:00Z");
    check("Thu, 3rd of December, 2026", "2026-12-03T00:00:00Z");
    check("3 كانون الأول/ديسمبر 2026", "2026-12-03T00:00:00Z");
    check("3 ديسمبر / كانون الأول 2026 - 10:30", "2026-12-03T10:30:00Z");
    check("December 2026", "2026-12-01T00:00:00Z");
    check_refused("31 Jun 2026");
}

#[test]
fn times_of_day_as_people_write_them() {
    for written in [
        "3/12/2026 9:30 p. m.",
        "03/12/2026, 9:30\u{202f}p.\u{a0}m.",
        "3 Dec 2026 9:30 P.M.",
        "3 Dec 2026 9.30 pm",
        "3 Δεκ 2026 9:30 μ.μ.",
        "3 de dezembro de 2026, 9:30 da noite",
        "3 décembre 2026 à 21h30",
        "3 décembre 2026 21 h 30",
        "3 de dez. de 2026 21h30min",
        "3. Dezember 2026, 21.30 Uhr",
        "am 3. Dezember 2026 um 21:30 Uhr",
        "3 декабря 2026 г., 21 час 30 минут",
        "3 декабря 2026 г. 21 ч. 30 мин.",
        "2026年12月3日下午9:30",
        "2026年12月3日21時30分",
        "2026년 12월 3일 오후 9시 30분",
        "3 desember 2026 kl. 21.30",
        "3.12.2026 klo 21.30",
        "3 Des 2026 21.30.00",
        "٣ ديسمبر ٢٠٢٦ ٩:٣٠ م",
        "3 Ara 2026 21:30",
    ] {
        check(written, "2026-12-03T21:30:00Z");
    }
    check("3 Dec 2026 12:10 a. m.", "2026-12-03T00:10:00Z");
    check("am 3. Dezember 2026 12:30", "2026-12-03T12:30:00Z");
    check("3 Dec 2026 9 PM", "2026-12-03T21:00:00Z");
    check("3 décembre 2026, 10 h", "2026-12-03T10:00:00Z");
}

#[test]
fn digits_and_months_of_many_scripts() {
    let meant = "2026-12-03T00:00:00Z";
    for written in [
        "٠٣/١٢/٢٠٢٦",
        "۲۰۲۶-۱۲-۰۳",
        "०३-१२-२०२६",
        "০৩ ডিসেম্বর ২০২৬",
        "３ Dec ２０２６",
        "３／１２／２０２６",
        "3 ARALIK 2026",
        "3 Aralık 2026 Perşembe",
        "3 декември 2026 г.",
        "٣ كانون الأول ٢٠٢٦",
        "الخميس 3 كانون أول 2026",
        "3 דצמבר 2026",
        "3 בדצמבר 2026",
        "3 ธันวาคม 2569",
        "๓ ธ.ค. ๒๕๖๙",
        "3 tháng 12, 2026",
        "3 prosince 2026",
        "3 दिसंबर 2026",
    ] {
        check(written, meant);
    }
    // Years of other calendars are not taken for ours.
    check_refused("۱۴۰۵/۰۹/۱۲");
}

fn check_zone(written: &str, languages: &[&str], meant: &str) {
    let date = read(written).unwrap();
    let settled = DateDisambiguation::of([date].into_iter(), None, languages).settle(&date);
    assert_eq!(
        settled,
        Some(meant.parse().unwrap()),
        "of {written:?} in {languages:?}"
    );
}

#[test]
fn a_zone_of_several_meanings_is_read_by_its_number_and_by_the_language() {
    check_zone("3 Dec 2026 10:00 IST", &[], "2026-12-03T04:30:00Z");
    check_zone("3 Dec 2026 10:00 IST", &["hi"], "2026-12-03T04:30:00Z");
    check_zone("3 Dec 2026 10:00 IST", &["he"], "2026-12-03T08:00:00Z");
    check_zone("3 Dec 2026 10:00 IST", &["he-IL"], "2026-12-03T08:00:00Z");
    check_zone("3 Jul 2026 10:00 IST", &["en-IE"], "2026-07-03T09:00:00Z");
    check_zone(
        "3 Dec 2026 10:00 IST +0530",
        &["he"],
        "2026-12-03T04:30:00Z",
    );
    check_zone(
        "3 Dec 2026 10:00 +0200 (IST)",
        &["en-IN"],
        "2026-12-03T08:00:00Z",
    );
    check_zone("3 Dec 2026 10:00 (IST)", &["he"], "2026-12-03T08:00:00Z");
    check_zone("3 Dec 2026 10:00 EST-0400", &[], "2026-12-03T14:00:00Z");
    check_zone("3 Dec 2026 10:00 CST", &["zh-cn"], "2026-12-03T02:00:00Z");
    check_zone("3 Dec 2026 10:00 CST", &["en-us"], "2026-12-03T16:00:00Z");
    check_zone("3 Dec 2026 10:00 AST", &["ar"], "2026-12-03T07:00:00Z");
    check_zone("3 Dec 2026 10:00 BST", &["bn"], "2026-12-03T04:00:00Z");
    check_zone("3 Dec 2026 10:00 WIB", &["id"], "2026-12-03T03:00:00Z");
    check_zone("3 Dec 2026 10:00 (UTC+3)", &[], "2026-12-03T07:00:00Z");
    check_zone("2026-12-03+01:00", &[], "2026-12-02T23:00:00Z");
}

#[test]
fn what_is_no_date_is_refused() {
    for written in [
        "",
        "yesterday",
        "Sun, 99 Jun 2009 12:00:00 GMT",
        "2003-13-01",
        "2003-02-30",
        "2003-12-31T25:14:55Z",
        "2003-12-31T10:61:55Z",
        "Sun, 16 zzz 2012 11:47:32 GMT",
        "Sun, 16 Dec 2012 1:2:3:4 GMT",
        "13",
        "99999999999999999999999999",
        "9999-12-31T23:59:59-99:99",
    ] {
        check_refused(written);
    }
    check_refused(&"1".repeat(1_000_000));
}

const YEAR_1000: i64 = -30_610_224_000;
const YEAR_9892: i64 = 250_000_000_000;

proptest! {
    #[test]
    fn any_string_is_read_or_refused(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn anything_that_looks_like_a_date_is_read_or_refused(text in "[0-9TZ:+ ./-]{0,30}(jan|GMT|pm)?[0-9: +-]{0,8}") {
        let _ = parse(&text);
    }

    #[test]
    fn what_is_printed_is_read_back(second in YEAR_1000..YEAR_9892) {
        let instant = Timestamp::from_second(second).unwrap();
        prop_assert_eq!(parse(&instant.to_string()), Some(instant));
        let rfc = Offset::UTC.to_datetime(instant).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        prop_assert_eq!(parse(&rfc), Some(instant));
    }
}
