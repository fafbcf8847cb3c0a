use std::collections::BTreeMap;

use modelward_artifact::{Digest, JsonLimits, Timestamp, json};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::assessment::{FRAMEWORK, Parts, SCHEMA};
use crate::error::shortened;
use crate::{Determination, Evidence, Rating, ReadAssessmentError, Subcategory, Subject, Text};

/// Reads the document; what is left in it afterwards is unknown and kept.
pub(crate) fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Parts, ReadAssessmentError> {
    let value = json::read(bytes, limits).map_err(|source| ReadAssessmentError::Json { source })?;
    let mut members: Map<String, Value> = shaped(value, || "assessment".to_owned())?;
    let schema: String = take(&mut members, "schema")?;
    if schema != SCHEMA {
        let found = shortened(&schema);
        return Err(ReadAssessmentError::Schema { found });
    }
    let framework: String = take(&mut members, "framework")?;
    if framework != FRAMEWORK {
        let found = shortened(&framework);
        return Err(ReadAssessmentError::Framework { found });
    }
    let subject: WireSubject = take(&mut members, "subject")?;
    let assessor: String = take(&mut members, "assessor")?;
    let assessed_at: Timestamp = take(&mut members, "assessedAt")?;
    let subcategories: Map<String, Value> = take(&mut members, "subcategories")?;
    Ok(Parts {
        subject: subject.check()?,
        assessor: text(&assessor, || "assessor".to_owned())?,
        assessed_at,
        determinations: determinations(subcategories)?,
        unknown: members,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSubject {
    name: String,
    digest: Option<Digest>,
}

impl WireSubject {
    fn check(self) -> Result<Subject, ReadAssessmentError> {
        let place = || "name of subject".to_owned();
        let subject = Subject::new(&self.name).map_err(|source| ReadAssessmentError::Text {
            place: place(),
            source,
        })?;
        Ok(match self.digest {
            None => subject,
            Some(digest) => subject.with_digest(digest),
        })
    }
}

#[derive(Deserialize)]
#[serde(tag = "determination", rename_all = "kebab-case", deny_unknown_fields)]
enum WireDetermination {
    NotAssessed {},
    NotApplicable {
        justification: String,
    },
    Rated {
        rating: Rating,
        rationale: String,
        #[serde(default)]
        evidence: Vec<WireEvidence>,
    },
}

impl WireDetermination {
    fn check(self, subcategory: Subcategory) -> Result<Determination, ReadAssessmentError> {
        Ok(match self {
            Self::NotAssessed {} => Determination::NotAssessed,
            Self::NotApplicable { justification } => Determination::NotApplicable {
                justification: text(&justification, || format!("justification of {subcategory}"))?,
            },
            Self::Rated {
                rating,
                rationale,
                evidence,
            } => Determination::Rated {
                rating,
                rationale: text(&rationale, || format!("rationale of {subcategory}"))?,
                evidence: evidence
                    .into_iter()
                    .enumerate()
                    .map(|(index, item)| {
                        item.check(&format!("evidence {} of {subcategory}", index + 1))
                    })
                    .collect::<Result<_, _>>()?,
            },
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireEvidence {
    description: String,
    digest: Option<Digest>,
    location: Option<String>,
}

impl WireEvidence {
    fn check(self, place: &str) -> Result<Evidence, ReadAssessmentError> {
        let refused = |part: &str, source| ReadAssessmentError::Text {
            place: format!("{part} of {place}"),
            source,
        };
        let mut evidence =
            Evidence::new(&self.description).map_err(|source| refused("description", source))?;
        if let Some(digest) = self.digest {
            evidence = evidence.with_digest(digest);
        }
        match self.location {
            None => Ok(evidence),
            Some(location) => evidence
                .with_location(&location)
                .map_err(|source| refused("location", source)),
        }
    }
}

fn determinations(
    members: Map<String, Value>,
) -> Result<BTreeMap<Subcategory, Determination>, ReadAssessmentError> {
    let mut determinations = BTreeMap::new();
    for (spelling, value) in members {
        let subcategory: Subcategory = spelling
            .parse()
            .map_err(|source| ReadAssessmentError::Id { source })?;
        let wire: WireDetermination = shaped(value, || subcategory.to_string())?;
        let determination = wire.check(subcategory)?;
        if determinations.insert(subcategory, determination).is_some() {
            return Err(ReadAssessmentError::Duplicate {
                subcategory,
                spelling,
            });
        }
    }
    // Saying "not assessed" and saying nothing is the same, so both get one form and one digest.
    determinations.retain(|_, determination| *determination != Determination::NotAssessed);
    Ok(determinations)
}

fn take<T: DeserializeOwned>(
    members: &mut Map<String, Value>,
    member: &'static str,
) -> Result<T, ReadAssessmentError> {
    let value = members.remove(member);
    let value = value.ok_or(ReadAssessmentError::Missing { member })?;
    shaped(value, || format!("member `{member}`"))
}

fn shaped<T: DeserializeOwned>(
    value: Value,
    place: impl FnOnce() -> String,
) -> Result<T, ReadAssessmentError> {
    serde_json::from_value(value).map_err(|source| ReadAssessmentError::Shape {
        place: place(),
        source,
    })
}

fn text(text: &str, place: impl FnOnce() -> String) -> Result<Text, ReadAssessmentError> {
    text.parse().map_err(|source| ReadAssessmentError::Text {
        place: place(),
        source,
    })
}
