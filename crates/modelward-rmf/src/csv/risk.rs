use std::collections::BTreeMap;

use crate::csv::action::{self, Actions};
use crate::csv::error::Faults;
use crate::csv::fields::{Fields, text, value};
use crate::csv::party::{PartyColumns, party};
use crate::csv::schema::{Schema, optional, required};
use crate::csv::sheet::{Sheet, SheetRow};
use crate::csv::table::Table;
use crate::csv::{CsvErrors, CsvFault, CsvOptions, CsvTable, Dialect, list, pick, treatment};
use crate::{
    AssetRef, Basis, ComponentRef, Link, PackageUrl, Risk, RiskBuilder, RiskError, RiskId,
    RiskKind, RiskMatrix, RiskRating, RiskRegister, RiskStatement, RiskStatus, Text,
};

static SCHEMA: Schema = Schema {
    table: CsvTable::Risks,
    columns: &[
        required("id"),
        required("kind"),
        required("cause"),
        required("event"),
        required("consequence"),
        optional("assets"),
        optional("subcategories"),
        optional("techniques"),
        optional("incidents"),
        optional("taxonomy"),
        optional("inherent-likelihood"),
        optional("inherent-impact"),
        required("current-likelihood"),
        required("current-impact"),
        optional("residual-likelihood"),
        optional("residual-impact"),
        optional("treatment"),
        optional("decision"),
        optional("transfer-to"),
        optional("transfer-to-organization"),
        optional("transfer-to-role"),
        optional("transfer-instrument"),
        optional("accepted-by"),
        optional("accepted-by-organization"),
        optional("accepted-by-role"),
        optional("accepted-on"),
        optional("acceptance-expires"),
        optional("acceptance-justification"),
        optional("revoked-by"),
        optional("revoked-by-organization"),
        optional("revoked-by-role"),
        optional("revoked-on"),
        optional("revoked-reason"),
        optional("owner"),
        optional("owner-organization"),
        optional("owner-role"),
        optional("review-by"),
        optional("status"),
        optional("closed-on"),
        optional("closed-reason"),
        required("identified-at"),
    ],
};

const OWNER: PartyColumns = party!("owner");

const KINDS: [RiskKind; 2] = [RiskKind::Opportunity, RiskKind::Threat];

/// Names where risks stand in their life, as [`RiskStatus::name`] does.
const STATUSES: [&str; 4] = ["open", "treating", "monitoring", "closed"];

/// Writes a row for each risk, without its history and its actions.
///
/// | columns | hold |
/// |---|---|
/// | `id`, `kind` | the id, and `threat` or `opportunity` |
/// | `cause`, `event`, `consequence` | the statement |
/// | `assets` | a line each: `component: SERIAL#BOM-REF`, `digest: ..`, `named: ..` or `package: ..`; a line without one of these words is read as a name |
/// | `subcategories`, `techniques` | ids |
/// | `incidents`, `taxonomy` | a line each |
/// | `inherent-`, `current-`, `residual-` `likelihood`, `impact` | levels of the matrix |
/// | `treatment` | `accept`, `avoid`, `mitigate`, `pursue`, `transfer` or `undecided` (also read from an empty cell) |
/// | `decision` | of `avoid` |
/// | `transfer-to` (a party), `transfer-instrument` | of `transfer` |
/// | `accepted-by` (a party), `accepted-on`, `acceptance-expires`, `acceptance-justification` | of `accept`, or of what remains after `mitigate` or `transfer` |
/// | `revoked-by` (a party), `revoked-on`, `revoked-reason` | of an acceptance that was revoked |
/// | `owner` (a party), `review-by` | who answers for it, the last day |
/// | `status` | `open` (also read from an empty cell), `treating`, `monitoring` or `closed` |
/// | `closed-on`, `closed-reason` | of a closed risk |
/// | `identified-at` | the time |
#[must_use]
pub fn write_risks(register: &RiskRegister, dialect: Dialect) -> String {
    let mut sheet = Sheet::new(&SCHEMA, dialect);
    for risk in register.risks() {
        sheet.row(|row| write(row, risk));
    }
    sheet.finish()
}

