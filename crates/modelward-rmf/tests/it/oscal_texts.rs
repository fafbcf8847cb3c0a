use std::sync::LazyLock;

use jsonschema::Validator;
use modelward_artifact::JsonLimits;
use modelward_rmf::oscal::{
    NAMESPACE, OscalModel, assessment_results, check, plan_of_action, read_assessment_results,
};
use modelward_rmf::{
    Acceptance, Assessment, AssetRef, Collection, Evidence, EvidenceSource, Goal, Method, Party,
    Priority, Profile, Rated, RatingScale, Risk, RiskMatrix, RiskRating, RiskRegister,
    RiskStatement, Subject, Target, Text, Treatment,
};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert_eq, proptest};

use crate::oscal::{errors, schema};
use crate::oscal_made::options;

static SCHEMAS: LazyLock<Option<[Validator; 2]>> = LazyLock::new(|| {
    let results = schema(OscalModel::AssessmentResults)?;
    Some([results, schema(OscalModel::PlanOfActionAndMilestones)?])
});

/// Any text that is valid here, those with blanks and line breaks more often than by chance.
fn texts() -> impl Strategy<Value = String> {
    let parts = proptest::collection::vec(
        proptest::prop_oneof![
            any::<String>(),
            "[\\s\u{feff}\u{200b}]{0,3}",
            "[*_`#<>\\[\\]{}&!|~^\\\\.\\-+=\"'@:/?%]{0,4}",
            "[a-z]{1,200}",
        ],
        0..6,
    );
    let texts = parts.prop_map(|parts| parts.concat());
    texts.prop_filter("is no text", |text| text.parse::<Text>().is_ok())
}

fn made(text: &str) -> (Assessment, RiskRegister) {
    let words = || -> Text { text.parse().unwrap() };
    let at = "2026-11-23T10:00:00Z".parse().unwrap();
    let party = Party::new(text).unwrap().with_organization(text).unwrap();
    let party = party.with_role(text).unwrap();
    let subject = Subject::new(text).unwrap().with_version(text).unwrap();
    let subject = subject.with_scope(text).unwrap();
    let collection = Collection::new(Method::Examine, party.clone(), at);
    let evidence = Evidence::new(EvidenceSource::Document { title: words() }, collection);
    let evidence = evidence.unwrap().with_location(text).unwrap();
    let goal = Goal::new("met", Priority::High).unwrap().because(words());
    let [rated, not_applicable] = ["MAP 1.1", "MAP 1.2"].map(|id| id.parse().unwrap());
    let target = Profile::<Target>::new(RatingScale::outcome(), [(rated, goal)]);
    let rating = Rated::new("not-met", text).unwrap().with_outcome(words());
    let assessment = Assessment::builder(subject, party.clone(), at)
        .evidence("E-1".parse().unwrap(), evidence)
        .target(target.unwrap())
        .rate(rated, rating.citing("E-1".parse().unwrap()))
        .not_applicable(not_applicable, words());
    let [on, expires] = ["2026-11-01", "2027-03-31"].map(|day| day.parse().unwrap());
    let accepted = Acceptance::new(party.clone(), on, text, expires).unwrap();
    let statement = RiskStatement::new(text, text, text).unwrap();
    let current = RiskRating::new("likely".parse().unwrap(), "major".parse().unwrap());
    let risk = Risk::threat("R-1".parse().unwrap(), statement, current, at)
        .treatment(Treatment::Accept(accepted))
        .subcategory(rated)
        .asset(AssetRef::Named(words()))
        .incident(words());
    let register = RiskRegister::builder(words(), party, RiskMatrix::five_by_five());
    let register = register.risk(risk.build().unwrap()).build();
    (assessment.build().unwrap(), register.unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_people_write_stays_valid_and_comes_back(text in texts()) {
        let (assessment, register) = made(&text);
        let results = assessment_results(&assessment, Some(&register), &options()).unwrap();
        let plan = plan_of_action(&assessment, Some(&register), &options()).unwrap();
        prop_assert_eq!(check(results.value()), []);
        prop_assert_eq!(check(plan.value()), []);
        if let Some([schema_of_results, schema_of_plan]) = &*SCHEMAS {
            prop_assert_eq!(errors(schema_of_results, results.value()), Vec::<String>::new());
            prop_assert_eq!(errors(schema_of_plan, plan.value()), Vec::<String>::new());
        }
        let bytes = results.to_json().unwrap();
        let limits = JsonLimits::default();
        let scale = RatingScale::outcome();
        let profile = read_assessment_results(&bytes, &limits, &scale, NAMESPACE).unwrap();
        prop_assert_eq!(&profile, assessment.current());
    }
}
