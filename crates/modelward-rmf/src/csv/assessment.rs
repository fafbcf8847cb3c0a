use std::collections::BTreeMap;

use crate::csv::error::Faults;
use crate::csv::table::Table;
use crate::csv::{CsvErrors, CsvOptions, determination, evidence};
use crate::{
    AssessmentBuilder, Current, Evidence, EvidenceId, Profile, ProfileKind, RatingScale,
    Subcategory, Target,
};

/// Reads a table of determinations, and one of evidence if there is one.
///
/// With a table of evidence, a rating that cites evidence which is not in it is a fault; without
/// one, [`AssessmentBuilder::build`] sees that. Of the determinations, the columns `subcategory`
/// and `determination` have to be there; of the evidence, `id`, `kind`, `method`, `collector` and
/// `collected`. See [`write_determinations`](crate::csv::write_determinations) and
/// [`write_evidence`](crate::csv::write_evidence) for the others.
///
/// # Errors
///
/// [`CsvErrors`] with every fault of both tables.
pub fn read_assessment(
    determinations: &[u8],
    evidence: Option<&[u8]>,
    scale: &RatingScale,
    options: &CsvOptions,
) -> Result<AssessmentTables, CsvErrors> {
    let mut faults = Faults::default();
    let evidence = evidence.map(|bytes| evidence::read(bytes, options, &mut faults));
    let known = evidence.as_ref().and_then(evidence::Found::ids);
    let table = Table::read(determinations, &determination::SCHEMA, options, &mut faults);
    let found = table
        .map(|table| determination::read(&table, scale, known, &mut faults))
        .unwrap_or_default();
    faults.or(())?;
    let goals = (!found.goals.is_empty()).then_some(found.goals);
    Ok(AssessmentTables {
        current: profile::<Current>(scale, found.determinations).without_silence(),
        target: goals.map(|goals| profile(scale, goals)),
        evidence: evidence.map_or_else(Vec::new, |found| found.items),
    })
}

/// Holds what the tables of an assessment say.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AssessmentTables {
    current: Profile<Current>,
    target: Option<Profile<Target>>,
    evidence: Vec<(EvidenceId, Evidence)>,
}

impl AssessmentTables {
    /// Returns what is the case.
    #[must_use]
    pub const fn current(&self) -> &Profile<Current> {
        &self.current
    }

    /// Returns what is aimed at; `None` where no row has a goal.
    #[must_use]
    pub const fn target(&self) -> Option<&Profile<Target>> {
        self.target.as_ref()
    }

    /// Returns the evidence in the order of its table.
    #[must_use]
    pub fn evidence(&self) -> &[(EvidenceId, Evidence)] {
        &self.evidence
    }

    /// Gives everything to the builder of an assessment.
    pub fn add_to(self, builder: AssessmentBuilder) -> AssessmentBuilder {
        let mut builder = builder.current(self.current);
        if let Some(target) = self.target {
            builder = builder.target(target);
        }
        let add = |builder: AssessmentBuilder, (id, item)| builder.evidence(id, item);
        self.evidence.into_iter().fold(builder, add)
    }
}

fn profile<K: ProfileKind>(
    scale: &RatingScale,
    entries: BTreeMap<Subcategory, K::Entry>,
) -> Profile<K> {
    Profile::new(scale.clone(), entries).expect("the levels were picked from the scale")
}