fn write(row: &mut SheetRow, risk: &Risk) {
    row.set("id", risk.id());
    row.set("kind", risk.kind());
    row.set("cause", risk.statement().cause());
    row.set("event", risk.statement().event());
    row.set("consequence", risk.statement().consequence());
    row.set("assets", list::lines(risk.assets().iter().map(asset)));
    row.set("subcategories", list::joined(risk.subcategories()));
    row.set("techniques", list::joined(risk.techniques()));
    row.set("incidents", list::lines(risk.incidents()));
    row.set("taxonomy", list::lines(risk.taxonomy()));
    for basis in Basis::ALL {
        if let Some(rating) = risk.rating(basis) {
            let (likelihood, impact) = columns_of(basis);
            row.set(likelihood, rating.likelihood());
            row.set(impact, rating.impact());
        }
    }
    treatment::write(row, risk.treatment());
    if let Some(owner) = risk.owner() {
        OWNER.write(row, owner);
    }
    row.set_some("review-by", risk.review_by());
    row.set("status", risk.status().name());
    if let RiskStatus::Closed { on, reason } = risk.status() {
        row.set("closed-on", on);
        row.set("closed-reason", reason);
    }
    row.set("identified-at", risk.identified_at());
}

fn asset(asset: &AssetRef) -> String {
    match asset {
        AssetRef::Component(component) => format!("component: {component}"),
        AssetRef::Digest(digest) => format!("digest: {digest}"),
        AssetRef::Named(name) => format!("named: {name}"),
        AssetRef::Package(package) => format!("package: {package}"),
    }
}

const fn columns_of(basis: Basis) -> (&'static str, &'static str) {
    match basis {
        Basis::Inherent => ("inherent-likelihood", "inherent-impact"),
        Basis::Current => ("current-likelihood", "current-impact"),
        Basis::Residual => ("residual-likelihood", "residual-impact"),
    }
}

/// Reads a table of risks, and one of their actions if there is one, for a register that rates by
/// `matrix`.
///
/// Every action has to belong to a risk that is mitigated or pursued, and every such risk has to
/// have an action. The history of each risk begins with its identification.
///
/// ```
/// use modelward_rmf::csv::{self, CsvOptions};
/// use modelward_rmf::{Party, RiskMatrix, RiskRegister};
///
/// let risks = "ID;Kind;Cause;Event;Consequence;Current likelihood;Current impact;Treatment;Identified at\r\n\
///     R-1;threat;No check of sources.;Samples are poisoned.;Wrong answers.;Likely;Major;mitigate;2026-11-26T10:00:00Z\r\n";
/// let actions = "risk;id;description\r\nR-1;A-1;Sign the training data.\r\n";
/// let matrix = RiskMatrix::five_by_five();
/// let options = CsvOptions::default();
/// let read = csv::read_risks(risks.as_bytes(), Some(actions.as_bytes()), &matrix, &options)?;
/// let register = RiskRegister::builder("Models".parse()?, Party::new("Ada Example")?, matrix.clone())
///     .risks(read)
///     .build()?;
/// assert_eq!(register.risks().len(), 1);
///
/// let refused = csv::read_risks(risks.as_bytes(), None, &matrix, &options).unwrap_err();
/// assert_eq!((refused.code(), refused.first().cell().as_deref()), ("rmf.csv.no_action", Some("H2")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`CsvErrors`] with every fault of both tables.
pub fn read_risks(
    risks: &[u8],
    actions: Option<&[u8]>,
    matrix: &RiskMatrix,
    options: &CsvOptions,
) -> Result<Vec<Risk>, CsvErrors> {
    let mut faults = Faults::default();
    let plans = actions.and_then(|bytes| Table::read(bytes, &action::SCHEMA, options, &mut faults));
    let mut actions = Actions::none(actions.is_some() && plans.is_none());
    if let Some(table) = &plans {
        actions = Actions::read(table, &mut faults);
    }
    let mut read = Vec::new();
    if let Some(table) = Table::read(risks, &SCHEMA, options, &mut faults) {
        let mut lines = BTreeMap::new();
        for record in &table.rows {
            let mut fields = Fields::new(&table, record, &mut faults);
            let id: Option<RiskId> = fields.need("id", value);
            if let Some(id) = &id {
                fields.once("id", id, &mut lines);
            }
            read.extend(risk(&mut fields, id, matrix, &mut actions));
        }
        if let Some(plans) = &plans {
            actions.finish(plans, &mut faults);
        }
    }
    faults.or(read)
}

