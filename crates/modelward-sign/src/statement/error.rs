use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use modelward_artifact::{
    Digest, DigestAlgorithm, ParseDigestError, ParseEntryPathError, ResourceNameError,
};
use thiserror::Error;

/// Says why a text is not an OMS statement.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadStatementError {
    /// A resource's algorithm is not that of the serialization.
    #[error(
        "resource `{}` has the algorithm `{}`, expected `{expected}`",
        Terminal(name),
        Terminal(found)
    )]
    Algorithm {
        /// The resource.
        name: String,
        /// The algorithm of the serialization.
        expected: DigestAlgorithm,
        /// The algorithm found.
        found: String,
    },
    /// A resource's digest is none of its algorithm.
    #[error("resource `{}` has no digest of its algorithm", Terminal(name))]
    Digest {
        /// The resource.
        name: String,
        /// What is wrong with the digest.
        source: ParseDigestError,
    },
    /// A resource stands twice.
    #[error("resource `{}` stands twice", Terminal(name))]
    Duplicate {
        /// The resource.
        name: String,
    },
    /// There is no resource (OMS v1.0, section 6.1).
    #[error("statement has no resources")]
    Empty,
    /// The text is not the expected JSON.
    #[error("statement is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// A resource or an ignored path has a name that could point elsewhere.
    #[error(
        "statement has the name `{}`, which is no path inside of a model",
        Terminal(name)
    )]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        source: ParseEntryPathError,
    },
    /// The subject has no name (OMS v1.0, section 6.5).
    #[error("statement has a subject without a name")]
    NoName,
    /// The root digest is not that of the resources.
    #[error("statement states the root digest {stated}, its resources have {found}")]
    Root {
        /// The digest in the subject.
        stated: Box<Digest>,
        /// The digest of the resources.
        found: Box<Digest>,
    },
    /// The model was serialized in a way that this crate does not verify yet.
    #[error(
        "statement has the {member} `{}`, expected `{expected}`",
        Terminal(found)
    )]
    Serialization {
        /// The member.
        member: &'static str,
        /// What can be verified.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// A resource of a statement of shards names no shard.
    #[error("statement has the name `{}`, which names no shard", Terminal(name))]
    Shard {
        /// The name.
        name: String,
        /// What is wrong with it.
        source: ResourceNameError,
    },
    /// There is not exactly one subject.
    #[error("statement has {found} subjects, expected 1")]
    Subjects {
        /// How many there are.
        found: usize,
    },
    /// The statement is of another type or version.
    #[error(
        "statement has the {member} `{}`, expected `{expected}`",
        Terminal(found)
    )]
    Type {
        /// The member.
        member: &'static str,
        /// The type that is known.
        expected: &'static str,
        /// What was found.
        found: String,
    },
}

impl ReadStatementError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "sign.statement.algorithm",
            Self::Digest { .. } => "sign.statement.digest",
            Self::Duplicate { .. } => "sign.statement.duplicate",
            Self::Empty => "sign.statement.empty",
            Self::Json { source } => source.code(),
            Self::Name { .. } => "sign.statement.name",
            Self::NoName => "sign.statement.no_name",
            Self::Root { .. } => "sign.statement.root",
            Self::Serialization { .. } => "sign.statement.serialization",
            Self::Shard { .. } => "sign.statement.shard",
            Self::Subjects { .. } => "sign.statement.subjects",
            Self::Type { .. } => "sign.statement.type",
        }
    }

    /// Tells whether the statement is understood and breaks a rule, so that the answer is no.
    ///
    /// Otherwise the statement is not understood, and there is no answer.
    #[must_use]
    pub const fn is_refusal(&self) -> bool {
        !matches!(
            self,
            Self::Digest { .. }
                | Self::Json { .. }
                | Self::Serialization { .. }
                | Self::Type { .. }
        )
    }
}
