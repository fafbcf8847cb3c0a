use std::collections::BTreeMap;

use modelward_artifact::{Digest, Verdict};
use modelward_audit::inventory::{
    AuditDue, AuditQuestion, Claim, EntryOfBomError, Inventory, InventoryEntry, Material,
    MaterialRole, SignatureOutcome,
};
use modelward_bom::{MlBom, SpecVersion};
use modelward_graph::TableFormat;
use modelward_graph::license::LicensePolicy;
use modelward_incident::AssetRef;
use modelward_rmf::{AuditCadence, AuditInputs, CadenceRule};
use modelward_sign::{SigningKey, VerifyPolicy, sign, verify_manifest};

use super::{day, entry, id, ids, text};
use crate::road::{Road, now};

fn of_road(road: &Road) -> InventoryEntry {
    InventoryEntry::of_bom(id("model-1"), &road.bom, now()).unwrap()
}

fn dataset() -> Material {
    Material::new(MaterialRole::Dataset, "reviews")
        .with_purl("pkg:huggingface/acme/reviews@1")
        .with_bom_ref("reviews")
        .with_digest(Digest::sha256(b"reviews"))
        .with_license("GPL-3.0-only")
}

fn inventory(entries: impl IntoIterator<Item = InventoryEntry>) -> Inventory {
    Inventory::of(entries).unwrap()
}

#[test]
fn an_ml_bom_of_a_model_folder_makes_an_entry() {
    let road = Road::good();
    let entry = of_road(&road);
    assert_eq!(entry.version().as_str(), "1.0.0");
    assert_eq!(entry.root(), Some(&road.manifest.root()));
    assert_eq!(
        entry.bom_digest(),
        Some(&Digest::sha256(&road.bom.to_json()))
    );
    assert_eq!(entry.licenses(), ["MIT"]);
    let origin = entry.fact(AuditQuestion::Origin).claims();
    assert_eq!(origin[0].value().as_str(), "Acme");
    assert_eq!(
        origin[0].source().as_str(),
        "ML-BOM metadata.component.supplier"
    );
    assert!(entry.fact(AuditQuestion::Owner).claims().is_empty());
    for role in [MaterialRole::Dataset, MaterialRole::BaseModel] {
        let count = entry
            .materials()
            .iter()
            .filter(|it| it.role == role)
            .count();
        assert_eq!(count, 1, "{}", role.name());
    }
    let error = InventoryEntry::of_bom(id("x"), &MlBom::new(SpecVersion::V1_6), now());
    assert_eq!(error.unwrap_err(), EntryOfBomError::NoModel);
}

#[test]
fn only_what_was_verified_of_these_files_is_signed() {
    let road = Road::good();
    let key = SigningKey::generate();
    let bundle = sign(&road.manifest, &key).unwrap();
    let signed = of_road(&road).with_verification(&bundle, &road.verdict, now());
    assert!(signed.is_signed());
    assert_eq!(signed.findings(), []);

    let stranger = VerifyPolicy::key(SigningKey::generate().public_key().clone());
    let refused = verify_manifest(road.manifest.clone(), &bundle, &stranger).unwrap();
    assert!(matches!(refused, Verdict::Rejected(_)));
    let refused = of_road(&road).with_verification(&bundle, &refused, now());
    assert_eq!(
        refused.signature().unwrap().outcome,
        SignatureOutcome::Refused
    );
    assert_eq!(refused.findings()[0].code(), "inventory.signature.refused");

    let other = entry("other", 1)
        .with_root(Digest::sha256(b"other"))
        .with_verification(&bundle, &road.verdict, now());
    assert_eq!(other.findings()[0].code(), "inventory.root.contradicted");
    let mut all = inventory([signed, other, entry("never", 1), entry("gone", 1)]);
    all.retire(&id("gone"), text("over"), day(2)).unwrap();
    assert_eq!(ids(all.unsigned()), ["never", "other"]);
    let refused = inventory([refused]);
    assert_eq!(ids(refused.unsigned()), ["model-1"]);
}

#[test]
fn models_are_found_by_what_they_were_trained_on() {
    let base = Material::new(MaterialRole::BaseModel, "b").with_digest(Digest::sha256(b"b"));
    let all = inventory([
        entry("a", 1).with_material(dataset()),
        entry("b", 1).with_material(base),
        entry("c", 1)
            .with_material(dataset())
            .with_material(dataset()),
    ]);
    let names = [
        AssetRef::Digest(Digest::sha256(b"reviews")),
        AssetRef::Purl("pkg:huggingface/acme/reviews@1".parse().unwrap()),
        AssetRef::BomRef("reviews".parse().unwrap()),
    ];
    for name in names {
        assert_eq!(ids(all.trained_on(&name)), ["a", "c"]);
    }
    let base = AssetRef::Digest(Digest::sha256(b"b"));
    assert_eq!(ids(all.trained_on(&base)), [""; 0]);
    assert_eq!(ids(all.made_of(MaterialRole::BaseModel, &base)), ["b"]);
}

