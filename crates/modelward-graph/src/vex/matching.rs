use std::fmt;

use modelward_artifact::Digest;

use crate::vex::{BomLink, BomPlace, PackagePattern, VexSubject, link};

/// Tells whether a thing is the one that a statement is about. The surer answer is the greater one.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth answer")]
pub enum Match {
    /// It is not.
    No,
    /// It may be: this is never to be taken for either of the others.
    Unknown(MatchDoubt),
    /// It is.
    Yes,
}

/// Says why it is not known whether a thing is the one that is meant.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum MatchDoubt {
    /// The version of the bill of materials is not known.
    NoBomVersion,
    /// The thing's package URL is not known, or none, and the statement has one.
    NoPurl,
    /// The thing's place in a bill of materials is not known, and the statement has nothing else.
    NoPlace,
    /// The statement names a qualifier or path that the thing's package URL leaves out.
    NoQualifier,
    /// The version is not known.
    NoVersion,
    /// The statement is about versions of a thing in another bill of materials.
    OtherBom,
    /// The statement has only names, or digests of functions that are not known here.
    Unidentified,
    /// The range of the statement cannot be evaluated.
    UnreadableRange,
    /// The version is none of the range's scheme.
    UnreadableVersion,
    /// The statement is about a bill of materials as a whole.
    WholeBom,
}

impl MatchDoubt {
    /// Returns the reason in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoBomVersion => "the version of the bill of materials is not known",
            Self::NoPurl => "the package url is not known",
            Self::NoPlace => "the place in a bill of materials is not known",
            Self::NoQualifier => "a qualifier that is stated is not known",
            Self::NoVersion => "the version is not known",
            Self::OtherBom => "the statement is about another bill of materials",
            Self::Unidentified => "the statement has only names",
            Self::UnreadableRange => "the range of the statement cannot be evaluated",
            Self::UnreadableVersion => "the version is none of its scheme",
            Self::WholeBom => "the statement is about a whole bill of materials",
        }
    }
}

impl fmt::Display for MatchDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds what is known of a thing that may be the one that a statement is about.
///
/// ```
/// use modelward_graph::vex::Candidate;
///
/// let candidate = Candidate::new().with_purl("pkg:pypi/torch").with_version("2.1.0");
/// # let _ = candidate;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Candidate<'a> {
    purl: Option<PackagePattern>,
    version: Option<&'a str>,
    digests: &'a [Digest],
    bom_ref: Option<&'a str>,
    serial: Option<String>,
    bom_version: Option<u64>,
}

impl<'a> Candidate<'a> {
    /// Begins with a thing of which nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the package URL. A text that is none counts as not known.
    #[must_use]
    pub fn with_purl(mut self, purl: &str) -> Self {
        self.purl = purl.parse().ok();
        self
    }

    /// Sets the version, which counts where the package URL has none.
    #[must_use]
    pub const fn with_version(mut self, version: &'a str) -> Self {
        self.version = Some(version);
        self
    }

    /// Sets the digests.
    #[must_use]
    pub const fn with_digests(mut self, digests: &'a [Digest]) -> Self {
        self.digests = digests;
        self
    }

    /// Sets the `bom-ref`.
    #[must_use]
    pub const fn with_bom_ref(mut self, bom_ref: &'a str) -> Self {
        self.bom_ref = Some(bom_ref);
        self
    }

    /// Sets the serial number of the document that the thing is from, with or without `urn:uuid:`.
    /// A text that is none counts as not known.
    #[must_use]
    pub fn with_bom_serial(mut self, serial: &str) -> Self {
        self.serial = link::read_serial(serial);
        self
    }

    /// Sets the version of the document that the thing is from. Without it a BOM-Link that is right
    /// in all else is in doubt, since a `bom-ref` may mean another thing in the next version.
    #[must_use]
    pub const fn with_bom_version(mut self, version: u64) -> Self {
        self.bom_version = Some(version);
        self
    }

    fn version(&self) -> Option<&str> {
        let purl = self.purl.as_ref();
        let stated = purl.and_then(|purl| purl.package().version());
        stated.or(self.version)
    }
}