fn risk(
    fields: &mut Fields<'_>,
    id: Option<RiskId>,
    matrix: &RiskMatrix,
    actions: &mut Actions,
) -> Option<Risk> {
    let kind = fields.need("kind", |cell| pick::name(&KINDS, RiskKind::name, cell));
    let statement = statement(fields);
    let links = links(fields);
    let [inherent, current, residual] = Basis::ALL.map(|basis| rating(fields, matrix, basis));
    let (treatment, treated) = treatment::read(fields, id.as_ref(), actions);
    let owner = OWNER.read(fields);
    let review_by = fields.read("review-by", value);
    let status = status(fields);
    let identified_at = fields.need("identified-at", value);
    fields.unused(treated);
    let start = match kind? {
        RiskKind::Opportunity => Risk::opportunity,
        RiskKind::Threat => Risk::threat,
    };
    let mut builder = start(id?, statement?, current?, identified_at?)
        .treatment(treatment?)
        .status(status?);
    if let Some(owner) = owner {
        builder = builder.owner(owner);
    }
    if let Some(day) = review_by {
        builder = builder.review_by(day);
    }
    if let Some(rating) = inherent {
        builder = builder.inherent(rating);
    }
    if let Some(rating) = residual {
        builder = builder.residual(rating);
    }
    let built = links.into_iter().fold(builder, RiskBuilder::link).build();
    built
        .map_err(|fault| fields.fault(column_of(&fault), fault.into()))
        .ok()
}

/// Says which cell to look at when the parts of a risk contradict each other.
fn column_of(fault: &RiskError) -> &'static str {
    match fault {
        RiskError::ClosedBefore { .. } => "closed-on",
        RiskError::LinkTwice { what, .. } => match *what {
            "asset" => "assets",
            "incident" => "incidents",
            "subcategory" => "subcategories",
            "technique" => "techniques",
            _ => "taxonomy",
        },
        RiskError::PursuedThreat => "treatment",
        RiskError::TreatedUndecided => "status",
        _ => "id",
    }
}

fn statement(fields: &mut Fields<'_>) -> Option<RiskStatement> {
    let cause = fields.need("cause", text);
    let event = fields.need("event", text);
    let consequence = fields.need("consequence", text);
    Some(RiskStatement::of(cause?, event?, consequence?))
}

fn links(fields: &mut Fields<'_>) -> Vec<Link> {
    let own = |item: String| text(&item);
    let id = |item| Ok(Link::Subcategory(value(item)?));
    let technique = |item| Ok(Link::Technique(value(item)?));
    let mut links = fields.each("assets", list::texts, |item| {
        Ok(Link::Asset(asset_of(&item)?))
    });
    links.extend(fields.each("subcategories", list::split, id));
    links.extend(fields.each("techniques", list::split, technique));
    let incidents = fields.each("incidents", list::texts, own);
    links.extend(incidents.into_iter().map(Link::Incident));
    let taxonomy = fields.each("taxonomy", list::texts, own);
    links.extend(taxonomy.into_iter().map(Link::Taxonomy));
    links
}

fn asset_of(item: &str) -> Result<AssetRef, CsvFault> {
    let named = |text: &str| Ok(AssetRef::Named(text.parse::<Text>()?));
    let Some((word, rest)) = item.split_once(": ") else {
        return named(item);
    };
    match word {
        "component" => {
            let (serial, bom_ref) = rest.split_once('#').ok_or(RiskError::Serial)?;
            Ok(AssetRef::Component(ComponentRef::new(serial, bom_ref)?))
        }
        "digest" => Ok(AssetRef::Digest(value(rest)?)),
        "named" => named(rest),
        "package" => Ok(AssetRef::Package(PackageUrl::new(rest.trim())?)),
        _ => named(item),
    }
}

fn rating(fields: &mut Fields<'_>, matrix: &RiskMatrix, basis: Basis) -> Option<RiskRating> {
    let (likelihood, impact) = columns_of(basis);
    let silent = fields.said(likelihood).is_none() && fields.said(impact).is_none();
    if silent && basis != Basis::Current {
        return None;
    }
    let likelihood = fields.need(likelihood, |cell| pick::likelihood(matrix, cell));
    let impact = fields.need(impact, |cell| pick::impact(matrix, cell));
    Some(RiskRating::new(likelihood?, impact?))
}

fn status(fields: &mut Fields<'_>) -> Option<RiskStatus> {
    let columns = ["closed-on", "closed-reason"];
    let name = |cell: &str| pick::name(&STATUSES, |status| status, cell);
    let known = match fields.said("status") {
        None => Some("open"),
        Some(_) => fields.need("status", name),
    };
    let status = match known {
        Some("closed") => {
            let on = fields.need("closed-on", value);
            let reason = fields.need("closed-reason", text);
            let pair = on.zip(reason);
            pair.map(|(on, reason)| RiskStatus::Closed { on, reason })
        }
        Some("monitoring") => Some(RiskStatus::Monitoring),
        Some("treating") => Some(RiskStatus::Treating),
        Some(_) => Some(RiskStatus::Open),
        None => {
            fields.pass(&columns);
            None
        }
    };
    fields.unused_of(&columns, "a risk that is not closed");
    status
}
