use std::collections::BTreeMap;

use super::cpe::is_cpe;
use super::publisher::uri;
use super::{CsafInputError, CsafPublisher, CsafTracking, CsafVersion, text};
use crate::Slug;
use crate::export::vex::{BomId, VexJustification};

/// Names a weakness as a version of CWE does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CsafWeakness {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) version: String,
}

impl CsafWeakness {
    /// Takes the number, the exact name and the version of CWE that has it, such as `4.17`.
    ///
    /// # Errors
    ///
    /// [`CsafInputError::Cwe`].
    pub fn new(id: u32, name: &str, version: &str) -> Result<Self, CsafInputError> {
        let ends = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.');
        let is_name = !name.is_empty()
            && !name.starts_with(ends)
            && !name.ends_with(ends)
            && !name.contains(char::is_control);
        let parts: Vec<&str> = version.split('.').collect();
        let is_number = |part: &&str| {
            !part.is_empty() && part.len() < 5 && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_version = (2..=3).contains(&parts.len())
            && parts.iter().all(is_number)
            && !parts[0].starts_with('0')
            && (parts[1] == "0" || !parts[1].starts_with('0'));
        if !(1..=999_999).contains(&id) || !is_name || !is_version {
            return Err(CsafInputError::Cwe { id });
        }
        Ok(Self {
            id,
            name: name.to_owned(),
            version: version.to_owned(),
        })
    }
}

/// Asks for a document, and holds what the record of an incident cannot have.
///
/// ```
/// use modelward_incident::export::csaf::{
///     CsafPublisher, CsafPublisherCategory, CsafRequest, CsafRevision, CsafStatus, CsafTracking,
///     CsafVersion,
/// };
///
/// let vendor = CsafPublisherCategory::Vendor;
/// let publisher = CsafPublisher::new(vendor, "Acme AI", "https://acme.example")?;
/// let date = "2026-11-24T09:00:00Z".parse()?;
/// let first = CsafRevision::new("1".parse()?, date, "First release.")?;
/// let tracking = CsafTracking::new("ACME-2026-7", CsafStatus::Final, vec![first])?;
/// let request = CsafRequest::new(CsafVersion::V2_1, publisher, tracking)
///     .with_language("en")?
///     .with_site("https://acme.example/csaf")?
///     .with_reference("Notice to customers", "https://acme.example/notice/7")?;
/// assert!(request.with_language("english").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CsafRequest {
    pub(super) version: CsafVersion,
    pub(super) publisher: CsafPublisher,
    pub(super) tracking: CsafTracking,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    pub(super) references: Vec<(String, String)>,
    pub(super) weaknesses: Vec<CsafWeakness>,
    pub(super) bom: Option<BomId>,
    pub(super) cpes: BTreeMap<Slug, String>,
    pub(super) justifications: BTreeMap<Slug, VexJustification>,
}

impl CsafRequest {
    /// Asks for a document of a version.
    #[must_use]
    pub const fn new(
        version: CsafVersion,
        publisher: CsafPublisher,
        tracking: CsafTracking,
    ) -> Self {
        Self {
            version,
            publisher,
            tracking,
            language: None,
            site: None,
            references: Vec::new(),
            weaknesses: Vec::new(),
            bom: None,
            cpes: BTreeMap::new(),
            justifications: BTreeMap::new(),
        }
    }

    /// Says in what language the record is written: `en`, `en-US`, `zh-Hant`.
    ///
    /// # Errors
    ///
    /// [`CsafInputError::Language`].
    pub fn with_language(mut self, tag: &str) -> Result<Self, CsafInputError> {
        if !is_language(tag) {
            return Err(CsafInputError::Language);
        }
        self.language = Some(tag.to_owned());
        Ok(self)
    }

    /// Says below which `https` address the document is published, which makes its canonical URL.
    ///
    /// # Errors
    ///
    /// [`CsafInputError::Uri`].
    pub fn with_site(mut self, site: &str) -> Result<Self, CsafInputError> {
        let site = uri("site", site)?;
        if !site.starts_with("https://") || site.contains(['?', '#']) {
            return Err(CsafInputError::Uri { member: "site" });
        }
        self.site = Some(site.trim_end_matches('/').to_owned());
        Ok(self)
    }

    /// Refers to another document. The profile wants one at least, given here or linked in the
    /// record.
    ///
    /// # Errors
    ///
    /// [`CsafInputError::Text`] for the summary, [`CsafInputError::Uri`] for the address.
    pub fn with_reference(mut self, summary: &str, url: &str) -> Result<Self, CsafInputError> {
        let reference = (text("summary", summary)?, uri("reference", url)?);
        self.references.push(reference);
        Ok(self)
    }

    /// Gives the name of a weakness, which the record knows by its number alone. Names of weaknesses
    /// that the incident does not have are not used.
    #[must_use]
    pub fn with_weakness(mut self, weakness: CsafWeakness) -> Self {
        self.weaknesses.push(weakness);
        self
    }

    /// Says which bill of materials the `bom-ref`s of the record are in.
    #[must_use]
    pub const fn with_bom(mut self, bom: BomId) -> Self {
        self.bom = Some(bom);
        self
    }

    /// Gives an asset's name in the Common Platform Enumeration, a formatted string of version 2.3.
    ///
    /// # Errors
    ///
    /// [`CsafInputError::Cpe`].
    pub fn with_cpe(mut self, asset: Slug, cpe: &str) -> Result<Self, CsafInputError> {
        if !is_cpe(cpe) {
            return Err(CsafInputError::Cpe);
        }
        self.cpes.insert(asset, cpe.to_owned());
        Ok(self)
    }

    /// Says why a cleared asset is not affected. For others it is not used.
    #[must_use]
    pub fn with_justification(mut self, asset: Slug, why: VexJustification) -> Self {
        self.justifications.insert(asset, why);
        self
    }
}

/// Tells whether a tag is a language with a script and a region, each of which may be left out.
fn is_language(tag: &str) -> bool {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = tag.split('-').peekable();
    let is_tongue = parts
        .next()
        .is_some_and(|part| (2..=3).contains(&part.len()) && letters(part));
    parts.next_if(|part| part.len() == 4 && letters(part));
    parts.next_if(|part| (part.len() == 2 && letters(part)) || (part.len() == 3 && digits(part)));
    is_tongue && parts.next().is_none()
}
