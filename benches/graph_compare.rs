//! Measures one graph, ours or petgraph's, for `graph.py`.
//!
//! ```text
//! graph_compare make NODES FOLDER      makes the edges and what is asked of them
//! graph_compare serve ENGINE FOLDER    a task in a line in, a line of JSON out
//! graph_compare grow NODES TASK ...    these tasks on our graph, with the edges made in memory
//! graph_compare --test                 both engines on a little graph: do the answers agree?
//! ```
//!
//! ENGINE is `modelward` or `petgraph`. Tasks are those of `task.rs`; what an engine does not offer
//! it says so. The first task has to be `build`.

#[path = "graph_compare/data.rs"]
mod data;
#[path = "graph_compare/layers.rs"]
mod layers;
#[path = "graph_compare/meter.rs"]
mod meter;
#[path = "graph_compare/ours.rs"]
mod ours;
#[path = "graph_compare/peer.rs"]
mod peer;
#[path = "graph_compare/session.rs"]
mod session;
#[path = "graph_compare/task.rs"]
mod task;

use std::error::Error;
use std::io::{self, BufRead as _, Write as _};
use std::path::Path;

use crate::data::{Edges, Picks, Text};
use crate::layers::Layers;
use crate::ours::Ours;
use crate::peer::Peer;
use crate::session::{Engine, Session};
use crate::task::Task;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["make", nodes, folder] => data::write(&Layers::make(nodes.parse()?), Path::new(folder))?,
        ["serve", engine, folder] => serve(engine, Path::new(folder))?,
        ["grow", nodes, ref tasks @ ..] => grow(nodes.parse()?, tasks)?,
        _ if words.contains(&"--test") => compare()?,
        // `cargo bench` without a name runs this too; figures are only had beside others.
        _ => say("figures are made by `python3 benches/graph.py`")?,
    }
    Ok(())
}

fn serve(engine: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let text = Text::read(folder)?;
    let picks = Picks::read(folder)?;
    let edges = text.edges();
    match engine {
        "modelward" => answer(Session::<Ours, _>::new(edges, &picks)),
        "petgraph" => answer(Session::<Peer, _>::new(edges, &picks)),
        _ => Err(format!("there is no engine {engine}").into()),
    }
}

fn answer<G: Engine, E: Edges>(mut session: Session<'_, G, E>) -> Result<(), Box<dyn Error>> {
    say("ready")?;
    for line in io::stdin().lock().lines() {
        let task: Task = line?.parse()?;
        say(&session.run(task).to_string())?;
    }
    Ok(())
}

fn grow(nodes: u32, tasks: &[&str]) -> Result<(), Box<dyn Error>> {
    let layers = Layers::make(nodes);
    let picks = layers.picks();
    let mut session = Session::<Ours, _>::new(layers, &picks);
    for task in tasks {
        say(&session.run(task.parse()?).to_string())?;
    }
    Ok(())
}

/// Fails where the two engines answer differently.
fn compare() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    data::write(&Layers::make(3_000), folder.path())?;
    let (text, picks) = (Text::read(folder.path())?, Picks::read(folder.path())?);
    let mut ours = Session::<Ours, _>::new(text.edges(), &picks);
    let mut peer = Session::<Peer, _>::new(text.edges(), &picks);
    let mut compared = 0;
    for task in Task::ALL {
        let (mine, other) = (ours.run(task), peer.run(task));
        let (Some(mine), Some(other)) = (mine.check(), other.check()) else {
            continue;
        };
        if mine != other {
            return Err(format!("{task}: modelward {mine}, petgraph {other}").into());
        }
        compared += 1;
    }
    say(&format!(
        "both graphs give the same answers to {compared} tasks"
    ))?;
    Ok(())
}

fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
