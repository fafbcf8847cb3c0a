//! The conformance suite of NIST for path validation (PKITS), in two editions: keys on P-256
//! without revocation lists, and RSA keys with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use modelward_artifact::{Timestamp, Verdict};
use modelward_sign::{
    Certificate, CertificatePolicy, RevocationList, Usage, ValidationTime, verify_chain,
};
use serde_json::Value;

use crate::oms::shared_data;

/// Where we say something else than the suite: edition, section, case, what we say, and why.
const EXCEPTIONS: &str = include_str!("pkits_exceptions.txt");

/// The sections in which nothing may differ.
const ALL_RIGHT: [&str; 7] = ["4.1", "4.2", "4.3", "4.5", "4.6", "4.7", "4.16"];

const SIGNERS_OF_LISTS: [&str; 4] = [
    "BasicSelfIssuedCRLSigningKeyCRL",
    "BasicSelfIssuedOldKeyNewWithOld",
    "SeparateCertificateandCRLKeysCA2CRLSigning",
    "SeparateCertificateandCRLKeysCRLSigning",
];

/// One case of the suite.
#[derive(Debug)]
struct Case {
    section: String,
    target: String,
    intermediates: Vec<String>,
    settings: String,
    accepted: bool,
}

impl Case {
    fn read(value: &Value) -> Self {
        let text = |member: &str| value[member].as_str().expect("a text").to_owned();
        let intermediates = value["intermediates"].as_array().expect("a list").iter();
        Self {
            section: text("section"),
            target: text("target"),
            intermediates: intermediates
                .map(|name| name.as_str().expect("a text").to_owned())
                .collect(),
            settings: text("settings"),
            accepted: text("expected") == "accept",
        }
    }

    /// Returns what the suite says where revocation lists are given.
    ///
    /// The table was derived without them: it takes two certificates of section 4.5 that are
    /// revoked, and refuses that of 4.4.7, which one of its two lists covers.
    #[cfg(feature = "rsa")]
    fn with_lists(mut self) -> Self {
        match self.section.as_str() {
            "4.4.7" | "4.5" => self.accepted = self.target.starts_with("Valid"),
            _ => {}
        }
        self
    }

    fn id(&self) -> String {
        let target = self.target.trim_end_matches(".crt");
        match self.settings.strip_prefix("G_SETTINGS") {
            Some(number) => format!("{target}@{number}"),
            None => target.to_owned(),
        }
    }

    /// Asks for the policies of the suite's settings. That sets of policies are asked for though no
    /// certificate asks for one cannot be said here: then each chain must have one of them.
    fn apply(&self, policy: CertificatePolicy) -> CertificatePolicy {
        const ANY: &str = "2.5.29.32.0";
        const TEST: [&str; 7] = [
            "",
            "2.16.840.1.101.3.2.1.48.1",
            "2.16.840.1.101.3.2.1.48.2",
            "2.16.840.1.101.3.2.1.48.3",
            "",
            "",
            "2.16.840.1.101.3.2.1.48.6",
        ];
        match self.settings.as_str() {
            "G_SETTINGS1" => policy.with_certificate_policies([ANY]),
            "G_SETTINGS2" | "G_SETTINGS5" => policy.with_certificate_policies([TEST[1]]),
            "G_SETTINGS3" | "G_SETTINGS6" => policy.with_certificate_policies([TEST[2]]),
            "G_SETTINGS4" => policy.with_certificate_policies([TEST[1], TEST[2]]),
            "G_SETTINGS7" => policy.with_certificate_policies([TEST[3]]),
            "G_SETTINGS9" => policy.with_certificate_policies([TEST[6]]),
            "G_SETTINGS10" => policy.without_any_policy(),
            // Mappings are refused in any case, which is what setting 8 asks for.
            _ => policy,
        }
    }
}

/// The files of one edition.
struct Edition {
    name: &'static str,
    certificates: PathBuf,
    lists: Vec<RevocationList>,
}

impl Edition {
    fn open(name: &'static str, folder: &Path) -> Self {
        let lists = fs::read_dir(folder.join("crls")).into_iter().flatten();
        let lists = lists.filter_map(|entry| {
            let der = fs::read(entry.expect("the folder can be read").path());
            // One that cannot be read covers nothing.
            RevocationList::from_der(&der.expect("the list is there")).ok()
        });
        Self {
            name,
            certificates: folder.join("certs"),
            lists: lists.collect(),
        }
    }

