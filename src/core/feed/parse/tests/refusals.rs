//! What is no feed, and how it is told.

use super::*;

fn check_error(body: &str, message: &str) {
    match parse(body.as_bytes(), &ParseContext::default()) {
        Ok(feed) => panic!("{feed:?}, of {body}"),
        Err(error) => assert_eq!(error.to_string(), message),
    }
}

#[test]
fn what_is_no_feed_is_told_in_a_sentence_that_reads_alone() {
    check_error("", "empty body");
    check_error(" \n\u{0}", "empty body");
    check_error(
        "<!DOCTYPE html><html><head><title>Log in</title></head></html>",
        "this is an HTML page, not a feed (its title is \"Log in\")",
    );
    check_error(
        "<html><body>no</body></html>",
        "this is an HTML page, not a feed",
    );
    check_error(
        "<opml version='2.0'><body/></opml>",
        "this is an XML document <opml>, not a feed",
    );
    check_error(
        "not a feed",
        "neither XML nor JSON, so not a feed (it begins with \"not a feed\")",
    );
    check_error("{\"a\":1}", "this is a JSON document, not a JSON Feed");
    check_error("[1]", "this is a JSON document, not a JSON Feed");
    check_error(
        "{\"version\":\"https://jsonfeed.org/version/1\",\n\"items\":[",
        "not valid JSON at line 2, column 9: EOF while parsing a list",
    );
    check_error(
        "\n<rss version='2.0'><channel><language>en",
        "not well-formed XML at line 2, column 41: the document ends inside an element",
    );
    check_error(
        "<a>\n<b <c></a>",
        "not well-formed XML at line 2, column 1: tag with a missing quote or `>`",
    );
}
