mod sample;

use std::collections::BTreeSet;
use std::path::PathBuf;

use modelward_artifact::Finding;
use modelward_rmf::{
    Acceptance, Basis, Function, Party, Report, Risk, RiskMatrix, RiskRating, RiskRegister,
    RiskStatement, Subcategory, Treatment,
};

use crate::report::sample::{Sample, at, text};

#[test]
fn the_same_input_has_the_same_bytes() {
    let sample = Sample::new();
    assert_eq!(sample.report().to_html(), Sample::new().report().to_html());
    let markdown = sample.report().to_markdown();
    assert_eq!(markdown, Sample::new().report().to_markdown());
}

#[test]
fn the_page_has_no_script_and_loads_nothing() {
    let sample = Sample::new();
    for html in [sample.html(), Sample::bare().html()] {
        for refused in [
            "<script", "<img", "<link", "<iframe", "<object", "<embed", "@import",
        ] {
            assert!(!html.contains(refused), "{refused}");
        }
        assert_eq!(html.matches("url(").count(), html.matches("url(#").count());
        let (_, rest) = html.split_once("<body>").unwrap();
        for tag in tags(rest) {
            let attributes = attributes(tag);
            for (name, value) in attributes {
                assert!(!name.starts_with("on"), "{tag}");
                assert!(
                    !["src", "srcset", "action", "data"].contains(&name),
                    "{tag}"
                );
                assert!(name != "href" || value.starts_with('#'), "{tag}");
            }
        }
        assert!(html.contains("default-src 'none'"));
    }
}

#[test]
fn texts_from_outside_are_shown_and_do_not_act() {
    let html = Sample::new().html();
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src="));
    assert!(html.contains(r"\u{202e}desrever\u{202c}"));
    assert!(!html.contains('\u{202e}'));
    let markdown = Sample::new().markdown();
    assert!(markdown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(markdown.contains(r"\\u{202e}desrever\\u{202c}"));
    assert!(markdown.contains(r"\[l\](http\://evil.example) \`\|\` \*\*b\*\* &amp;"));
    assert!(!markdown.contains('\u{202e}'));
    assert!(!markdown.contains("\n# no heading"));
    assert_eq!(markdown.matches("\n# ").count(), 0);
    assert!(!markdown.contains("\n- not an item"));
}

#[test]
fn every_tag_is_closed_and_every_id_is_one() {
    for html in [Sample::new().html(), Sample::bare().html()] {
        let (_, body) = html.split_once("<body>").unwrap();
        let mut open = Vec::new();
        for tag in tags(body) {
            let name = tag
                .trim_start_matches('/')
                .split([' ', '/'])
                .next()
                .unwrap();
            if tag.starts_with('/') {
                let expected = open.pop();
                if name == "body" || name == "html" {
                    continue;
                }
                assert_eq!(expected, Some(name), "{tag}");
            } else if !tag.ends_with('/') {
                open.push(name);
            }
        }
        let mut ids = BTreeSet::new();
        let mut targets = BTreeSet::new();
        for (name, value) in tags(body).into_iter().flat_map(attributes) {
            match name {
                "id" => assert!(ids.insert(value), "{value} stands twice"),
                "href" => targets.extend([&value[1..]]),
                "aria-labelledby" => targets.extend(value.split(' ')),
                _ => {}
            }
        }
        let missing: Vec<_> = targets.difference(&ids).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert!(ids.contains("main") && ids.contains("govern-1.1"));
    }
}

#[test]
fn headings_go_down_by_one_level() {
    for html in [Sample::new().html(), Sample::bare().html()] {
        let levels: Vec<_> = tags(&html)
            .into_iter()
            .filter(|tag| {
                tag.starts_with('h') && tag[1..].starts_with(|c: char| c.is_ascii_digit())
            })
            .map(|tag| tag[1..2].parse::<usize>().unwrap())
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert_eq!(levels[0], 1);
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{levels:?}"
        );
    }
    for markdown in [Sample::new().markdown(), Sample::bare().markdown()] {
        let headings = markdown.lines().filter(|line| line.starts_with('#'));
        let levels: Vec<_> = headings.map(|line| line.find(' ').unwrap()).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{levels:?}"
        );
    }
}

