//! Which words are identifiers of licenses.

use spdx::{Expression, LicenseItem, LicenseReq, ParseMode};

/// What the crate `spdx` knows and the SPDX license list has not: what SPDX documents say in place of
/// a license, and what an older list had for a license with and without "or later".
const UNLISTED: [&str; 7] = [
    "GFDL-1.1-invariants",
    "GFDL-1.1-no-invariants",
    "GFDL-1.2-invariants",
    "GFDL-1.2-no-invariants",
    "GFDL-1.3-invariants",
    "GFDL-1.3-no-invariants",
    NO_ASSERTION,
];

/// What came to the list after 3.28, the version that the schemas of CycloneDX have.
const LATER: [&str; 15] = [
    "BSD-2-Clause-pos-unchanged",
    "BSD-3-Clause-OpenWebUI",
    "BSD-Source-Code-no-disclaimer",
    "BSD-Source-alt-GPL",
    "BSD-ask-to-endorse",
    "Brian-Gladman-3-Clause-no-conversion",
    "Bugroff",
    "CC-BY-NC-3.0-IGO",
    "FDK-MPEG-H",
    "Google-Patent-WebM",
    "Hippocratic-3.0-core",
    "Informatica",
    "MVT-1.1",
    "Spelling-Provider-LGPL-exception",
    "atc-game",
];

/// What SPDX documents say in place of a license of which nothing is known.
pub(crate) const NO_ASSERTION: &str = "NOASSERTION";

/// Tells whether a word is an identifier of the SPDX license list, be it of an exception, which the
/// schemas of CycloneDX take too.
pub(crate) fn is_listed(word: &str) -> bool {
    let licenses = spdx::identifiers::LICENSES.iter().map(|it| it.name);
    let exceptions = spdx::identifiers::EXCEPTIONS.iter().map(|it| it.name);
    !UNLISTED.contains(&word) && licenses.chain(exceptions).any(|name| name == word)
}

/// Returns the identifier of a license that a word is but for its case, where the schemas of CycloneDX
/// have it.
pub(crate) fn identifier(word: &str) -> Option<&'static str> {
    let mut licenses = spdx::identifiers::LICENSES.iter().map(|it| it.name);
    let name = licenses.find(|name| name.eq_ignore_ascii_case(word))?;
    (!UNLISTED.contains(&name) && !LATER.contains(&name)).then_some(name)
}

/// Tells whether a text is a license expression (SPDX specification, annex D).
pub(crate) fn is_expression(text: &str) -> bool {
    let is_license = |needed: &LicenseReq| match &needed.license {
        LicenseItem::Spdx { id, .. } => !UNLISTED.contains(&id.name),
        LicenseItem::Other(_) => true,
    };
    Expression::parse_mode(text, ParseMode::STRICT)
        .is_ok_and(|expression| expression.requirements().all(|it| is_license(&it.req)))
}
