use super::*;

fn said(title: &str, text: &str) -> ComparableItem {
    ComparableItem::of(&Document {
        title: title.to_owned(),
        summary: text.to_owned(),
        ..Document::default()
    })
}

#[track_caller]
fn check(before: (&str, &str), after: (&str, &str), related: bool) {
    let (one, other) = (said(before.0, before.1), said(after.0, after.1));
    for (one, other) in [(&one, &other), (&other, &one)] {
        let (kinship, _) = one.item_similarity(other, Addresses::Unknown, Dates::Near);
        assert_eq!(
            kinship > ItemSimilarity::None,
            related,
            "{before:?} {after:?}"
        );
    }
}

const TEXT: &str = "Police detained five people in the north on Monday, their lawyers said. None of them \
                        was told why, and nobody was allowed to see them.";

#[test]
fn what_was_corrected_is_the_same_story() {
    check(
        ("Five detained in the north", TEXT),
        ("Six detained in the north", TEXT),
        true,
    );
    let edited = "Police detained six people in the north on Monday, their lawyers said. One of them \
                      was released, and nobody was allowed to see the others.";
    check(
        ("Five detained in the north", TEXT),
        ("Lawyers: six people held", edited),
        true,
    );
    check(("Five held", ""), ("Six held", ""), true);
    check(
        ("Five held in the north", ""),
        ("Five held in the north, lawyers say", TEXT),
        true,
    );
    check(("", TEXT), ("Five detained", TEXT), true);
    check(("", TEXT), ("", edited), true);
    check(
        ("Court sits", "Details follow."),
        ("Court sits", TEXT),
        true,
    );
}

#[test]
fn a_live_report_keeps_its_title_and_replaces_its_text() {
    let other = "At noon the square was empty. Shops opened again, and buses ran as on every other day of \
                     the week, with few people in them.";
    check(
        ("Live: marches in the capital", TEXT),
        ("Live: marches in the capital", other),
        true,
    );
    // A title that says next to nothing is not enough for that, without an address.
    check(("Update", TEXT), ("Update", other), false);
    let (one, after) = (said("Update", TEXT), said("Update", other));
    let (kinship, _) = one.item_similarity(&after, Addresses::Agree, Dates::Near);
    assert_eq!(kinship, ItemSimilarity::Related);
    check(
        ("Bulletin number 17 of the court", TEXT),
        ("Bulletin number 18 of the court", other),
        false,
    );
}

#[test]
fn a_briefing_of_every_day_is_another_each_day() {
    let other =
        "A court hears the case of a journalist at noon. Teachers are on strike in two towns.";
    for (before, after, text) in [
        ("Morning briefing", "Morning briefing", other),
        ("Your morning briefing", "Your morning briefing", other),
        ("Briefing of 26 May", "Briefing of 27 May", other),
        ("Briefing of 26 May", "Briefing of 27 May", ""),
    ] {
        let (one, after) = (said(before, TEXT), said(after, text));
        let one = if text.is_empty() {
            said(before, "")
        } else {
            one
        };
        let kinship = |dates| one.item_similarity(&after, Addresses::Agree, dates).0;
        assert_eq!(kinship(Dates::Near), ItemSimilarity::Related, "{before}");
        assert_eq!(kinship(Dates::Apart), ItemSimilarity::None, "{before}");
    }
    // What was published again the day after, with a sentence more, is not.
    let (one, after) = (
        said("Five detained", TEXT),
        said("Five detained", &format!("{other} {TEXT}")),
    );
    let (kinship, _) = one.item_similarity(&after, Addresses::Agree, Dates::Apart);
    assert!(kinship > ItemSimilarity::None);
}

#[test]
fn what_has_nothing_in_common_is_another_story() {
    let other = "The court in the capital upheld the sentence of a journalist on Monday. Her lawyers said \
                     that they were not heard.";
    check(
        ("Five detained in the north", TEXT),
        ("Court upholds a sentence", other),
        false,
    );
    check(("", TEXT), ("", other), false);
    check(("Five detained", ""), ("Court sits", ""), false);
    // Both are found by one watch.
    check(
        ("Police used lethal force", "Protesters were shot."),
        (
            "Lethal force in a prison",
            "Inmates had begun a protest over food.",
        ),
        false,
    );
    check(
        ("Police used lethal force", ""),
        (
            "A lawyer is missing",
            "Nobody has seen him since police used lethal force.",
        ),
        false,
    );
}

#[test]
fn scripts_without_spaces_are_compared_by_pairs_of_characters() {
    let text = "家属称，警方拒绝说明拘留地点。律师协会要求立即放人。";
    check(
        ("律师被拘留三周后仍无法会见家属", text),
        ("律师被拘留四周后仍无法会见家属", text),
        true,
    );
    let other = "法院星期一维持对一名记者的判决，她的同事表示失望。";
    check(
        ("律师被拘留三周后仍无法会见家属", text),
        ("法院维持对记者的判决", other),
        false,
    );
    check(
        ("ตำรวจจับกุมผู้ประท้วงห้าคน", ""),
        ("ตำรวจจับกุมผู้ประท้วงหกคน", ""),
        true,
    );
    check(
        ("اعتقال خمسة صحفيين في العاصمة", ""),
        ("المحكمة تؤيد الحكم على ناشط", ""),
        false,
    );
}

#[test]
fn a_translation_at_the_same_address_is_the_same_story() {
    let (mut one, mut other) = (
        said("Five detained in the north", TEXT),
        said("Cinco detenidos en el norte", ""),
    );
    one.language = Some("en".to_owned());
    other.language = Some("es".to_owned());
    let kinship = |addresses| one.item_similarity(&other, addresses, Dates::Apart).0;
    assert_eq!(kinship(Addresses::Agree), ItemSimilarity::Related);
    assert_eq!(kinship(Addresses::Differ), ItemSimilarity::None);
}

#[test]
fn nothing_is_related_to_nothing() {
    check(("", ""), ("", ""), false);
    check(("Five detained", TEXT), ("", ""), false);
}
