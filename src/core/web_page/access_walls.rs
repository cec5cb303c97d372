//! Pages that stand in the place of an article, known by their structure: elements, scripts and titles of
//! the platforms that make them. Words of their texts count for nothing, since articles about such pages use them.
//! They are reported, and never got round.

use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeId, NodeRef};
use url::Url;

use super::tree::below;
use super::visible_text::visible_text_length;
use crate::core::text::length::amount;

/// A page with more text than this is no challenge, whatever scripts it has.
pub(in crate::core) const TEXT_OF_A_WALL: usize = 1500;

/// A form for comments has a captcha, too: a page of it alone has less text than this.
const TEXT_OF_A_CAPTCHA: usize = 400;
pub(in crate::core) const CAPTCHA: &str = "a captcha";

/// Elements that only challenge pages have, and whose they are.
const ELEMENTS: [(&str, &str); 17] = [
    (
        "#challenge-form, #cf-challenge-running, #challenge-error-text, #challenge-running",
        "Cloudflare",
    ),
    ("#cf-error-details, .cf-error-details", "Cloudflare"),
    (
        "#anubis_version, #anubis_challenge, script[src*='/.within.website/x/cmd/anubis/'], img[src*='/.within.website/x/cmd/anubis/'], link[href*='/.within.website/x/cmd/anubis/']",
        "Anubis",
    ),
    (
        "script[src*='captcha-delivery.com'], iframe[src*='captcha-delivery.com']",
        "DataDome",
    ),
    (
        "#px-captcha, #px-captcha-wrapper, script[src*='captcha.px-cdn.net'], script[src*='captcha.px-cloud.net']",
        "HUMAN (PerimeterX)",
    ),
    (
        "iframe[src*='_Incapsula_Resource'], #distilIdentificationBlock, #distilCaptchaForm",
        "Imperva",
    ),
    (
        "script[src*='captcha.awswaf.com'], script[src*='captcha-sdk.awswaf.com']",
        "AWS WAF",
    ),
    (
        "#sec-if-cpt-container, #sec-bc-tile-container, script[src*='/_sec/cp_challenge/']",
        "Akamai",
    ),
    (
        "script[src*='check.ddos-guard.net'], script[src*='/.well-known/ddos-guard/'], #ddg-captcha",
        "DDoS-Guard",
    ),
    ("script[src*='/__qrator/']", "Qrator"),
    (
        "script[src*='servicepipe.ru'], #id_captcha_frame_div",
        "Servicepipe",
    ),
    (
        "script[src*='captcha.perfdrive.com'], script[src*='validate.perfdrive.com']",
        "Radware",
    ),
    (
        "script[src*='/149e9513-01fa-4fb0-aad4-566afd725d1b/']",
        "Kasada",
    ),
    (
        "link[href*='/git/go-away/'], script[src*='/git/go-away/'], img[src*='/git/go-away/']",
        "go-away",
    ),
    (
        "script[src*='/_guard/'], #arcaptcha, script[src*='arvancloud'][src*='challenge']",
        "its publisher's firewall",
    ),
    (
        "meta[name='aliyun_waf_aa'], meta[name='aliyun_waf_bb'], #aliyunCaptcha-window-popup",
        "Alibaba Cloud WAF",
    ),
    (
        ".h-captcha, .g-recaptcha, .cf-turnstile, #turnstile-wrapper, .frc-captcha, .smart-captcha",
        CAPTCHA,
    ),
];

/// What only scripts of challenge pages say.
const SCRIPTS: [(&str, &str); 12] = [
    ("_cf_chl_opt", "Cloudflare"),
    ("window.gokuProps", "AWS WAF"),
    ("awsWafCookieDomainList", "AWS WAF"),
    ("geo.captcha-delivery.com", "DataDome"),
    ("ct.captcha-delivery.com", "DataDome"),
    ("sucuri_cloudproxy_js", "Sucuri"),
    ("acw_sc__v2", "Alibaba Cloud WAF"),
    ("window._pxBlockedUrl", "HUMAN (PerimeterX)"),
    ("bobcmn", "F5"),
    ("rbzns", "Reblaze"),
    ("_Incapsula_Resource?CWUDNSAI", "Imperva"),
    ("__ddg_challenge", "DDoS-Guard"),
];

/// Whole titles of challenge pages, which no article has with so little text below.
const TITLES: [(&str, &str); 12] = [
    ("Just a moment...", "Cloudflare"),
    ("Attention Required! | Cloudflare", "Cloudflare"),
    ("Making sure you're not a bot!", "Anubis"),
    ("Making sure you&#39;re not a bot!", "Anubis"),
    ("DDoS-Guard", "DDoS-Guard"),
    ("Vercel Security Checkpoint", "Vercel"),
    ("Pardon Our Interruption", "Imperva"),
    ("Pardon Our Interruption...", "Imperva"),
    ("Human Verification", "AWS WAF"),
    ("Access to this page has been denied", "HUMAN (PerimeterX)"),
    ("Access to this page has been denied.", "HUMAN (PerimeterX)"),
    ("Radware Bot Manager Captcha", "Radware"),
];

