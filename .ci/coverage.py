"""Reads what `cargo llvm-cov report --json` measured, and judges it.

    coverage.py FILE            lines and regions of each crate, and of each file that decides who signed
    coverage.py --prove FILE    shows that figures that are too low, or absent, are noticed

Lines of verification and of chains of certificates have to be covered to more than 95 %, each as a whole.
"""

import copy
import json
import pathlib
import sys

FLOOR = 95.0
SIGN = "crates/modelward-sign/src/"
PARTS = {"verify": ("verify.rs", "verify/"), "chain": ("chain.rs", "chain/")}
SHOWN = (*PARTS["verify"], *PARTS["chain"], "certificate.rs", "certificate/", "joint.rs", "policy.rs")
# A suite of others that stands beside what is private; it is no code that ships.
TESTS = ("chain/signature/wycheproof.rs",)


def files(report):
    """Lists what was measured, by the path below the workspace's root."""
    found = {}
    for entry in report["data"][0]["files"]:
        _, _, path = entry["filename"].rpartition("/crates/")
        path = f"crates/{path}"
        if not path.removeprefix(SIGN).startswith(TESTS):
            found[path] = entry["summary"]
    return found


def share(summaries, kind):
    """Returns how many of the lines or regions were run, and how many there are."""
    return tuple(sum(summary[kind][it] for summary in summaries) for it in ("covered", "count"))


def percent(covered, count):
    return 100 * covered / count if count else 0.0


def row(name, summaries):
    cells = []
    for kind in ("lines", "regions"):
        covered, count = share(summaries, kind)
        cells.append(f"{percent(covered, count):6.2f} % of {count:6} {kind}")
    return f"{name:52} {cells[0]}  {cells[1]}"


def of(found, starts):
    return {path: it for path, it in found.items() if path.removeprefix(SIGN).startswith(starts)}


def faults(report):
    """Says which parts are covered too little, or were not measured."""
    found = files(report)
    said = []
    for part, starts in PARTS.items():
        covered, count = share(of(found, starts).values(), "lines")
        if count == 0:
            said.append(f"{part} was not measured")
        elif percent(covered, count) <= FLOOR:
            said.append(f"{percent(covered, count):.2f} % of the lines of {part} are covered, not more than {FLOOR} %")
    return said


def prove(report):
    """Makes reports up that the judge has to refuse: a lower figure, the very floor, nothing at all."""
    assert not faults(report), "the report itself is refused"
    for part, starts in PARTS.items():
        for cut in (FLOOR - 0.01, FLOOR, None):
            made = copy.deepcopy(report)
            entries = made["data"][0]["files"]
            paths = [entry for entry in entries if of(files({"data": [{"files": [entry]}]}), starts)]
            if cut is None:
                made["data"][0]["files"] = [entry for entry in entries if entry not in paths]
            for entry in paths if cut is not None else []:
                entry["summary"]["lines"] |= {"count": 10_000, "covered": round(cut * 100)}
            said = faults(made)
            assert len(said) == 1 and part in said[0], f"{part} with {cut} was not noticed: {said}"
            print(f"noticed: {said[0]}")
    for entry in report["data"][0]["files"]:
        entry["summary"]["lines"] |= {"count": 10_000, "covered": 9_501}
    assert not faults(report), "just above the floor is enough"


def main(arguments):
    proving = arguments[:1] == ["--prove"]
    report = json.loads(pathlib.Path(arguments[-1]).read_text())
    if proving:
        prove(report)
        return 0
    found = files(report)
    crates = sorted({path.split("/")[1] for path in found})
    for crate in crates:
        print(row(crate, [it for path, it in found.items() if path.startswith(f"crates/{crate}/")]))
    for part, starts in PARTS.items():
        print(row(f"{part} of modelward-sign", of(found, starts).values()))
    for path, summary in sorted(of(found, SHOWN).items()):
        print(row(path.removeprefix(SIGN), [summary]))
    for fault in faults(report):
        print(f"FAILED: {fault}", file=sys.stderr)
    return 1 if faults(report) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
