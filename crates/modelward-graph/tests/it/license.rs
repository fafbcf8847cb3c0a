mod metadata;
mod property;

use modelward_graph::license::{
    Compatibility, Flow, License, LicenseExpression, LicenseKind, LicensePolicy, NamedLicense,
    Severity, Term, Terms,
};

fn readings(license: &License) -> String {
    let texts: Vec<_> = license
        .candidates()
        .iter()
        .map(LicenseExpression::as_str)
        .collect();
    texts.join("|")
}

fn named(text: &str) -> NamedLicense {
    NamedLicense::read(text).unwrap()
}

/// Shows an answer in one word for each point.
fn shown(answer: &Compatibility) -> String {
    let words: Vec<_> = match answer {
        Compatibility::Compatible => return "compatible".to_owned(),
        Compatibility::Conflict(conflicts) => {
            let word = |code: &str| code.trim_start_matches("graph.license.").to_owned();
            let conflicts = conflicts.iter();
            conflicts
                .map(|conflict| match conflict.severity() {
                    Severity::Advice => format!("advice:{}", word(conflict.code())),
                    _ => word(conflict.code()),
                })
                .collect()
        }
        Compatibility::Unknown(reasons) => {
            let word = |code: &str| code.trim_start_matches("graph.license.").to_owned();
            reasons.iter().map(|reason| word(reason.code())).collect()
        }
    };
    words.join(" ")
}

#[test]
fn texts_of_metadata_are_read_as_far_as_they_say() {
    for (text, kind, meaning) in [
        ("MIT", LicenseKind::Exact, "MIT"),
        (
            " mit OR apache-2.0 ",
            LicenseKind::Exact,
            "MIT OR Apache-2.0",
        ),
        (
            "apache-2.0 with llvm-exception",
            LicenseKind::Exact,
            "Apache-2.0 WITH LLVM-exception",
        ),
        (
            "LicenseRef-NVIDIA-Proprietary",
            LicenseKind::Custom,
            "LicenseRef-NVIDIA-Proprietary",
        ),
        (
            "MIT AND LicenseRef-x",
            LicenseKind::Exact,
            "MIT AND LicenseRef-x",
        ),
        ("GPL-2.0+", LicenseKind::Inferred, "GPL-2.0-or-later"),
        (
            "LGPL-2.1 or MIT",
            LicenseKind::Inferred,
            "LGPL-2.1-only OR MIT",
        ),
        ("Nunit", LicenseKind::Inferred, "Nunit"),
        ("Apache 2.0", LicenseKind::Inferred, "Apache-2.0"),
        (
            "Apache License, Version 2.0",
            LicenseKind::Inferred,
            "Apache-2.0",
        ),
        ("The MIT Licence.", LicenseKind::Inferred, "MIT"),
        (
            "Apache Software License",
            LicenseKind::Ambiguous,
            "Apache-1.0|Apache-1.1|Apache-2.0",
        ),
        ("BSD", LicenseKind::Ambiguous, "BSD-2-Clause|BSD-3-Clause"),
        (
            "GPLv3",
            LicenseKind::Ambiguous,
            "GPL-3.0-only|GPL-3.0-or-later",
        ),
        (
            "License :: OSI Approved :: MIT License",
            LicenseKind::Inferred,
            "MIT",
        ),
        (
            "License :: OSI Approved :: BSD License",
            LicenseKind::Ambiguous,
            "BSD-2-Clause|BSD-3-Clause",
        ),
        (
            "License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)",
            LicenseKind::Inferred,
            "GPL-3.0-or-later",
        ),
        (
            "License :: Other/Proprietary License",
            LicenseKind::Custom,
            "LicenseRef-Proprietary",
        ),
        ("License :: OSI Approved", LicenseKind::Unknown, ""),
        (
            "MIT License\n\nPermission is hereby",
            LicenseKind::Inferred,
            "MIT",
        ),
        ("Copyright 2018 Acme\nMIT License", LicenseKind::Unknown, ""),
        ("", LicenseKind::Unknown, ""),
        ("NOASSERTION", LicenseKind::Unknown, ""),
        ("Dual License", LicenseKind::Unknown, ""),
        ("as discussed", LicenseKind::Unknown, ""),
    ] {
        let license = License::of(text);
        assert_eq!(
            (license.kind(), &*readings(&license)),
            (kind, meaning),
            "{text}"
        );
        let plain = matches!(kind, LicenseKind::Exact) || text.starts_with("LicenseRef-");
        if plain || kind != LicenseKind::Unknown {
            assert_eq!(license.note().is_none(), plain, "{text}");
        }
    }
}

