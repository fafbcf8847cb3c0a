use modelward_rmf::currency::{self, SourceKind};

#[test]
fn days_of_the_ai_act_are_those_of_its_amendment() {
    let days: Vec<_> = currency::ai_act_milestones()
        .map(|it| (it.applies_from().to_string(), it.what()))
        .collect();
    let cases = [
        ("2025-02-02", "Art. 5"),
        ("2025-08-02", "general-purpose"),
        ("2026-08-02", "Art. 50"),
        ("2026-12-02", "Art. 50(2)"),
        ("2026-12-02", "new ban"),
        ("2027-12-02", "Annex III"),
        ("2028-08-02", "Annex I"),
    ];
    assert_eq!(days.len(), cases.len());
    for ((day, what), (expected, part)) in days.iter().zip(cases) {
        assert_eq!(day, expected);
        assert!(what.contains(part), "{what}");
    }
    let after = |day: &str| currency::ai_act_after(day.parse().unwrap()).count();
    assert_eq!(after("2026-12-01"), 4);
    assert_eq!(after("2026-12-02"), 2);
    assert_eq!(after("2028-08-02"), 0);
}

#[test]
fn facts_that_change_an_assessment_are_stated_with_day_and_basis() {
    let cases = [
        ("EO 14110", "2025-01-20", "revoked", SourceKind::Secondary),
        (
            "AI RMF",
            "2026-09-26",
            "only final version",
            SourceKind::Secondary,
        ),
        (
            "AI RMF",
            "2026-09-26",
            "no draft of it",
            SourceKind::Secondary,
        ),
        (
            "EU AI Act",
            "2026-07-27",
            "2026/1744",
            SourceKind::Secondary,
        ),
        (
            "EU AI Act, Art. 4",
            "2026-07-27",
            "open",
            SourceKind::Secondary,
        ),
        (
            "OWASP AI Exchange",
            "2026-11-23",
            "former",
            SourceKind::Primary,
        ),
        (
            "OWASP LLM Top 10",
            "2026-08-03",
            "LLM04:2026",
            SourceKind::Secondary,
        ),
        (
            "MITRE ATLAS",
            "2026-11-23",
            "2026.09",
            SourceKind::Secondary,
        ),
        ("SR 11-7", "2026-04-17", "SR 26-2", SourceKind::Secondary),
        (
            "COSAiS",
            "2026-09-26",
            "no requirement",
            SourceKind::Secondary,
        ),
        (
            "Cyber AI Profile",
            "2026-09-26",
            "draft",
            SourceKind::Secondary,
        ),
        (
            "ISO/IEC 5338",
            "2026-11-23",
            "2023-12-20",
            SourceKind::Primary,
        ),
        ("ISO/IEC 42001", "2026-11-23", "2023", SourceKind::Primary),
    ];
    for (subject, day, part, basis) in cases {
        let found = currency::about(subject).any(|fact| {
            fact.as_of().to_string() == day
                && fact.statement().contains(part)
                && fact.source_kind() == basis
        });
        assert!(found, "{subject} on {day}: {part}");
    }
}

#[test]
fn facts_are_sorted_and_each_has_a_source() {
    let subjects: Vec<_> = currency::facts().map(|fact| fact.subject()).collect();
    assert!(subjects.is_sorted(), "{subjects:?}");
    for fact in currency::facts() {
        assert!(!fact.source().is_empty() && !fact.statement().ends_with('.'));
        let line = fact.to_string();
        assert!(!line.contains("  "), "{line}");
    }
    let first = serde_json::to_value(currency::about("SR 11-7").next().unwrap()).unwrap();
    assert_eq!(first["asOf"], "2026-04-17");
    assert_eq!(first["sourceKind"], "secondary");
}
