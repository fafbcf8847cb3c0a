//! Names that lie, in every form in which decisions, plans, inventories and dossiers are shown.

#[path = "../../../modelward-artifact/tests/it/names/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use modelward_artifact::{JsonLimits, Text};
use modelward_audit::inventory::{
    EntryId, Inventory, InventoryEntry, InventoryLimits, InventoryStore, Material, MaterialRole,
};
use modelward_audit::rollback::{ReleaseHistory, RollbackPlan, RollbackPolicy, plan_rollback};
use modelward_audit::{AffectedAssets, Lineage, ReleasePolicy, ReleaseReport, RollbackRequest};
use modelward_bom::MlBom;
use modelward_graph::TableFormat;
use modelward_rmf::Phase;
use serde_json::{Value, json};

use self::table::{
    NAMES, assert_distinct, assert_one_line, assert_quiet, assert_told_quietly, lies,
};
use crate::dossier::sample::{Kind, Sample};
use crate::inventory::{day, id, text};
use crate::policy::{EVERY_RULE, HEAD, every_rule, none};

#[track_caller]
fn told<T, E: Error + 'static>(read: Result<T, E>) -> Option<T> {
    read.map_err(|error| assert_told_quietly(&error)).ok()
}

fn assert_json(json: &[u8]) -> Value {
    assert!(!json.iter().any(|&byte| byte < 0x20 && byte != b'\n'));
    serde_json::from_slice(json).unwrap()
}

/// Returns the names of the elements of a page, and of their attributes.
fn markup(html: &str) -> BTreeSet<String> {
    let (_, body) = html.split_once("<body").unwrap();
    let tags = body.split('<').skip(1).map(|rest| {
        let tag = rest.split('>').next().unwrap();
        let outside: String = tag.split('"').step_by(2).collect();
        let names = outside.split_whitespace();
        let names = names.map(|it| it.trim_matches(['=', '/']).to_owned());
        names.collect::<Vec<_>>()
    });
    tags.flatten().collect()
}

#[test]
fn dossiers_show_names_that_do_not_act() {
    let known = [Kind::Go, Kind::Hostile, Kind::Stopped].map(|it| Sample::new(it).html());
    let known: BTreeSet<_> = known.iter().flat_map(|html| markup(html)).collect();
    let mut seen = [const { BTreeMap::new() }; 3];
    for name in NAMES {
        let sample = Sample::new(Kind::Lying(name));
        let forms = [sample.html(), sample.markdown(), sample.json()];
        for form in &forms {
            assert_quiet("dossier", form);
        }
        let found = markup(&forms[0]);
        assert!(found.is_subset(&known), "{:?}", found.difference(&known));
        assert_json(forms[2].as_bytes());
        for (form, seen) in forms.into_iter().zip(&mut seen) {
            if let Some(twin) = seen.insert(form, name) {
                panic!("{name:?} looks like {twin:?}");
            }
        }
    }
}

#[test]
fn decisions_show_names_that_do_not_act() {
    for name in NAMES {
        Sample::new(Kind::Lying(name)).with_decision(|report| {
            assert_quiet("decision", &report.to_string());
            let json = assert_json(&report.to_json());
            assert_eq!(json["model"], name);
            assert_json(&report.to_sarif());
        });
    }
    let plain = every_rule().evaluate(Phase::Release, &none(), crate::road::now());
    let document = serde_json::from_slice(&plain.to_json()).unwrap();
    let limits = JsonLimits::default();
    let mut refused = 0;
    for lie in lies(&document) {
        let read = ReleaseReport::from_json(lie.to_string().as_bytes(), &limits);
        match told(read) {
            Some(report) => assert_quiet("decision", &report.to_string()),
            None => refused += 1,
        }
    }
    assert!(refused > 50, "{refused}");
}

#[test]
fn policies_of_names_that_lie_show_none_as_it_is() {
    let limits = JsonLimits::default();
    let document = serde_json::from_slice(&every_rule().to_json().unwrap()).unwrap();
    for lie in lies(&document) {
        told(ReleasePolicy::from_json(
            lie.to_string().as_bytes(),
            &limits,
        ));
    }
    for name in NAMES {
        let quoted = json!(name);
        for policy in [
            name.to_owned(),
            format!("{HEAD}{EVERY_RULE}{quoted} = 1\n"),
            format!("{HEAD}[phase.{quoted}.signature]\n"),
            format!("{HEAD}[phase.release.{quoted}]\n"),
            format!("{HEAD}[phase.release.advisories]\nmax-severity = {quoted}\n"),
            format!("{HEAD}[phase.release.licenses]\ndeny = [{quoted}]\n"),
            HEAD.replace("acme.release", &name.replace(['"', '\\'], "")),
        ] {
            told(ReleasePolicy::from_toml(&policy, &limits));
        }
    }
}

/// An inventory whose texts are one name, as far as a text can have it.
fn inventory(name: &str) -> Inventory {
    let valid = |name: &str| name.parse::<Text>().unwrap_or_else(|_| text("plain"));
    let material = Material::new(MaterialRole::Dataset, name)
        .with_purl(name)
        .with_bom_ref(name)
        .with_license(name);
    let entry = InventoryEntry::new(id("a"), valid(name), valid(name), day(1));
    Inventory::of([entry.with_material(material)]).unwrap()
}

