#!/usr/bin/env python3
"""Times the graph beside petgraph, rustworkx, igraph and networkx, interleaved in one run.

    cargo bench --bench graph_compare --no-run
    python3 benches/graph.py

The data is made by `graph_compare make` and kept in `--data`. Each engine is a process that loads it
once and then answers one task at a time; in every round every task runs once in every engine, the
tasks in random order and the engines too, and a figure is the median over the rounds. Python peers
run in target/venv-graph (`.ci/run graph_venv`) or this Python; what is not installed is left out and
said so; `--require` makes that an error. Slow is no error here; answers that differ are.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from compare import machine  # noqa: E402
from graph_charts import bars, digits, growth, power  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
MARKS = "<!-- begin graph -->", "<!-- end graph -->"
OURS = "modelward"
RUST, PYTHON = (OURS, "petgraph"), ("rustworkx", "igraph")
SLOW = "networkx"  # at SLOW_NODES only
SLOW_NODES = 100_000
SOME_ROOTS = 100  # from how many roots an engine without a matrix searches
MILLI, MEGA = 1e6, 1e6

# The order of a first round; later ones are shuffled.
TASKS = {
    "build": "build from ids in memory",
    "memory": "memory of the graph",
    "closure-popular": "all that needs the most needed node",
    "closure-p99": "all that needs a node at the 99th percentile",
    "closure-median": "all that needs a median node",
    "union-1000": "all that needs one of 1,000 nodes",
    "separate-1000": "1,000 closures, one by one",
    "matrix": "which of 10,000 roots needs which of 1,000 nodes",
    "matrix-2-threads": "the same, two threads",
    "scc": "strongly connected components",
    "scc-kosaraju": "the same by Kosaraju's algorithm",
    "toposort": "topological order",
    "why": "shortest chain to the farthest node",
    "snapshot-save": "write a snapshot",
    "snapshot-load": "read a snapshot",
}
GROWN = ["build", "closure-popular", "closure-p99", "union-1000", "matrix", "snapshot-load"]
MAX_MEMORY = 8  # GB, at the largest size

# Our task, engine beside, its task, what is compared, target: the ratio may be at most this.
RATIOS = [
    ("build", "petgraph", "build", "wall", 0.22),
    ("build", "rustworkx", "build", "wall", 1),
    ("build", "igraph", "build", "wall", 1),
    ("build", "networkx", "build", "wall", 1),
    ("closure-popular", "petgraph", "closure-popular", "cpu", 0.12),
    ("closure-popular", "rustworkx", "closure-popular", "cpu", 1),
    ("closure-popular", "igraph", "closure-popular", "cpu", 1),
    ("closure-popular", "networkx", "closure-popular", "cpu", 1),
    ("scc", "petgraph", "scc", "cpu", 0.06),
    ("matrix", OURS, "separate-1000", "cpu", 0.3),
    ("matrix-2-threads", OURS, "matrix", "wall", 1 / 1.8),
    ("memory", "petgraph", "memory", "live", 0.35),
    ("snapshot-load", OURS, "build", "wall", 0.06),
]


class Engine:
    """A process that answers tasks."""

    def __init__(self, name, command, folder):
        self.name = name
        self.child = subprocess.Popen(
            [*map(str, command), name, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if self.child.stdout.readline().strip() != "ready":
            sys.exit(f"{name} did not start")

    def ask(self, task):
        self.child.stdin.write(f"{task}\n")
        self.child.stdin.flush()
        line = self.child.stdout.readline()
        if not line:
            sys.exit(f"{self.name} failed at {task}")
        return json.loads(line)

    def end(self):
        self.child.stdin.close()
        if self.child.wait():
            sys.exit(f"{self.name} failed")


def measure(engines, tasks, rounds):
    """Returns the medians by task and engine. All answers to a task have to be one."""
    taken = {task: {} for task in tasks}
    for number in range(rounds):
        order = list(tasks)
        if number:
            random.shuffle(order)
        for task in order:
            for engine in random.sample(engines, len(engines)):
                line = engine.ask(task)
                if line["offered"]:
                    taken[task].setdefault(engine.name, []).append(line)
    for task, runs in taken.items():
        checks = {name: {line["check"] for line in lines} for name, lines in runs.items()}
        if len(set().union(*checks.values())) > 1:
            sys.exit(f"the answers to {task} differ: {checks}")
    return {
        task: {name: medians(lines) for name, lines in runs.items()} for task, runs in taken.items()
    }


def medians(lines):
    """Returns the median of each figure."""
    figures = ("wall", "cpu", "live", "peak", "total")
    return {
        what: statistics.median(line[what] for line in lines) for what in figures if what in lines[0]
    }


def scale(results, roots):
    """Turns a matrix of some roots into one of all, for those that search from each root."""
    for name, result in results.get("matrix", {}).items():
        if name != OURS:
            for what in ("wall", "cpu"):
                result[what] *= max(1, roots / SOME_ROOTS)


def check_pairs(results, engines):
    """Compares all pairs of our matrix with those that petgraph finds, one search at a time."""
    tasks = ("matrix", "matrix-2-threads")
    totals = {results[task][OURS]["total"] for task in tasks if OURS in results.get(task, {})}
    peer = next((engine for engine in engines if engine.name == "petgraph"), None)
    if totals and peer:
        pairs = peer.ask("pairs")["check"]
        if totals != {pairs}:
            sys.exit(f"the matrix has {totals} pairs, petgraph finds {pairs}")


def compare(names, tasks, nodes, chosen):
    """Measures these engines on a graph of so many nodes."""
    folder = chosen.data / str(nodes)
    if not (folder / "picks.tsv").exists():
        subprocess.run([chosen.binary, "make", str(nodes), folder], check=True)
    picks = (folder / "picks.tsv").read_text().splitlines()
    rust, python = [chosen.binary, "serve"], [chosen.python, ROOT / "benches/graph_peers.py"]
    engines = [Engine(name, rust if name in RUST else python, folder) for name in names]
    results = measure(engines, tasks, chosen.rounds)
    check_pairs(results, engines)
    scale(results, sum(line.startswith("root\t") for line in picks))
    for engine in engines:
        engine.end()
    return results


def grow(sizes, chosen):
    """Measures our graph alone at growing sizes; returns the lines by size, and peak memory."""
    grown = {}
    for nodes in sizes:
        tasks = [task for task in GROWN if task in chosen.tasks]
        command = [str(chosen.binary), "grow", str(nodes), *tasks]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        lines = [json.loads(line) for line in child.stdout]
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            sys.exit(f"failed: {command}")
        grown[nodes] = {line["task"]: line for line in lines if line["offered"]}
        grown[nodes]["peak"] = usage.ru_maxrss * 1024
    return grown


def amount(value, what):
    """Writes milliseconds or megabytes with three digits that count."""
    return f"{digits(value / MEGA)} MB" if what == "live" else f"{digits(value / MILLI)} ms"


def sized(nodes):
    """Writes a number of nodes."""
    return f"{nodes:,} nodes"


def ratio_rows(results, slow, missing, nodes):
    """Yields the lines of the table of ratios."""
    yield "| work | beside | what | ratio | target | | median | median beside |"
    yield "|---|---|---|---|---|---|---|---|"
    for task, peer, other, what, target in RATIOS:
        here = slow if peer == SLOW else results
        if task not in here:
            continue
        beside = TASKS[other] if peer == OURS else peer
        if peer == SLOW:
            beside += f", {sized(min(nodes, SLOW_NODES))}"
        head = f"| {TASKS[task]} | {beside} | {what} "
        ours, theirs = here[task].get(OURS), here.get(other, {}).get(peer)
        if not ours or not theirs:
            why = "not installed" if peer in missing else "not measured"
            yield f"{head}| {why} | {target:.2f} | | | |"
            continue
        ratio = ours[what] / theirs[what]
        verdict = "met" if ratio <= target else f"missed by {ratio / target - 1:.0%}"
        figures = f"{amount(ours[what], what)} | {amount(theirs[what], what)}"
        yield f"{head}| {ratio:.3f} | {target:.2f} | {verdict} | {figures} |"


def memory_row(grown):
    """Yields the line on memory at the largest size."""
    nodes = max(grown)
    memory = grown[nodes]["peak"] / 1e9
    verdict = "met" if memory <= MAX_MEMORY else f"missed by {memory / MAX_MEMORY - 1:.0%}"
    yield f"| peak memory at {sized(nodes)}, GB | | | {memory:.2f} | {MAX_MEMORY} | {verdict} | | |"


def task_rows(results, engines):
    """Yields the lines of the table of everything."""
    yield "| wall | " + " | ".join(engines) + " |"
    yield "|---|" + "---|" * len(engines)
    for task, runs in results.items():
        what = "live" if task == "memory" else "wall"
        cells = [amount(runs[name][what], what) if name in runs else "" for name in engines]
        if any(cells):
            yield f"| {TASKS[task]} | " + " | ".join(cells) + " |"


def grown_rows(grown):
    """Yields the lines of the table of sizes."""
    tasks = [task for task in GROWN if task in grown[max(grown)]]
    yield "| modelward, wall | " + " | ".join(sized(nodes) for nodes in grown) + " |"
    yield "|---|" + "---|" * len(grown)
    for task in tasks:
        cells = (amount(lines[task]["wall"], "wall") for lines in grown.values())
        yield f"| {TASKS[task]} | " + " | ".join(cells) + " |"
    cells = (f"{lines['peak'] / MEGA:,.0f} MB" for lines in grown.values())
    yield "| peak memory of the process, edges included | " + " | ".join(cells) + " |"


def installed(python, name):
    """Tells whether a library is there."""
    command = [str(python), "-c", f"import {name}"]
    return subprocess.run(command, capture_output=True).returncode == 0


def find_binary():
    """Returns the newest bench binary."""
    found = [
        path
        for path in (ROOT / "target/release/deps").glob("graph_compare-*")
        if path.suffix == "" and os.access(path, os.X_OK)
    ]
    if not found:
        sys.exit("build it first: cargo bench --bench graph_compare --no-run")
    return max(found, key=lambda path: path.stat().st_mtime)


def arguments():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", type=Path, help="the bench binary, else the newest in target")
    parser.add_argument("--data", type=Path, default=ROOT / "target/graph-bench")
    parser.add_argument("--nodes", type=int, default=1_000_000)
    parser.add_argument("--largest", type=int, default=10_000_000, help="the last size of growth")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--require", action="store_true", help="fail if a peer is missing")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its charts")
    parser.add_argument("--small", action="store_true", help="10,000 nodes and one round, to try it")
    chosen = parser.parse_args()
    if chosen.small:
        chosen.nodes = chosen.largest = 10_000
        chosen.rounds = 1
    chosen.binary = (chosen.binary or find_binary()).resolve()
    # Whatever is asked of a graph needs one, and reading a snapshot one that was written.
    needed = {"build"} | ({"snapshot-save"} if "snapshot-load" in chosen.tasks else set())
    chosen.tasks = [task for task in TASKS if task in needed or task in chosen.tasks]
    venv = ROOT / "target/venv-graph/bin/python"
    chosen.python = venv if venv.exists() else Path(sys.executable)
    return chosen


def main():
    chosen = arguments()
    missing = [name for name in (*PYTHON, SLOW) if not installed(chosen.python, name)]
    if missing and chosen.require:
        sys.exit(f"not installed: {', '.join(missing)}")
    engines = [name for name in (*RUST, *PYTHON) if name not in missing]
    results = compare(engines, chosen.tasks, chosen.nodes, chosen)
    slow = dict.fromkeys(chosen.tasks, {})
    if SLOW not in missing:
        shared = [task for task in chosen.tasks if task in ("build", "closure-popular")]
        slow = compare([OURS, SLOW], shared, min(chosen.nodes, SLOW_NODES), chosen)
    sizes = [10**step for step in range(3 if chosen.small else 4, power(chosen.largest) + 1)]
    grown = grow(sizes, chosen)
    head = f"Medians of {chosen.rounds} rounds on {machine()}; {sized(chosen.nodes)} but where said."
    table = "\n".join([
        head, "",
        *ratio_rows(results, slow, missing, chosen.nodes), *memory_row(grown), "",
        *task_rows(results, engines), "",
        *grown_rows(grown),
    ])  # fmt: skip
    print(table)
    if chosen.write:
        page = ROOT / "docs/benchmarks.md"
        before, rest = page.read_text().split(MARKS[0])
        after = rest.split(MARKS[1])[1]
        page.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}")
        charts = {
            "graph": growth(grown, machine()),
            "graph-peers": bars(results, engines, f"{sized(chosen.nodes)}; {machine()}"),
        }
        for name, lines in charts.items():
            (ROOT / f"docs/{name}.svg").write_text("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
