#!/usr/bin/env python3
"""Runs fuzz targets for long and keeps what came of it.

    .ci/fuzz_long.py run TARGET[:SECONDS[:RUNS]] ...   these targets, one after the other
    .ci/fuzz_long.py queue FILE                        the targets of a file, one a line, from the top
    .ci/fuzz_long.py table                             the results as a table of Markdown

A target runs until the seconds are over or the executions are made, whichever comes first. Each run
adds a line to the results (`--results`); what the fuzzer found lies in `--findings`. The targets have
to be built: `.ci/run fuzz` builds them, runs each for a moment and leaves the seeds.

A queue is read anew before each run and loses the line that was run, so lines may be added at any
time; it ends when no target of it is built, or the file exists that `--stop` names.
"""

import argparse
import csv
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ["target", "crate", "seconds", "executions", "per_second", "corpus", "findings", "commit"]
# The same for a moment and for long: what one small file may cost.
LIMITS = ["-timeout=5", "-malloc_limit_mb=256", "-rss_limit_mb=2048"]


@dataclass
class Work:
    """One target and how long it runs."""

    target: str
    seconds: int
    runs: int

    @classmethod
    def parse(cls, line: str, options: argparse.Namespace) -> "Work":
        """Reads `target`, `target:seconds` or `target:seconds:runs`."""
        target, *rest = line.split(":")
        numbers = [int(part) for part in rest] + [options.seconds, options.runs][len(rest):]
        return cls(target, *numbers)


def crate_of(target: str) -> str:
    """Returns the crate that has a target."""
    found = list(ROOT.glob(f"crates/*/fuzz/fuzz_targets/{target}.rs"))
    if len(found) != 1:
        sys.exit(f"there are {len(found)} targets of the name {target}")
    return found[0].parts[-4]


def commit() -> str:
    """Returns the commit of the tree, marked where it was changed since."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def run(work: Work, options: argparse.Namespace) -> int:
    """Runs one target, adds a line to the results and returns how many findings there are."""
    crate = crate_of(work.target)
    corpus, found = options.corpus / work.target, options.findings / work.target
    seeds = options.seeds / work.target
    for folder in (corpus, found, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    known = set(found.iterdir())
    command = [str(options.bin / work.target), str(corpus), str(seeds), *LIMITS]
    command += [f"-max_total_time={work.seconds}", f"-runs={work.runs}"]
    command += ["-print_final_stats=1", f"-artifact_prefix={found}/"]
    began = time.monotonic()
    with (found.parent / f"{work.target}.log").open("wb") as log:
        code = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT).returncode
    seconds = max(round(time.monotonic() - began), 1)
    text = (found.parent / f"{work.target}.log").read_text(errors="replace")
    done = re.search(r"stat::number_of_executed_units: *(\d+)", text)
    new = sorted(set(found.iterdir()) - known)
    late = [path for path in new if path.name.startswith("timeout-") and not is_again(command[0], path)]
    new = [path.name for path in new if path not in late]
    if done is None and not new:
        sys.exit(f"{work.target} did not run: {text[-2000:]}")
    executions = int(done[1]) if done else 0
    row = [work.target, crate, seconds, executions, executions // seconds,
           len(list(corpus.iterdir())), len(new) or int(code != 0 and not late), commit()]
    add(options.results, row)
    print(" ".join(str(cell) for cell in row), *new, flush=True)
    return row[6]


def is_again(program: str, path: Path) -> bool:
    """Tells whether an input that took too long does so alone: the machine may have been busy."""
    alone = subprocess.run([program, *LIMITS, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if alone.returncode == 0:
        path.unlink()
    return alone.returncode != 0


def add(results: Path, row: list) -> None:
    """Adds a line to the results."""
    is_new = not results.exists()
    with results.open("a", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        if is_new:
            writer.writerow(COLUMNS)
        writer.writerow(row)


def work_off(queue: Path, options: argparse.Namespace) -> int:
    """Runs the targets of a queue until it is empty or told to stop."""
    findings, stop = 0, options.stop or queue.with_name(queue.name + ".stop")
    while not stop.exists():
        works = [Work.parse(line, options) for line in queue.read_text().split()]
        line = next((at for at, work in enumerate(works) if (options.bin / work.target).exists()), None)
        if line is None:
            break
        lines = queue.read_text().split()
        findings += run(works[line], options)
        rest = queue.read_text().split()
        if lines[line] in rest:
            rest.remove(lines[line])
        queue.write_text("".join(entry + "\n" for entry in rest))
    return findings


def table(results: Path) -> None:
    """Prints the sum of all runs of each target, by crate."""
    sums: dict = {}
    with results.open(newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            total = sums.setdefault((row["crate"], row["target"]), [0, 0, 0, 0])
            total[0] += int(row["seconds"])
            total[1] += int(row["executions"])
            total[2] = max(total[2], int(row["corpus"]))
            total[3] += int(row["findings"])
    print("| Crate | Target | Seconds | Executions | A second | Corpus | Findings |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for (crate, target), (seconds, executions, corpus, findings) in sorted(sums.items()):
        print(f"| `{crate}` | `{target}` | {seconds:,} | {executions:,} | {executions // seconds:,} "
              f"| {corpus:,} | {findings} |")
    seconds, executions, _, findings = (sum(column) for column in zip(*sums.values()))
    print(f"| all | {len(sums)} targets | {seconds:,} | {executions:,} | {executions // seconds:,} | "
          f"| {findings} |")


def main() -> None:
    """Reads the arguments and does what they say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("job", choices=["run", "queue", "table"])
    parser.add_argument("what", nargs="*", help="targets, or the file of a queue")
    parser.add_argument("--seconds", type=int, default=300, help="the most seconds a target")
    parser.add_argument("--runs", type=int, default=10_000_000, help="the most executions a target")
    target = ROOT / "target"
    folders = [("bin", target / "fuzz/x86_64-unknown-linux-gnu/release"), ("seeds", target / "ci/seeds"),
               ("corpus", target / "fuzz-corpus"), ("findings", target / "fuzz-findings"),
               ("results", target / "fuzz-results.tsv")]
    for name, default in folders:
        parser.add_argument(f"--{name}", type=Path, default=default)
    parser.add_argument("--stop", type=Path, help="the file that ends a queue; FILE.stop at first")
    options = parser.parse_args()
    if options.job == "table":
        table(options.results)
        return
    if options.job == "queue":
        findings = work_off(Path(*options.what), options)
    else:
        findings = sum(run(Work.parse(line, options), options) for line in options.what)
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
