//! Pages that stand in the place of an article, known by their structure: elements, scripts and titles of
//! the platforms that make them. Words of their texts count for nothing, since articles about such pages use them.
//! They are reported, and never got round.

use std::sync::LazyLock;

use dom_query::{Document, Matcher, NodeRef};
use url::Url;

use super::amount::amount;
use super::prune::asks_consent;
use super::survey::said_below;
use super::tree::below;

/// A page with more text than this is no challenge, whatever scripts it has.
pub(super) const TEXT_OF_A_WALL: usize = 1500;

/// A form for comments has a captcha, too: a page of it alone has less text than this.
const TEXT_OF_A_CAPTCHA: usize = 400;
const CAPTCHA: &str = "a captcha";

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
pub(super) fn challenge(document: &Document, title: &str, text: usize) -> Option<&'static str> {
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

/// Whether an address is that of a platform that asks for consent.
pub(super) fn is_consent_address(address: &Url) -> bool {
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
    names.contains(&first)
        || first.starts_with("consent-")
        || [
            "/privacy-gate",
            "/privacygate",
            "/consent-gate",
            "/cookiewall",
            "/cookie-wall",
            "/zustimmung",
        ]
        .iter()
        .any(|path| address.path().starts_with(path))
}

/// Takes out what asks for consent, and says how much it said.
pub(super) fn remove_consent(document: &Document) -> Option<usize> {
    let Some(body) = document.body() else {
        return None;
    };
    let asking: Vec<NodeRef<'_>> = below(body)
        .map(|(node, _)| node)
        .filter(asks_consent)
        .collect();
    let mut said = 0;
    for node in &asking {
        said += said_below(node);
        // A page may be wrapped in it as a whole.
        if !super::extract::has_article(node) {
            node.remove_from_parent();
        }
    }
    (!asking.is_empty()).then_some(said)
}

/// Why a page without text looks as if scripts were to write it.
pub(super) fn needs_scripts(document: &Document) -> Option<&'static str> {
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
        .any(|root| said_below(root) < 60);
    (has_script && empty_root).then_some("scripts are to fill it")
}
