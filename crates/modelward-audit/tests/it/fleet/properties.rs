//! Properties of fleets.

use modelward_audit::fleet::{FleetBuilder, ModelHit};
use modelward_bom::MlBom;
use modelward_graph::FindingClass;
use modelward_incident::AssetRef;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{bom, model};

/// A small world of names, so that documents often speak of the same things.
fn thing() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec!["machine-learning-model", "data", "library"]);
    let purl = prop::option::of(0..4_u8);
    let digest = prop::option::of(0..3_u8);
    (kind, purl, digest, 0..3_u8).prop_map(|(kind, purl, digest, number)| {
        let mut thing =
            json!({"type": kind, "name": format!("n{number}"), "bom-ref": format!("r{number}")});
        if let Some(purl) = purl {
            thing["purl"] = json!(format!("pkg:huggingface/acme/m{purl}@1"));
        }
        if let Some(digest) = digest {
            let content = modelward_artifact::Digest::sha256(&[digest]).to_hex();
            thing["hashes"] = json!([{"alg": "SHA-256", "content": content}]);
        }
        thing
    })
}

fn document() -> impl Strategy<Value = MlBom> {
    let things = prop::collection::vec(thing(), 0..4);
    let ancestors = prop::collection::vec(thing(), 0..2);
    let serial = prop::option::of(0..2_u8);
    let links = prop::collection::vec((0..2_u8, 0..3_u8), 0..2);
    (thing(), things, ancestors, serial, links).prop_map(
        |(about, things, ancestors, serial, links)| {
            let mut about = model("m", &about);
            about["type"] = json!("machine-learning-model");
            about["pedigree"] = json!({"ancestors": ancestors});
            let uuid = |number: u8| format!("f08a6ccd-4dce-4759-bd84-c626675d60a{number}");
            let mut more = json!({"components": things});
            if let Some(serial) = serial {
                more["serialNumber"] = json!(format!("urn:uuid:{}", uuid(serial)));
            }
            let mut needed: Vec<_> = links
                .into_iter()
                .map(|(of, part)| format!("urn:cdx:{}/1#r{part}", uuid(of)))
                .collect();
            needed.sort();
            needed.dedup();
            let name = about["bom-ref"].clone();
            more["dependencies"] = json!([{"ref": name, "dependsOn": needed}]);
            bom(&about, &more)
        },
    )
}

fn built(boms: &[(String, MlBom)]) -> modelward_audit::fleet::Fleet {
    let mut builder = FleetBuilder::default();
    for (name, bom) in boms {
        builder.add_bom(name, bom).unwrap();
    }
    builder.build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_fleet_is_the_same_in_whatever_order_its_documents_come(
        boms in prop::collection::vec(document(), 1..5),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut boms: Vec<_> = boms
            .into_iter()
            .enumerate()
            .map(|(number, bom)| (format!("d{number}"), bom))
            .collect();
        let one = built(&boms);
        let at = seed.index(boms.len());
        boms.rotate_left(at);
        boms.reverse();
        let other = built(&boms);
        prop_assert_eq!(one.graph(), other.graph());
        prop_assert_eq!(one.findings(), other.findings());
        prop_assert!(one.models().map(|(name, it)| (name, it.id())).eq(
            other.models().map(|(name, it)| (name, it.id()))
        ));
    }

    #[test]
    fn each_chain_of_a_blast_radius_goes_along_edges_from_the_model_to_the_asset(
        boms in prop::collection::vec(document(), 1..5),
        number in 0..4_u8,
    ) {
        let boms: Vec<_> = boms
            .into_iter()
            .enumerate()
            .map(|(number, bom)| (format!("d{number}"), bom))
            .collect();
        let fleet = built(&boms);
        let asset = AssetRef::purl(&format!("pkg:huggingface/acme/m{number}@1")).unwrap();
        let radius = fleet.blast_radius(&asset);
        for hit in radius.models() {
            prop_assert_eq!(hit.path().start(), hit.node());
            prop_assert!(radius.nodes().contains(hit.path().end()));
            for hop in hit.path().hops() {
                let edges = fleet.graph().direct(hop.from(), modelward_graph::Direction::Dependencies);
                let is_there = edges.unwrap().iter().any(|edge| {
                    edge.to().id() == hop.to().as_str() && edge.relation() == hop.relation()
                });
                prop_assert!(is_there);
            }
        }
        // Whatever one class of flaw reaches, a compromise of any kind reaches.
        let data = fleet.blast_radius_of(&asset, FindingClass::PoisonedData);
        let all: Vec<_> = radius.models().iter().map(ModelHit::document).collect();
        prop_assert!(data.models().iter().all(|it| all.contains(&it.document())));
    }
}
