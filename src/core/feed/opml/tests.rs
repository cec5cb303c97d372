use super::*;

fn outline(title: &str, url: &str, folders: &[&str]) -> Outline {
    Outline {
        title: Some(title.to_owned()),
        url: url.to_owned(),
        language: None,
        folders: folders.iter().map(|folder| (*folder).to_owned()).collect(),
    }
}

#[test]
fn folders_become_the_path_of_their_feeds() {
    let list = r#"<opml version="2.0"><body>
            <outline text="Americas"><outline text="Peru">
              <outline type="rss" text="A &amp; B" xmlUrl="https://a.example/feed?x=1&amp;y=2"/>
            </outline><outline text="C" xmlUrl="https://c.example/feed"></outline></outline>
            <outline text="D" xmlUrl="https://d.example/feed" category="/news/,press"/>
            </body></opml>"#;
    assert_eq!(
        read(list.as_bytes()).0,
        [
            outline(
                "A & B",
                "https://a.example/feed?x=1&y=2",
                &["Americas", "Peru"]
            ),
            outline("C", "https://c.example/feed", &["Americas"]),
            outline("D", "https://d.example/feed", &["news", "press"]),
        ]
    );
}

#[test]
fn lists_that_are_no_xml_are_read_all_the_same() {
    let list = "<opml><body><outline text=\"Sport & more\" xmlUrl='https://a.example/?a=1&b=2' />\
            <outline text=\"\" title=\"\" xmlUrl=\"https://b.example/\"><outline text=cut xmlurl=https://c.example/";
    let urls: Vec<String> = read(list.as_bytes())
        .0
        .into_iter()
        .map(|outline| outline.url)
        .collect();
    assert_eq!(urls, ["https://a.example/?a=1&b=2", "https://b.example/"]);
    assert!(read(b"no list at all").0.is_empty());
}

#[test]
fn what_is_written_reads_back() {
    let outlines = [
        outline(
            "A <b> & \"c\"",
            "https://a.example/?x=1&y=2",
            &["news", "world", "asia"],
        ),
        outline("No folder", "https://b.example/", &[]),
        outline("C", "https://c.example/", &["news"]),
    ];
    let mut back = read(write("feeds", &outlines).as_bytes()).0;
    back.sort_by(|a, b| a.url.cmp(&b.url));
    assert_eq!(back, outlines);
}

#[test]
fn a_list_is_decoded_as_a_feed_is() {
    let list = |declared: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{declared}\"?><opml><body><OUTLINE TEXT=\"Россия &laquo;сегодня&raquo; & мир\">\
                 <outline TYPE='rss' Text='Новости' XMLURL='https://a.example/?a=1&b=2'/></OUTLINE></body></opml>"
        )
    };
    let expected = [outline(
        "Новости",
        "https://a.example/?a=1&b=2",
        &["Россия «сегодня» & мир"],
    )];
    let utf_16 = |write: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let text = format!("\u{feff}{}", list("utf-16"));
        text.encode_utf16().flat_map(write).collect()
    };
    for (bytes, warnings) in [
        (list("utf-8").into_bytes(), 0),
        (format!("\u{feff}{}", list("utf-8")).into_bytes(), 0),
        (
            encoding_rs::WINDOWS_1251
                .encode(&list("windows-1251"))
                .0
                .into_owned(),
            0,
        ),
        (
            encoding_rs::KOI8_R
                .encode(&list("koi8-r").replace(['«', '»'], ""))
                .0
                .into_owned(),
            0,
        ),
        (utf_16(u16::to_le_bytes), 0),
        (utf_16(u16::to_be_bytes), 0),
        (list("windows-1251").into_bytes(), 1),
    ] {
        let (found, said) = read(&bytes);
        assert_eq!(
            (found.as_slice(), said.len()),
            (expected.as_slice(), warnings),
            "{said:?}"
        );
    }
}

#[test]
fn folders_deeper_than_any_list_has_them_hide_no_others() {
    let deep = |front: &str, times: usize| front.repeat(times);
    let list = format!(
        "<opml><body><outline text='News'>{}<outline text='A' xmlUrl='https://a.example/'/>{}\
             <outline text='B' xmlUrl='https://b.example/'/></outline><outline text='C' xmlUrl='https://c.example/'/></body></opml>",
        deep("<outline text='d'>", 1000),
        deep("</outline>", 1000),
    );
    let found = read(list.as_bytes()).0;
    assert_eq!(found[0].folders.len(), DEPTH_AT_MOST);
    assert_eq!(found[1].folders, ["News"]);
    assert!(found[2].folders.is_empty());
}

#[test]
fn what_is_followed_without_an_address_is_not_passed_over() {
    let list = "<opml><body><outline text='Site' htmlUrl='https://a.example/'/>\
            <outline type='include' text='List' url='https://b.example/list.opml'/>\
            <outline type='rss' text='B' url='https://b.example/'></outline><outline type='rss' text='C'></outline></body></opml>";
    assert_eq!(
        read(list.as_bytes()).0,
        [
            outline("Site", "", &[]),
            outline("List", "", &[]),
            outline("B", "https://b.example/", &[]),
            outline("C", "", &[])
        ]
    );
}

#[test]
fn a_feed_without_an_address_is_not_passed_over() {
    let list = "<opml><body><outline type='rss' text='A'/><outline type='rss' text='B' url='https://b.example/'/>\
            <outline type='rss' text='Folder'><outline text='C' xmlUrl='https://c.example/'/></outline></body></opml>";
    assert_eq!(
        read(list.as_bytes()).0,
        [
            outline("A", "", &[]),
            outline("B", "https://b.example/", &[]),
            outline("C", "https://c.example/", &["Folder"])
        ]
    );
}
