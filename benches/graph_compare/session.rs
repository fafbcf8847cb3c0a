//! One engine, its graph, and the lines that tell what it took.

use std::fmt;

use crate::data::{Edge, Edges, Picks};
use crate::meter::{self, Taken, measure, measure_often};
use crate::task::Task;

/// A graph with what is asked of it. What an engine does not offer is `None`.
pub(crate) trait Engine: Sized {
    /// Makes the graph. Nothing of the edges may be borrowed after it.
    fn build<'a>(edges: impl Iterator<Item = Edge<'a>>) -> Self;

    /// Returns how many nodes and edges there are.
    fn size(&self) -> (usize, usize);

    /// Does the work once, or often, and takes its time.
    fn run(&self, task: Task, picks: &Picks) -> Option<Outcome>;

    /// Writes the graph.
    fn save(&self) -> Option<Vec<u8>> {
        None
    }

    /// Reads what [`save`](Self::save) wrote.
    fn load(_bytes: &[u8]) -> Option<Self> {
        None
    }
}

/// What a task took and answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    taken: Taken,
    check: usize,
    /// The pairs among all roots, of a matrix.
    total: Option<usize>,
}

impl Outcome {
    /// Measures `work` and then, unmeasured, makes the check value of its result.
    pub(crate) fn of<T>(work: impl FnOnce() -> T, check: impl FnOnce(&T) -> usize) -> Self {
        let (result, taken) = measure(work);
        Self::new(taken, check(&result))
    }

    /// The same for work that may be too short for the clock.
    pub(crate) fn of_short<T>(work: impl Fn() -> T, check: impl FnOnce(&T) -> usize) -> Self {
        let (result, taken) = measure_often(work);
        Self::new(taken, check(&result))
    }

    /// Adds how many pairs a whole matrix has.
    pub(crate) const fn with_total(mut self, total: usize) -> Self {
        self.total = Some(total);
        self
    }

    const fn new(taken: Taken, check: usize) -> Self {
        Self {
            taken,
            check,
            total: None,
        }
    }
}

/// Holds the edges and the graph that was last built of them.
pub(crate) struct Session<'p, G, E> {
    edges: E,
    picks: &'p Picks,
    graph: Option<G>,
    /// The bytes on the heap that the graph holds.
    live: usize,
    saved: Option<Vec<u8>>,
}

impl<'p, G: Engine, E: Edges> Session<'p, G, E> {
    pub(crate) const fn new(edges: E, picks: &'p Picks) -> Self {
        Self {
            edges,
            picks,
            graph: None,
            live: 0,
            saved: None,
        }
    }

    /// Runs a task.
    pub(crate) fn run(&mut self, task: Task) -> Line {
        if matches!(task, Task::Build) {
            self.graph = None;
        }
        meter::reset_peak();
        let outcome = match task {
            Task::Build => Some(self.build()),
            Task::Memory => self
                .graph
                .as_ref()
                .map(|graph| Outcome::of(|| (), |()| sum(graph))),
            Task::SnapshotSave => self.save(),
            Task::SnapshotLoad => self.load(),
            _ => self
                .graph
                .as_ref()
                .and_then(|graph| graph.run(task, self.picks)),
        };
        Line {
            task,
            outcome,
            live: self.live,
            peak: meter::peak(),
        }
    }

    fn build(&mut self) -> Outcome {
        // While another engine worked, the system may have put the edges aside: they are to be in
        // memory, for each engine alike.
        let touched = |edge: Edge<'_>| {
            edge.from
                .bytes()
                .chain(edge.to.bytes())
                .map(usize::from)
                .sum::<usize>()
        };
        std::hint::black_box(self.edges.iter().map(touched).sum::<usize>());
        let before = meter::live();
        let (graph, taken) = measure(|| G::build(self.edges.iter()));
        self.live = meter::live().saturating_sub(before);
        let check = sum(&graph);
        self.graph = Some(graph);
        Outcome::new(taken, check)
    }

    fn save(&mut self) -> Option<Outcome> {
        self.saved = None;
        let graph = self.graph.as_ref()?;
        let (saved, taken) = measure(|| graph.save());
        self.saved = Some(saved?);
        Some(Outcome::new(taken, graph.size().1))
    }

    fn load(&self) -> Option<Outcome> {
        let bytes = self.saved.as_ref()?;
        let (loaded, taken) = measure(|| G::load(bytes));
        Some(Outcome::new(taken, sum(&loaded?)))
    }
}

fn sum<G: Engine>(graph: &G) -> usize {
    let (nodes, edges) = graph.size();
    nodes + edges
}

/// One line of JSON: what a task took, or that it is not offered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    task: Task,
    outcome: Option<Outcome>,
    live: usize,
    peak: u64,
}

impl Line {
    /// Returns the check value, if the task is offered.
    pub(crate) fn check(&self) -> Option<usize> {
        self.outcome.map(|outcome| outcome.check)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Outcome {
            taken,
            check,
            total,
        }) = self.outcome
        else {
            return write!(f, r#"{{"task": "{}", "offered": false}}"#, self.task);
        };
        write!(
            f,
            r#"{{"task": "{}", "offered": true, "wall": {}, "cpu": {}, "check": {check}, "live": {}, "peak": {}"#,
            self.task,
            taken.wall.as_nanos(),
            taken.cpu.as_nanos(),
            self.live,
            self.peak,
        )?;
        if let Some(total) = total {
            write!(f, r#", "total": {total}"#)?;
        }
        f.write_str("}")
    }
}
