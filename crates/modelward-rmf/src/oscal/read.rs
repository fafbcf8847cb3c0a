use modelward_artifact::JsonLimits;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError, ValueReader};
use serde::Deserialize;
use thiserror::Error;

use crate::error::shortened;
use crate::oscal::text::plain;
use crate::{
    Confidence, Current, Determination, ParseKeyError, ParseTextError, Profile, ProfileError,
    Rated, RatedError, RatingScale, Subcategory, Text,
};

/// Reads the ratings back from OSCAL assessment results that were written here.
///
/// - `namespace` is that of [`OscalOptions::namespace`](crate::oscal::OscalOptions::namespace).
/// - What comes back is the current profile: levels, rationales, justifications, notes, confidence
///   and the ids of the evidence that ratings cite. Evidence, target and risks do not come back;
///   the assessment's own document is the one to keep.
/// - Findings of other writers, which have no ratings under the namespace, are refused: OSCAL's
///   satisfied and not satisfied are no ratings.
///
/// # Errors
///
/// [`ReadOscalError`] where the text is no assessment results, has no or several results, is of
/// another scale, or a finding is no determination.
pub fn read_assessment_results(
    bytes: &[u8],
    limits: &JsonLimits,
    scale: &RatingScale,
    namespace: &str,
) -> Result<Profile<Current>, ReadOscalError> {
    let value = json::read(bytes, limits).map_err(|source| ReadOscalError::Json { source })?;
    let root: Root =
        serde_path_to_error::deserialize(ValueReader::new(value)).map_err(|error| {
            let place = error.path().to_string();
            let source = error.into_inner().into();
            ReadOscalError::Shape { place, source }
        })?;
    let results = root.assessment_results;
    let [result] = results.results.as_slice() else {
        let found = results.results.len();
        return Err(ReadOscalError::Results { found });
    };
    let props = Ours::new(&results.metadata.props, namespace);
    let found = [props.value("scale-id"), props.value("scale-version")];
    let expected = [scale.id().as_str(), scale.version().as_str()];
    if found != expected.map(Some) {
        let found = found.map(|it| it.map_or_else(|| "none".to_owned(), shortened));
        return Err(ReadOscalError::Scale {
            expected: expected.join(" "),
            found: found.join(" "),
        });
    }
    let findings = result.findings.iter().zip(0..);
    let entries = findings.map(|(finding, index)| {
        let determination = finding.determination(&Ours::new(&finding.props, namespace));
        determination.map_err(|source| ReadOscalError::Finding { index, source })
    });
    let entries = entries.collect::<Result<Vec<_>, _>>()?;
    Profile::<Current>::new(scale.clone(), entries)
        .map_err(|source| ReadOscalError::Profile { source })
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Root {
    assessment_results: Results,
}

#[derive(Deserialize)]
struct Results {
    metadata: Metadata,
    results: Vec<ResultOf>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    props: Vec<Prop>,
}

#[derive(Deserialize)]
struct ResultOf {
    #[serde(default)]
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    description: String,
    #[serde(default)]
    props: Vec<Prop>,
}

#[derive(Deserialize)]
struct Prop {
    name: String,
    ns: Option<String>,
    value: String,
    remarks: Option<String>,
}

impl Prop {
    /// Returns the text of which the value is the one line.
    fn whole(&self) -> String {
        let remarks = self.remarks.as_deref();
        remarks.map_or_else(|| self.value.clone(), plain)
    }
}

/// Finds props under our namespace.
struct Ours<'a> {
    props: &'a [Prop],
    namespace: &'a str,
}

impl<'a> Ours<'a> {
    const fn new(props: &'a [Prop], namespace: &'a str) -> Self {
        Self { props, namespace }
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = &'a Prop> {
        let namespace = self.namespace;
        let named = move |prop: &&Prop| prop.name == name && prop.ns.as_deref() == Some(namespace);
        self.props.iter().filter(named)
    }

