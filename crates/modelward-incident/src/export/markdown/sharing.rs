use modelward_artifact::escape::Markdown;

use super::fields::{losses, unanswered};
use super::writer::Writer;
use super::{begin, label, response, things};
use crate::export::ledger::Told;
use crate::export::{Export, LossStatus};
use crate::{Compromise, CosaiType, Detection, Incident, OrderState, Released};

/// Writes the document.
pub(super) fn write(released: &Released) -> Export<String> {
    let incident = released.incident();
    let mut writer = begin(released, "Checklist for sharing");
    let out = &mut writer;
    out.say(
        "A short list of ours, after what the JCDC of CISA asks in its AI Cybersecurity \
         Collaboration Playbook (2025). It is no form of CISA's, and nobody has to share.",
    );
    if !is_security(incident) {
        out.say("The playbook is about cybersecurity, and no kind of this incident is.");
    }
    let points = points(incident);
    out.list(points.iter().map(Point::item));
    out.heading(2, "Description");
    description(out, incident);
    out.heading(2, "Affected systems");
    things::systems(out, incident);
    things::unknown_assets(out, incident);
    things::assets(out, incident.assets().values());
    out.heading(2, "Indicators");
    indicators(out, incident);
    out.heading(2, "Mitigations");
    response::actions(out, incident);
    response::recoveries(out, incident);
    out.heading(2, "Handling");
    out.say("The label at both ends says how far this may be passed on (TLP 2.0).");
    label(out, released);
    let open = points.iter().filter(|point| !point.is_there);
    let open = open.map(|point| unanswered(point.name, point.why));
    Export::new(writer.finish(), losses(released, &TOLD, open))
}

/// Names one point of the list.
struct Point {
    name: &'static str,
    is_there: bool,
    why: &'static str,
}

impl Point {
    fn item(&self) -> Markdown {
        let mark = if self.is_there { "[x]" } else { "[ ]" };
        let why = if self.is_there { "" } else { self.why };
        let name = Markdown::joined([Markdown::ours(mark), Markdown::ours(self.name)], " ");
        Markdown::joined([name, Markdown::ours(why)], ": ")
    }
}

fn points(incident: &Incident) -> [Point; 6] {
    let point = |name, is_there, why| Point {
        name,
        is_there,
        why,
    };
    let has_systems = !incident.systems().is_empty() || !incident.assets().is_empty();
    let has_indicators = indicated(incident).next().is_some() || !incident.detections().is_empty();
    let has_mitigations = !incident.actions().is_empty() || !incident.recoveries().is_empty();
    [
        point(
            "Description",
            incident.summary().is_some(),
            "the record has no summary",
        ),
        point(
            "Affected systems",
            has_systems,
            "neither a system nor an asset is named",
        ),
        point(
            "Indicators",
            has_indicators,
            "nothing names what others could look for",
        ),
        point(
            "Mitigations",
            has_mitigations,
            "no action and no recovery is recorded",
        ),
        point("Label", true, ""),
        point(
            "Contact",
            false,
            "the record does not hold how to reach who shares",
        ),
    ]
}

fn description(writer: &mut Writer, incident: &Incident) {
    if let Some(summary) = incident.summary() {
        writer.paragraph(&Markdown::text(summary.as_str()));
    }
    let kinds: Vec<_> = incident.kinds().iter().map(|kind| kind.name()).collect();
    let began = incident
        .began()
        .map_or_else(|| "not known".to_owned(), |it| it.to_string());
    let rows = [
        ("Kinds", kinds.join("\n")),
        ("Determination", incident.determination().to_string()),
        ("Severity", incident.severity().to_string()),
        ("Harm", incident.harm().to_string()),
        ("Began", began),
        ("Opened", incident.opened_at().to_string()),
    ];
    writer.table(
        ["Field", "Value"],
        rows.map(|(field, value)| [Markdown::ours(field), Markdown::text(&value)]),
    );
    things::techniques(writer, incident);
}

/// Lists what others could look for: what names a compromised asset, and what is in quarantine.
fn indicated(incident: &Incident) -> impl Iterator<Item = [Markdown; 2]> {
    let bad = |state| matches!(state, Compromise::Confirmed | Compromise::Suspected);
    let assets = incident
        .assets()
        .values()
        .filter(move |asset| bad(asset.compromise));
    let assets = assets.flat_map(|asset| {
        let state = format!("{} {}", asset.kind.name(), asset.compromise.name());
        let refs = asset.refs.iter();
        refs.map(move |name| [&name.to_string(), &state].map(|it| Markdown::text(it)))
    });
    let orders = incident.orders().values().map(OrderState::order);
    let orders = orders.flat_map(|order| {
        let why = format!("quarantine: {}", order.reason);
        let targets = order.targets.iter();
        targets.map(move |name| [&name.to_string(), &why].map(|it| Markdown::text(it)))
    });
    assets.chain(orders).chain(of_attacks(incident))
}

/// Lists the inputs and the parts of data of attacks that were detected.
fn of_attacks(incident: &Incident) -> impl Iterator<Item = [Markdown; 2]> {
    let attacks = incident.detections().iter().filter_map(|it| match it {
        Detection::Attack(attack) => Some(attack),
        _ => None,
    });
    attacks.flat_map(|attack| {
        let sign = attack.indicator().name();
        let inputs = attack.inputs().iter();
        let inputs = inputs.map(move |it| [it.to_string(), format!("input of {sign}")]);
        let parts = attack.parts().iter();
        let parts =
            parts.map(move |it| [it.digest().to_string(), format!("{sign}: {}", it.name())]);
        inputs
            .chain(parts)
            .map(|row| row.map(|it| Markdown::text(&it)))
    })
}

fn indicators(writer: &mut Writer, incident: &Incident) {
    writer.table(["What to look for", "Why"], indicated(incident));
    things::detections(writer, incident);
    things::links(writer, incident);
}

fn is_security(incident: &Incident) -> bool {
    let mut kinds = incident.kinds().iter();
    kinds.any(|kind| kind.mapping().cosai == CosaiType::Security)
}

const TOLD: [Told<'_>; 18] = [
    ("id", LossStatus::Direct, "heading"),
    ("title", LossStatus::Direct, "heading"),
    ("summary", LossStatus::Direct, "Description"),
    ("kinds", LossStatus::Direct, "Description"),
    ("techniques", LossStatus::Direct, "Description"),
    ("severity", LossStatus::Direct, "Description"),
    ("determination", LossStatus::Direct, "Description"),
    ("harm", LossStatus::Direct, "Description"),
    ("began", LossStatus::Direct, "Description"),
    ("systems", LossStatus::Direct, "Affected systems"),
    ("assets", LossStatus::Direct, "Affected systems"),
    ("assetsUnknown", LossStatus::Direct, "Affected systems"),
    (
        "detections",
        LossStatus::Partial,
        "Indicators, one line each",
    ),
    ("links", LossStatus::Direct, "Indicators"),
    ("actions", LossStatus::Direct, "Mitigations"),
    ("recoveries", LossStatus::Direct, "Mitigations"),
    (
        "orders",
        LossStatus::Partial,
        "Indicators has what is in quarantine",
    ),
    ("timeline", LossStatus::Partial, "what the parts say"),
];