#[test]
fn inventories_keep_each_name_or_show_it_where_people_look() {
    for name in NAMES {
        let inventory = inventory(name);
        let bytes = inventory.to_json().unwrap();
        assert_json(&bytes);
        let read = Inventory::read(&bytes, &InventoryLimits::default()).unwrap();
        assert_eq!(read, inventory);
        assert_quiet("questions", &inventory.audit_questions().to_string());
        let tables = |format| {
            let mut tables = [const { Vec::new() }; 3];
            inventory.write_components(&mut tables[0], format).unwrap();
            inventory.write_edges(&mut tables[1], format).unwrap();
            inventory.write_findings(&mut tables[2], format).unwrap();
            tables.map(|table| String::from_utf8(table).unwrap())
        };
        let [components, ..] = tables(TableFormat::Csv);
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        assert!(
            components.contains(name) || components.contains(&quoted),
            "{components}"
        );
        for table in tables(TableFormat::Spreadsheet) {
            assert_quiet("table", &table.replace("\r\n", "\n"));
            for cell in table.split([',', '\n']) {
                let cell = cell.trim_start_matches('"').trim_start();
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{table}");
            }
        }
        for line in tables(TableFormat::JsonLines)[0].lines() {
            assert_eq!(assert_json(line.as_bytes())["name"], name);
        }
    }
    assert_distinct(|name| {
        let mut table = Vec::new();
        let inventory = inventory(name);
        inventory
            .write_components(&mut table, TableFormat::Spreadsheet)
            .unwrap();
        String::from_utf8(table).unwrap()
    });
}

#[test]
fn inventories_of_names_that_lie_are_refused_without_showing_one_as_it_is() {
    let document = serde_json::from_slice(&inventory("plain").to_json().unwrap()).unwrap();
    let mut refused = 0;
    for lie in lies(&document) {
        let bytes = lie.to_string();
        let limits = InventoryLimits::default();
        refused += usize::from(told(Inventory::read(bytes.as_bytes(), &limits)).is_none());
    }
    assert!(refused > 50, "{refused}");
    for name in NAMES {
        told(name.parse::<EntryId>());
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none").join(name);
        told(InventoryStore::read(&missing, &InventoryLimits::default()));
        told(InventoryStore::open(&missing, InventoryLimits::default()).map(drop));
        let affected = json!({"schema": "modelward.affected/1", name: [{"purl": name}]});
        told(AffectedAssets::from_json(
            affected.to_string().as_bytes(),
            &JsonLimits::default(),
        ));
    }
}

#[test]
fn plans_of_names_that_lie_show_none_as_it_is() {
    let (incident, graph) = (
        crate::rollback::toy_incident(),
        crate::rollback::toy_graph(),
    );
    let releases = crate::rollback::toy_releases();
    let request = crate::rollback::request(&incident, &graph);
    let plan = releases
        .into_iter()
        .fold(request, RollbackRequest::with_release);
    let plan = plan_rollback(&plan);
    let limits = JsonLimits::default();
    let document = serde_json::from_slice(&plan.to_json()).unwrap();
    let (mut shown, mut refused) = (0, 0);
    for lie in lies(&document).into_iter().step_by(3) {
        match told(RollbackPlan::from_json(lie.to_string().as_bytes(), &limits)) {
            Some(plan) => {
                assert_quiet("plan", &plan.to_string());
                shown += 1;
            }
            None => refused += 1,
        }
        told(ReleaseHistory::from_json(
            lie.to_string().as_bytes(),
            &limits,
        ));
    }
    assert!(shown > 20 && refused > 20, "{shown}, {refused}");
    let policy = serde_json::from_slice(&RollbackPolicy::default().to_json()).unwrap();
    for lie in lies(&policy) {
        told(RollbackPolicy::from_json(
            lie.to_string().as_bytes(),
            &limits,
        ));
    }
}

#[test]
fn a_file_of_any_name_has_its_place_in_the_supply_chain() {
    let long = ["1", "2"].map(|last| format!("file:{}{last}", "d/".repeat(2_000)));
    let names = NAMES.iter().map(|name| format!("file:{name}")).chain(long);
    for name in names {
        let bom = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component":
            {"type": "machine-learning-model", "name": "m", "bom-ref": "m", "components": [
            {"type": "file", "name": name, "bom-ref": name}]}}});
        let lineage = Lineage::of(&MlBom::from_value(bom).unwrap()).unwrap();
        let file = lineage.graph().nodes().find(|it| it.name() == name);
        assert!(file.is_some(), "{name:?}");
    }
}

#[test]
fn supply_chains_of_names_that_lie_show_none_as_it_is() {
    for name in NAMES {
        let bom = json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component":
            {"type": "machine-learning-model", "name": name, "version": name, "bom-ref": name,
            "purl": name, "pedigree": {"ancestors": [{"type": "machine-learning-model",
            "name": name, "purl": name}]}}}});
        let bom = MlBom::from_value(bom).unwrap();
        let mut builder = modelward_audit::fleet::FleetBuilder::default();
        told(builder.add_bom(name, &bom));
        told(builder.add_bom("other", &bom));
        told(builder.add_bom("other", &bom));
        let Some(fleet) = told(builder.build()) else {
            continue;
        };
        for finding in fleet.findings() {
            assert_one_line("finding", &finding.to_string());
        }
        let mut table = Vec::new();
        fleet
            .write_findings(&mut table, TableFormat::Spreadsheet)
            .unwrap();
        let table = String::from_utf8(table).unwrap();
        assert_quiet("table", &table.replace("\r\n", "\n"));
        if let Some(lineage) = told(Lineage::of(&bom)) {
            assert_quiet("dot", &lineage.graph().to_dot());
        }
    }
}