    fn read(&self, name: &str) -> Option<Certificate> {
        let names = [
            name.to_owned(),
            format!("{name}CACert.crt"),
            format!("{name}Cert.crt"),
        ];
        let mut paths = names.iter().map(|name| self.certificates.join(name));
        let path = paths.find(|path| path.is_file());
        let path = path.unwrap_or_else(|| panic!("{name} is not there"));
        Certificate::from_der(&fs::read(path).expect("the file can be read")).ok()
    }

    /// Returns `ok`, or the code of the first finding.
    fn outcome(&self, case: &Case) -> String {
        let now = Timestamp::from_unix_seconds(1_795_000_000).expect("an instant in 2026");
        let anchor = self
            .read("TrustAnchorRootCertificate.crt")
            .expect("the anchor");
        // Keys that sign lists alone, which a case does not name.
        let signers = SIGNERS_OF_LISTS.iter().filter_map(|name| self.read(name));
        let policy = CertificatePolicy::new([anchor], ValidationTime::Now(now))
            .with_usage(Usage::Any)
            .with_intermediates(signers)
            .with_revocation_lists(self.lists.iter().cloned());
        let between: Option<Vec<_>> = case
            .intermediates
            .iter()
            .map(|name| self.read(name))
            .collect();
        let (Some(leaf), Some(between)) = (self.read(&case.target), between) else {
            return "sign.certificate".to_owned();
        };
        match verify_chain(&leaf, &between, &case.apply(policy)) {
            Verdict::Verified(_) => "ok".to_owned(),
            Verdict::Rejected(findings) => findings.as_slice()[0].code().to_owned(),
        }
    }
}

/// Runs every case of an edition. With lists, no exception lets one pass that must fail.
fn run(edition: &Edition, cases: &[Case]) {
    let mut exceptions: BTreeMap<(String, String), (String, bool)> = EXCEPTIONS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut columns = line.split_whitespace();
            let mut next = || columns.next().expect("a line has its columns").to_owned();
            let (name, section, id, found) = (next(), next(), next(), next());
            (name, ((section, id), (found, false)))
        })
        .filter(|(name, _)| name == edition.name)
        .map(|(_, exception)| exception)
        .collect();
    let mut wrong = Vec::new();
    for case in cases {
        let found = edition.outcome(case);
        let key = (case.section.clone(), case.id());
        if (found == "ok") == case.accepted {
            if exceptions.remove(&key).is_some() {
                wrong.push(format!("{key:?} is right and listed as an exception"));
            }
            continue;
        }
        let no_lists = edition.lists.is_empty();
        let is_sure = found == "ok" || ALL_RIGHT.contains(&case.section.as_str());
        match exceptions.get_mut(&key) {
            Some(_) if is_sure && !no_lists => wrong.push(format!("{key:?} must not be {found}")),
            Some((expected, met)) if *expected == found => *met = true,
            _ => wrong.push(format!("{} {} {} {found}", edition.name, key.0, key.1)),
        }
    }
    let unmet = exceptions.iter().filter(|(_, (_, met))| !met);
    wrong.extend(unmet.map(|(key, _)| format!("{key:?} is an exception that never came")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cases(data: &Path) -> Vec<Case> {
    let text = fs::read(data.join("expectations.json")).expect("the list is there");
    let list: Value = serde_json::from_slice(&text).expect("the list is JSON");
    let cases: Vec<_> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(Case::read)
        .collect();
    assert_eq!(cases.len(), 200, "no case is left out");
    let ids: BTreeSet<_> = cases
        .iter()
        .map(|case| (&case.section, case.id()))
        .collect();
    assert!(ids.len() >= 195, "cases are told apart");
    cases
}

#[test]
fn chains_on_p256_get_the_verdicts_of_the_suite() {
    let Some(data) = shared_data("crypto/pkits") else {
        return;
    };
    let edition = Edition::open("p256", &data.join("PKITS_data_p256"));
    assert!(edition.lists.is_empty());
    run(&edition, &cases(&data));
}

#[cfg(feature = "rsa")]
#[test]
fn chains_of_rsa_keys_with_revocation_lists_get_the_verdicts_of_the_suite() {
    let Some(data) = shared_data("crypto/pkits") else {
        return;
    };
    let edition = Edition::open("rsa", &data.join("PKITS_data_2048"));
    assert!(
        edition.lists.len() > 150,
        "{} lists can be read",
        edition.lists.len()
    );
    let cases: Vec<_> = cases(&data).into_iter().map(Case::with_lists).collect();
    run(&edition, &cases);
}