#[test]
fn a_text_of_megabytes_is_unknown_and_cut() {
    let license = License::of(&"é".repeat(1 << 20));
    assert_eq!(license.kind(), LicenseKind::Unknown);
    assert_eq!(license.text().len(), License::MAX_LEN);
}

#[test]
fn what_is_no_expression_is_refused() {
    let many = vec!["MIT"; LicenseExpression::MAX_LICENSES + 1].join(" OR ");
    let deep = format!("{}MIT{}", "(".repeat(2000), ")".repeat(2000));
    assert_eq!(
        LicenseExpression::read(&deep).unwrap().licenses().count(),
        1
    );
    for (text, code, message) in [
        ("", "graph.license.empty", "license expression is empty"),
        (" \n", "graph.license.empty", "license expression is empty"),
        (
            "MIT AND",
            "graph.license.form",
            "license expression is malformed at byte 7",
        ),
        (
            "(MIT",
            "graph.license.form",
            "license expression is malformed at byte 0",
        ),
        (
            "MIT)",
            "graph.license.form",
            "license expression is malformed at byte 3",
        ),
        (
            "MIT / ISC",
            "graph.license.form",
            "license expression is malformed at byte 4",
        ),
        (
            "LicenseRef-",
            "graph.license.form",
            "license expression is malformed at byte 0",
        ),
        (
            "GPL-3.0",
            "graph.license.retired",
            "spdx gave up the license identifier `GPL-3.0`",
        ),
        (
            "MIT OR llama3",
            "graph.license.unknown_name",
            "spdx has no license or exception `llama3`",
        ),
        (
            &many,
            "graph.license.too_many",
            "license expression names 257 licenses, expected at most 256",
        ),
        (
            &" ".repeat(4097),
            "graph.license.too_long",
            "license expression has 4097 bytes, expected at most 4096",
        ),
    ] {
        let refused = LicenseExpression::read(text).unwrap_err();
        assert_eq!(
            (refused.code(), &*refused.to_string()),
            (code, message),
            "{text}"
        );
    }
    let several = NamedLicense::read("MIT OR ISC").unwrap_err();
    assert_eq!(several.code(), "graph.license.several");
}

#[test]
fn terms_are_those_of_the_text() {
    for (id, terms) in [
        ("CC0-1.0", "nothing"),
        ("MIT", "attribution"),
        ("Apache-2.0", "apart from gpl 2, attribution"),
        ("EPL-2.0", "apart from the gpl, attribution, weak copyleft"),
        (
            "CC-BY-NC-SA-3.0-IGO",
            "attribution, non-commercial, share-alike",
        ),
        ("CC-BY-ND-4.0", "attribution, no derivatives"),
        ("AGPL-3.0-or-later", "attribution, network copyleft"),
        ("LGPL-2.1-only", "attribution, weak copyleft"),
        ("GPL-2.0-only", "attribution, strong copyleft"),
        (
            "LicenseRef-HF-llama2",
            "attribution, no training on outputs, scale limit, use restrictions",
        ),
        (
            "LicenseRef-HF-llama3.1",
            "attribution, branding, scale limit, use restrictions",
        ),
        ("LicenseRef-HF-gemma", "attribution, use restrictions"),
        (
            "LicenseRef-HF-apple-amlr",
            "attribution, non-commercial, research only",
        ),
    ] {
        let found = named(id).terms().unwrap();
        assert_eq!(found.to_string(), terms, "{id}");
        assert_eq!(found.iter().collect::<Terms>(), found);
    }
    for unknown in ["LicenseRef-acme", "BUSL-1.1", "YPL-1.1", "CC-SA-1.0"] {
        assert_eq!(named(unknown).terms(), None, "{unknown}");
        assert_eq!(named(unknown).source(), None, "{unknown}");
    }
}

