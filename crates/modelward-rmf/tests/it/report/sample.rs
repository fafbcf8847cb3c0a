use modelward_artifact::{Digest, Finding, Timestamp};
use modelward_rmf::{
    Acceptance, ActionItem, ActionPlan, ActionState, Assessment, BomRef, Checks, Collection,
    Confidence, Evidence, EvidenceSource, Goal, Independence, Method, Party, Period, Polarity,
    Priority, Profile, Rated, RatingScale, Report, Revocation, Risk, RiskMatrix, RiskRating,
    RiskRegister, RiskStatement, RiskStatus, Subcategory, Subject, Target, Text, Treatment,
};

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
            assessment: rich_assessment(),
            register: rich_register(),
            is_bare: false,
        }
    }

    pub(super) fn bare() -> Self {
        let subject = Subject::new("small").unwrap();
        let by = Party::new("Ada").unwrap();
        let assessment = Assessment::builder(subject, by, at("2026-11-23T10:00:00Z"));
        Self {
            assessment: assessment.build().unwrap(),
            register: rich_register(),
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

fn rich_assessment() -> Assessment {
    let at_assessment = at("2026-11-20T15:30:00Z");
    let assessor = Party::new("Ada Example").unwrap();
    let assessor = assessor.with_organization("Example Assurance").unwrap();
    let assessor = assessor.with_role("lead assessor").unwrap();
    let bom = BomRef::new(
        "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
        3,
        Digest::sha256(b"bom"),
    );
    let subject = Subject::new("Credit decision assistant")
        .unwrap()
        .with_version("4.2.1")
        .unwrap()
        .with_digest(Digest::sha256(b"manifest"))
        .with_owner(Party::new("Retail Lending").unwrap())
        .with_scope(
            "Decision support for consumer loans in two countries: the ranking model, its features \
             and the review screen. Not the scoring of businesses.",
        )
        .unwrap()
        .with_bom(bom.unwrap().made(at("2026-11-18T09:00:00Z")));
    let mut builder = Assessment::builder(subject, assessor, at_assessment)
        .scale(RatingScale::maturity())
        .independence(Independence::Internal)
        .target(target())
        .supersedes(Digest::sha256(b"earlier"));
    for number in 1..=200 {
        let id = format!("E-{number}").parse().unwrap();
        builder = builder.evidence(id, evidence(number));
    }
    for (at, id) in Subcategory::ALL.into_iter().enumerate() {
        let levels = ["absent", "ad-hoc", "defined", "measured", "improving"];
        builder = match at % 12 {
            7 => continue,
            9 => builder.not_applicable(id, text("The model is not trained on personal data.")),
            _ => {
                let reason = reason(at);
                let mut rated = Rated::new(levels[at * 7 % 5], &reason).unwrap();
                rated = rated.with_confidence(Confidence::ALL[at % 3]);
                for number in [at * 2 + 1, at * 2 + 2] {
                    rated = rated.citing(format!("E-{number}").parse().unwrap());
                }
                if at % 10 == 3 {
                    rated = rated.with_outcome(text("The second outcome is reached in one team."));
                }
                builder.rate(id, rated)
            }
        };
    }
    builder.build().unwrap()
}

fn reason(at: usize) -> String {
    match at {
        4 => HOSTILE.to_owned(),
        13 => "Donaudampfschifffahrtsgesellschaft".repeat(6),
        22 => "تمت مراجعة سياسة إدارة المخاطر واعتمادها من قبل اللجنة في أكتوبر.".to_owned(),
        _ => [
            "The policy is approved and reviewed every year; the last review is on file.",
            "Records of the last four releases were sampled and agree with the procedure.",
            "Two of three teams follow the rule. The third has an exception without an end.",
            "Nothing in writing was found; the team describes a habit.",
        ][at % 4]
            .to_owned(),
    }
}

fn target() -> Profile<Target> {
    let goals = Subcategory::ALL.into_iter().enumerate();
    let goals = goals.filter(|(at, _)| at % 5 != 4).map(|(at, id)| {
        let level = ["defined", "measured", "improving"][at % 3];
        let goal = Goal::new(level, Priority::ALL[at % 3]).unwrap();
        let day = ["2026-10-31", "2027-03-31", "2027-06-30"][at / 2 % 3];
        let goal = if at % 7 == 6 {
            goal
        } else {
            goal.due(day.parse().unwrap())
        };
        let because = text("Asked for by the model risk policy.");
        (
            id,
            if at % 6 == 0 {
                goal.because(because)
            } else {
                goal
            },
        )
    });
    Profile::new(RatingScale::maturity(), goals).unwrap()
}

fn evidence(number: usize) -> Evidence {
    let by = Party::new(["Ada Example", "Grace Example", "Red team"][number % 3]).unwrap();
    let digest = Digest::sha256(&number.to_le_bytes());
    let (source, method) = match number % 7 {
        0 => (
            EvidenceSource::Interview {
                with: Party::new("Head of Lending").unwrap(),
            },
            Method::Interview,
        ),
        1 => (
            EvidenceSource::BomComponent {
                serial: text("urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79"),
                version: 3,
                bom_ref: text("model:ranker"),
            },
            Method::Examine,
        ),
        2 => (
            EvidenceSource::TestRun {
                tool: text("garak 0.13"),
                run: text(&number.to_string()),
            },
            Method::Test,
        ),
        3 => (
            EvidenceSource::VerifiedSignature {
                subject: Digest::sha256(b"manifest"),
                bundle: digest,
                identity: text("release@example.org"),
            },
            Method::Test,
        ),
        4 => (
            EvidenceSource::GraphFinding {
                report: digest,
                finding: text("G-12"),
            },
            Method::Examine,
        ),
        5 => (
            EvidenceSource::Incident {
                incident: text("INC-7"),
            },
            Method::Examine,
        ),
        _ => (
            EvidenceSource::Document {
                title: text("Model risk policy"),
            },
            Method::Examine,
        ),
    };
    let day = at([
        "2026-11-03T10:00:00Z",
        "2026-06-03T10:00:00Z",
        "2026-11-19T10:00:00Z",
    ][number % 3]);
    let mut evidence = Evidence::new(source, Collection::new(method, by, day)).unwrap();
    if !number.is_multiple_of(4) {
        evidence = evidence.with_digest(digest);
    }
    if number % 5 == 1 {
        let expires = ["2026-11-24", "2027-05-31"][number % 2];
        evidence = evidence.expiring(expires.parse().unwrap()).unwrap();
    }
    if number % 9 == 2 {
        evidence = evidence
            .with_description("What the run shows of the release.")
            .unwrap();
        let days = Period::new("2026-01-01".parse().unwrap(), "2026-06-30".parse().unwrap());
        evidence = evidence.with_period(days.unwrap());
    }
    if number == 6 {
        evidence = evidence
            .with_location("https://example.org/a?b=<c>&d=\"e\"")
            .unwrap();
        evidence = evidence.with_description(HOSTILE).unwrap();
    }
    let polarity = if number % 17 == 3 {
        Polarity::Contradicts
    } else {
        Polarity::Supports
    };
    evidence = evidence.bearing_on(Subcategory::ALL[(number - 1) / 2 % 72], polarity);
    if number.is_multiple_of(6) {
        evidence = evidence.bearing_on(Subcategory::ALL[number * 5 % 72], Polarity::Supports);
    }
    evidence
}

fn rich_register() -> RiskRegister {
    let owner = Party::new("Model Risk Committee").unwrap();
    let matrix = RiskMatrix::five_by_five();
    let risks = (1..=100).map(risk);
    let register = RiskRegister::builder(text("Risks of the credit assistant"), owner, matrix);
    register.risks(risks).build().unwrap()
}

fn risk(number: usize) -> Risk {
    let (cause, event, consequence) = [
        (
            "Training data is taken from public sites without a check.",
            "Poisoned samples enter the training set.",
            "The model misjudges the inputs that an attacker chose.",
        ),
        (
            "Economic conditions shift after the training period.",
            "The distribution of applicants drifts unnoticed.",
            "Applicants are refused for reasons that no longer hold.",
        ),
        (
            "Reviewers see the model's proposal before they read the file.",
            "Reviewers follow wrong proposals.",
            "People lose access to credit without a reason.",
        ),
    ][number % 3];
    let event = if number == 28 { HOSTILE } else { event };
    let statement = RiskStatement::new(cause, event, consequence).unwrap();
    let likelihood = ["rare", "unlikely", "possible", "likely", "almost-certain"];
    let impact = ["negligible", "minor", "moderate", "major", "severe"];
    let rating = |likely: usize, weighty: usize| {
        let likely = likelihood[likely].parse().unwrap();
        RiskRating::new(likely, impact[weighty].parse().unwrap())
    };
    let (likely, weighty) = (number * 7 % 5, number * number % 5);
    let id = format!("R-{number}").parse().unwrap();
    let since = at("2026-02-01T00:00:00Z");
    let current = rating(likely, weighty);
    let builder = if number % 11 == 5 {
        Risk::opportunity(id, statement, current, since)
    } else {
        Risk::threat(id, statement, current, since)
    };
    let mut builder = builder
        .subcategory(Subcategory::ALL[number * 11 % 36])
        .subcategory(Subcategory::ALL[36 + number * 5 % 36]);
    if !number.is_multiple_of(4) {
        builder = builder.residual(rating(likely.saturating_sub(2), weighty.saturating_sub(1)));
        builder = builder.inherent(rating(4, weighty));
    }
    if !number.is_multiple_of(6) {
        builder = builder.owner(Party::new("Grace Example").unwrap());
    }
    if !number.is_multiple_of(5) {
        let day = ["2026-11-01", "2026-12-15", "2027-03-31"][number % 3];
        builder = builder.review_by(day.parse().unwrap());
    }
    if number % 8 == 1 {
        builder = builder.technique("AML.T0020".parse().unwrap());
        builder = builder.taxonomy(text("LLM04:2026")).incident(text("INC-7"));
    }
    if number % 13 == 4 {
        let on = "2026-10-01".parse().unwrap();
        let reason = text("The feature was removed.");
        builder = builder.status(RiskStatus::Closed { on, reason });
    } else if number % 11 != 5 {
        builder = builder.treatment(treatment(number));
    }
    builder.build().unwrap()
}

fn treatment(number: usize) -> Treatment {
    let by = Party::new("Head of Lending").unwrap();
    let day = |day: &str| day.parse().unwrap();
    let acceptance = |to: &str| {
        let reason = "The model is retired in March, and every case is read by two people.";
        Acceptance::new(by.clone(), day("2026-05-01"), reason, day(to)).unwrap()
    };
    match number % 6 {
        0 => Treatment::Undecided,
        1 => Treatment::Accept(acceptance("2026-11-20")),
        2 => Treatment::Avoid {
            decision: text("The feature is not built."),
        },
        3 => {
            let action = |letter: &str, what: &str| {
                ActionItem::new(format!("A-{number}{letter}").parse().unwrap(), what).unwrap()
            };
            let done = ActionState::Completed {
                on: day("2026-09-01"),
            };
            let actions = [
                action("a", "Check every source against the list of allowed sites.")
                    .with_owner(by.clone())
                    .with_due(day("2026-11-10")),
                action("b", "Sample the training set each month.").with_state(done),
            ];
            let actions = ActionPlan::new(actions).unwrap();
            let remainder = Some(acceptance("2027-03-31"));
            Treatment::Mitigate { actions, remainder }
        }
        4 => Treatment::Transfer {
            to: Party::new("Example Insurance").unwrap(),
            instrument: text("policy 4711"),
            remainder: None,
        },
        _ => {
            let revoked = Revocation::new(by.clone(), day("2026-10-10"), "An incident came of it.");
            let acceptance = acceptance("2027-03-31").revoke(revoked.unwrap());
            Treatment::Accept(acceptance.unwrap())
        }
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn text(text: &str) -> Text {
    text.parse().unwrap()
}
