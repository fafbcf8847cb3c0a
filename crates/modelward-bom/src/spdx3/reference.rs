//! Hashes, identifiers and links of a component.

use serde_json::json;

use crate::spdx3::LossReason;
use crate::spdx3::graph::{Element, is_absolute};
use crate::spdx3::place::Class;
use crate::spdx3::source::Node;

/// Carries `hashes` over. An algorithm that SPDX does not name is called `other`, with a comment.
pub(super) fn hashes(element: &mut Element, node: &Node<'_>) {
    for hash in node.list("hashes") {
        let (Some(_), Some(value)) = (hash.peek("alg"), hash.take("content")) else {
            continue;
        };
        let Some(name) = hash.take("alg") else {
            continue;
        };
        let mut hash = json!({"type": "Hash", "hashValue": value});
        if let Some(algorithm) = algorithm(name) {
            hash["algorithm"] = algorithm.into();
        } else {
            hash["algorithm"] = "other".into();
            hash["comment"] = name.into();
        }
        element.push("verifiedUsing", hash);
    }
}

/// Carries `purl`, `cpe`, `swid`, `omniborId` and `swhid` over.
pub(super) fn identifiers(element: &mut Element, node: &Node<'_>, class: Class) {
    if let Some(purl) = node.get("purl") {
        package_url(element, &purl, class);
    }
    if let Some(cpe) = node.get("cpe") {
        platform(element, &cpe);
    }
    if let Some(tag) = node.get("swid").and_then(|swid| swid.take("tagId")) {
        element.identifier("swid", tag);
    }
    for (member, kind) in [("omniborId", "gitoid"), ("swhid", "swhid")] {
        for value in node.take_list(member) {
            let identifier = json!({
                "type": "software_ContentIdentifier",
                "software_contentIdentifierType": kind,
                "software_contentIdentifierValue": value,
            });
            element.push("software_contentIdentifier", identifier);
        }
    }
}

fn package_url(element: &mut Element, purl: &Node<'_>, class: Class) {
    let whole = |text: &&str| text.starts_with("pkg:") && is_absolute(text);
    let Some(text) = purl.text().filter(whole) else {
        purl.lose(LossReason::Malformed);
        return;
    };
    purl.carry();
    if class == Class::File {
        element.identifier("packageUrl", text);
    } else {
        element.set("software_packageUrl", text);
    }
}

fn platform(element: &mut Element, cpe: &Node<'_>) {
    let Some(text) = cpe.text() else {
        cpe.lose(LossReason::Malformed);
        return;
    };
    let kind = match text {
        _ if text.starts_with("cpe:2.3:") => "cpe23",
        _ if text.starts_with("cpe:/") => "cpe22",
        _ => {
            cpe.lose(LossReason::Malformed);
            return;
        }
    };
    cpe.carry();
    element.identifier(kind, text);
}

/// Carries `externalReferences` over. The first absolute address of a distribution and of a
/// website have properties of their own in packages.
pub(super) fn references(element: &mut Element, node: &Node<'_>, class: Class) {
    for reference in node.list("externalReferences") {
        let Some(url) = reference.take("url") else {
            continue;
        };
        let kind = reference.take("type").unwrap_or("other");
        let property = match kind {
            "distribution" => "software_downloadLocation",
            "website" => "software_homePage",
            _ => "",
        };
        let single = !property.is_empty() && class != Class::File && is_absolute(url);
        if single && !element.has(property) {
            element.set(property, url);
            continue;
        }
        let mut comment = reference.take("comment").unwrap_or_default().to_owned();
        let spdx = reference_type(kind).unwrap_or("other");
        if spdx == "other" && kind != "other" {
            let blank = if comment.is_empty() { "" } else { "\n" };
            comment = format!("CycloneDX type: {kind}{blank}{comment}");
        }
        link(element, spdx, (url, &comment));
    }
}

/// Adds an `ExternalRef`; an empty comment is none.
pub(super) fn link(element: &mut Element, kind: &str, (url, comment): (&str, &str)) {
    let mut link = json!({"type": "ExternalRef", "externalRefType": kind, "locator": [url]});
    if !comment.is_empty() {
        link["comment"] = comment.into();
    }
    element.push("externalRef", link);
}

/// SPDX 3.0.1, `Core/Vocabularies/HashAlgorithm`.
fn algorithm(name: &str) -> Option<&'static str> {
    Some(match name {
        "BLAKE2b-256" => "blake2b256",
        "BLAKE2b-384" => "blake2b384",
        "BLAKE2b-512" => "blake2b512",
        "BLAKE3" => "blake3",
        "MD5" => "md5",
        "SHA-1" => "sha1",
        "SHA-256" => "sha256",
        "SHA-384" => "sha384",
        "SHA-512" => "sha512",
        "SHA3-256" => "sha3_256",
        "SHA3-384" => "sha3_384",
        "SHA3-512" => "sha3_512",
        _ => return None,
    })
}

/// SPDX 3.0.1, `Core/Vocabularies/ExternalRefType`, where the meaning is the same.
fn reference_type(name: &str) -> Option<&'static str> {
    Some(match name {
        "adversary-model" => "securityAdversaryModel",
        "advisories" => "securityAdvisory",
        "build-meta" => "buildMeta",
        "build-system" => "buildSystem",
        "certification-report" => "certificationReport",
        "chat" => "chat",
        "component-analysis-report" => "componentAnalysisReport",
        "distribution" => "altDownloadLocation",
        "documentation" => "documentation",
        "dynamic-analysis-report" => "dynamicAnalysisReport",
        "exploitability-statement" => "vulnerabilityExploitabilityAssessment",
        "issue-tracker" => "issueTracker",
        "license" => "license",
        "mailing-list" => "mailingList",
        "pentest-report" => "securityPenTestReport",
        "quality-metrics" => "qualityAssessmentReport",
        "release-notes" => "releaseNotes",
        "risk-assessment" => "riskAssessment",
        "runtime-analysis-report" => "runtimeAnalysisReport",
        "social" => "socialMedia",
        "source-distribution" => "sourceArtifact",
        "static-analysis-report" => "staticAnalysisReport",
        "support" => "support",
        "threat-model" => "securityThreatModel",
        "vcs" => "vcs",
        "website" => "altWebPage",
        _ => return None,
    })
}
