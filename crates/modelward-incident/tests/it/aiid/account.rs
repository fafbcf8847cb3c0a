use modelward_incident::format::aiid::{AiidError, PublishedAccount};
use serde_json::json;

use super::faults;

fn account(url: &str, title: &str, text: &str) -> Result<PublishedAccount, AiidError> {
    PublishedAccount::new(url, title, text, "2026-11-20".parse().expect("a date"))
}

#[test]
fn an_account_keeps_the_limits_of_the_form() {
    let text = "x".repeat(80);
    let (url, title) = ("https://example.org/a", "A title");
    let long = format!("https://example.org/{}", "a".repeat(4077));
    let cases = [
        (url, "123456", text.as_str(), vec![]),
        (url, "12345", &text, vec!["/title incident.aiid.length"]),
        (url, &"t".repeat(500), &text, vec![]),
        (
            url,
            &"t".repeat(501),
            &text,
            vec!["/title incident.aiid.length"],
        ),
        // One character that takes two UTF-16 units, as the form counts.
        (url, "1234\u{1f512}", &text, vec![]),
        (
            url,
            title,
            &"x".repeat(79),
            vec!["/text incident.aiid.length"],
        ),
        (url, title, &"x".repeat(50_000), vec![]),
        (
            url,
            title,
            &"x".repeat(50_001),
            vec!["/text incident.aiid.length"],
        ),
        ("http://example.org", title, &text, vec![]),
        ("HTTPS://[2001:db8::1]:8443/a?b#c", title, &text, vec![]),
        ("https://пример.example/стр", title, &text, vec![]),
        ("", title, &text, vec!["/url incident.aiid.address"]),
        (
            "example.org/a",
            title,
            &text,
            vec!["/url incident.aiid.address"],
        ),
        (
            "ftp://example.org",
            title,
            &text,
            vec!["/url incident.aiid.address"],
        ),
        (
            "https:///a",
            title,
            &text,
            vec!["/url incident.aiid.address"],
        ),
        (
            "https:example.org",
            title,
            &text,
            vec!["/url incident.aiid.address"],
        ),
        (
            "https://example.org/a b",
            title,
            &text,
            vec!["/url incident.aiid.address"],
        ),
        (
            "javascript://example.org/%0aalert(1)",
            title,
            &text,
            vec!["/url incident.aiid.address"],
        ),
        (&long, title, &text, vec!["/url incident.aiid.address"]),
        (&long[..4096], title, &text, vec![]),
        (
            "x",
            "x",
            "x",
            vec![
                "/url incident.aiid.address",
                "/title incident.aiid.length",
                "/text incident.aiid.length",
            ],
        ),
    ];
    for (url, title, text, expected) in cases {
        let found = account(url, title, text).map_or_else(|error| faults(&error), |_| vec![]);
        assert_eq!(
            found,
            expected,
            "{} {}",
            &url[..url.len().min(60)],
            title.len()
        );
    }
}

#[test]
fn authors_have_names() {
    let account = account("https://example.org", "A title", &"x".repeat(80)).unwrap();
    for (name, sound) in [
        ("Jo", false),
        ("Joe", true),
        (&"n".repeat(200), true),
        (&"n".repeat(201), false),
    ] {
        let outcome = account.clone().by(name);
        assert_eq!(outcome.is_ok(), sound);
        if let Err(error) = outcome {
            assert_eq!(faults(&error), ["/authors/0 incident.aiid.length"]);
        }
    }
}

#[test]
fn an_account_is_read_with_its_limits() {
    let account = account("https://example.org", "A title", &"x".repeat(80)).unwrap();
    let account = account.by("Jo Example").unwrap();
    let written = serde_json::to_value(&account).unwrap();
    assert_eq!(written["datePublished"], json!("2026-11-20"));
    let read: PublishedAccount = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(read, account);
    for (member, value) in [
        ("text", json!("short")),
        ("url", json!("x")),
        ("more", json!(1)),
    ] {
        let mut changed = written.clone();
        changed[member] = value;
        assert!(
            serde_json::from_value::<PublishedAccount>(changed).is_err(),
            "{member}"
        );
    }
}
