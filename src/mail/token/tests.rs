use std::collections::HashMap;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

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
        (
            "{\"access_token\":\"secret\",\"expires_in\":3599}",
            "without quotes",
        ),
        ("\"secret\"", "without quotes"),
        (long.as_str(), "too long"),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = TokenSource::File(path.clone()).access_token(false).await;
        let Err(TokenError::Permanent(why)) = error else {
            panic!("{text:?}");
        };
        assert!(why.contains(expected) && !why.contains("cret"), "{why}");
    }
    for path in [folder.path().to_owned(), folder.path().join("none")] {
        let error = TokenSource::File(path).access_token(false).await;
        assert!(matches!(error, Err(TokenError::Permanent(_))));
    }
}

/// A question that a token server was asked: its form, and its `Authorization`.
type Asked = (HashMap<String, String>, Option<String>);

/// A token server on loopback that gives the prepared answers, the last of them for ever.
struct Server {
    url: url::Url,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    async fn start(answers: &[(u16, &str)]) -> Self {
        let answers: Vec<(StatusCode, String)> = answers
            .iter()
            .map(|(status, body)| (StatusCode::from_u16(*status).unwrap(), (*body).to_owned()))
            .collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        let answer = move |headers: HeaderMap, body: String| async move {
            let form = url::form_urlencoded::parse(body.as_bytes());
            let form = form.into_owned().collect();
            let login = headers.get("authorization");
            let login = login.map(|login| login.to_str().unwrap().to_owned());
            let (status, body) = {
                let mut seen = seen.lock().unwrap();
                seen.push((form, login));
                answers[(seen.len() - 1).min(answers.len() - 1)].clone()
            };
            if body == "slow" {
                tokio::time::sleep(Duration::from_mins(1)).await;
            }
            (status, [("location", "http://127.0.0.1:9/stolen")], body)
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = axum::Router::new().route("/token", post(answer));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let url = format!("http://{address}/token").parse().unwrap();
        Self { url, asked }
    }

    fn source(&self, state: &Path, client_secret: Option<&str>) -> TokenSource {
        let options = RefreshOptions {
            token_url: self.url.clone(),
            client_id: "client one".to_owned(),
            client_secret: client_secret.map(Secret::new),
            refresh_token: Secret::new(CONFIGURED),
            scope: Some("mail.send offline".to_owned()),
        };
        let refresh = TokenRefresher::new(options, state).with_patience(Duration::from_secs(1));
        TokenSource::Refresh(Box::new(refresh))
    }

    /// The refresh tokens with which it was asked.
    fn refresh_tokens(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .map(|(form, _)| form["refresh_token"].clone())
            .collect()
    }
}

const CONFIGURED: &str = "1//xk7Unspeakable+token";
const SECRET: &str = "s3cret&=+";
const GOOD: &str = r#"{"access_token":"ya29.a","token_type":"bearer","expires_in":3600}"#;
const INVALID_GRANT: &str = r#"{"error":"invalid_grant","error_description":"Bad Request"}"#;

async fn token(source: &TokenSource, fresh: bool) -> Result<String, TokenError> {
    let token = source.access_token(fresh).await?;
    Ok(token.expose().to_owned())
}

#[tokio::test]
async fn a_token_is_fetched_by_the_standard_form_and_kept_until_a_fresh_one_is_wanted() {
    let state = tempfile::tempdir().unwrap();
    let second = GOOD
        .replace("ya29.a", "ya29.b")
        .replace("bearer", "Bearer")
        .replace("3600", "\"3600\"");
    let server = Server::start(&[(200, GOOD), (200, &second)]).await;
    let source = server.source(state.path(), Some(SECRET));
    assert_eq!(token(&source, false).await.unwrap(), "ya29.a");
    assert_eq!(token(&source, false).await.unwrap(), "ya29.a");
    assert_eq!(token(&source, true).await.unwrap(), "ya29.b");
    assert_eq!(token(&source, false).await.unwrap(), "ya29.b");
    let asked = server.asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 2);
    let (form, login) = &asked[0];
    for (key, value) in [
        ("grant_type", "refresh_token"),
        ("refresh_token", CONFIGURED),
        ("client_id", "client one"),
        ("client_secret", SECRET),
        ("scope", "mail.send offline"),
    ] {
        assert_eq!(form.get(key).map(String::as_str), Some(value), "{key}");
    }
    assert_eq!((form.len(), login), (5, &None));
    assert_eq!(
        std::fs::read_dir(state.path()).unwrap().count(),
        0,
        "nothing to keep"
    );
}