#[test]
fn every_table_of_the_page_has_a_caption_and_scopes() {
    let html = Sample::new().html();
    let tables: Vec<_> = html.split("<table").skip(1).collect();
    assert!(tables.len() >= 15, "{}", tables.len());
    for table in tables {
        let (table, _) = table.split_once("</table>").unwrap();
        assert_eq!(table.matches("<caption").count(), 1);
        for tag in tags(table)
            .iter()
            .filter(|tag| tag.starts_with("th ") || **tag == "th")
        {
            assert!(tag.contains("scope="), "{tag}");
        }
    }
    for figure in html.split("<svg class=\"bar\"").skip(1) {
        assert!(figure.split('>').next().unwrap().contains("role=\"img\""));
        assert!(figure.contains("<title id=") && figure.contains("<desc id="));
    }
}

#[test]
fn every_subcategory_heads_one_row() {
    let sample = Sample::new();
    let html = sample.html();
    let (_, outcomes) = html.split_once("<section id=\"outcomes\"").unwrap();
    let (outcomes, _) = outcomes.split_once("</section>").unwrap();
    let markdown = sample.markdown();
    let (_, lines) = markdown.split_once("## All outcomes").unwrap();
    let (lines, _) = lines.split_once("\n## ").unwrap();
    for id in Subcategory::ALL {
        let header = format!("<th scope=\"row\">{id}</th>");
        assert_eq!(outcomes.matches(&header).count(), 1, "{id}");
        assert!(
            outcomes.contains(&id.summary().replace('\'', "&#39;")),
            "{id}"
        );
        let header = format!("\n| **{id}** |");
        assert_eq!(lines.matches(&header).count(), 1, "{id}");
    }
}

#[test]
fn figures_count_what_the_assessment_counts() {
    let sample = Sample::new();
    let html = sample.html();
    for function in Function::ALL {
        let coverage = sample.assessment.coverage_of(function);
        let name = function.name().to_lowercase();
        let (_, bar) = html
            .split_once(&format!("<title id=\"bar-{name}-t\">"))
            .unwrap();
        let (bar, _) = bar.split_once("</svg>").unwrap();
        let counts = [
            ("met", coverage.met()),
            ("partly", coverage.partially_met()),
            ("unmet", coverage.not_met()),
            ("na", coverage.not_applicable()),
            ("unseen", coverage.not_assessed()),
        ];
        for (state, count) in counts {
            let text = format!("data-state=\"{state}\">{count}</text>");
            assert_eq!(bar.contains(&text), count > 0, "{function} {state}");
        }
        assert_eq!(
            bar.matches("<text").count(),
            counts.iter().filter(|it| it.1 > 0).count()
        );
    }
    let coverage = sample.assessment.coverage();
    let sentence = format!(
        "Of 72 outcomes, {} are met, {} are partially met, {} are not met, {} do not apply and {} \
         were not assessed.",
        coverage.met(),
        coverage.partially_met(),
        coverage.not_met(),
        coverage.not_applicable(),
        coverage.not_assessed(),
    );
    assert!(html.contains(&sentence), "{sentence}");
    assert!(sample.markdown().contains(&sentence), "{sentence}");
}

#[test]
fn heat_maps_count_what_the_register_counts() {
    let sample = Sample::new();
    let html = sample.html();
    for basis in [Basis::Current, Basis::Residual] {
        let aggregate = sample.register.aggregate(basis);
        let (_, map) = html
            .split_once(&format!("<caption id=\"map-{basis}\">"))
            .unwrap();
        let (map, _) = map.split_once("</table>").unwrap();
        let shown: Vec<usize> = map
            .split("<b>")
            .skip(1)
            .map(|cell| cell.split("</b>").next().unwrap().parse().unwrap())
            .collect();
        let counted = aggregate.threats().cells().iter().rev().flatten();
        assert_eq!(shown, counted.copied().collect::<Vec<_>>(), "{basis}");
        assert!(shown.iter().sum::<usize>() > 20, "{basis}");
    }
}

#[test]
fn rows_of_a_markdown_table_have_as_many_cells() {
    for markdown in [Sample::new().markdown(), Sample::bare().markdown()] {
        let mut columns = None;
        let mut rows = 0;
        for line in markdown.lines() {
            if !line.starts_with('|') {
                columns = None;
                continue;
            }
            let bars = line.replace(r"\|", "").matches('|').count();
            assert_eq!(bars, *columns.get_or_insert(bars), "{line}");
            rows += 1;
        }
        assert!(rows > 100, "{rows}");
    }
}

#[test]
fn what_is_not_given_is_said() {
    for report in [Sample::bare().html(), Sample::bare().markdown()] {
        for said in [
            "No risk register was given, so nothing is said about risks.",
            "No checks were given",
            "The assessment has no target profile, so no gap can be named.",
            "The assessment has no evidence.",
            "None: the assessment is not bound to any bytes",
            "Not stated",
            "Of 72 outcomes, 0 are met, 0 are partially met, 0 are not met, 0 do not apply and 72 \
             were not assessed.",
        ] {
            assert!(report.contains(said), "{said}");
        }
    }
}

