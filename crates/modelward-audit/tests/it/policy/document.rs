use modelward_artifact::JsonLimits;
use modelward_audit::{PolicyRule, ReadReleasePolicyError, ReleasePolicy};
use modelward_rmf::Phase;

use super::{EVERY_RULE, HEAD, every_rule, policy};

#[test]
fn toml_and_json_are_one_policy_with_one_digest() {
    let policy = every_rule();
    let json = policy.to_json().unwrap();
    let again = ReleasePolicy::from_json(&json, &JsonLimits::default()).unwrap();
    assert_eq!(again, policy);
    assert_eq!(again.digest(), policy.digest());
    assert_eq!(again.to_json().unwrap(), json);
    assert_eq!(policy.id().as_str(), "acme.release");
    assert_eq!(policy.version().as_str(), "3");
    assert_eq!(policy.title().as_str(), "What Acme releases");
    let (phase, rules) = policy.phases().next().unwrap();
    assert_eq!(phase, Phase::Release);
    assert_eq!(rules.asked(), PolicyRule::ALL);
}

#[test]
fn what_stands_in_another_order_is_the_same_policy() {
    let one = policy("[phase.release.lineage]\n[phase.testing.licenses]\ndeny = ['b', 'a']\n");
    let two = policy("[phase.testing.licenses]\ndeny = ['a', 'b']\n[phase.release.lineage]\n");
    assert_eq!(one.digest(), two.digest());
    let other = policy("[phase.testing.licenses]\ndeny = ['a']\n[phase.release.lineage]\n");
    assert_ne!(one.digest(), other.digest());
}

#[test]
fn what_is_wrong_in_toml_has_a_line_and_a_column() {
    // The rest of a document, then the line in it, the column, and what is said.
    let cases = [
        ("[phase.release.vibes]\n", 1, 16, "unknown field `vibes`"),
        ("[phase.vibes.lineage]\n", 1, 8, "unknown field `vibes`"),
        (
            "[phase.release.lineage]\ngap = 'block'\n",
            2,
            1,
            "unknown field `gap`",
        ),
        (
            "[phase.release.lineage]\ngaps = 'maybe'\n",
            2,
            8,
            "unknown variant `maybe`",
        ),
        (
            "[phase.release.lineage]\ngaps = 'block'\ngaps = 'accept'\n",
            3,
            1,
            "duplicate key",
        ),
        (
            "[phase.release.bom]\nunlisted = 'block'\n",
            2,
            1,
            "unknown field `unlisted`",
        ),
        (
            "[phase.release.bom]\nforeign = true\n",
            2,
            11,
            "wanted string or table",
        ),
        (
            "[phase.release.supply-chain]\naffected = 3\n",
            2,
            12,
            "wanted string or table",
        ),
        (
            "[phase.release.advisories]\nnot-evaluated = ['accept']\n",
            2,
            17,
            "wanted string or table",
        ),
        (
            "[phase.release.licenses]\nunlicensed = 'pass'\n",
            2,
            14,
            "unknown variant `pass`",
        ),
        (
            "[phase.release.subcategories]\nrequire = [{ subcategory = 'MAP 1.1' }]\nin-part = ''\n",
            3,
            11,
            "unknown variant",
        ),
        (
            "[phase.release]\nbom = 'yes'\n",
            2,
            7,
            "invalid type: string",
        ),
        ("[phase.release]\n", 1, 1, "the phase has no rule"),
        ("[phase]\n", 1, 1, "no phase has rules"),
        (
            "[phase.release.bom-profile]\nprofiles = []\n",
            2,
            12,
            "no profile is named",
        ),
        (
            "[phase.release.bom-profile]\nprofiles = ['x']\n",
            2,
            12,
            "`x` is no profile",
        ),
        (
            "[phase.release.bom-profile]\n",
            1,
            1,
            "missing field `profiles`",
        ),
        (
            "[phase.release.subcategories]\nrequire = []\n",
            2,
            11,
            "no subcategory is required",
        ),
        (
            "[phase.release.subcategories]\nrequire = [{ subcategory = 'MAP 1.9' }]\n",
            2,
            28,
            "MAP 1.9",
        ),
        (
            "[phase.release.subcategories]\nrequire = [{ subcategory = 'MAP 1.1' }, { subcategory = 'MP-1.1' }]\n",
            2,
            11,
            "MAP 1.1 is required twice",
        ),
        (
            "[phase.release.lineage]\n[phase.release.lineage]\n",
            2,
            16,
            "duplicate key",
        ),
        ("[phase.release.lineage\n", 1, 23, ""),
    ];
    for (rest, line, column, said) in cases {
        let text = format!("{HEAD}{rest}");
        let refused = ReleasePolicy::from_toml(&text, &JsonLimits::default()).unwrap_err();
        assert_eq!(refused.code(), "audit.policy.refused");
        let ReadReleasePolicyError::Refused {
            line: at,
            column: in_line,
            reason,
        } = refused
        else {
            panic!("another error for {rest}");
        };
        assert!(reason.contains(said), "{rest}: {reason}");
        assert_eq!((at, in_line), (line + 4, column), "{rest}: {reason}");
    }
}

