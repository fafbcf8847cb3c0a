use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Date;

use crate::csv::error::Faults;
use crate::csv::fields::{Fields, text, value};
use crate::csv::list;
use crate::csv::party::{PartyColumns, party};
use crate::csv::schema::{Schema, optional, required};
use crate::csv::sheet::{Sheet, SheetRow};
use crate::csv::table::Table;
use crate::csv::{CsvFault, CsvOptions, CsvTable, Dialect, pick};
use crate::{
    Assessment, Collection, Evidence, EvidenceError, EvidenceId, EvidenceSource, Method, Period,
    Polarity, Subcategory,
};

pub(crate) static SCHEMA: Schema = Schema {
    table: CsvTable::Evidence,
    columns: &[
        required("id"),
        required("kind"),
        optional("title"),
        optional("serial"),
        optional("bom-version"),
        optional("bom-ref"),
        optional("report"),
        optional("finding"),
        optional("incident"),
        optional("with"),
        optional("with-organization"),
        optional("with-role"),
        optional("tool"),
        optional("run"),
        optional("subject"),
        optional("bundle"),
        optional("identity"),
        required("method"),
        required("collector"),
        optional("collector-organization"),
        optional("collector-role"),
        required("collected"),
        optional("period-from"),
        optional("period-to"),
        optional("expires"),
        optional("digest"),
        optional("location"),
        optional("description"),
        optional("bears-on"),
    ],
};

const COLLECTOR: PartyColumns = party!("collector");
const WITH: PartyColumns = party!("with");

/// Names the kinds of evidence, as [`EvidenceSource::kind`] does.
const KINDS: [&str; 7] = [
    "bom-component",
    "document",
    "graph-finding",
    "incident",
    "interview",
    "test-run",
    "verified-signature",
];

/// Writes a row for each piece of evidence.
///
/// | columns | hold |
/// |---|---|
/// | `id`, `kind` | the id, and [`EvidenceSource::kind`] |
/// | `title` | of a `document` |
/// | `serial`, `bom-version`, `bom-ref` | of a `bom-component` |
/// | `report`, `finding` | of a `graph-finding` |
/// | `incident` | of an `incident` |
/// | `with` (a party) | of an `interview` |
/// | `tool`, `run` | of a `test-run` |
/// | `subject`, `bundle`, `identity` | of a `verified-signature` |
/// | `method`, `collector` (a party), `collected` | how, by whom and when it was collected |
/// | `period-from`, `period-to` | the days that it is about, both or neither |
/// | `expires`, `digest`, `location`, `description` | as they are named |
/// | `bears-on` | items such as `GOVERN 1.6: supports; MAP 4.1: contradicts` |
///
/// [`read_assessment`](crate::csv::read_assessment) reads it.
#[must_use]
pub fn write_evidence(assessment: &Assessment, dialect: Dialect) -> String {
    let mut sheet = Sheet::new(&SCHEMA, dialect);
    for (id, evidence) in assessment.evidence() {
        sheet.row(|row| {
            row.set("id", id);
            source(row, evidence.source());
            row.set("method", evidence.method());
            COLLECTOR.write(row, evidence.collector());
            row.set("collected", evidence.collected());
            row.set_some("period-from", evidence.period().map(Period::from));
            row.set_some("period-to", evidence.period().map(Period::to));
            row.set_some("expires", evidence.expires());
            row.set_some("digest", evidence.digest());
            row.set_some("location", evidence.location());
            row.set_some("description", evidence.description());
            let bears_on = evidence.bears_on();
            let bears_on = bears_on.map(|(id, polarity)| format!("{id}: {}", polarity.name()));
            row.set("bears-on", list::joined(bears_on));
        });
    }
    sheet.finish()
}

fn source(row: &mut SheetRow, source: &EvidenceSource) {
    row.set("kind", source.kind());
    match source {
        EvidenceSource::BomComponent {
            serial,
            version,
            bom_ref,
        } => {
            row.set("serial", serial);
            row.set("bom-version", version);
            row.set("bom-ref", bom_ref);
        }
        EvidenceSource::Document { title } => row.set("title", title),
        EvidenceSource::GraphFinding { report, finding } => {
            row.set("report", report);
            row.set("finding", finding);
        }
        EvidenceSource::Incident { incident } => row.set("incident", incident),
        EvidenceSource::Interview { with } => WITH.write(row, with),
        EvidenceSource::TestRun { tool, run } => {
            row.set("tool", tool);
            row.set("run", run);
        }
        EvidenceSource::VerifiedSignature {
            subject,
            bundle,
            identity,
        } => {
            row.set("subject", subject);
            row.set("bundle", bundle);
            row.set("identity", identity);
        }
    }
}

/// Holds what the rows say, which is in order only where there are no faults.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) items: Vec<(EvidenceId, Evidence)>,
    /// The ids of all rows, those with faults too; `None` where the table cannot be told.
    ids: Option<BTreeSet<EvidenceId>>,
}

impl Found {
    pub(crate) const fn ids(&self) -> Option<&BTreeSet<EvidenceId>> {
        self.ids.as_ref()
    }
}

pub(crate) fn read(bytes: &[u8], options: &CsvOptions, faults: &mut Faults) -> Found {
    let Some(table) = Table::read(bytes, &SCHEMA, options, faults) else {
        return Found::default();
    };
    let mut items = Vec::new();
    let mut lines = BTreeMap::new();
    for record in &table.rows {
        let mut fields = Fields::new(&table, record, faults);
        let id = fields.need("id", value);
        if let Some(id) = &id {
            fields.once("id", id, &mut lines);
        }
        let (item, row) = evidence(&mut fields);
        if let Some(row) = row {
            fields.unused(row);
        }
        items.extend(id.zip(item));
    }
    let ids = lines.into_keys().collect();
    Found {
        items,
        ids: Some(ids),
    }
}

