//! Dates of feeds, alone and in a body of them, and of HTTP: an instant or nothing, and an instant reads back as
//! itself.

#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use newsvigil::core::feed::dates;
use newsvigil::core::schedule::CachingHeaders;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    if let Some(instant) = dates::parse(&text) {
        // Years of one to four digits without a sign are what feeds write.
        if let 0..=253_402_300_799 = instant.as_second() {
            assert_eq!(
                dates::parse(&instant.to_string()),
                Some(instant),
                "{text:?}"
            );
        }
    }
    let now = Timestamp::from_second(1_790_000_000).expect("an instant");
    let written: Vec<_> = text.lines().take(64).filter_map(dates::read).collect();
    let body = dates::DateDisambiguation::of(written.iter().copied(), Some(now), &["en-US", "he"]);
    for date in &written {
        let _ = body.settle(date);
    }
    let headers = CachingHeaders {
        cache_control: Some(text.clone().into_owned()),
        expires: Some(text.clone().into_owned()),
        date: Some(text.clone().into_owned()),
        age: Some(text.clone().into_owned()),
        retry_after: Some(text.into_owned()),
    };
    let _ = headers.retry_after(now);
});