#[test]
fn another_schema_and_a_lacking_head_are_refused() {
    for (from, to, said) in [
        ("policy/1", "policy/2", "unknown schema"),
        ("version = \"3\"\n", "", "missing field `version`"),
        ("id = \"acme.release\"", "id = \" \"", ""),
        ("title", "titel", "unknown field `titel`"),
    ] {
        let text = format!("{HEAD}{EVERY_RULE}").replace(from, to);
        let refused = ReleasePolicy::from_toml(&text, &JsonLimits::default()).unwrap_err();
        assert_eq!(refused.code(), "audit.policy.refused");
        assert!(refused.to_string().contains(said), "{refused}");
    }
}

#[test]
fn what_is_wrong_in_json_has_a_line_and_a_column() {
    let json = String::from_utf8(every_rule().to_json().unwrap()).unwrap();
    let line_of = |text: &str, what: &str| {
        let at = text.find(what).unwrap();
        text[..at].lines().count()
    };
    for (from, to, said) in [
        ("\"lineage\"", "\"vibes\"", "unknown field `vibes`"),
        ("\"gaps\"", "\"gap\"", "unknown field `gap`"),
        (
            "\"gaps\": \"block\"",
            "\"gaps\": \"block\", \"gaps\": \"accept\"",
            "duplicate field `gaps`",
        ),
        (
            "\"foreign\": \"block\"",
            "\"foreign\": false",
            "expected value",
        ),
        ("\"foreign\"", "\"foreigner\"", "unknown field `foreigner`"),
        (
            "\"profiles\": [",
            "\"profiles\": 7, \"x\": [",
            "invalid type: integer",
        ),
    ] {
        let text = json.replacen(from, to, 1);
        let refused = ReleasePolicy::from_json(text.as_bytes(), &JsonLimits::default());
        let Err(ReadReleasePolicyError::Refused {
            line,
            column,
            reason,
        }) = refused
        else {
            panic!("not refused: {to}");
        };
        assert!(reason.starts_with(said), "{reason}");
        assert!(!reason.contains(" at line "), "{reason}");
        assert_eq!(line, line_of(&text, to.split(':').next().unwrap()));
        assert!(column > 1);
    }
}

#[test]
fn a_text_that_is_too_large_is_not_read() {
    let limits = JsonLimits::default().with_max_bytes(10);
    let refused = ReleasePolicy::from_toml(HEAD, &limits).unwrap_err();
    assert_eq!(refused.code(), "audit.policy.too_large");
    assert_eq!(refused.to_string(), "the policy is larger than 10 bytes");
    let refused = ReleasePolicy::from_json(HEAD.as_bytes(), &limits).unwrap_err();
    assert_eq!(refused.code(), "audit.policy.too_large");
    // Whatever the caller allows, nobody writes so much TOML: it is not even looked at.
    let refused = ReleasePolicy::from_toml(&"= ".repeat(1 << 20), &JsonLimits::default());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "the policy is larger than 1048576 bytes"
    );
}
