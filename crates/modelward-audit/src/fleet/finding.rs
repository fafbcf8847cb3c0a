use std::collections::BTreeSet;
use std::fmt;

use modelward_artifact::Finding;
use modelward_artifact::escape::Terminal;
use serde::Serialize;

/// Says whether one of the statements is wrong at least, or something is missing.
#[derive(Clone, Copy)]
pub(super) enum Weight {
    Contradiction,
    Gap,
}

/// Writes the conflicts: for each its name and what it is in words.
macro_rules! conflicts {
    ($($(#[doc = $doc:literal])* $name:ident $code:literal $words:literal,)*) => {
        /// Says in what documents contradict each other or themselves.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum FleetConflict {
            $($(#[doc = $doc])* $name,)*
        }

        impl FleetConflict {
            /// Lists every conflict, by name.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => concat!("audit.fleet.", $code),)*
                }
            }

            pub(super) const fn weight(self) -> Weight {
                match self {
                    Self::Dangling | Self::Malformed | Self::TooMany | Self::Undescribed => {
                        Weight::Gap
                    }
                    _ => Weight::Contradiction,
                }
            }

            const fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)*
                }
            }
        }
    };
}

conflicts! {
    /// Several things have one digest, by which alone another document names a thing.
    AmbiguousDigest "ambiguous_digest" "is the digest of several things",
    /// Documents name other base models of one model, and none in common.
    BaseModel "base_model" "is derived from different base models",
    /// Things need one another in a ring.
    Cycle "cycle" "needs itself through others",
    /// A relation names something that its document does not describe.
    Dangling "dangling" "is related and not described in its document",
    /// Documents state other bytes of one thing.
    Digest "digest" "has different digests",
    /// Two things of one document have one name.
    Duplicate "duplicate" "is the name of two things in one document",
    /// Documents say of one thing that it is of another kind.
    Kind "kind" "is of different kinds",
    /// Documents state other licenses of one thing.
    License "license" "has different licenses",
    /// A part of a document could not be used.
    Malformed "malformed" "could not be used",
    /// Documents call one thing by other names.
    Name "name" "has different names",
    /// Documents of other content claim one serial number, so that links to it lead nowhere.
    SerialNumber "serial_number" "is the serial number of different documents",
    /// Documents say other things of the signature of one thing.
    Signature "signature" "has signatures that differ",
    /// A thing is related to itself.
    SelfRelation "self_relation" "is related to itself",
    /// Documents name other suppliers of one thing, and none in common.
    Supplier "supplier" "comes from different suppliers",
    /// There is more than was kept.
    TooMany "too_many" "findings more were left out",
    /// Something is related that no document describes, and its name does not tell what it is.
    Undescribed "undescribed" "is related and described nowhere",
    /// Documents state other versions of one thing.
    Version "version" "has different versions",
}

/// Says one thing, and which documents say it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct FleetStatement {
    value: String,
    documents: BTreeSet<String>,
}

impl FleetStatement {
    pub(super) fn new<'a>(
        value: impl Into<String>,
        documents: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self {
            value: value.into(),
            documents: documents.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Returns what is said; empty where the finding says it all.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns the documents that say so, sorted.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &str> {
        self.documents.iter().map(String::as_str)
    }
}

/// Says what does not fit together in a fleet, and which documents say what.
///
/// Texts are those of documents: they are escaped where they are shown.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct FleetFinding {
    conflict: FleetConflict,
    subject: String,
    statements: Vec<FleetStatement>,
}

impl FleetFinding {
    pub(super) fn new(
        conflict: FleetConflict,
        subject: impl Into<String>,
        mut statements: Vec<FleetStatement>,
    ) -> Self {
        statements.sort();
        statements.dedup();
        Self {
            conflict,
            subject: subject.into(),
            statements,
        }
    }

    /// Returns in what they contradict.
    #[must_use]
    pub const fn conflict(&self) -> FleetConflict {
        self.conflict
    }

    /// Returns what it is about: a node, a digest, a name.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Returns who says what, sorted.
    #[must_use]
    pub fn statements(&self) -> &[FleetStatement] {
        &self.statements
    }

    /// Returns the documents that the finding is about, sorted.
    #[must_use]
    pub fn documents(&self) -> BTreeSet<&str> {
        let all = self.statements.iter();
        all.flat_map(FleetStatement::documents).collect()
    }

    /// Returns the finding as the gate takes it.
    #[must_use]
    pub fn to_finding(&self) -> Finding {
        Finding::new(self.conflict.code(), self.message()).about(&self.subject)
    }

    /// Says who says what.
    fn message(&self) -> String {
        let mut message = self.conflict.words().to_owned();
        let statements = self.statements.iter().enumerate();
        for (place, statement) in statements {
            let between = if place == 0 { ": " } else { "; " };
            let documents: Vec<_> = statement.documents().collect();
            let documents = documents.join(", ");
            message.push_str(between);
            message.push_str(&match statement.value() {
                "" => documents,
                value => format!("{value} ({documents})"),
            });
        }
        message
    }
}

/// Shows what and who says so, safe for a terminal.
impl fmt::Display for FleetFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (subject, message) = (Terminal(&self.subject), self.message());
        write!(f, "{subject} {}", Terminal(&message))
    }
}