#[test]
fn licenses_that_conflict_or_are_not_understood_are_told() {
    let odd = dataset().with_license("as discussed");
    let all = inventory([
        entry("closed", 1)
            .with_license("mit")
            .with_material(dataset()),
        entry("open", 1)
            .with_license("GPL-3.0-only")
            .with_material(dataset()),
        entry("odd", 1)
            .with_license("GPL-3.0-only")
            .with_material(odd),
        entry("silent", 1).with_material(dataset()),
    ]);
    let policy = LicensePolicy::default();
    let conflicts = all.license_conflicts(&policy);
    let found: Vec<_> = conflicts
        .iter()
        .map(|it| (it.entry().id().as_str(), it.license()))
        .collect();
    assert_eq!(found, [("closed", "GPL-3.0-only"), ("odd", "as discussed")]);
}

#[test]
fn the_audit_questions_are_reported_for_each_entry() {
    let claim = |value: &str, source: &str| Claim::new(text(value), text(source));
    let all = inventory([
        entry("a", 1).with_claim(AuditQuestion::Owner, claim("Ada", "wiki")),
        entry("b", 1)
            .with_claim(AuditQuestion::Owner, claim("Ada", "wiki"))
            .with_claim(AuditQuestion::Owner, claim("Bob", "register")),
        entry("c", 1),
    ]);
    let report = all.audit_questions();
    let counts = (report.known(), report.unknown(), report.contradicted());
    assert_eq!(counts, (1, 16, 1));
    assert_eq!(report.rows().len(), 18);
    assert_eq!(ids(all.owner_unknown()), ["c"]);
    assert_eq!(ids(all.contradicted(AuditQuestion::Owner)), ["b"]);
    let shown = report.to_string();
    assert!(shown.contains("b owner: contradicted; Ada (wiki); Bob (register)\n"));
    assert!(shown.ends_with("1 known, 16 unknown, 1 contradicted\n"));
    assert_eq!(
        report.to_json().unwrap(),
        all.clone().audit_questions().to_json().unwrap()
    );
    let code = all.entry(&id("b")).unwrap().findings()[0].code().to_owned();
    assert_eq!(code, "inventory.answer.contradicted");
}

#[test]
fn what_was_never_assessed_or_too_long_ago_is_due() {
    let road = Road::good();
    let assessment = road.assessment.as_ref().unwrap();
    let rule = CadenceRule::max_age_days(30);
    let cadence = AuditCadence::builder("org.cadence".parse().unwrap(), text("1"), rule);
    let cadence = cadence.build().unwrap();
    let mut all = inventory([entry("a", 1), entry("b", 1), entry("c", 1)]);
    all.retire(&id("c"), text("over"), day(2)).unwrap();
    let assessed = BTreeMap::from([(id("a"), AuditInputs::new(assessment))]);
    let later = now().checked_add(std::time::Duration::from_secs(60 * 86_400));
    let due = all.due_for_audit(&cadence, &assessed, later.unwrap());
    assert_eq!(ids(due.iter().map(AuditDue::entry)), ["a", "b"]);
    assert!(due[0].items().is_some_and(|items| !items.is_empty()));
    assert!(due[1].items().is_none());
}

#[test]
fn components_edges_and_findings_are_written_as_tables() {
    let odd = Material::new(MaterialRole::Component, "a \"b\", c");
    let refused = Claim::new(text("Ada"), text("wiki"));
    let other = Claim::new(text("Bob"), text("wiki"));
    let one = entry("a", 1).with_material(odd).with_material(dataset());
    let one = one.with_claim(AuditQuestion::Owner, refused);
    let mut all = inventory([one.with_claim(AuditQuestion::Owner, other)]);
    all.new_version(&id("a"), entry("b", 2)).unwrap();
    let (mut components, mut edges, mut findings) = (Vec::new(), Vec::new(), Vec::new());
    all.write_components(&mut components, TableFormat::Csv)
        .unwrap();
    all.write_edges(&mut edges, TableFormat::Csv).unwrap();
    all.write_findings(&mut findings, TableFormat::JsonLines)
        .unwrap();
    let components = String::from_utf8(components).unwrap();
    let digest = Digest::sha256(b"reviews");
    let expected = format!(
        "entry,role,name,version,purl,bom_ref,digests,licenses\r\n\
         a,component,\"a \"\"b\"\", c\",,,,,\r\n\
         a,dataset,reviews,,pkg:huggingface/acme/reviews@1,reviews,{digest},GPL-3.0-only\r\n"
    );
    assert_eq!(components, expected);
    let expected = "entry,relation,to\r\na,component,\"a \"\"b\"\", c\"\r\n\
        a,dataset,pkg:huggingface/acme/reviews@1\r\na,superseded-by,b\r\n";
    assert_eq!(String::from_utf8(edges).unwrap(), expected);
    let line: serde_json::Value = serde_json::from_slice(&findings).unwrap();
    assert_eq!(line["code"], "inventory.answer.contradicted");
}
