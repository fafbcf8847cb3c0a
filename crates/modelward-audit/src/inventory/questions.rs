use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use serde::Serialize;

use super::fact::{AuditQuestion, Claim, FactAnswer};
use super::id::EntryId;
use super::operations::Inventory;

/// Holds the answer to one question of one entry.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct QuestionRow<'a> {
    id: &'a EntryId,
    question: AuditQuestion,
    answer: &'static str,
    claims: &'a [Claim],
}

impl<'a> QuestionRow<'a> {
    /// Returns the entry.
    #[must_use]
    pub const fn id(&self) -> &'a EntryId {
        self.id
    }

    /// Returns the question.
    #[must_use]
    pub const fn question(&self) -> AuditQuestion {
        self.question
    }

    /// Returns `known`, `unknown` or `contradicted`.
    #[must_use]
    pub const fn answer(&self) -> &'static str {
        self.answer
    }

    /// Returns who says what.
    #[must_use]
    pub const fn claims(&self) -> &'a [Claim] {
        self.claims
    }
}

/// Holds the answers to the audit questions of all entries that are not retired, by id and question.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct QuestionsReport<'a> {
    schema: &'static str,
    known: usize,
    unknown: usize,
    contradicted: usize,
    rows: Vec<QuestionRow<'a>>,
}

impl<'a> QuestionsReport<'a> {
    /// Returns how many answers are known.
    #[must_use]
    pub const fn known(&self) -> usize {
        self.known
    }

    /// Returns how many questions nobody answers.
    #[must_use]
    pub const fn unknown(&self) -> usize {
        self.unknown
    }

    /// Returns how many questions sources answer differently.
    #[must_use]
    pub const fn contradicted(&self) -> usize {
        self.contradicted
    }

    /// Returns the answers.
    #[must_use]
    pub fn rows(&self) -> &[QuestionRow<'a>] {
        &self.rows
    }

    /// Returns the JSON document, the same bytes for the same answers.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where it has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }
}

/// Shows one line for each answer, safe for a terminal.
impl fmt::Display for QuestionsReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            write!(f, "{} {}: {}", row.id, row.question, row.answer)?;
            for claim in row.claims {
                let (value, source) = (claim.value().as_str(), claim.source().as_str());
                write!(f, "; {} ({})", Terminal(value), Terminal(source))?;
            }
            writeln!(f)?;
        }
        let (known, unknown) = (self.known, self.unknown);
        let contradicted = self.contradicted;
        writeln!(
            f,
            "{known} known, {unknown} unknown, {contradicted} contradicted"
        )
    }
}

impl Inventory {
    /// Reports what is known, unknown and contradicted of what an auditor asks.
    #[must_use]
    pub fn audit_questions(&self) -> QuestionsReport<'_> {
        let rows = self.in_use().flat_map(|entry| {
            AuditQuestion::ALL.map(|question| {
                let fact = entry.fact(question);
                QuestionRow {
                    id: entry.id(),
                    question,
                    answer: fact.answer().name(),
                    claims: fact.claims(),
                }
            })
        });
        let rows: Vec<_> = rows.collect();
        let count = |answer: FactAnswer<'_>| {
            rows.iter()
                .filter(|row| row.answer == answer.name())
                .count()
        };
        let unknown = count(FactAnswer::Unknown);
        let contradicted = count(FactAnswer::Contradicted { claims: &[] });
        QuestionsReport {
            schema: "modelward.audit-questions/1",
            known: rows.len() - unknown - contradicted,
            unknown,
            contradicted,
            rows,
        }
    }
}
