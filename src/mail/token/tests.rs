use super::*;

#[tokio::test]
async fn a_token_file_is_read_anew_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let source = TokenSource::File(path.clone());
    for token in ["ya29.first-token", "ya29.second_token/+~="] {
        std::fs::write(&path, format!("{token}\r\n")).unwrap();
        let read = source.access_token(false).await.unwrap();
        assert_eq!(read.expose(), token);
    }
}

#[tokio::test]
async fn what_is_no_token_is_refused_in_words_that_do_not_repeat_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let long = "x".repeat(70_000);
    for (text, expected) in [
        ("", "is empty"),
        (" \n", "is empty"),
        ("secret one\nsecret two", "one line"),
        ("s\u{0}cret", "one line"),
        ("sécret", "one line"),
        (long.as_str(), "too long"),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = TokenSource::File(path.clone()).access_token(false).await;
        let Err(TokenError::Lasting(why)) = error else {
            panic!("{text:?}");
        };
        assert!(why.contains(expected) && !why.contains("cret"), "{why}");
    }
    for path in [folder.path().to_owned(), folder.path().join("none")] {
        let error = TokenSource::File(path).access_token(false).await;
        assert!(matches!(error, Err(TokenError::Lasting(_))));
    }
}