#[test]
fn the_time_of_the_report_decides_what_is_late() {
    let register = accepted_risk();
    let assessment = Sample::bare().assessment;
    let cases = [
        ("2026-11-20T12:00:00Z", None, None),
        ("2026-11-21T12:00:00Z", Some("expired 1 day ago"), None),
        (
            "2026-11-27T00:00:00Z",
            Some("expired 7 days ago"),
            Some("overdue by 2 days"),
        ),
    ];
    for (now, expired, overdue) in cases {
        let report = Report::new(&assessment, at(now)).with_register(&register);
        for report in [report.to_html(), report.to_markdown()] {
            assert_eq!(report.contains("expired "), expired.is_some(), "{now}");
            assert!(report.contains(expired.unwrap_or("")), "{now}");
            assert!(report.contains(overdue.unwrap_or("")), "{now}");
            assert!(report.contains(now), "{now}");
        }
    }
}

#[test]
fn findings_of_others_stand_under_their_title() {
    let assessment = Sample::bare().assessment;
    let finding = Finding::new("x.y", "broken <b>").about("model.bin");
    let report = Report::new(&assessment, at("2026-11-26T10:00:00Z"))
        .with_findings("Release gate", [finding])
        .with_findings("Nothing <there>", []);
    let html = report.to_html();
    assert!(html.contains("Release gate: 1 finding</caption>"));
    assert!(html.contains("broken &lt;b&gt;"));
    let (_, nothing) = html.split_once("Nothing &lt;there&gt;</h3>").unwrap();
    assert!(
        nothing
            .trim_start()
            .starts_with("<p>Nothing was found.</p>")
    );
    let markdown = report.to_markdown();
    assert!(markdown.contains("| model.bin | broken &lt;b&gt; | `x.y` |"));
}

#[test]
fn no_report_speaks_of_scores_or_compliance() {
    let sample = Sample::new();
    for report in [sample.html(), sample.markdown()] {
        let text = report.split("</style>").last().unwrap().to_lowercase();
        for refused in ["complian", "score", "grade"] {
            assert!(!text.contains(refused), "{refused}");
        }
        assert!(text.contains("this is no statement of conformity"));
    }
}

/// Writes the page to the file that `MODELWARD_REPORT_OUT` names, where a browser can look at it, and
/// beside it the Markdown and the document that
/// the seal is of.
#[test]
fn the_page_can_be_looked_at() {
    let sample = Sample::new();
    let path = std::env::var_os("MODELWARD_REPORT_OUT").map(PathBuf::from);
    let path =
        path.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("report.html"));
    let document = sample.assessment.to_json().unwrap();
    std::fs::write(path.with_extension("json"), document).unwrap();
    std::fs::write(path.with_extension("md"), sample.markdown()).unwrap();
    std::fs::write(path, sample.html()).unwrap();
}

/// Returns a register with a risk whose acceptance ends on 2026-11-20, and whose review is due on
/// 2026-11-25.
fn accepted_risk() -> RiskRegister {
    let by = Party::new("Ada").unwrap();
    let acceptance = |to: &str| {
        let to = to.parse().unwrap();
        Acceptance::new(
            by.clone(),
            "2026-01-01".parse().unwrap(),
            "Retired soon.",
            to,
        )
        .unwrap()
    };
    let statement = RiskStatement::new("A cause.", "An event.", "A consequence.").unwrap();
    let rating = RiskRating::new("rare".parse().unwrap(), "minor".parse().unwrap());
    let risk = Risk::threat(
        "R-1".parse().unwrap(),
        statement,
        rating,
        at("2026-01-01T00:00:00Z"),
    )
    .treatment(Treatment::Accept(acceptance("2026-11-20")))
    .review_by("2026-11-25".parse().unwrap())
    .build()
    .unwrap();
    let matrix = RiskMatrix::five_by_five();
    let register = RiskRegister::builder(text("Risks"), by, matrix).risk(risk);
    register.build().unwrap()
}

/// Returns what stands between `<` and `>`, but doctype and comments.
fn tags(html: &str) -> Vec<&str> {
    let tags = html.split('<').skip(1);
    let tags = tags.filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag));
    tags.filter(|tag| !tag.starts_with('!')).collect()
}

fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit([' ', '"']).next().unwrap();
        let (value, after) = after.split_once('"').unwrap();
        attributes.push((name, value));
        rest = after;
    }
    attributes
}
