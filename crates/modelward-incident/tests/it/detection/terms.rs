use std::collections::BTreeSet;

use modelward_incident::{
    Comparator, Correction, DriftMeasure, DriftMetric, DriftPreset, DriftTerms, DriftVerdict,
    Finite, PresetOrigin, Threshold,
};

use super::{measured, number};

#[test]
fn presets_have_the_thresholds_of_their_origin() {
    let found: Vec<String> = DriftPreset::all()
        .iter()
        .map(|preset| {
            let threshold = preset.threshold();
            format!(
                "{} {}: {} {} {}, watch {:?}",
                preset.origin(),
                preset.version(),
                preset.measure().metric(),
                threshold.comparator().sign(),
                threshold.act(),
                threshold.watch().map(Finite::get),
            )
        })
        .collect();
    let expected = [
        "evidently 0.7.23: psi >= 0.1, watch None",
        "evidently 0.7.23: jensen-shannon-distance >= 0.1, watch None",
        "evidently 0.7.23: wasserstein-normed >= 0.1, watch None",
        "evidently 0.7.23: kolmogorov-smirnov-p <= 0.05, watch None",
        "evidently 0.7.23: chi-square-fit-p < 0.05, watch None",
        "evidently 0.7.23: hellinger >= 0.1, watch None",
        "credit scoring practice 1: psi >= 0.25, watch Some(0.1)",
        "NannyML 0.13.1: kolmogorov-smirnov-p < 0.05, watch None",
        "NannyML 0.13.1: chi-square-table-p < 0.05, watch None",
        "whylogs 1.6.4: kolmogorov-smirnov-p < 0.05, watch Some(0.15)",
        "whylogs 1.6.4: chi-square-fit-p < 0.05, watch Some(0.15)",
        "whylogs 1.6.4: hellinger >= 0.4, watch Some(0.15)",
    ];
    assert_eq!(found, expected);
}

#[test]
fn presets_are_valid_and_found_by_their_names() {
    let names: BTreeSet<&str> = DriftPreset::all().iter().map(DriftPreset::name).collect();
    assert_eq!(names.len(), DriftPreset::all().len());
    for preset in DriftPreset::all() {
        assert_eq!(DriftPreset::find(preset.name()), Some(preset));
        // What is built without a check reads back through all of them.
        let measure = serde_json::to_string(&preset.measure()).unwrap();
        assert_eq!(
            serde_json::from_str::<DriftMeasure>(&measure).unwrap(),
            preset.measure()
        );
        let threshold = serde_json::to_string(&preset.threshold()).unwrap();
        assert_eq!(
            serde_json::from_str::<Threshold>(&threshold).unwrap(),
            preset.threshold()
        );
        assert_eq!(preset.origin_of().name().as_str(), preset.name());
    }
}

#[test]
fn bands_follow_from_the_levels() {
    let (steady, watch, drifted) = (
        DriftVerdict::Steady,
        DriftVerdict::Watch,
        DriftVerdict::Drifted,
    );
    for (preset, value, expected) in [
        ("industry.psi", 0.099, steady),
        ("industry.psi", 0.1, watch),
        ("industry.psi", 0.25, drifted),
        ("whylogs.ks", 0.15, steady),
        ("whylogs.ks", 0.05, watch),
        ("whylogs.ks", 0.049, drifted),
        ("evidently.ks", 0.05, drifted),
        ("evidently.chisquare", 0.05, steady),
    ] {
        let threshold = DriftPreset::find(preset).unwrap().threshold();
        let found = threshold.verdict(number(value));
        assert_eq!(found, expected, "{preset} {value}");
    }
}

#[test]
fn a_correction_divides_the_threshold_of_p_values() {
    let preset = DriftPreset::find("evidently.ks").unwrap();
    let terms = DriftTerms::of_preset(preset);
    let alone = measured(terms.clone(), &[500, 500], &[565, 435]);
    assert!(alone.value() < number(0.05) && alone.value() > number(0.005));
    assert_eq!(alone.verdict(), DriftVerdict::Drifted);
    let among = terms.clone().among(10, Correction::Bonferroni).unwrap();
    let among = measured(among, &[500, 500], &[565, 435]);
    assert_eq!(among.value(), alone.value());
    assert_eq!(among.verdict(), DriftVerdict::Steady);
    let uncorrected = terms.clone().among(10, Correction::None).unwrap();
    let uncorrected = measured(uncorrected, &[500, 500], &[565, 435]);
    assert_eq!(uncorrected.verdict(), DriftVerdict::Drifted);
    let refused = terms.among(0, Correction::None).unwrap_err();
    assert_eq!(refused.code(), "incident.drift.tests");
}

#[test]
fn a_preset_of_ones_own_has_terms_of_ones_own() {
    let measure = DriftMeasure::plain(DriftMetric::TotalVariation).unwrap();
    let threshold = Threshold::new(Comparator::Above, number(0.2));
    let terms = DriftTerms::new(measure, threshold);
    let own = PresetOrigin::new("acme.tv", "acme monitoring policy", "3").unwrap();
    assert!(terms.clone().with_preset(own).is_ok());
    let known = PresetOrigin::new("evidently.psi", "evidently", "0.7.23").unwrap();
    let refused = terms.clone().with_preset(known).unwrap_err();
    assert_eq!(refused.code(), "incident.drift.preset");
    let later = PresetOrigin::new("evidently.psi", "evidently", "9.0.0").unwrap();
    assert!(terms.with_preset(later).is_ok());
    let refused = PresetOrigin::new("acme.tv", " ", "3").unwrap_err();
    assert_eq!(refused.code(), "incident.drift.text");
}

#[test]
fn three_deviations_are_those_of_a_population() {
    let chunks = [0.02, 0.04, 0.04, 0.04, 0.05, 0.05, 0.07, 0.09].map(number);
    let threshold = Threshold::three_deviations(&chunks).unwrap();
    assert!((threshold.act().get() - (0.05 + 3.0 * 0.02)).abs() < 1e-15);
    assert_eq!(threshold.comparator(), Comparator::Above);
    let refused = Threshold::three_deviations(&[]).unwrap_err();
    assert_eq!(refused.code(), "incident.drift.empty");
    let large = [number(f64::MAX), number(f64::MAX)];
    let refused = Threshold::three_deviations(&large).unwrap_err();
    assert_eq!(refused.code(), "incident.drift.sum");
}
