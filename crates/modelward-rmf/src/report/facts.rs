use modelward_artifact::Timestamp;

use crate::report::words;
use crate::{Assessment, BomRef, Party, RiskRegister, Subject};

/// Recomputes the seal of a document.
pub(super) const RECOMPUTE: &str = "python3 -c 'import hashlib, json, rfc8785, sys; \
                                    print(hashlib.sha256(rfc8785.dumps(json.load(sys.stdin)))\
                                    .hexdigest())' < assessment.json";

/// Says what was assessed, by whom, when, and how to see that it is still the same document.
pub(super) struct Facts {
    pub(super) name: String,
    pub(super) now: String,
    pub(super) subject: Vec<Fact>,
    pub(super) work: Vec<Fact>,
    pub(super) seals: Vec<Fact>,
}

/// Holds a line of a list of facts.
pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) value: String,
    /// Whether it is for machines, as a digest is.
    pub(super) is_code: bool,
}

impl Fact {
    fn text(label: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        let value = value.to_string();
        Self {
            label,
            value,
            is_code: false,
        }
    }

    fn code(label: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        let is_code = true;
        Self {
            is_code,
            ..Self::text(label, value)
        }
    }
}

impl Facts {
    pub(super) fn of(
        assessment: &Assessment,
        register: Option<&RiskRegister>,
        now: Timestamp,
    ) -> Self {
        let mut seals = vec![Fact::code("Seal of the assessment", &assessment.digest())];
        let register = register.map(|it| Fact::code("Seal of the risk register", &it.digest()));
        seals.extend(register);
        let earlier = assessment.supersedes();
        seals.extend(earlier.map(|digest| Fact::code("Takes the place of", digest)));
        Self {
            name: assessment.subject().name().to_string(),
            now: now.to_string(),
            subject: subject(assessment.subject()),
            work: work(assessment, now),
            seals,
        }
    }
}

fn subject(subject: &Subject) -> Vec<Fact> {
    let or = |value: Option<String>, absent: &str| value.unwrap_or_else(|| absent.to_owned());
    let version = subject.version().map(ToString::to_string);
    let scope = subject.scope().map(ToString::to_string);
    let owner = subject.owner().map(party);
    let digest = subject.digest();
    let mut facts = vec![
        Fact::text("Name", subject.name()),
        Fact::text("Version", &or(version, "Not stated")),
        Fact::text("Scope", &or(scope, "Not stated")),
        Fact::text("Owner", &or(owner, "Not stated")),
        digest.map_or_else(
            || Fact::text("Digest", "None: the assessment is not bound to any bytes"),
            |digest| Fact::code("Digest", digest),
        ),
    ];
    if let Some(it) = subject.bom() {
        facts.push(Fact::text("ML-BOM", &bom(it)));
        facts.push(Fact::code("ML-BOM digest", &it.digest()));
    }
    facts
}

fn work(assessment: &Assessment, now: Timestamp) -> Vec<Fact> {
    let independence = words::independence(assessment.independence());
    vec![
        Fact::text("Assessed by", &party(assessment.assessor())),
        Fact::text("Independence", independence),
        Fact::text("Assessed at", &assessment.assessed_at()),
        Fact::text("Report as of", &now),
        Fact::text("Rating scale", assessment.scale()),
    ]
}

fn bom(bom: &BomRef) -> String {
    let (serial, version) = (bom.serial(), bom.version());
    let made = bom.timestamp();
    let made = made.map_or_else(String::new, |made| format!(", made {made}"));
    format!("{serial}, version {version}{made}")
}

fn party(party: &Party) -> String {
    party
        .role()
        .map_or_else(|| party.to_string(), |role| format!("{party}, {role}"))
}