impl VexSubject {
    /// Tells whether a thing is the one that is meant.
    ///
    /// - A digest that is equal is a yes, and one of the same function that differs a no.
    /// - What a package URL states must hold: name, version, qualifiers, path. What it leaves out
    ///   may be anything. What the thing's own package URL leaves out of it is in doubt.
    /// - Versions are equal as text, or by the scheme of the package's type where both are of it.
    /// - A place in a bill of materials is one thing in one version of one document.
    /// - Where the statement holds for some versions, these stand for the version of the package
    ///   URL, and a digest, which is that of one version, is no reason for a no.
    /// - Names, CPEs and digests of other functions say nothing.
    ///
    /// ```
    /// use modelward_artifact::JsonLimits;
    /// use modelward_graph::vex::{Candidate, Match, MatchDoubt, VexDocument};
    ///
    /// let document = VexDocument::read(
    ///     br#"{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/1",
    ///         "timestamp": "2026-01-01T00:00:00Z", "statements": [{
    ///             "vulnerability": {"name": "CVE-2022-45907"}, "status": "fixed",
    ///             "products": [{"@id": "pkg:pypi/torch@1.13.1"}]}]}"#,
    ///     &JsonLimits::default(),
    /// )?;
    /// let torch = document.statements()[0].product();
    /// let is = |purl| torch.matches(&Candidate::new().with_purl(purl));
    /// assert_eq!(is("pkg:pypi/Torch@1.13.1.0"), Match::Yes);
    /// assert_eq!(is("pkg:pypi/torch@1.13.0"), Match::No);
    /// assert_eq!(is("pkg:pypi/torch"), Match::Unknown(MatchDoubt::NoVersion));
    /// # Ok::<(), modelward_graph::vex::ReadVexError>(())
    /// ```
    #[must_use]
    pub fn matches(&self, candidate: &Candidate<'_>) -> Match {
        let has_scope = !self.versions().is_empty();
        let same_thing = match self.by_digest(candidate) {
            Some(Match::No) if has_scope => None,
            answer => answer,
        };
        let same_thing = same_thing.unwrap_or_else(|| self.by_name(candidate));
        if !has_scope || same_thing == Match::No {
            return same_thing;
        }
        same_thing.min(self.by_scope(candidate))
    }

    fn by_digest(&self, candidate: &Candidate<'_>) -> Option<Match> {
        let own = self.digests();
        if own.iter().any(|digest| candidate.digests.contains(digest)) {
            return Some(Match::Yes);
        }
        let same_function = |digest: &Digest| {
            let mut others = candidate.digests.iter();
            others.any(|other| other.algorithm() == digest.algorithm())
        };
        own.iter().any(same_function).then_some(Match::No)
    }

    fn by_name(&self, candidate: &Candidate<'_>) -> Match {
        let by_place = self.place().map(|place| self.by_place(place, candidate));
        let by_purl = match &candidate.purl {
            _ if self.purls().is_empty() => None,
            None => Some(Match::Unknown(MatchDoubt::NoPurl)),
            Some(purl) => {
                let own = self.purls().iter();
                own.map(|own| self.by_purl(own, purl, candidate)).max()
            }
        };
        match (by_place, by_purl) {
            (Some(Match::Yes), _) => Match::Yes,
            (_, Some(by_purl)) => by_purl,
            (Some(by_place), None) => by_place,
            (None, None) => Match::Unknown(MatchDoubt::Unidentified),
        }
    }

    fn by_purl(
        &self,
        own: &PackagePattern,
        purl: &PackagePattern,
        candidate: &Candidate<'_>,
    ) -> Match {
        let names = own.names(purl);
        if self.versions().is_empty() {
            names.min(own.admits(candidate.version()))
        } else {
            names
        }
    }

    fn by_place(&self, place: &BomPlace, candidate: &Candidate<'_>) -> Match {
        let BomPlace::Link(link) = place else {
            return Match::Unknown(MatchDoubt::NoPlace);
        };
        let Some(serial) = &candidate.serial else {
            return Match::Unknown(MatchDoubt::NoPlace);
        };
        if serial != link.serial() {
            // Other versions of the thing are in other documents.
            let is_about_versions = !self.versions().is_empty();
            let doubt = Match::Unknown(MatchDoubt::OtherBom);
            return if is_about_versions { doubt } else { Match::No };
        }
        by_reference(link, candidate)
    }

    fn by_scope(&self, candidate: &Candidate<'_>) -> Match {
        let purl = candidate.purl.as_ref().or(self.purls().first());
        let kind = purl.map(PackagePattern::package_type);
        let version = candidate.version();
        let scopes = self.versions().iter();
        let answers = scopes.map(|scope| scope.contains(version, kind));
        answers.max().unwrap_or(Match::Yes)
    }
}

/// Tells whether the thing, which is in the document of that serial number, is the one.
fn by_reference(link: &BomLink, candidate: &Candidate<'_>) -> Match {
    if link.reference().is_none() {
        return Match::Unknown(MatchDoubt::WholeBom);
    }
    let Some(bom_ref) = candidate.bom_ref else {
        return Match::Unknown(MatchDoubt::NoPlace);
    };
    match (link.version(), candidate.bom_version) {
        _ if !link.refers_to(bom_ref) => Match::No,
        (Some(own), Some(version)) if own != version => Match::No,
        (Some(_), Some(_)) | (None, _) => Match::Yes,
        (Some(_), None) => Match::Unknown(MatchDoubt::NoBomVersion),
    }
}
