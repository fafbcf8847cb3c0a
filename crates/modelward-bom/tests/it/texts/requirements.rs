use modelward_bom::inspect::{Fact, Format, Requirements};

use crate::texts::{codes, mutate, said};

macro_rules! requirements {
    ($format:expr) => {
        |bytes, limits| {
            $crate::texts::with(bytes, limits, |input| {
                let file = Requirements::read(input, $format)?;
                Ok((file.facts(), file.findings()))
            })
        }
    };
}

fn values(facts: &[Fact]) -> Vec<&str> {
    facts.iter().map(Fact::value).collect()
}

#[test]
fn constraints_of_poetry_are_told_in_the_words_of_pep_440() {
    let cases = [
        ("^1.2.3", "a>=1.2.3,<2"),
        ("^0.2.3", "a>=0.2.3,<0.3"),
        ("^0.0.3", "a>=0.0.3,<0.0.4"),
        ("^0.0", "a>=0.0,<0.1"),
        ("^0", "a>=0,<1"),
        ("~1.2.3", "a>=1.2.3,<1.3"),
        ("~1.2", "a>=1.2,<1.3"),
        ("~1", "a>=1,<2"),
        ("1.2.3", "a==1.2.3"),
        ("1.*", "a==1.*"),
        (">=1.0, <2.0", "a>=1.0,<2.0"),
        ("~=1.4", "a~=1.4"),
        ("*", "a"),
        ("^1.2 || ^2.0", "a"),
        ("^x", "a"),
        ("^18446744073709551615", "a"),
        ("", "a"),
    ];
    for (constraint, expected) in cases {
        let text = format!("[tool.poetry.dependencies]\npython = '^3.9'\na = '{constraint}'\n");
        let (facts, _) = said(requirements!(Format::Pyproject), text);
        assert_eq!(values(&facts), [expected], "{constraint}");
    }
}

#[test]
fn one_equals_sign_of_conda_is_a_prefix_and_two_are_exact() {
    let cases = [
        ("a", "a"),
        ("a=1.2", "a==1.2.*"),
        ("a=1.2.*", "a==1.2.*"),
        ("a==1.2", "a==1.2"),
        ("a=1.2=py39_0", "a==1.2"),
        ("a>=1.2", "a>=1.2"),
        ("conda-forge::a=1", "a==1.*"),
        ("a >=1.2,<2", "a>=1.2,<2"),
    ];
    for (spec, expected) in cases {
        let text = format!("dependencies:\n- '{spec}'\n");
        let (facts, findings) = said(requirements!(Format::CondaEnvironment), text);
        assert_eq!(values(&facts), [expected], "{spec}");
        assert!(findings.is_empty(), "{spec}");
    }
}

#[test]
fn a_comment_begins_after_any_blank() {
    let text = "a==1\t# one\nb # two\n# three\nc @ https://x/y#z\n";
    let (facts, findings) = said(requirements!(Format::Requirements), text);
    assert_eq!(values(&facts), ["a==1", "b"]);
    assert_eq!(codes(&findings), ["bom.inspect.requirements.elsewhere"]);
}

#[test]
fn a_long_name_of_a_group_is_not_repeated() {
    let long = "x".repeat(1000);
    let text = format!("[project.optional-dependencies]\n{long} = ['a', 'b']\ng = ['c']\n");
    let (facts, findings) = said(requirements!(Format::Pyproject), text);
    assert_eq!(values(&facts), ["c"]);
    assert_eq!(codes(&findings), ["bom.inspect.requirements.unknown"]);
}

#[test]
fn no_change_of_a_byte_makes_a_list_fail_hard() {
    let text = b"[tool.poetry.dependencies]\na = '^1.2'\n[project]\ndependencies = ['b==1']\n";
    assert!(mutate(requirements!(Format::Pyproject), text) > 10);
    let text = b"dependencies:\n- a=1.2=py\n- pip:\n  - b==1\n";
    assert!(mutate(requirements!(Format::CondaEnvironment), text) > 10);
}
