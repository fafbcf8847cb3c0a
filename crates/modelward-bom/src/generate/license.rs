//! From the words that people write for a license to what CycloneDX has.

use crate::generate::claim::{Claim, Claims};
use crate::inspect::Aspect;
use crate::license::{NO_ASSERTION, identifier};
use crate::model::{Acknowledgement, Iri, License, LicenseChoice, SpdxId};

/// Each license that is declared, with who declares it.
pub(super) fn licenses<'a>(claims: &Claims<'a>) -> Vec<(LicenseChoice, Claim<'a>)> {
    // A link with blanks is no reference (RFC 3986), which CycloneDX asks for.
    let link = claims
        .first(&Aspect::LicenseLink)
        .and_then(|claim| Iri::new(claim.value()).ok());
    let name = claims.first(&Aspect::LicenseName);
    let mut kept: Vec<(String, LicenseChoice, Claim<'a>)> = Vec::new();
    for claim in claims.unique(&Aspect::License) {
        let word = claim.value().trim();
        if ["unknown", NO_ASSERTION]
            .iter()
            .any(|none| word.eq_ignore_ascii_case(none))
        {
            continue;
        }
        let named = name.filter(|_| word == "other").map(|name| name.value());
        let (label, license) = license(named.unwrap_or(word));
        if kept.iter().any(|(known, ..)| *known == label) {
            continue;
        }
        let mut license = license.with_acknowledgement(Acknowledgement::Declared);
        if let Some(link) = link.clone() {
            license = license.with_url(link);
        }
        kept.push((label, LicenseChoice::of_license(license), claim));
    }
    let license = |(_, license, claim)| (license, claim);
    kept.into_iter().map(license).collect()
}

/// Returns a label by which two words for one license are equal.
pub(super) fn label(word: &str) -> String {
    license(word.trim()).0
}

/// An SPDX identifier where the word is one but for its case, else the word as a name.
fn license(word: &str) -> (String, License) {
    match identifier(word).and_then(|id| SpdxId::new(id).ok()) {
        Some(id) => (id.as_str().to_owned(), License::of_id(id)),
        None => (word.to_owned(), License::named(word)),
    }
}
