//! Everything that a plan is made of, gathered from the command line.

use std::path::{Path, PathBuf};

use modelward::artifact::escape::Terminal;
use modelward::artifact::read_file;
use modelward::audit::rollback::{
    Flaw, Release, ReleaseHistory, RestoredMember, RollbackPolicy, RollbackRequest,
};
use modelward::graph::KindSet;
use modelward::graph::vex::VexDocument;
use modelward::incident::IncidentId;
use modelward::{Incident, SupplyGraph, Timestamp};

use super::stored::Store;
use crate::failure::Failure;
use crate::graph::{self, Graph};
use crate::hashing::Reading;
use crate::incident;
use crate::rmf::{Clock, MAX_BYTES, limits};
use crate::trust::Trust;

/// What is not named here is not known, and what is not known speaks against a release.
#[derive(clap::Args)]
#[command(mut_group("trust", |group| group.required(true)))]
pub(super) struct Sources {
    #[command(flatten, next_help_heading = "What is known")]
    graph: Graph,
    /// The log that has the incident, as `modelward incident` keeps it. Its other incidents count too.
    #[arg(long, value_name = "LOG", help_heading = "What is known")]
    log: PathBuf,
    /// The incident, such as INC-2026-0042.
    #[arg(long, value_name = "ID", help_heading = "What is known")]
    incident: IncidentId,
    /// What is in production and what was released before (`modelward.release-history/1`).
    #[arg(long, value_name = "FILE", help_heading = "What is known")]
    history: PathBuf,
    /// The folder where the paths of the history begin; its own folder if none is named.
    #[arg(long, value_name = "DIR", help_heading = "What is known")]
    folder: Option<PathBuf>,
    /// More logs of incidents.
    #[arg(long, value_name = "LOG", help_heading = "What is known")]
    incidents: Vec<PathBuf>,
    /// Advisories (OSV): a file with one record, a `.jsonl` file, or a folder of both.
    #[arg(long, value_name = "FILE|DIR", help_heading = "What is known")]
    advisories: Vec<PathBuf>,
    /// What producers say of their products (`OpenVEX`, CSAF or CycloneDX VEX).
    #[arg(
        long,
        value_name = "FILE",
        requires = "advisories",
        help_heading = "What is known"
    )]
    vex: Vec<PathBuf>,
    /// What counts as safe (`modelward.rollback-policy/1`); the strictest if none is named.
    #[arg(long, value_name = "FILE", help_heading = "What is known")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    clock: Clock,
    #[command(flatten)]
    trust: Trust,
    #[command(flatten, next_help_heading = "Reading the stored copies")]
    reading: Reading,
}

/// Owns what a request borrows.
pub(super) struct Known {
    graph: SupplyGraph,
    incident: Incident,
    incidents: Vec<Incident>,
    history: ReleaseHistory,
    policy: RollbackPolicy,
    flaws: Option<Vec<Flaw>>,
    releases: Vec<Release>,
    members: Vec<RestoredMember>,
    now: Timestamp,
    /// What could not be used or looked up.
    pub(super) unused: Vec<String>,
}

impl Sources {
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Reads everything that was named, and verifies signatures and stored copies.
    pub(super) fn gather(&self, now: Timestamp) -> Result<Known, Failure> {
        let history = self.history()?;
        let policy = self.policy()?;
        let log = incident::read(&self.log)?;
        let incident = incident::found(&log, &self.incident)?.clone();
        let mut incidents: Vec<Incident> = log.iter().cloned().collect();
        for more in &self.incidents {
            incidents.extend(self.others(more)?);
        }
        let graph = self.graph.load()?;
        let own = self.history.parent().unwrap_or(Path::new(""));
        let folder = self.folder.as_deref().unwrap_or(own);
        let mut store = Store::new(folder, self.trust.policy(now)?, &self.reading, now);
        let releases = history.releases().iter();
        let releases = releases.map(|it| store.release(it)).collect();
        let members = history.members().iter();
        let members = members.map(|it| store.member(it)).collect();
        let mut unused = store.into_unused();
        let flaws = self.flaws(&graph, &mut unused)?;
        Ok(Known {
            graph,
            incident,
            incidents,
            history,
            policy,
            flaws,
            releases,
            members,
            now,
            unused,
        })
    }

    fn history(&self) -> Result<ReleaseHistory, Failure> {
        let bytes = read_file(&self.history, MAX_BYTES)?;
        let history = ReleaseHistory::from_json(&bytes, &limits());
        history.map_err(|error| Failure::at(&self.history, error))
    }

    fn policy(&self) -> Result<RollbackPolicy, Failure> {
        let Some(path) = &self.policy else {
            return Ok(RollbackPolicy::default());
        };
        let bytes = read_file(path, MAX_BYTES)?;
        let policy = RollbackPolicy::from_json(&bytes, &limits());
        policy.map_err(|error| Failure::at(path, error))
    }

    /// Reads another log. An incident of the same id would pass for the one that is planned for.
    fn others(&self, log: &Path) -> Result<Vec<Incident>, Failure> {
        let others = incident::read(log)?;
        if others.get(&self.incident).is_some() {
            let (log, id) = (log.to_string_lossy(), &self.incident);
            let text = format!("{}: has an incident {id} of its own", Terminal(&log));
            return Err(Failure::new("rollback.incident.twice", text));
        }
        Ok(others.iter().cloned().collect())
    }

    fn flaws(
        &self,
        graph: &SupplyGraph,
        unused: &mut Vec<String>,
    ) -> Result<Option<Vec<Flaw>>, Failure> {
        let Some(advisories) = graph::advisories::named(&self.advisories)? else {
            return Ok(None);
        };
        let vex = graph::advisories::statements(&self.vex)?;
        let exposures = graph.exposures(&advisories);
        let blind = exposures.not_evaluated().len();
        if blind > 0 {
            unused.push(format!(
                "advisories cannot tell of {blind} things in the graph"
            ));
        }
        let impact = exposures.impact(KindSet::ALL);
        let triage = impact.with_vex(vex.iter().flat_map(VexDocument::statements));
        Ok(Some(Flaw::of_triage(&triage)))
    }
}

impl Known {
    pub(super) fn request(&self) -> RollbackRequest<'_> {
        let request = self
            .history
            .to_request(&self.incident, &self.graph, self.now);
        let request = request
            .with_policy(self.policy.clone())
            .with_incidents(&self.incidents);
        let request = match &self.flaws {
            None => request,
            Some(flaws) => request.with_flaws(flaws.iter().cloned()),
        };
        let releases = self.releases.iter().cloned();
        let request = releases.fold(request, RollbackRequest::with_release);
        let members = self.members.iter().cloned();
        members.fold(request, RollbackRequest::with_member)
    }

    /// Says in a line each what could not be used.
    pub(super) fn warnings(&self) -> String {
        let lines = self.unused.iter();
        lines.map(|line| format!("\nwarning: {line}")).collect()
    }
}
