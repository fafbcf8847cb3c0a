use std::collections::BTreeMap;
use std::fmt;

use crate::crosswalk::line::line;
use crate::crosswalk::table::{Form, Table};
use crate::crosswalk::{FrameworkRef, ReadTsvError, shipped};
use crate::{Category, Function, GenAiAction, GenAiRisk, SsdfTask, Subcategory};

const FORM: Form<'_> = Form {
    columns: &["id", "label"],
    named: 2,
    filled: 1,
};

/// Lists the ids that a framework has, against which [`Crosswalk::lint`](crate::Crosswalk::lint)
/// checks those of a crosswalk.
///
/// The labels are words of this project, and neither titles nor wording of a standard. The actions of
/// NIST AI 600-1 have none.
///
/// ```
/// use modelward_rmf::crosswalk::{FrameworkRef, KnownIds};
///
/// let core = KnownIds::of(&FrameworkRef::ai_rmf_1_0()).expect("its ids are types of this crate");
/// assert_eq!(core.len(), 4 + 19 + 72);
/// assert!(core.contains("MEASURE 2.13") && !core.contains("MEASURE 2.14"));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KnownIds {
    framework: FrameworkRef,
    edition: Option<String>,
    date: Option<String>,
    basis: Option<String>,
    ids: Vec<(String, Option<String>)>,
    places: BTreeMap<String, usize>,
}

impl KnownIds {
    /// Returns the list of a framework that the crate ships one for.
    #[must_use]
    pub fn of(framework: &FrameworkRef) -> Option<Self> {
        let mut known = Self::empty(framework.clone());
        let mut put = |id: &dyn fmt::Display, label: &str| {
            let label = Some(label).filter(|label| !label.is_empty());
            known.push(id.to_string(), label.map(str::to_owned));
        };
        match framework.id() {
            "ai-600-1" => {
                GenAiRisk::ALL.iter().for_each(|it| put(it, it.summary()));
                // The actions have nothing but their text, which is NIST's.
                GenAiAction::ALL.iter().for_each(|it| put(it, ""));
            }
            "ai-rmf-1.0" => {
                Function::ALL.iter().for_each(|it| put(it, it.summary()));
                Category::ALL.iter().for_each(|it| put(it, it.summary()));
                Subcategory::ALL.iter().for_each(|it| put(it, it.summary()));
            }
            "sp-800-218a" => SsdfTask::ALL.iter().for_each(|it| put(it, it.summary())),
            _ => return shipped::known_ids(framework),
        }
        Some(known)
    }

    /// Returns every list that the crate ships.
    #[must_use]
    pub fn shipped() -> Vec<Self> {
        let frameworks = [
            FrameworkRef::ai_600_1(),
            FrameworkRef::ai_rmf_1_0(),
            FrameworkRef::eu_ai_act(),
            FrameworkRef::iso_42001_2023(),
            FrameworkRef::iso_5338_2023(),
            FrameworkRef::nist_csf_2_0(),
            FrameworkRef::owasp_ai_exchange(),
            FrameworkRef::sp_800_218a(),
        ];
        frameworks.iter().filter_map(Self::of).collect()
    }

    /// Reads a list from tab-separated text: head lines `# key: value` with framework, and perhaps
    /// title, edition, date and basis; the columns id and label; rows. A label may be blank.
    ///
    /// # Errors
    ///
    /// [`ReadTsvError`], which names the line.
    pub fn from_tsv(bytes: &[u8]) -> Result<Self, ReadTsvError> {
        let mut table = Table::read(bytes, &FORM)?;
        let mut known = Self::empty(framework(&mut table)?);
        known.edition = optional(&mut table, "edition")?;
        known.date = optional(&mut table, "date")?;
        known.basis = optional(&mut table, "basis")?;
        let mut lines = Vec::new();
        for (number, cells) in table.rows()? {
            let id = checked(number, cells[0])?;
            if let Some(first) = known.places.get(&id) {
                return Err(ReadTsvError::Duplicate {
                    line: number,
                    first: lines[*first],
                });
            }
            let label = Some(cells[1]).filter(|label| !label.is_empty());
            known.push(id, label.map(|label| checked(number, label)).transpose()?);
            lines.push(number);
        }
        Ok(known)
    }

    /// Returns the framework.
    #[must_use]
    pub const fn framework(&self) -> &FrameworkRef {
        &self.framework
    }

    /// Returns which edition the list was made of, in its own words.
    #[must_use]
    pub fn edition(&self) -> Option<&str> {
        self.edition.as_deref()
    }

    /// Returns the day or month of that edition, as the list writes it.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Returns what the list rests on, in a sentence.
    #[must_use]
    pub fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    /// Returns the ids in the order of the framework.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(|(id, _)| id.as_str())
    }

    /// Returns our label of an id.
    #[must_use]
    pub fn label(&self, id: &str) -> Option<&str> {
        let (_, label) = &self.ids[*self.places.get(id)?];
        label.as_deref()
    }

    /// Tells whether the framework has this id, in its one form.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    /// Returns how many ids there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Tells whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    fn empty(framework: FrameworkRef) -> Self {
        Self {
            framework,
            edition: None,
            date: None,
            basis: None,
            ids: Vec::new(),
            places: BTreeMap::new(),
        }
    }

    fn push(&mut self, id: String, label: Option<String>) {
        self.places.insert(id.clone(), self.ids.len());
        self.ids.push((id, label));
    }
}

fn framework(table: &mut Table<'_>) -> Result<FrameworkRef, ReadTsvError> {
    let (line, id) = table.require("framework")?;
    let title = table.take("title");
    if let Some(known) = FrameworkRef::known(id).filter(|_| title.is_none()) {
        return Ok(known);
    }
    let (line, title) = title.unwrap_or((line, id));
    FrameworkRef::new(id, title).map_err(|source| ReadTsvError::Framework { line, source })
}

fn optional(table: &mut Table<'_>, key: &str) -> Result<Option<String>, ReadTsvError> {
    let found = table.take(key);
    found
        .map(|(number, text)| checked(number, text))
        .transpose()
}

fn checked(number: usize, text: &str) -> Result<String, ReadTsvError> {
    line(text).map_err(|source| ReadTsvError::Text {
        line: number,
        source,
    })
}
