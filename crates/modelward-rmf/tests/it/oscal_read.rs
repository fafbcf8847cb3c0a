use modelward_artifact::JsonLimits;
use modelward_rmf::oscal::{NAMESPACE, assessment_results, read_assessment_results};
use modelward_rmf::{RatingScale, Subcategory};
use serde_json::{Value, json};

use crate::assessment::sample;
use crate::oscal::set;
use crate::oscal_made::{Size, assessment, options};

#[test]
fn ratings_come_back_as_they_were() {
    for subcategories in [1, 2, 17, 72] {
        let size = Size {
            subcategories,
            evidence: subcategories * 2,
            risks: 0,
        };
        let assessment = assessment(size);
        let results = assessment_results(&assessment, None, &options()).unwrap();
        let bytes = results.to_json().unwrap();
        let limits = JsonLimits::default();
        let scale = RatingScale::maturity();
        let profile = read_assessment_results(&bytes, &limits, &scale, NAMESPACE).unwrap();
        for subcategory in Subcategory::ALL {
            let [read, written] =
                [&profile, assessment.current()].map(|it| it.determination(subcategory));
            assert_eq!(read, written, "{subcategory}");
        }
    }
}

#[test]
fn what_is_no_rating_of_ours_is_refused() {
    let results = assessment_results(&sample(), None, &options()).unwrap();
    let results = results.into_value();
    let first = "/assessment-results/results/0/findings/0";
    let prop = |at: usize| format!("{first}/props/{at}/value");
    let all = results["assessment-results"]["results"][0].clone();
    let cases: [(String, Option<Value>, &str, &str); 8] = [
        (
            "/assessment-results/results".to_owned(),
            Some(json!([all.clone(), all])),
            "rmf.read_oscal.results",
            "document has 2 results, expected 1",
        ),
        (
            "/assessment-results/metadata/props".to_owned(),
            None,
            "rmf.read_oscal.scale",
            "document is rated on scale none none, expected modelward.outcome 1",
        ),
        (
            "/assessment-results/metadata".to_owned(),
            None,
            "rmf.read_oscal.shape",
            "`assessment-results` is not valid",
        ),
        (
            format!("{first}/props"),
            None,
            "rmf.read_oscal.finding",
            "finding 0 is no determination: finding has no prop `subcategory` under the namespace",
        ),
        (
            prop(0),
            Some(json!("PROTECT 1.1")),
            "rmf.read_oscal.finding",
            "finding 0 is no determination: prop `subcategory` has the unknown value `PROTECT 1.1`",
        ),
        (
            prop(1),
            Some(json!("guessed")),
            "rmf.read_oscal.finding",
            "finding 0 is no determination: prop `determination` has the unknown value `guessed`",
        ),
        (
            format!("{first}/description"),
            Some(json!("-")),
            "rmf.read_oscal.finding",
            "finding 0 is no determination: finding is no rating",
        ),
        (
            prop(2),
            Some(json!("superb")),
            "rmf.read_oscal.profile",
            "findings are no profile: GOVERN 1.6 has level `superb`, which scale modelward.outcome 1 does not have",
        ),
    ];
    let limits = JsonLimits::default();
    let scale = RatingScale::outcome();
    for (place, value, code, message) in cases {
        let mut broken = results.clone();
        set(&mut broken, &place, value);
        let bytes = serde_json::to_vec(&broken).unwrap();
        let error = read_assessment_results(&bytes, &limits, &scale, NAMESPACE).unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string);
        let source = source.filter(|_| message.contains(": "));
        let shown = [Some(error.to_string()), source].into_iter().flatten();
        let shown: Vec<_> = shown.collect();
        assert_eq!((error.code(), shown.join(": ").as_str()), (code, message));
    }
    let bytes = serde_json::to_vec(&results).unwrap();
    let other = read_assessment_results(&bytes, &limits, &scale, "urn:other").unwrap_err();
    assert_eq!(other.code(), "rmf.read_oscal.scale");
    let text = read_assessment_results(b"{", &limits, &scale, NAMESPACE).unwrap_err();
    assert_eq!(text.code(), "rmf.read_oscal.json");
}
