use modelward_artifact::Date;
use modelward_rmf::{
    Acceptance, ActionItem, ActionPlan, ActionState, Party, Revocation, Risk, RiskBuilder,
    RiskMatrix, RiskRating, RiskRegister, RiskStatement, RiskStatus, Subcategory, Treatment,
};

use crate::report::sample::{HOSTILE, at, text};

pub(super) fn register() -> RiskRegister {
    let owner = Party::new("Model Risk Committee").unwrap();
    let matrix = RiskMatrix::five_by_five();
    let risks = (1..=100).map(risk);
    let register = RiskRegister::builder(text("Risks of the credit assistant"), owner, matrix);
    register.risks(risks).build().unwrap()
}

fn risk(number: usize) -> Risk {
    let (likely, weighty) = (number * 7 % 5, number * number % 5);
    let id = format!("R-{number}").parse().unwrap();
    let since = at("2026-02-01T00:00:00Z");
    let current = rating(likely, weighty);
    let builder = if number % 11 == 5 {
        Risk::opportunity(id, statement(number), current, since)
    } else {
        Risk::threat(id, statement(number), current, since)
    };
    let mut builder = builder
        .subcategory(Subcategory::ALL[number * 11 % 36])
        .subcategory(Subcategory::ALL[36 + number * 5 % 36]);
    if !number.is_multiple_of(4) {
        builder = builder.residual(rating(likely.saturating_sub(2), weighty.saturating_sub(1)));
        builder = builder.inherent(rating(4, weighty));
    }
    detailed(number, builder)
}

fn detailed(number: usize, mut builder: RiskBuilder) -> Risk {
    if !number.is_multiple_of(6) {
        builder = builder.owner(Party::new("Grace Example").unwrap());
    }
    if !number.is_multiple_of(5) {
        let by = ["2026-11-01", "2026-12-15", "2027-03-31"][number % 3];
        builder = builder.review_by(day(by));
    }
    if number % 8 == 1 {
        builder = builder.technique("AML.T0020".parse().unwrap());
        builder = builder.taxonomy(text("LLM04:2026")).incident(text("INC-7"));
    }
    if number % 13 == 4 {
        let on = day("2026-10-01");
        let reason = text("The feature was removed.");
        builder = builder.status(RiskStatus::Closed { on, reason });
    } else if number % 11 != 5 {
        builder = builder.treatment(treatment(number));
    }
    builder.build().unwrap()
}

fn statement(number: usize) -> RiskStatement {
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
    RiskStatement::new(cause, event, consequence).unwrap()
}

fn rating(likely: usize, weighty: usize) -> RiskRating {
    let likelihood = ["rare", "unlikely", "possible", "likely", "almost-certain"];
    let impact = ["negligible", "minor", "moderate", "major", "severe"];
    let likely = likelihood[likely].parse().unwrap();
    RiskRating::new(likely, impact[weighty].parse().unwrap())
}

fn by() -> Party {
    Party::new("Head of Lending").unwrap()
}

fn day(day: &str) -> Date {
    day.parse().unwrap()
}

fn acceptance(to: &str) -> Acceptance {
    let reason = "The model is retired in March, and every case is read by two people.";
    Acceptance::new(by(), day("2026-05-01"), reason, day(to)).unwrap()
}

fn treatment(number: usize) -> Treatment {
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
                    .with_owner(by())
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
            let revoked = Revocation::new(by(), day("2026-10-10"), "An incident came of it.");
            let acceptance = acceptance("2027-03-31").revoke(revoked.unwrap());
            Treatment::Accept(acceptance.unwrap())
        }
    }
}