#[tokio::test]
async fn a_token_that_is_about_to_end_is_fetched_anew() {
    let state = tempfile::tempdir().unwrap();
    for (lasts, questions) in [
        (r#","expires_in":59"#, 2),
        (r#","expires_in":"60""#, 2),
        (r#","expires_in":0"#, 2),
        (r#","expires_in":61"#, 1),
        (r#","expires_in":1e300"#, 1),
        (r#","expires_in":-5"#, 1),
        (r#","expires_in":"soon""#, 1),
        ("", 1),
    ] {
        let answer = format!(r#"{{"access_token":"a"{lasts}}}"#);
        let server = Server::start(&[(200, &answer)]).await;
        let source = server.source(state.path(), None);
        for _ in 0..2 {
            assert_eq!(token(&source, false).await.unwrap(), "a");
        }
        assert_eq!(server.asked.lock().unwrap().len(), questions, "{lasts}");
    }
}

#[tokio::test]
async fn a_new_refresh_token_is_kept_for_the_service_alone_and_survives_a_restart() {
    let state = tempfile::tempdir().unwrap();
    let rotated = |token: &str| format!(r#"{{"access_token":"a","refresh_token":"{token}"}}"#);
    let (first, second) = (rotated("second"), rotated("third"));
    let answers = [
        (200, first.as_str()),
        (200, &second),
        (400, INVALID_GRANT),
        (200, GOOD),
        (200, GOOD),
    ];
    let server = Server::start(&answers).await;
    let source = server.source(state.path(), None);
    token(&source, true).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(state.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .collect();
    assert_eq!(files.len(), 1);
    assert_eq!(
        files[0].metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(!files[0].file_name().to_string_lossy().contains("second"));
    token(&source, true).await.unwrap();
    // Another process, to which the kept token is refused: the configured one is used again.
    let source = server.source(state.path(), None);
    token(&source, true).await.unwrap();
    token(&source, true).await.unwrap();
    let expected = [CONFIGURED, "second", "third", CONFIGURED, CONFIGURED];
    assert_eq!(server.refresh_tokens(), expected);
    assert_eq!(
        std::fs::read_dir(state.path()).unwrap().count(),
        0,
        "the refused one is gone"
    );
}

#[tokio::test]
async fn a_refresh_token_that_cannot_be_written_down_is_used_all_the_same() {
    let state = tempfile::tempdir().unwrap();
    let rotated = r#"{"access_token":"a","refresh_token":"second"}"#;
    let server = Server::start(&[(200, rotated), (200, GOOD)]).await;
    let file = state.path().join("file");
    std::fs::write(&file, "").unwrap();
    let source = server.source(&file, None);
    token(&source, true).await.unwrap();
    token(&source, true).await.unwrap();
    assert_eq!(server.refresh_tokens(), [CONFIGURED, "second"]);
}

#[tokio::test]
async fn a_server_that_wants_http_basic_gets_it() {
    let state = tempfile::tempdir().unwrap();
    let server = Server::start(&[(401, r#"{"error":"invalid_client"}"#), (200, GOOD)]).await;
    let source = server.source(state.path(), Some(SECRET));
    assert_eq!(token(&source, false).await.unwrap(), "ya29.a");
    let asked = server.asked.lock().unwrap().clone();
    let (form, login) = &asked[1];
    assert!(!form.contains_key("client_secret") && !form.contains_key("client_id"));
    // `client+one:s3cret%26%3D%2B`, RFC 6749 section 2.3.1.
    assert_eq!(
        login.as_deref(),
        Some("Basic Y2xpZW50K29uZTpzM2NyZXQlMjYlM0QlMkI=")
    );
}

#[tokio::test]
async fn refusals_say_whether_they_pass_and_what_to_do_and_tell_no_secret() {
    let echo = format!(r#"{{"error":"invalid_grant","error_description":"no {CONFIGURED}"}}"#);
    let encoded = r#"{"error":"invalid_scope","error_description":"form was refresh_token=1%2F%2Fxk7Unspeakable%2Btoken"}"#;
    let long = format!(r#"{{"access_token":"{}"}}"#, "a".repeat(70_000));
    for (status, body, passes, words) in [
        (400, INVALID_GRANT, false, "consent anew"),
        (400, echo.as_str(), false, "consent anew"),
        (400, encoded, false, "check `scope`"),
        (
            401,
            r#"{"error":"invalid_client"}"#,
            false,
            "check `client_id`",
        ),
        (
            400,
            r#"{"error":"unauthorized_client"}"#,
            false,
            "where the client is registered",
        ),
        (400, r#"{"error":"made_up"}"#, false, "it refuses: made_up"),
        (404, "<html>", false, "token endpoint"),
        (302, "", false, "configured address only"),
        (307, "", false, "configured address only"),
        (200, "<html><body>Sign in</body></html>", false, "no JSON"),
        (200, "[]", false, "no JSON"),
        (200, "{}", false, "no access_token"),
        (
            200,
            r#"{"access_token":"a\r\nRSET"}"#,
            false,
            "no access_token",
        ),
        (
            200,
            r#"{"access_token":"a","token_type":"mac"}"#,
            false,
            "Bearer",
        ),
        (200, &long, false, "longer than 64 KiB"),
        (500, "<html>", true, "it answers 500"),
        (
            503,
            r#"{"error":"temporarily_unavailable"}"#,
            true,
            "trouble of its own",
        ),
        (429, "", true, "it answers 429"),
        (200, "slow", true, "no answer in time"),
    ] {
        let state = tempfile::tempdir().unwrap();
        let server = Server::start(&[(status, body)]).await;
        let source = server.source(state.path(), Some(SECRET));
        let error = token(&source, false).await.unwrap_err();
        let why = format!("{error} {source:?} {error:?}");
        assert!(error.to_string().contains(words), "{body}: {why}");
        assert_eq!(
            matches!(error, TokenError::Temporary(_)),
            passes,
            "{body}: {why}"
        );
        for secret in [SECRET, "s3cret", "xk7", "%2F%2F"] {
            assert!(!why.contains(secret), "{secret}: {why}");
        }
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_awaited() {
    let state = tempfile::tempdir().unwrap();
    let mut server = Server::start(&[(200, GOOD)]).await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    server.url = format!("http://{closed}/token").parse().unwrap();
    let error = token(&server.source(state.path(), None), false)
        .await
        .unwrap_err();
    assert!(
        matches!(error, TokenError::Temporary(_)) && error.to_string().contains("127.0.0.1"),
        "{error}"
    );
}
