use modelward_artifact::AtlasTechnique;

#[test]
fn techniques_have_one_form() {
    for text in ["AML.T0010", "AML.T0010.001", "AML.T0000", "AML.T9999.999"] {
        assert_eq!(text.parse::<AtlasTechnique>().unwrap().to_string(), text);
    }
    for text in [
        "",
        "AML",
        "AML.T",
        "AML.T10",
        "AML.T00100",
        "AML.T0010.",
        "AML.T0010.1",
        "AML.T0010.0001",
        "AML.TA0002",
        "AML.CS0000",
        "AML.M0010",
        "AML.T0010.001.1",
        "aml.t0010",
        "T0010",
        " AML.T0010",
        "AML.T0010 ",
        "AML.T+010",
        "AML.T٠٠١٠",
    ] {
        let error = text.parse::<AtlasTechnique>().unwrap_err();
        assert_eq!(error.code(), "artifact.atlas.form", "{text}");
    }
    let [all, part, other]: [AtlasTechnique; 3] =
        ["AML.T0010", "AML.T0010.001", "AML.T0011"].map(|text| text.parse().unwrap());
    assert!(all.includes(part) && all.includes(all) && part.includes(part));
    assert!(!part.includes(all) && !other.includes(part) && !all.includes(other));
    assert_eq!(
        (part.number(), part.part(), part.parent()),
        (10, Some(1), Some(all))
    );
    let error = "T1195".parse::<AtlasTechnique>().unwrap_err();
    let message = "expected the id of a technique such as `AML.T0010.001`, found `T1195`";
    assert_eq!(error.to_string(), message);
    let long = "x".repeat(1000).parse::<AtlasTechnique>().unwrap_err();
    assert!(long.to_string().len() < 120);
}

#[test]
fn a_document_has_the_text() {
    let id: AtlasTechnique = "AML.T0010.001".parse().unwrap();
    assert_eq!(serde_json::to_value(id).unwrap(), "AML.T0010.001");
    assert_eq!(
        serde_json::from_str::<AtlasTechnique>("\"AML.T0010.001\"").unwrap(),
        id
    );
    assert!(serde_json::from_str::<AtlasTechnique>("\"T1195\"").is_err());
}