    fn value(&self, name: &'static str) -> Option<&'a str> {
        self.all(name).next().map(|prop| prop.value.as_str())
    }

    fn require(&self, name: &'static str) -> Result<&'a str, FindingError> {
        self.value(name).ok_or(FindingError::Missing { prop: name })
    }
}

impl Finding {
    fn determination(
        &self,
        props: &Ours<'_>,
    ) -> Result<(Subcategory, Determination), FindingError> {
        let subcategory = props.require("subcategory")?;
        let subcategory: Subcategory = subcategory
            .parse()
            .map_err(|_| value("subcategory", subcategory))?;
        let reason = plain(&self.description);
        let determination = match props.require("determination")? {
            "not-applicable" => Determination::NotApplicable {
                justification: text(&reason)?,
            },
            "rated" => Determination::Rated(rated(props, &reason)?),
            other => return Err(value("determination", other)),
        };
        Ok((subcategory, determination))
    }
}

fn rated(props: &Ours<'_>, rationale: &str) -> Result<Rated, FindingError> {
    let rated = Rated::new(props.require("current-rating")?, rationale);
    let mut rated = rated.map_err(|source| FindingError::Rated { source })?;
    if let Some(found) = props.value("confidence") {
        let confidence = Confidence::ALL.into_iter().find(|it| it.name() == found);
        rated = rated.with_confidence(confidence.ok_or_else(|| value("confidence", found))?);
    }
    for prop in props.all("cites") {
        let id = prop.value.parse();
        rated = rated.citing(id.map_err(|source| FindingError::Evidence { source })?);
    }
    for prop in props.all("outcome") {
        rated = rated.with_outcome(text(&prop.whole())?);
    }
    Ok(rated)
}

fn text(text: &str) -> Result<Text, FindingError> {
    text.parse().map_err(|source| FindingError::Text { source })
}

fn value(prop: &'static str, found: &str) -> FindingError {
    let found = shortened(found);
    FindingError::Value { prop, found }
}

/// Says why a text is no assessment results that were written here.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadOscalError {
    /// A finding is no determination.
    #[error("finding {index} is no determination")]
    Finding {
        /// The position of the finding, from 0.
        index: usize,
        /// What is wrong with it.
        source: FindingError,
    },
    /// The text is not strict JSON or passes a limit.
    #[error("document is not readable JSON")]
    Json {
        /// What is wrong with the text.
        source: JsonError,
    },
    /// The ratings are no profile.
    #[error("findings are no profile")]
    Profile {
        /// What is wrong with them.
        source: ProfileError,
    },
    /// There is not one result.
    #[error("document has {found} results, expected 1")]
    Results {
        /// How many there are.
        found: usize,
    },
    /// The ratings are on another scale.
    #[error("document is rated on scale {}, expected {expected}", Terminal(found))]
    Scale {
        /// Id and version of the scale that was asked for.
        expected: String,
        /// Id and version of the scale, each cut off after 32 characters.
        found: String,
    },
    /// A part is not what OSCAL has at its place.
    #[error("`{}` is not valid", Terminal(place))]
    Shape {
        /// The way to the part.
        place: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl ReadOscalError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Finding { .. } => "rmf.read_oscal.finding",
            Self::Json { .. } => "rmf.read_oscal.json",
            Self::Profile { .. } => "rmf.read_oscal.profile",
            Self::Results { .. } => "rmf.read_oscal.results",
            Self::Scale { .. } => "rmf.read_oscal.scale",
            Self::Shape { .. } => "rmf.read_oscal.shape",
        }
    }
}

/// Says why an OSCAL finding is no [`Determination`].
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum FindingError {
    /// It cites evidence by something that is no id.
    #[error("cited evidence has no valid id")]
    Evidence {
        /// What is wrong with the id.
        source: ParseKeyError,
    },
    /// It lacks a prop under the namespace.
    #[error("finding has no prop `{prop}` under the namespace")]
    Missing {
        /// The name of the prop.
        prop: &'static str,
    },
    /// It is no rating.
    #[error("finding is no rating")]
    Rated {
        /// What is wrong with it.
        source: RatedError,
    },
    /// A justification or a note is no text.
    #[error("finding has an invalid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// A prop has a value that it cannot have.
    #[error("prop `{prop}` has the unknown value `{}`", Terminal(found))]
    Value {
        /// The name of the prop.
        prop: &'static str,
        /// The value, cut off after 32 characters.
        found: String,
    },
}

impl FindingError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Evidence { .. } => "rmf.read_finding.evidence",
            Self::Missing { .. } => "rmf.read_finding.missing",
            Self::Rated { .. } => "rmf.read_finding.rated",
            Self::Text { .. } => "rmf.read_finding.text",
            Self::Value { .. } => "rmf.read_finding.value",
        }
    }
}
