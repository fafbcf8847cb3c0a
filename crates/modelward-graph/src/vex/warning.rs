use std::fmt;

use modelward_artifact::escape::Terminal;

/// Tells what of a document was not read as it stands there, and where.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct VexWarning {
    pointer: String,
    kind: VexWarningKind,
}

impl VexWarning {
    pub(super) const fn new(pointer: String, kind: VexWarningKind) -> Self {
        Self { pointer, kind }
    }

    /// Returns the place in the document, a JSON Pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns what it is about.
    #[must_use]
    pub const fn kind(&self) -> &VexWarningKind {
        &self.kind
    }

    /// Returns the stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }
}

impl fmt::Display for VexWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Terminal(&self.pointer), self.kind)
    }
}

/// Says what a [`VexWarning`] is about.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum VexWarningKind {
    /// A version counts as affected by itself and not affected by the state that stands over it. It
    /// is read as affected.
    Contradiction,
    /// Two things have one id in the document. The first counts.
    Duplicate {
        /// The id.
        id: String,
    },
    /// A not affected has neither a justification nor a text that gives the reason.
    NoJustification,
    /// A statement names no product and is not kept.
    NoProduct,
    /// A vulnerability has no status and makes no statement.
    NoStatus,
    /// A vulnerability has no id and makes no statement.
    NoVulnerability,
    /// A product is made of products that are made of others: what holds what is not followed
    /// further, and nothing matches it.
    Nested {
        /// The id.
        id: String,
    },
    /// A member has another shape than its format says, and is passed over.
    Shape {
        /// What belongs there, in words.
        expected: &'static str,
    },
    /// A text is longer than it may be, and is passed over.
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
    /// There were more warnings than are kept.
    TooMany {
        /// How many were left out.
        left_out: usize,
    },
    /// The status is that nothing is known. It is read as under investigation.
    UnknownByIssuer,
    /// The format has no such justification.
    UnknownJustification {
        /// The text.
        text: String,
    },
    /// The format has no such status, and the statement is not kept.
    UnknownStatus {
        /// The text.
        text: String,
    },
    /// The version of the format is not one that is known here. It is read as the newest.
    UnknownVersion {
        /// The text.
        text: String,
    },
    /// A hash is not as many hexadecimal digits as its function makes.
    UnreadableDigest {
        /// The text.
        text: String,
    },
    /// A text in the place of a package URL is none.
    UnreadablePurl {
        /// The text.
        text: String,
    },
    /// A range of versions cannot be read, or its order is not known. Nothing is in it for sure.
    UnreadableRange {
        /// The text.
        text: String,
    },
    /// A time cannot be read. That which stands over it counts, if there is one.
    UnreadableTimestamp {
        /// The text.
        text: String,
    },
    /// A product is named that the document does not describe.
    Unresolved {
        /// The id.
        id: String,
    },
}

impl VexWarningKind {
    /// Returns the stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Contradiction => "graph.vex_warning.contradiction",
            Self::Duplicate { .. } => "graph.vex_warning.duplicate",
            Self::NoJustification => "graph.vex_warning.no_justification",
            Self::NoProduct => "graph.vex_warning.no_product",
            Self::NoStatus => "graph.vex_warning.no_status",
            Self::NoVulnerability => "graph.vex_warning.no_vulnerability",
            Self::Nested { .. } => "graph.vex_warning.nested",
            Self::Shape { .. } => "graph.vex_warning.shape",
            Self::TooLong { .. } => "graph.vex_warning.too_long",
            Self::TooMany { .. } => "graph.vex_warning.too_many",
            Self::UnknownByIssuer => "graph.vex_warning.unknown_by_issuer",
            Self::UnknownJustification { .. } => "graph.vex_warning.unknown_justification",
            Self::UnknownStatus { .. } => "graph.vex_warning.unknown_status",
            Self::UnknownVersion { .. } => "graph.vex_warning.unknown_version",
            Self::UnreadableDigest { .. } => "graph.vex_warning.unreadable_digest",
            Self::UnreadablePurl { .. } => "graph.vex_warning.unreadable_purl",
            Self::UnreadableRange { .. } => "graph.vex_warning.unreadable_range",
            Self::UnreadableTimestamp { .. } => "graph.vex_warning.unreadable_timestamp",
            Self::Unresolved { .. } => "graph.vex_warning.unresolved",
        }
    }
}

impl fmt::Display for VexWarningKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contradiction => f.write_str("a version is affected where the state is not"),
            Self::Duplicate { id } => write!(f, "`{}` stands for two things", Terminal(id)),
            Self::NoJustification => f.write_str("why it is not affected is not said"),
            Self::NoProduct => f.write_str("the statement names no product"),
            Self::NoStatus => f.write_str("the vulnerability has no status"),
            Self::NoVulnerability => f.write_str("the vulnerability has no id"),
            Self::Nested { id } => {
                write!(f, "product `{}` is made of made-up products", Terminal(id))
            }
            Self::Shape { expected } => write!(f, "expected {expected}"),
            Self::TooLong { found } => write!(f, "text of {found} bytes is too long"),
            Self::TooMany { left_out } => write!(f, "{left_out} more warnings were left out"),
            Self::UnknownByIssuer => f.write_str("the status is that nothing is known"),
            Self::UnknownJustification { text } => {
                write!(f, "`{}` is no justification", Terminal(text))
            }
            Self::UnknownStatus { text } => write!(f, "`{}` is no status", Terminal(text)),
            Self::UnknownVersion { text } => {
                write!(f, "version `{}` of the format is not known", Terminal(text))
            }
            Self::UnreadableDigest { text } => write!(f, "`{}` is no digest", Terminal(text)),
            Self::UnreadablePurl { text } => write!(f, "`{}` is no package url", Terminal(text)),
            Self::UnreadableRange { text } => {
                write!(f, "`{}` is no range that can be evaluated", Terminal(text))
            }
            Self::UnreadableTimestamp { text } => write!(f, "`{}` is no time", Terminal(text)),
            Self::Unresolved { id } => write!(f, "product `{}` is not described", Terminal(id)),
        }
    }
}
