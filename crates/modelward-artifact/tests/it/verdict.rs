use modelward_artifact::{Finding, Findings, Verdict};

#[test]
fn findings_are_sorted_and_never_empty() {
    assert_eq!(Findings::new(Vec::new()), None);
    let findings = Findings::new(vec![
        Finding::new("b.code", "second").about("b"),
        Finding::new("a.code", "first").about("a"),
        Finding::new("a.code", "first").about("a"),
    ])
    .expect("there are findings");
    assert_eq!(
        findings.to_string(),
        "a: first [a.code]\nb: second [b.code]"
    );
}

#[test]
fn a_finding_shows_names_escaped() {
    let finding = Finding::new("x.y", "bad\u{1b}[0m").about("a\nb");
    assert_eq!(finding.to_string(), r"a\nb: bad\u{1b}[0m [x.y]");
    assert_eq!(finding.subject(), Some("a\nb"));
}

#[test]
fn a_verdict_is_yes_or_no() {
    let yes = Verdict::Verified(7);
    assert_eq!(yes.verified(), Some(&7));
    assert_eq!(yes.into_result(), Ok(7));
    let no: Verdict<u8> = Verdict::Rejected(Finding::new("x", "y").into());
    assert!(no.verified().is_none());
    assert!(no.into_result().expect_err("no").has("x"));
}