static MATCHERS: LazyLock<Vec<(Matcher, &str)>> = LazyLock::new(|| {
    ELEMENTS
        .iter()
        .filter_map(|&(selector, whose)| Some((Matcher::new(selector).ok()?, whose)))
        .collect()
});
static SCRIPT: LazyLock<Option<Matcher>> = LazyLock::new(|| Matcher::new("script:not([src])").ok());
static NOTICE: LazyLock<Option<Matcher>> = LazyLock::new(|| Matcher::new("noscript").ok());
static ROOT: LazyLock<Option<Matcher>> = LazyLock::new(|| {
    Matcher::new(
        "#root, #app, #__next, #__nuxt, #___gatsby, #svelte, #react-root, #app-root, #main-app, #application, \
         #ember-app, #q-app, app-root, [data-reactroot], [ng-app], [ng-version], #mount, #page-root",
    )
    .ok()
});

/// Whose challenge a page is; `text` is how much all of it says.
pub(in crate::core) fn challenge(
    document: &Document,
    title: &str,
    text: usize,
) -> Option<&'static str> {
    if text > TEXT_OF_A_WALL {
        return None;
    }
    let by_title = TITLES.iter().find(|(known, _)| title.trim() == *known);
    by_title
        .map(|&(_, whose)| whose)
        .or_else(|| {
            let known = MATCHERS.iter().find(|(matcher, whose)| {
                let fits = *whose != CAPTCHA || text < TEXT_OF_A_CAPTCHA;
                fits && document.select_single_matcher(matcher).exists()
            });
            known.map(|&(_, whose)| whose)
        })
        .or_else(|| {
            let scripts = document.select_matcher(SCRIPT.as_ref()?);
            scripts.nodes().iter().take(50).find_map(|script| {
                let script = script.text();
                let known = SCRIPTS.iter().find(|(said, _)| script.contains(said));
                known.map(|&(_, whose)| whose)
            })
        })
}

/// Whether an address is that of a page that asks for consent: by its host, or by a part of its path.
pub(in crate::core) fn is_consent_address(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default();
    let first = host.split('.').next().unwrap_or_default();
    let names = [
        "consent",
        "guce",
        "myprivacy",
        "privacygate",
        "privacy-gate",
        "cmp-consent",
        "cookieconsent",
    ];
    names.contains(&first) || first.starts_with("consent-") || is_consent_path(address)
}

fn is_consent_path(address: &Url) -> bool {
    const PARTS: [&str; 15] = [
        "collectconsent",
        "consentcollect",
        "consentgate",
        "consentpage",
        "consentwall",
        "cookieconsent",
        "cookiesconsent",
        "consentcookie",
        "consentcookies",
        "consentform",
        "cookiegate",
        "cookiewall",
        "gdprconsent",
        "privacygate",
        "privacywall",
    ];
    /// What stands before `consent` where that is no topic.
    const BEFORE: [&str; 9] = [
        "api", "auth", "cmp", "cookie", "cookies", "gdpr", "privacy", "static", "user",
    ];
    let parts = address.path_segments().into_iter().flatten();
    let parts: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(|part| part.split('.').next().unwrap_or(part).to_ascii_lowercase())
        .collect();
    parts.iter().enumerate().any(|(place, part)| {
        if PARTS.contains(&part.replace(['-', '_'], "").as_str()) {
            return true;
        }
        // What a word names alone may be a section of news.
        let is_story = |part: &String| part.matches('-').count() > 1;
        matches!(part.as_str(), "consent" | "zustimmung")
            && parts[..place]
                .iter()
                .all(|before| before.len() <= 2 || BEFORE.contains(&before.as_str()))
            && !parts[place + 1..].iter().any(is_story)
    })
}

/// What asks for consent, and holds nothing else of a page.
pub(in crate::core) fn asking(document: &Document) -> Vec<NodeId> {
    let nodes = consent_below(document).into_iter();
    nodes
        .filter(|node| !has_article(node))
        .map(|node| node.id)
        .collect()
}

/// Whether what asks for consent says at least as much as the rest of a page.
pub(in crate::core) fn asks_most(document: &Document, text: usize) -> bool {
    let asking = consent_below(document);
    let outermost = asking.iter().filter(|node| {
        let mut outer = node.ancestors_it(None);
        !has_article(node) && !outer.any(|outer| asks_consent(&outer))
    });
    let said: usize = outermost.map(visible_text_length).sum();
    said > 0 && said * 2 >= text
}