#[test]
fn what_is_derived_passes_on_what_is_asked_for() {
    for (license, own, answer) in [
        ("mit", "apache-2.0", "compatible"),
        ("mit", "LicenseRef-acme", "compatible"),
        ("mit", "as discussed", "compatible"),
        ("mit", "cc0-1.0", "advice:attribution"),
        ("cc-by-nc-4.0", "mit", "non_commercial"),
        ("cc-by-nc-4.0", "cc-by-nc-sa-4.0", "compatible"),
        ("cc-by-nc-4.0", "apple-amlr", "compatible"),
        ("cc-by-nc-4.0", "as discussed", "unknown.unread"),
        ("cc-by-nc-4.0", "LicenseRef-acme", "unknown.terms"),
        ("cc-by-nd-4.0", "cc-by-nd-4.0", "no_derivatives"),
        ("cc-by-sa-3.0", "cc-by-sa-4.0", "compatible"),
        ("cc-by-sa-4.0", "cc-by-sa-3.0", "share_alike"),
        ("cc-by-sa-4.0", "gpl-3.0", "compatible"),
        (
            "cc-by-nc-sa-4.0",
            "cc-by-sa-4.0",
            "non_commercial share_alike",
        ),
        (
            "llama3",
            "apache-2.0",
            "no_output_training scale_limit use_restrictions advice:branding",
        ),
        ("llama3", "llama3", "compatible"),
        (
            "llama3.1",
            "llama3.2",
            "unknown.other unknown.other unknown.other",
        ),
        ("gemma", "creativeml-openrail-m", "unknown.other"),
        ("gemma", "mit", "use_restrictions"),
        ("gpl-3.0", "agpl-3.0", "compatible"),
        ("agpl-3.0", "gpl-3.0", "network_copyleft"),
        ("GPL-2.0-only", "GPL-3.0-only", "strong_copyleft"),
        ("GPL-2.0-or-later", "GPL-3.0-only", "compatible"),
        ("GPL-2.0-only", "GPL-2.0-or-later", "strong_copyleft"),
        ("LGPL-2.1-only", "GPL-3.0-or-later", "compatible"),
        ("LGPL-3.0-only", "GPL-2.0-only", "weak_copyleft"),
        ("MPL-2.0", "GPL-2.0-or-later", "compatible"),
        ("MPL-2.0", "MIT", "weak_copyleft"),
        ("EPL-1.0", "EPL-2.0", "compatible"),
        ("EUPL-1.2", "MPL-2.0", "compatible"),
        ("YPL-1.1", "MIT", "unknown.unclassed_copyleft"),
        ("BUSL-1.1", "MIT", "unknown.terms"),
        ("other", "MIT", "unknown.unread"),
    ] {
        let found = License::of(license).flows_into(Flow::DerivedFrom, &License::of(own));
        assert_eq!(shown(&found), answer, "{license} -> {own}");
    }
}