/// Reads a row, and says what has no other cells; `None` where its kind is not known.
fn evidence(fields: &mut Fields<'_>) -> (Option<Evidence>, Option<&'static str>) {
    let kind = fields.need("kind", |cell| pick::name(&KINDS, |kind| kind, cell));
    let (source, row) = kind.map_or((None, None), |kind| {
        let (source, row) = source_of(fields, kind);
        (source, Some(row))
    });
    let name = |cell: &str| pick::name(&Method::ALL, Method::name, cell);
    let method = fields.need("method", name);
    let collector = COLLECTOR.need(fields);
    let collected = fields.need("collected", value);
    let collection = match (method, collector, collected) {
        (Some(method), Some(collector), Some(collected)) => {
            Some(Collection::new(method, collector, collected))
        }
        _ => None,
    };
    let evidence = source.zip(collection).and_then(|(source, collection)| {
        let evidence = Evidence::new(source, collection);
        fields.ok("method", evidence)
    });
    (rest(fields, evidence), row)
}

fn source_of(fields: &mut Fields<'_>, kind: &str) -> (Option<EvidenceSource>, &'static str) {
    match kind {
        "bom-component" => (component(fields), "a BOM component"),
        "document" => {
            let title = fields.need("title", text);
            let document = title.map(|title| EvidenceSource::Document { title });
            (document, "a document")
        }
        "graph-finding" => {
            let report = fields.need("report", value);
            let finding = fields.need("finding", text);
            let pair = report.zip(finding);
            let source =
                pair.map(|(report, finding)| EvidenceSource::GraphFinding { report, finding });
            (source, "a graph finding")
        }
        "incident" => {
            let incident = fields.need("incident", text);
            let source = incident.map(|incident| EvidenceSource::Incident { incident });
            (source, "an incident")
        }
        "interview" => {
            let with = WITH.need(fields);
            (
                with.map(|with| EvidenceSource::Interview { with }),
                "an interview",
            )
        }
        "test-run" => {
            let tool = fields.need("tool", text);
            let run = fields.need("run", text);
            let source = tool.zip(run);
            let source = source.map(|(tool, run)| EvidenceSource::TestRun { tool, run });
            (source, "a test run")
        }
        _ => (signature(fields), "a verified signature"),
    }
}

fn component(fields: &mut Fields<'_>) -> Option<EvidenceSource> {
    let serial = fields.need("serial", text);
    let version = fields.need("bom-version", |cell| {
        let number = cell.trim().parse();
        number.map_err(|_| CsvFault::Number {
            found: cell.to_owned(),
        })
    });
    let bom_ref = fields.need("bom-ref", text);
    Some(EvidenceSource::BomComponent {
        serial: serial?,
        version: version?,
        bom_ref: bom_ref?,
    })
}

fn signature(fields: &mut Fields<'_>) -> Option<EvidenceSource> {
    let subject = fields.need("subject", value);
    let bundle = fields.need("bundle", value);
    let identity = fields.need("identity", text);
    Some(EvidenceSource::VerifiedSignature {
        subject: subject?,
        bundle: bundle?,
        identity: identity?,
    })
}

/// Reads what every kind of evidence may have, even where the evidence is not in order.
fn rest(fields: &mut Fields<'_>, evidence: Option<Evidence>) -> Option<Evidence> {
    let period = period(fields);
    let expires = fields.read("expires", value::<Date>);
    let digest = fields.read("digest", value);
    let location = fields.read("location", text);
    let description = fields.read("description", text);
    let bears_on = bears_on(fields);
    let mut evidence = evidence?;
    if let Some(day) = expires {
        evidence = fields.ok("expires", evidence.expiring(day))?;
    }
    if let Some(period) = period {
        evidence = evidence.with_period(period);
    }
    if let Some(digest) = digest {
        evidence = evidence.with_digest(digest);
    }
    if let Some(location) = location {
        evidence = fields.ok("location", evidence.with_location(location.as_str()))?;
    }
    if let Some(description) = description {
        let described = evidence.with_description(description.as_str());
        evidence = fields.ok("description", described)?;
    }
    for (subcategory, polarity) in bears_on {
        evidence = evidence.bearing_on(subcategory, polarity);
    }
    Some(evidence)
}

fn period(fields: &mut Fields<'_>) -> Option<Period> {
    let columns = ["period-from", "period-to"];
    if columns.iter().all(|column| fields.said(column).is_none()) {
        return None;
    }
    let from = fields.need("period-from", value);
    let to = fields.need("period-to", value);
    let period: Result<_, EvidenceError> = Period::new(from?, to?);
    fields.ok("period-to", period)
}

fn bears_on(fields: &mut Fields<'_>) -> BTreeMap<Subcategory, Polarity> {
    let all = [Polarity::Contradicts, Polarity::Supports];
    let items = fields.each("bears-on", list::split, |item| {
        let (id, polarity) = item.rsplit_once(':').ok_or_else(|| CsvFault::Polarity {
            found: item.to_owned(),
        })?;
        let polarity = pick::name(&all, Polarity::name, polarity)?;
        Ok((value::<Subcategory>(id)?, polarity))
    });
    let mut bears_on = BTreeMap::new();
    for (subcategory, polarity) in items {
        if bears_on.insert(subcategory, polarity).is_some() {
            let found = subcategory.to_string();
            fields.fault("bears-on", CsvFault::ItemTwice { found });
        }
    }
    bears_on
}
