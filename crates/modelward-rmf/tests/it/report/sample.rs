mod assessment;
mod register;

use modelward_artifact::{Finding, Timestamp};
use modelward_rmf::{Assessment, Checks, Party, Report, RiskRegister, Subject, Text};

const HOSTILE: &str = "<script>alert(1)</script> <img src=http://evil.example/x.png onerror=x> \
                       \u{202e}desrever\u{202c} [l](http://evil.example) `|` **b** & \"q\" 'a'\n\
                       - not an item\n# no heading\n| no | cell |";

/// A rich assessment and register, with texts that would like to act.
pub(super) struct Sample {
    pub(super) assessment: Assessment,
    pub(super) register: RiskRegister,
    is_bare: bool,
}

impl Sample {
    pub(super) fn new() -> Self {
        Self {
            assessment: assessment::assessment(),
            register: register::register(),
            is_bare: false,
        }
    }

    pub(super) fn bare() -> Self {
        let subject = Subject::new("small").unwrap();
        let by = Party::new("Ada").unwrap();
        let assessment = Assessment::builder(subject, by, at("2026-11-23T10:00:00Z"));
        Self {
            assessment: assessment.build().unwrap(),
            register: register::register(),
            is_bare: true,
        }
    }

    pub(super) fn html(&self) -> String {
        self.written().0
    }

    pub(super) fn markdown(&self) -> String {
        self.written().1
    }

    pub(super) fn report(&self) -> Report<'_> {
        let now = at("2026-11-26T10:00:00Z");
        let report = Report::new(&self.assessment, now);
        if self.is_bare {
            return report;
        }
        report.with_register(&self.register)
    }

    /// Returns the page and the Markdown.
    fn written(&self) -> (String, String) {
        let both = |report: &Report<'_>| (report.to_html(), report.to_markdown());
        if self.is_bare {
            return both(&self.report());
        }
        let now = at("2026-11-26T10:00:00Z");
        let checks = Checks::new(&self.assessment, now).with_register(&self.register);
        let checks = checks.run();
        let gate = Finding::new("rmf.gate.outcome", HOSTILE).about("MANAGE 1.1");
        let report = self.report().with_checks(&checks);
        both(&report.with_findings("Gate of the release", [gate]))
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn text(text: &str) -> Text {
    text.parse().unwrap()
}