#[test]
fn what_is_contained_asks_for_less_and_data_for_advice() {
    for (license, via, own, answer) in [
        (
            "gpl-3.0",
            Flow::Contains,
            "LicenseRef-acme",
            "strong_copyleft",
        ),
        ("gpl-3.0", Flow::Contains, "proprietary", "strong_copyleft"),
        ("lgpl-3.0", Flow::Contains, "LicenseRef-acme", "compatible"),
        ("cc-by-sa-4.0", Flow::Contains, "mit", "compatible"),
        ("cc-by-nd-4.0", Flow::Contains, "mit", "compatible"),
        ("cc-by-nc-4.0", Flow::Contains, "mit", "non_commercial"),
        (
            "GPL-2.0-only WITH Classpath-exception-2.0",
            Flow::Contains,
            "MIT",
            "compatible",
        ),
        (
            "GPL-3.0-only WITH GCC-exception-3.1",
            Flow::Contains,
            "MIT",
            "compatible",
        ),
        (
            "GPL-3.0-only WITH GCC-exception-3.1",
            Flow::DerivedFrom,
            "MIT",
            "strong_copyleft",
        ),
        (
            "apache-2.0",
            Flow::Contains,
            "GPL-2.0-only",
            "apart_from_gpl_2",
        ),
        (
            "apache-2.0",
            Flow::Contains,
            "GPL-2.0-or-later",
            "compatible",
        ),
        ("apache-2.0", Flow::Contains, "agpl-3.0", "compatible"),
        (
            "apache-2.0",
            Flow::Contains,
            "GPL-2.0-only AND Apache-2.0",
            "compatible",
        ),
        (
            "Apache-2.0 WITH LLVM-exception",
            Flow::Contains,
            "GPL-2.0-only",
            "compatible",
        ),
        ("apache-2.0", Flow::TrainedOn, "GPL-2.0-only", "compatible"),
        ("cddl-1.0", Flow::Contains, "gpl-3.0", "apart_from_gpl"),
        ("mpl-2.0", Flow::Contains, "gpl-3.0", "compatible"),
        (
            "GPL-2.0-only WITH Font-exception-2.0",
            Flow::Contains,
            "MIT",
            "strong_copyleft",
        ),
        (
            "Apache-2.0 WITH LLVM-exception",
            Flow::Contains,
            "0BSD",
            "compatible",
        ),
        (
            "LicenseRef-NVIDIA-Proprietary",
            Flow::Contains,
            "MIT",
            "unknown.terms",
        ),
        ("cc-by-sa-4.0", Flow::TrainedOn, "mit", "advice:share_alike"),
        (
            "cc-by-nc-4.0",
            Flow::TrainedOn,
            "mit",
            "advice:non_commercial",
        ),
        (
            "cc-by-nc-4.0",
            Flow::TrainedOn,
            "as discussed",
            "unknown.unread",
        ),
        ("cdla-sharing-1.0", Flow::TrainedOn, "mit", "compatible"),
        ("cdla-sharing-1.0", Flow::DerivedFrom, "mit", "share_alike"),
        ("c-uda", Flow::TrainedOn, "mit", "compatible"),
        ("odc-by", Flow::TrainedOn, "cc0-1.0", "compatible"),
    ] {
        let found = License::of(license).flows_into(via, &License::of(own));
        assert_eq!(shown(&found), answer, "{license} {via} {own}");
    }
}

#[test]
fn choices_and_conjunctions_are_kept_apart() {
    for (license, own, answer) in [
        ("GPL-3.0-only OR MIT", "Apache-2.0", "compatible"),
        ("GPL-3.0-only AND MIT", "Apache-2.0", "strong_copyleft"),
        (
            "GPL-3.0-only OR CC-BY-NC-4.0 OR LicenseRef-x",
            "MIT",
            "unknown.terms",
        ),
        ("GPL-3.0-only AND LicenseRef-x", "MIT", "strong_copyleft"),
        ("GPL-3.0-only", "GPL-3.0-only OR MIT", "strong_copyleft"),
        ("GPL-3.0-only", "GPL-3.0-only AND MIT", "compatible"),
        (
            "GPL-3.0-only",
            "(GPL-3.0-only AND MIT) OR AGPL-3.0-only",
            "compatible",
        ),
        ("CC-BY-NC-4.0", "LicenseRef-x OR MIT", "non_commercial"),
        ("CC-BY-NC-4.0", "LicenseRef-x AND MIT", "unknown.terms"),
        // What is ambiguous is judged by everything that it can mean.
        ("BSD", "mit", "compatible"),
        ("BSD", "as discussed", "compatible"),
        ("Apache", "mit", "compatible"),
        ("Apache", "as discussed", "unknown.unread"),
        ("GPLv3", "mit", "strong_copyleft strong_copyleft"),
        ("gpl", "GPL-3.0-only", "unknown.ambiguous"),
        ("cc", "mit", "unknown.ambiguous"),
        ("cc-by-nc-4.0", "bsd", "non_commercial non_commercial"),
    ] {
        let found = License::of(license).flows_into(Flow::DerivedFrom, &License::of(own));
        assert_eq!(shown(&found), answer, "{license} -> {own}");
    }
}