/// Takes out what asks for consent, and says how much it said.
pub(in crate::core) fn remove_consent(document: &Document) -> Option<usize> {
    let asking = consent_below(document);
    let mut said = 0;
    for node in &asking {
        said += visible_text_length(node);
        // A page may be wrapped in it as a whole.
        if !has_article(node) {
            node.remove_from_parent();
        }
    }
    (!asking.is_empty()).then_some(said)
}

fn consent_below(document: &Document) -> Vec<NodeRef<'_>> {
    let body = document.body();
    let nodes = body.into_iter().flat_map(below);
    nodes.map(|(node, _)| node).filter(asks_consent).collect()
}

/// Whether an element is one of the platforms that ask for consent.
fn asks_consent(node: &NodeRef<'_>) -> bool {
    node.element_ref().is_some_and(|element| {
        element
            .attrs
            .iter()
            .any(|attribute| match &*attribute.name.local {
                "id" => is_consent(&attribute.value),
                "class" => attribute.value.split_ascii_whitespace().any(is_consent),
                "action" => {
                    let value = &attribute.value;
                    ["consent.", "/consent", "collectConsent"]
                        .iter()
                        .any(|part| value.contains(part))
                }
                _ => false,
            })
    })
}

/// Whether a class or an identifier is one that such a platform uses.
fn is_consent(name: &str) -> bool {
    matches!(
        name,
        "onetrust-consent-sdk"
            | "onetrust-banner-sdk"
            | "didomi-host"
            | "didomi-notice"
            | "qc-cmp2-container"
            | "qcCmpUi"
            | "CybotCookiebotDialog"
            | "fc-consent-root"
            | "usercentrics-root"
            | "usercentrics-cmp-ui"
            | "truste-consent-track"
            | "consent_blackbar"
            | "iubenda-cs-banner"
            | "cmpbox"
            | "cmpwrapper"
            | "axeptio_overlay"
            | "tarteaucitronRoot"
            | "cc-window"
            | "cky-consent-container"
            | "cookie-law-info-bar"
            | "cookiescript_injected"
            | "gdpr-consent-tool-wrapper"
            | "moove_gdpr_cookie_modal"
            | "osano-cm-window"
            | "ppms_cm_popup_overlay"
            | "CookieConsent"
            | "cookieConsent"
            | "cookie-consent"
            | "cookie-banner"
            | "cookie-notice"
            | "consent-page"
            | "consent-form"
            | "consent-wall"
    ) || name.starts_with("sp_message_container")
        || name.starts_with("cmp-app-container")
}

/// Whether an element holds what is marked as an article.
fn has_article(node: &NodeRef<'_>) -> bool {
    let found = Matcher::new("article, [itemprop='articleBody']");
    found.is_ok_and(|matcher| {
        dom_query::Selection::from(*node)
            .select_single_matcher(&matcher)
            .exists()
    })
}

/// Why a page without text looks as if scripts were to write it.
pub(in crate::core) fn needs_scripts(document: &Document) -> Option<&'static str> {
    let has_script = document.select_single("script").exists();
    let notices = document.select_matcher(NOTICE.as_ref()?);
    let asks = notices.nodes().iter().take(50).any(|notice| {
        let text = notice.text();
        let names_it = text.to_lowercase().contains("javascript") || text.contains("JS");
        // A pixel of statistics is no notice.
        names_it && amount(&text) > 5
    });
    if asks {
        return Some("it asks for JavaScript");
    }
    let empty_root = document
        .select_matcher(ROOT.as_ref()?)
        .nodes()
        .iter()
        .take(50)
        .any(|root| visible_text_length(root) < 60);
    (has_script && empty_root).then_some("scripts are to fill it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, is_wall: bool) {
        let url = Url::parse(address).unwrap();
        assert_eq!(is_consent_address(&url), is_wall, "{address}");
    }

    #[test]
    fn addresses_that_ask_for_consent_are_told_from_stories_about_it() {
        for path in [
            "consent?to=/news",
            "de/consent/",
            "cmp/consent",
            "consentwall",
            "v2/collectConsent?sessionId=1",
            "cookie-consent.html",
            "fr/cookie_wall",
            "zustimmung",
        ] {
            check(&format!("https://news.example/{path}"), true);
        }
        for path in [
            "2026/consent-of-the-governed-was-never-asked",
            "topics/consent",
            "news/consent",
            "consent/what-a-court-said-about-it",
            "zustimmung-zum-wassergesetz-wackelt",
            "cookiewall-verboten",
            "news/cookie-consent-rules-are-illegal",
        ] {
            check(&format!("https://news.example/{path}"), false);
        }
        check("https://consent.news.example/", true);
    }
}
