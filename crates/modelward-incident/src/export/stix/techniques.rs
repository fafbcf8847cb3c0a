use modelward_artifact::Text;
use serde_json::{Value, json};

use crate::Technique;
use crate::export::LossStatus::Partial;
use crate::export::stix::sequence::EVENTS;
use crate::export::stix::vocabulary;
use crate::export::stix::writer::{Writer, timed};
use crate::export::stix::{definition, ids};

/// When an object of MITRE that stands for the published one was made: before all others, so that
/// whoever has the published one keeps it.
const STUB: &str = "1970-01-01T00:00:00.000Z";

/// Adds the incident as it happened, with one event for each technique, and returns the ids of all
/// events and the entries of the incident.
pub(super) fn add(
    writer: &mut Writer<'_>,
    observed: &[(String, String)],
    impacts: &[String],
) -> (Vec<String>, Vec<Value>) {
    let techniques = writer.incident.techniques();
    let ids: Vec<_> = (0..techniques.len())
        .map(|index| {
            writer
                .builder
                .ids()
                .local("event", &format!("technique/{index}"))
        })
        .collect();
    let whole = whole(writer, &ids, impacts);
    for (index, technique) in techniques.iter().enumerate() {
        let next = ids.get(index + 1).map(String::as_str);
        step(writer, index, technique, (next, observed));
    }
    let note = "events in order, each with a sighting of the attack-pattern that has the id of ATLAS; \
                the tactic as the goal, the version of ATLAS as a label";
    writer.lost("techniques", Partial, note);
    let mut all = vec![whole.clone()];
    all.extend(ids);
    (all, vec![EVENTS.alone(&whole)])
}

/// The event of the whole incident, which caused its impacts.
fn whole(writer: &mut Writer<'_>, steps: &[String], impacts: &[String]) -> String {
    let incident = writer.incident;
    let mut types: Vec<&str> = Vec::new();
    for kind in incident.kinds() {
        types.extend(kind.mapping().stix.iter().copied());
    }
    types.extend(vocabulary::event_outcome(incident.determination()));
    types.sort_unstable();
    types.dedup();
    let caused: Vec<_> = impacts
        .iter()
        .map(|id| json!({ "state_change_type": "caused", "result_ref": id }))
        .collect();
    let object = writer
        .builder
        .object("event", "incident")
        .with("name", incident.title().as_str())
        .with(
            "status",
            vocabulary::event_status(incident.determination()).text,
        )
        .with("event_types", types)
        .with("changed_objects", caused);
    let mut object = timed(object, "start_time", incident.began());
    if writer.dialect().extends() {
        object = definition::EVENT
            .applied_to(object)
            .with("subevents", EVENTS.chain(steps));
    }
    writer.direct("began", "event/start_time and its fidelity");
    writer.builder.push(object)
}

/// One step of what was done, and the sighting of its technique.
fn step(
    writer: &mut Writer<'_>,
    index: usize,
    technique: &Technique,
    (next, observed): (Option<&str>, &[(String, String)]),
) {
    let atlas = technique.id.to_string();
    let data: Vec<_> = observed
        .iter()
        .filter(|(of, _)| *of == atlas)
        .map(|(_, data)| data.clone())
        .collect();
    let sighting = sighting(writer, index, technique, data);
    let status = vocabulary::event_status(writer.incident.determination());
    let object = writer
        .builder
        .object("event", &format!("technique/{index}"))
        .with(
            "name",
            technique.name.as_ref().map_or(atlas.as_str(), Text::as_str),
        )
        .maybe(
            "description",
            technique.description.as_ref().map(Text::as_str),
        )
        .maybe("goal", technique.tactic.as_ref().map(Text::as_str))
        .with("status", status.text)
        .with("sighting_refs", json!([sighting]));
    let mut object = EVENTS.before(writer.dialect(), object, next);
    if writer.dialect().extends() {
        object = definition::EVENT.applied_to(object);
    }
    writer.builder.push(object);
}

/// Says that the technique was seen at the producer's.
fn sighting(
    writer: &mut Writer<'_>,
    index: usize,
    technique: &Technique,
    data: Vec<String>,
) -> String {
    let pattern = pattern(writer, technique);
    let producer = writer.builder.ids().producer();
    let object = writer
        .builder
        .object("sighting", &format!("technique/{index}"))
        .maybe(
            "description",
            technique.description.as_ref().map(Text::as_str),
        )
        .with("sighting_of_ref", pattern)
        .with("observed_data_refs", data)
        .with("where_sighted_refs", json!([producer]));
    writer.builder.push(object)
}

/// The technique under the id of MITRE. STIX has no place for the version of ATLAS but a label.
fn pattern(writer: &mut Writer<'_>, technique: &Technique) -> String {
    let atlas = technique.id.to_string();
    let object = writer
        .builder
        .marked("attack-pattern", &ids::technique(&atlas))
        .with("created", STUB)
        .with("modified", STUB)
        .with(
            "name",
            technique.name.as_ref().map_or(atlas.as_str(), Text::as_str),
        )
        .with(
            "labels",
            json!([format!("atlas-version:{}", technique.atlas_version)]),
        )
        .with(
            "external_references",
            json!([{
                "source_name": "mitre-atlas",
                "external_id": atlas,
                "url": format!("https://atlas.mitre.org/techniques/{atlas}"),
            }]),
        );
    let pattern = writer.builder.push(object);
    let incident = writer.id.clone();
    writer.builder.relate(&incident, "related-to", &pattern);
    pattern
}