#[test]
fn conflicts_and_doubts_are_explained_in_a_sentence() {
    let explained = |license: &str, via, own: &str| match License::of(license)
        .flows_into(via, &License::of(own))
    {
        Compatibility::Conflict(conflicts) => conflicts[0].to_string(),
        Compatibility::Unknown(reasons) => reasons[0].to_string(),
        Compatibility::Compatible => "compatible".to_owned(),
    };
    assert_eq!(
        explained("llama3.1", Flow::DerivedFrom, "apache-2.0"),
        "derived from something under `LicenseRef-HF-llama3.1`, which leaves out the largest \
         users, while `Apache-2.0` does not pass that on",
    );
    assert_eq!(
        explained("GPL-3.0-only", Flow::Contains, "LicenseRef-acme"),
        "contains something under `GPL-3.0-only`, which asks for the same license of the whole, \
         while `LicenseRef-acme` is not that",
    );
    assert_eq!(
        explained("apache-2.0", Flow::Contains, "GPL-2.0-only"),
        "contains something under `Apache-2.0`, which asks for more than version 2 of the GPL \
         allows, while `GPL-2.0-only` is that",
    );
    assert_eq!(
        explained("cc-by-nd-4.0", Flow::DerivedFrom, "mit"),
        "derived from something under `CC-BY-ND-4.0`, which allows no derivatives",
    );
    assert_eq!(
        explained("cc-by-nc-4.0", Flow::TrainedOn, "\u{1b}[31m"),
        "the license `\\u{1b}[31m` is not known",
    );
    assert_eq!(explained("", Flow::Contains, "mit"), "no license is named");
    assert_eq!(
        explained("gpl", Flow::Contains, "gpl-3.0"),
        "it depends on what `gpl` and `gpl-3.0` mean",
    );
    assert_eq!(
        explained("gemma", Flow::DerivedFrom, "openrail"),
        "`LicenseRef-HF-gemma` and `LicenseRef-HF-openrail` differ in what they say of use \
         restrictions",
    );
}

#[test]
fn a_policy_replaces_our_reading() {
    let (mit, gpl) = (License::of("mit"), License::of("gpl-3.0"));
    let nvidia = License::of("LicenseRef-NVIDIA-Proprietary");
    let judged = |policy: &LicensePolicy, license: &License| {
        shown(&policy.judge(license, Flow::Contains, &mit))
    };

    let denied = LicensePolicy::default().with_denied(named("GPL-3.0-only"));
    assert_eq!(judged(&denied, &gpl), "denied strong_copyleft");
    let with = License::of("GPL-3.0-only WITH GCC-exception-3.1");
    assert_eq!(judged(&denied, &with), "denied");

    let accepted = LicensePolicy::default().with_accepted(named("MIT"));
    assert_eq!(judged(&accepted, &mit), "compatible");
    assert_eq!(judged(&accepted, &License::of("ISC")), "not_accepted");
    assert_eq!(judged(&accepted, &License::of("ISC OR MIT")), "compatible");

    let silent = LicensePolicy::default().with_demand(Flow::Contains, Term::StrongCopyleft, None);
    assert_eq!(judged(&silent, &gpl), "compatible");

    let known = LicensePolicy::default().with_terms(
        named("LicenseRef-NVIDIA-Proprietary"),
        Terms::of(&[Term::UseRestrictions]),
    );
    assert_eq!(judged(&LicensePolicy::default(), &nvidia), "unknown.terms");
    assert_eq!(judged(&known, &nvidia), "use_restrictions");
}
