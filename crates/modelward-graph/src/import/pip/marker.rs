//! Environment markers (PEP 508), without recursion.
//!
//! What cannot be read or compared is unknown, and a requirement under an unknown marker counts: a
//! dependency too many is better than one too few.

use std::collections::BTreeSet;

use pep440_rs::{Version, VersionSpecifier};
use serde_json::Value;

use crate::advisory::python_name;

/// The most comparisons of a marker that is read.
const MAX_TESTS: usize = 256;

/// A marker in postfix order: operands before what joins them.
pub(super) struct Marker(Option<Vec<Step>>);

enum Step {
    And,
    Or,
    Test(Side, String, Side),
}

enum Side {
    Literal(String),
    Variable(String),
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Joint {
    And,
    Open,
    Or,
}

#[derive(Debug)]
enum Token<'t> {
    Literal(&'t str),
    Sign(&'t str),
    Word(&'t str),
}

impl Marker {
    /// Reads a marker. An empty one always holds.
    pub(super) fn read(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self(Some(Vec::new()));
        }
        Self(tokens(text).and_then(|tokens| parse(&tokens)))
    }

    /// Tells whether the marker holds for one extra, or none where that is empty. `None` is unknown.
    pub(super) fn holds(&self, environment: &Value, extra: &str) -> Option<bool> {
        let mut stack: Vec<Option<bool>> = vec![Some(true)];
        for step in self.0.as_ref()? {
            let value = match step {
                Step::Test(left, sign, right) => test(left, sign, right, environment, extra),
                Step::And | Step::Or => {
                    let (right, left) = (stack.pop()?, stack.pop()?);
                    let deciding = Some(matches!(step, Step::Or));
                    match (left, right) {
                        _ if left == deciding || right == deciding => deciding,
                        (Some(_), Some(_)) => left,
                        _ => None,
                    }
                }
            };
            stack.push(value);
        }
        stack.pop()?
    }

    /// Returns the extras that the marker names.
    pub(super) fn extras(&self) -> BTreeSet<String> {
        let steps = self.0.iter().flatten();
        let names = steps.filter_map(|step| match step {
            Step::Test(Side::Variable(name), _, Side::Literal(extra))
            | Step::Test(Side::Literal(extra), _, Side::Variable(name))
                if name == "extra" =>
            {
                Some(python_name(extra))
            }
            _ => None,
        });
        names.collect()
    }
}

fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
        let is_sign = |c: char| matches!(c, '<' | '>' | '=' | '!' | '~');
        let token;
        (token, rest) = match first {
            '"' | '\'' => {
                let (literal, rest) = rest[1..].split_once(first)?;
                (Token::Literal(literal), rest)
            }
            '(' | ')' => (Token::Sign(&rest[..1]), &rest[1..]),
            _ if is_sign(first) => {
                let end = rest.find(|c| !is_sign(c)).unwrap_or(rest.len());
                (Token::Sign(&rest[..end]), &rest[end..])
            }
            _ if is_word(first) => {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                (Token::Word(&rest[..end]), &rest[end..])
            }
            _ => return None,
        };
        tokens.push(token);
        rest = rest.trim_start();
    }
    Some(tokens)
}

/// Puts operands before what joins them: `and` binds closer than `or`.
fn parse(tokens: &[Token<'_>]) -> Option<Vec<Step>> {
    let (mut steps, mut joints) = (Vec::new(), Vec::new());
    let (mut rest, mut is_operand, mut tests) = (tokens, true, 0);
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            Token::Sign("(") if is_operand => joints.push(Joint::Open),
            Token::Sign(")") if !is_operand => loop {
                match joints.pop()? {
                    Joint::Open => break,
                    joint => steps.push(step(joint)),
                }
            },
            Token::Word("and") if !is_operand => {
                while joints.last() == Some(&Joint::And) {
                    steps.push(step(joints.pop()?));
                }
                joints.push(Joint::And);
                is_operand = true;
            }
            Token::Word("or") if !is_operand => {
                while joints.last().is_some_and(|joint| *joint != Joint::Open) {
                    steps.push(step(joints.pop()?));
                }
                joints.push(Joint::Or);
                is_operand = true;
            }
            left if is_operand => {
                tests += 1;
                let (sign, right);
                (sign, right, rest) = comparison(rest)?;
                steps.push(Step::Test(side(left)?, sign, side(right)?));
                is_operand = false;
            }
            _ => return None,
        }
    }
    while let Some(joint) = joints.pop() {
        if joint == Joint::Open {
            return None;
        }
        steps.push(step(joint));
    }
    (!is_operand && tests <= MAX_TESTS).then_some(steps)
}

/// Returns the sign, the right side and what follows.
fn comparison<'s, 't>(tokens: &'s [Token<'t>]) -> Option<(String, &'s Token<'t>, &'s [Token<'t>])> {
    match tokens {
        [Token::Word("not"), Token::Word("in"), right, rest @ ..] => {
            Some(("not in".to_owned(), right, rest))
        }
        [
            Token::Sign(sign) | Token::Word(sign @ "in"),
            right,
            rest @ ..,
        ] => Some(((*sign).to_owned(), right, rest)),
        _ => None,
    }
}

const fn step(joint: Joint) -> Step {
    match joint {
        Joint::And => Step::And,
        Joint::Open | Joint::Or => Step::Or,
    }
}

fn side(token: &Token<'_>) -> Option<Side> {
    Some(match token {
        Token::Literal(text) => Side::Literal((*text).to_owned()),
        // The names before PEP 508.
        Token::Word("python_implementation") => {
            Side::Variable("platform_python_implementation".to_owned())
        }
        Token::Word(word) => Side::Variable(word.replace('.', "_")),
        Token::Sign(_) => return None,
    })
}

fn test(left: &Side, sign: &str, right: &Side, environment: &Value, extra: &str) -> Option<bool> {
    let is_extra = |side: &Side| matches!(side, Side::Variable(name) if name == "extra");
    let value = |side: &Side| match side {
        Side::Literal(text) => Some(text.clone()),
        Side::Variable(name) if name == "extra" => Some(extra.to_owned()),
        Side::Variable(name) => environment[name].as_str().map(str::to_owned),
    };
    let (left_value, right_value) = (value(left)?, value(right)?);
    if is_extra(left) || is_extra(right) {
        let is_same = python_name(&left_value) == python_name(&right_value);
        return match sign {
            "==" => Some(is_same),
            "!=" => Some(!is_same),
            _ => None,
        };
    }
    compare(&left_value, sign, &right_value)
}

/// Compares as versions where both sides are some, else as texts.
fn compare(left: &str, sign: &str, right: &str) -> Option<bool> {
    match sign {
        "in" => return Some(right.contains(left)),
        "not in" => return Some(!right.contains(left)),
        "===" => return Some(left.eq_ignore_ascii_case(right)),
        _ => {}
    }
    // A build of Python between releases calls itself `3.14.0+`.
    let version = left.strip_suffix('+').unwrap_or(left).parse::<Version>();
    let right_version = right.strip_suffix('+').unwrap_or(right);
    let specifier = format!("{sign}{right_version}").parse::<VersionSpecifier>();
    match (version, specifier) {
        (Ok(version), Ok(specifier)) => Some(specifier.contains(&version)),
        _ if sign == "==" => Some(left == right),
        _ if sign == "!=" => Some(left != right),
        _ => None,
    }
}
