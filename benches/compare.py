#!/usr/bin/env python3
"""Times the example tool beside its peers, interleaved in one run, and writes the table.

    cargo build --release --examples
    python3 benches/compare.py

Peers are `openssl`, `sha256sum`, `b3sum`, Python's hashlib and `model_signing` (PyPI: model-signing
and pyopenssl). What is not installed is left out and said so; `--require` makes that an error.
The data is made in a temporary folder (13 GB), or kept in `--data`. Every file is read once before,
so that all of it is in memory: this compares hashing, not disks. In every round each command runs
once, in random order; a figure is the median over the rounds. Slow is no error here; wrong is.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARKS = "<!-- begin measured -->", "<!-- end measured -->"
SHARD = 64 << 20
MEBI, GIGA = 1 << 20, 1e9
SHAPES = {  # name: files, bytes of each
    "many": (32, 128 * MEBI),
    "big": (4, 1024 * MEBI),
    "small": (20_000, 10_240),
}
HASHLIB = (
    "import hashlib, sys\n"
    "for name in sys.argv[1:]:\n"
    "    with open(name, 'rb') as file: hashlib.file_digest(file, 'sha256').hexdigest()"
)

# Label, data, ours, peer, what is compared, target: the ratio may be at most this.
RATIOS = [
    ("32 files x 128 MiB, files, read", "many", "read", "openssl", "cpu", 0.60),
    ("32 files x 128 MiB, shards of 64 MiB, read", "many", "shards", "openssl", "cpu", 0.60),
    ("32 files x 128 MiB, files, mapped", "many", "map", "openssl", "cpu", 0.45),
    ("32 files x 128 MiB, shards of 64 MiB, mapped", "many", "shards-map", "openssl", "cpu", 0.45),
    ("4 files x 1 GiB, files, read", "big", "read", "openssl", "cpu", 0.86),
    ("4 files x 1 GiB, files, mapped", "big", "map", "openssl", "cpu", 0.68),
    ("4 files x 1 GiB, shards of 64 MiB, read", "big", "shards", "openssl", "cpu", 0.60),
    ("4 files x 1 GiB, shards of 64 MiB, mapped", "big", "shards-map", "openssl", "cpu", 0.45),
    ("sign 4 x 1 GiB with a key, files, read", "big", "sign", "model_signing", "wall", 0.68),
    ("sign 4 x 1 GiB with a key, shards, read", "big", "sign-shards", "model_signing", "wall", 0.50),
    ("sign 20,000 x 10 KB with a key", "small", "sign", "model_signing", "wall", 0.05),
    ("BLAKE3, 4 x 1 GiB, mapped", "big", "blake3-map", "b3sum", "cpu", 1.05),
    ("2 threads beside 1, 32 x 128 MiB, read", "many", "read", "one-thread", "wall", 1 / 1.9),
]
PEERS = {
    "openssl": "`openssl dgst -sha256`",
    "model_signing": "`model_signing sign key`",
    "b3sum": "`b3sum`",
    "sha256sum": "`sha256sum`",
    "hashlib": "Python `hashlib.file_digest`",
    "one-thread": "1 thread",
}
MAX_MEMORY = 64  # MiB, without mapping


def make_data(folder):
    """Makes the files, unless they are there with the right sizes."""
    block = os.urandom(MEBI)
    for shape, (count, size) in SHAPES.items():
        for index in range(count):
            path = folder / shape / f"d{index // 1000:02}" / f"f{index:05}.bin"
            if path.exists() and path.stat().st_size == size:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                # The first bytes of every block differ, so no two are the same.
                for start in range(0, size, MEBI):
                    piece = os.urandom(512) + block[512:]
                    file.write(piece[: size - start])


def files(folder, shape):
    """Lists the files of a shape."""
    return sorted(path for path in (folder / shape).rglob("*") if path.is_file())


def warm(folder):
    """Reads everything once."""
    for shape in SHAPES:
        for path in files(folder, shape):
            path.read_bytes() if path.stat().st_size < MEBI else subprocess.run(
                ["cat", path], check=True, stdout=subprocess.DEVNULL
            )


def commands(folder, tools, work):
    """Returns, for each shape, the commands by name."""
    ours, key = tools["modelward"], work / "key.pem"
    digest = [ours, "digest"]
    shards = ["--shards", str(SHARD)]
    result = {shape: {} for shape in SHAPES}
    for shape in ("many", "big"):
        model = folder / shape
        names = [str(path) for path in files(folder, shape)]
        result[shape] |= {
            "read": [*digest, model],
            "map": [*digest, model, "--map"],
            "shards": [*digest, model, *shards],
            "shards-map": [*digest, model, *shards, "--map"],
            "openssl": [tools["openssl"], "dgst", "-sha256", *names],
        }
    names = [str(path) for path in files(folder, "big")]
    result["many"]["one-thread"] = [*digest, folder / "many", "--threads", "1"]
    result["big"] |= {
        "blake3-map": [*digest, folder / "big", "--algorithm", "blake3", "--map"],
        "b3sum": [tools["b3sum"], *names],
        "sha256sum": [tools["sha256sum"], *names],
        "hashlib": [sys.executable, "-c", HASHLIB, *names],
    }
    for shape in ("big", "small"):
        model, out = folder / shape, work / f"{shape}.sig"
        sign = [ours, "sign", "key", model, "--private-key", key, "--signature", out]
        result[shape]["sign"] = sign
        result[shape]["model_signing"] = [
            tools["model_signing"], "sign", "key", model,
            "--private_key", key, "--signature", work / f"{shape}.python.sig",
        ]  # fmt: skip
    result["big"]["sign-shards"] = [*result["big"]["sign"], *shards]
    missing = {name for name, path in tools.items() if path is None}
    for named in result.values():
        for name in missing & named.keys():
            del named[name]
    return result


def run(command):
    """Runs a command; returns wall and CPU seconds and peak memory in MiB."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    if status:
        sys.exit(f"failed: {command[:4]}\n{errors.decode(errors='replace')}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024}


def measure(named, rounds):
    """Returns the medians of every command of a shape."""
    taken = {name: [] for name in named}
    for _ in range(rounds):
        order = list(named)
        random.shuffle(order)
        for name in order:
            taken[name].append(run(named[name]))
    median = lambda runs, what: statistics.median(each[what] for each in runs)  # noqa: E731
    return {
        name: {what: median(runs, what) for what in ("wall", "cpu", "memory")}
        for name, runs in taken.items()
    }


def check(folder, tools, work):
    """Makes sure that what is compared is the same work with the right result."""
    text = subprocess.run(
        [tools["modelward"], "--json", "digest", folder / "many"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    entries = {entry["path"]: entry for entry in json.loads(text)["manifest"]["entries"]}
    for path in files(folder, "many"):
        with path.open("rb") as file:
            expected = "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
        found = entries[str(path.relative_to(folder / "many"))]["digest"]
        if found != expected:
            sys.exit(f"wrong digest of {path}: {found}, expected {expected}")
    if tools["model_signing"]:
        for signature in ("small.sig", "small.python.sig"):
            subprocess.run(
                [tools["modelward"], "verify", "key", folder / "small",
                 "--public-key", work / "key.pub.pem", "--signature", work / signature],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip


def machine():
    """Describes the processor by what matters here."""
    info = Path("/proc/cpuinfo").read_text()
    model = next(line for line in info.splitlines() if line.startswith("model name"))
    flags = next(line for line in info.splitlines() if line.startswith("flags")).split()
    has = [name for flag, name in (("avx512bw", "AVX-512"), ("sha_ni", "SHA-NI")) if flag in flags]
    # Zen 5 is the first of its family with this instruction.
    core = " (Zen 5)" if "avx512_vp2intersect" in flags and "AMD" in model else ""
    name = model.split(":")[1].strip() + core
    return f"{os.cpu_count()} cores, {name}, {' and '.join(has) or 'neither AVX-512 nor SHA-NI'}"


def ratio_rows(results):
    """Yields the lines of the table of ratios."""
    yield "| work | beside | what | ratio | target | |"
    yield "|---|---|---|---|---|---|"
    for label, shape, ours, peer, what, target in RATIOS:
        here = results[shape]
        if peer not in here:
            yield f"| {label} | {PEERS[peer]} | {what} | not installed | {target:.2f} | |"
            continue
        ratio = here[ours][what] / here[peer][what]
        verdict = "met" if ratio <= target else f"missed by {ratio / target - 1:.0%}"
        yield f"| {label} | {PEERS[peer]} | {what} | {ratio:.3f} | {target:.3f} | {verdict} |"
    memory = max(
        result["memory"]
        for named in results.values()
        for name, result in named.items()
        if name in ("read", "shards", "sign", "sign-shards", "one-thread")
    )
    verdict = "met" if memory <= MAX_MEMORY else f"missed by {memory / MAX_MEMORY - 1:.0%}"
    yield f"| peak memory without mapping, MiB | | | {memory:.0f} | {MAX_MEMORY} | {verdict} |"


TOOLS = [
    ("modelward, BLAKE3, mapped", "blake3-map"),
    ("b3sum (BLAKE3)", "b3sum"),
    ("modelward, shards, mapped", "shards-map"),
    ("modelward, shards", "shards"),
    ("modelward, files, mapped", "map"),
    ("modelward, files", "read"),
    ("openssl dgst", "openssl"),
    ("Python hashlib", "hashlib"),
    ("model_signing sign key", "model_signing"),
    ("sha256sum", "sha256sum"),
]


def tool_rows(results):
    """Yields the lines of the table of tools on four large files."""
    giga = SHAPES["big"][0] * SHAPES["big"][1] / GIGA
    yield "| 4 files x 1 GiB | wall s | CPU s/GB | peak MiB |"
    yield "|---|---|---|---|"
    for label, name in TOOLS:
        if result := results["big"].get(name):
            cpu = result["cpu"] / giga
            yield f"| {label} | {result['wall']:.2f} | {cpu:.3f} | {result['memory']:.0f} |"


def chart(results):
    """Draws the CPU seconds for a gigabyte as bars."""
    giga = SHAPES["big"][0] * SHAPES["big"][1] / GIGA
    bars = [(label, results["big"][name]["cpu"] / giga) for label, name in TOOLS if name in results["big"]]
    left, width, step = 210, 400, 26
    longest = max(value for _, value in bars)
    height = 64 + step * len(bars)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {height}" role="img" '
        'aria-label="CPU seconds for a gigabyte, by tool">',
        "<style>text{font:13px sans-serif;fill:#1f2328}.ours{fill:#0969da}.peer{fill:#8c959f}"
        ".title{font-weight:600}.note{font-size:11px}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.ours{fill:#4493f8}.peer{fill:#7d8590}}"
        "</style>",
        '<text class="title" x="12" y="22">CPU seconds to hash 1 GB, four files of 1 GiB, warm cache'
        " (less is better)</text>",
    ]
    for index, (label, value) in enumerate(bars):
        y = 38 + step * index
        kind = "ours" if label.startswith("modelward") else "peer"
        length = max(1, width * value / longest)
        lines.append(f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{label}</text>')
        lines.append(f'<rect class="{kind}" x="{left}" y="{y}" width="{length:.1f}" height="18" rx="2"/>')
        lines.append(f'<text x="{left + length + 6:.1f}" y="{y + 14}">{value:.2f}</text>')
    lines.append(f'<text class="note" x="12" y="{height - 8}">SHA-256 unless named; {machine()}</text>')
    return "\n".join([*lines, "</svg>", ""])


def find_tools(chosen):
    """Returns the path of every tool, or None."""
    ours = Path(chosen.modelward).resolve()
    if not ours.exists():
        sys.exit("build it first: cargo build --release --examples")
    venv = ROOT / "target/venv/bin/model_signing"
    cargo = Path.home() / ".cargo/bin/b3sum"
    tools = {
        "modelward": ours,
        "openssl": shutil.which("openssl"),
        "sha256sum": shutil.which("sha256sum"),
        "b3sum": shutil.which("b3sum") or (cargo if cargo.exists() else None),
        "model_signing": venv if venv.exists() else shutil.which("model_signing"),
    }
    missing = [name for name, path in tools.items() if path is None]
    if missing and chosen.require:
        sys.exit(f"not installed: {', '.join(missing)}")
    if tools["openssl"] is None:
        sys.exit("openssl makes the key and is the peer of most rows")
    return tools


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--modelward", default=ROOT / "target/release/examples/modelward")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--data", type=Path, help="keep the data here")
    arguments.add_argument("--require", action="store_true", help="fail if a peer is missing")
    arguments.add_argument("--write", action="store_true", help="write docs/benchmarks.md and the chart")
    arguments.add_argument("--small", action="store_true", help="little data, to try the script")
    chosen = arguments.parse_args()
    if chosen.small:
        SHAPES.update(many=(32, MEBI), big=(4, 8 * MEBI), small=(200, 10_240))
    tools = find_tools(chosen)
    with tempfile.TemporaryDirectory() as scratch:
        work, folder = Path(scratch), chosen.data or Path(scratch) / "data"
        make_data(folder)
        warm(folder)
        for command in (
            ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem"],
            ["pkey", "-in", "key.pem", "-pubout", "-out", "key.pub.pem"],
        ):
            subprocess.run([tools["openssl"], *command], check=True, cwd=work, capture_output=True)
        named = commands(folder, tools, work)
        results = {shape: measure(named[shape], chosen.rounds) for shape in SHAPES}
        check(folder, tools, work)
    head = f"Medians of {chosen.rounds} rounds on {machine()}."
    table = "\n".join([head, "", *ratio_rows(results), "", *tool_rows(results)])
    print(table)
    if chosen.write:
        page = ROOT / "docs/benchmarks.md"
        before, rest = page.read_text().split(MARKS[0])
        after = rest.split(MARKS[1])[1]
        page.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}")
        (ROOT / "docs/hashing.svg").write_text(chart(results))


if __name__ == "__main__":
    main()
