#!/usr/bin/env python3
"""Counts the instructions that each SHA-256 kernel takes for a block, from its disassembly.

Unlike a time, the figure is the same on every machine and in every run. Loops are found by their
backward jumps; an inner loop of a kernel in lanes runs three times for each turn of the outer one
(rounds 16 to 63, sixteen at a time). Needs `objdump`; `--callgrind` needs `valgrind`, and counts
what the AVX2 kernel really executes, to check the counting, and `sha2`'s software path.

    cargo bench --bench hashing --no-run
    python3 benches/kernel_costs.py
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

# Symbol (a part of it), name, messages at a time.
KERNELS = [
    (r"6kernel4avx28compress", "avx2", 8),
    (r"6kernel10avx512_ymm8compress", "avx512-ymm", 8),
    (r"6kernel10avx512_zmm8compress", "avx512-zmm", 16),
    (r"6kernel6sha_ni8compress", "sha-ni", None),
    (r"6kernel6sha_ni11compress_vl", "sha-ni-vl", None),
]
ROUNDS_OF_SHA_NI = 32  # `sha256rnds2` instructions for a block of one message
INNER_TURNS = 3


def benches(root):
    """Returns the newest bench binary."""
    found = [path for path in root.glob("target/release/deps/hashing-*") if not path.suffix]
    if not found:
        sys.exit("build it first: cargo bench --bench hashing --no-run")
    return max(found, key=lambda path: path.stat().st_mtime)


def functions(binary):
    """Yields the name and the instructions, as (address, mnemonic, arguments), of each function."""
    text = subprocess.run(
        ["objdump", "-d", "--no-show-raw-insn", binary], check=True, capture_output=True, text=True
    ).stdout
    name, body = None, []
    for line in text.splitlines():
        head = re.match(r"[0-9a-f]+ <(.*)>:$", line)
        if head:
            if name:
                yield name, body
            name, body = head.group(1), []
            continue
        instruction = re.match(r"\s+([0-9a-f]+):\s+(\S+)\s*(.*)", line)
        if instruction:
            body.append((int(instruction.group(1), 16), instruction.group(2), instruction.group(3)))
    if name:
        yield name, body


def loops(body):
    """Returns (first, last) address of each loop, the longest first."""
    first = body[0][0]
    found = []
    for address, mnemonic, arguments in body:
        target = re.match(r"([0-9a-f]+) ", arguments)
        if mnemonic.startswith("j") and target and first <= int(target.group(1), 16) < address:
            found.append((int(target.group(1), 16), address))
    return sorted(found, key=lambda loop: loop[0] - loop[1])


def count(body, loop):
    """Returns how many instructions stand in a loop."""
    return sum(loop[0] <= address <= loop[1] for address, _, _ in body)


def cost(body):
    """Returns the instructions for one block of every message, and the loop that does it."""
    found = loops(body)
    outer = next(loop for loop in found if count(body, loop) > 100)
    inside = [loop for loop in found if outer[0] < loop[0] and loop[1] < outer[1]]
    extra = sum((INNER_TURNS - 1) * count(body, loop) for loop in inside)
    return count(body, outer) + extra, outer


def measured(binary):
    """Returns rows of (kernel, messages, instructions for a block of one message)."""
    rows = []
    for symbol, body in functions(binary):
        for pattern, name, messages in KERNELS:
            if not re.search(pattern, symbol) or not body:
                continue
            total, loop = cost(body)
            if messages is None:
                rounds = sum(
                    mnemonic == "sha256rnds2" and loop[0] <= address <= loop[1]
                    for address, mnemonic, _ in body
                )
                messages = rounds // ROUNDS_OF_SHA_NI
                base, _, vector = name.partition("-vl")
                suffix = "" if messages == 1 else f"-{messages}"
                name = base + suffix + ("-vl" if symbol.count("compress_vl") else vector)
            rows.append((name, messages, total / messages))
    return sorted(set(rows))


def callgrind(binary, kernel, symbol, messages):
    """Returns the instructions that a kernel executes for a block of one message, by callgrind."""
    out = "target/ci/callgrind.out"
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["valgrind", "--tool=callgrind", "-q", f"--callgrind-out-file={out}", binary,
         "--test", f"^kernel/{kernel}$"],
        check=True, capture_output=True,
    )  # fmt: skip
    report = subprocess.run(
        ["callgrind_annotate", "--threshold=100", out], check=True, capture_output=True, text=True
    ).stdout
    lines = [line for line in report.splitlines() if re.search(symbol, line)]
    executed = int(re.match(r"\s*([\d,]+)", lines[0]).group(1).replace(",", ""))
    # The bench advances every message by 512 blocks, once in test mode.
    return executed / (messages * 512)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--callgrind", action="store_true", help="check the counting")
    chosen = arguments.parse_args()
    binary = benches(Path(__file__).resolve().parent.parent)
    rows = measured(binary)
    if len(rows) != 8:
        sys.exit(f"expected 8 kernels of our own, found {len(rows)}: {rows}")
    print("| kernel | messages | instructions for a block of one |\n|---|---|---|")
    for name, messages, each in rows:
        print(f"| `{name}` | {messages} | {each:.1f} |")
    if chosen.callgrind:
        each = callgrind(binary, "avx2", "avx2.*compress", 8)
        stated = next(each for name, _, each in rows if name == "avx2")
        print(f"\navx2 by callgrind: {each:.1f} ({each / stated - 1:+.1%})")
        if abs(each / stated - 1) > 0.05:
            sys.exit("the count from the disassembly is not what is executed")
        # Valgrind has no SHA unit, so `sha2` takes its software path.
        each = callgrind(binary, "portable", "sha2.*compress", 1)
        print(f"portable (`sha2` without a SHA unit) by callgrind: {each:.1f}")


if __name__ == "__main__":
    main()
