"""Measures what ML-BOMs cost: a document of 100,000 components, and inspection beside hashing.

usage: bom.py [MODEL_FOLDER]      needs `cargo build --release --examples`; writes nothing
"""
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TOOL = "target/release/examples/modelward"
ROUNDS = 41


def cost(*command):
    """Runs a command; returns its CPU seconds and its peak memory in bytes."""
    with open(os.devnull, "wb") as nothing:
        child = subprocess.Popen([TOOL, *map(str, command)], stdout=nothing)
        _, status, usage = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 1), f"{command} ended with {code}"
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def write_document(path, count, changed):
    """Writes item by item: a child counts the memory that its parent had as its own."""
    name = "pkg:pypi/library-{0}@1.{0}".format
    component = lambda index: {
        "type": "library", "bom-ref": name(index), "name": f"library-{index}",
        "version": "changed" if index == changed else f"1.{index}",
        "purl": name(index), "licenses": [{"license": {"id": "MIT"}}],
        "hashes": [{"alg": "SHA-256", "content": f"{index:064x}"}],
        "properties": [{"name": "modelward:example", "value": "value"}],
    }
    dependency = lambda index: {"ref": name(index), "dependsOn": [name(index // 2)]}
    with open(path, "w") as out:
        out.write('{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1')
        for member, item in [("components", component), ("dependencies", dependency)]:
            out.write(f',\n"{member}": [')
            for index in range(count):
                out.write((",\n" if index else "\n") + json.dumps(item(index), indent=1))
            out.write("\n]")
        out.write("}\n")


def large(folder):
    path, other, out = folder / "large.json", folder / "other.json", folder / "out.json"
    write_document(path, 100_000, None)
    write_document(other, 100_000, 777)
    size = path.stat().st_size
    print(f"100,000 components, {size / 1e6:.0f} MB of JSON\n\n| work | CPU s | peak memory beside the JSON |\n|---|---|---|")
    for label, command in [
        ("read, convert to 1.7 and write", ["bom", "convert", path, "--to", "1.7", "-o", out]),
        ("read, convert to 1.5 and write", ["bom", "convert", path, "--to", "1.5", "-o", out]),
        ("read and check", ["bom", "check", path]),
        ("read two and compare", ["bom", "diff", path, other]),
    ]:
        runs = [cost(*command) for _ in range(3)]
        seconds = statistics.median(run[0] for run in runs)
        print(f"| {label} | {seconds:.2f} | {max(run[1] for run in runs) / size:.1f} |")


def without_datasets(folder, model):
    """Copies a model without its lists of datasets, of which each is a component with its sources."""
    copy = folder / "plain"
    shutil.copytree(model, copy)
    (copy / "data_config.json").unlink(missing_ok=True)
    card = copy / "README.md"
    if card.exists():
        card.write_text(re.sub(r"^datasets:\n(?:- .*\n)*", "", card.read_text(), count=1, flags=re.MULTILINE))
    return copy


def generation(folder, model):
    """Alternates the two in random order, so that a busy machine changes both."""
    size = sum(path.stat().st_size for path in Path(model).rglob("*") if path.is_file())
    commands = {"digest": ["digest", model], "bom": ["bom", model, "-o", folder / "model.json"]}
    seconds = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name in random.sample(list(commands), len(commands)):
            seconds[name].append(cost(*commands[name])[0])
    median = {name: statistics.median(runs) for name, runs in seconds.items()}
    print(f"\n{Path(model).name}: `bom` beside `digest` of {size / 1e6:.0f} MB, CPU, median of {ROUNDS}: "
          f"{median['bom']:.3f} s beside {median['digest']:.3f} s, {median['bom'] / median['digest']:.3f}")


with tempfile.TemporaryDirectory() as scratch:
    large(Path(scratch))
    for model in sys.argv[1:]:
        generation(Path(scratch), model)
        generation(Path(scratch), without_datasets(Path(scratch), model))
        shutil.rmtree(Path(scratch) / "plain")
