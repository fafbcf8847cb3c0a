"""Judges exported incident records by what others wrote for each format.

    exports.py FOLDER    fails where a document is missing or refused, or where a judge does not
                         refuse a document that was damaged

FOLDER has the documents under the names of FORMATS, and under the same name in `losses` what each
does not say. Every judge is shown damaged documents too, each with one fault of its kind: a judge
that cannot say no is none. What the story marks above the label of a document must not be in it.

Needs from PyPI: avidtools, jsonschema, markdown-it-py, pyyaml, stix2, stix2-validator; from npm what
stands in .ci/exports/package.json; and MODELWARD_SHARED.
"""

import json
import pathlib
import shutil
import sys
import tempfile

import yaml

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent / "exports"))

import damages
import judges

# Patterns of names, of which each has to be there, with the judges of such documents.
FORMATS = {
    "stix.json": ["stix_validator", "stix_library", "stix_incident"],
    "stix-*.json": ["stix_validator", "stix_library", "stix_incident"],
    "csaf-2.0.json": ["csaf_library", "csaf_schema"],
    "csaf-2.1.json": ["csaf_library", "csaf_schema"],
    "avid-report.json": ["avid_report", "avid_report_schema"],
    "avid-vulnerability.json": ["avid_vulnerability", "avid_vulnerability_schema"],
    "openvex.json": ["openvex_schema"],
    "cyclonedx-vex.json": ["cyclonedx_schema"],
    "aiid-submission.json": ["aiid_form", "aiid_taxonomies"],
    "oecd.json": ["oecd_form"],
    "atlas-case-study.json": ["atlas_schema", "atlas_matrix"],
    "atlas-case-study.yaml": ["atlas_schema", "atlas_matrix"],
    "oecd.md": ["markdown"],
    "post-incident-review.md": ["markdown"],
    "record.md": ["markdown"],
    "regulator-report.md": ["markdown"],
    "sharing.md": ["markdown"],
}

# Words that the story marks, and the only documents whose label is high enough. The first is kept
# beside the log and may be nowhere.
AMBER = ("stix.json", "stix-schema-2.0.json", "regulator-report.md", "post-incident-review.md", "record.md")
MARKED = {
    "K-4711": (),
    "vault://": AMBER,
    "MSA-2026-1184": AMBER,
}
# Documents for machines of one label: their lists of losses have to be of the same fields, since each
# lists every field of the record that holds something.
LABELS = {
    "AMBER": ("stix.json", "stix-schema-2.0.json"),
    "GREEN": ("csaf-2.0.json", "csaf-2.1.json", "cyclonedx-vex.json", "openvex.json"),
    "CLEAR": ("aiid-submission.json", "atlas-case-study.json", "atlas-case-study.yaml", "avid-report.json",
              "avid-vulnerability.json", "oecd.json", "oecd.md", "stix-clear.json"),
}
STATUSES = ("direct", "partial", "approximate", "unmapped")


class Case:
    """A document, whole or damaged, that a judge looks at."""

    def __init__(self, path, judge, document, damage=None):
        self.path, self.judge, self.document, self.damage = path, judge, document, damage
        self.objections = []


def no_twice(pairs):
    """Refuses an object with two members of one name, of which readers take one or the other."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(f"a member stands twice among {[name for name, _ in pairs]}")
    return members


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


def read(path):
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".json":
        return json.loads(text, object_pairs_hook=no_twice, parse_constant=no_constant)
    # Without its types a date stays the text that it is in JSON.
    return yaml.load(text, yaml.BaseLoader) if path.suffix == ".yaml" else text


def cases(folder):
    """Returns what there is to judge, and the patterns of which no document is there."""
    found, missing = [], []
    for pattern, names in FORMATS.items():
        paths = sorted(folder.glob(pattern))
        if not paths:
            missing.append(pattern)
        for path in paths:
            document = read(path)
            found.extend(Case(path.name, name, document) for name in names)
        for judge, what, broken in damages.of(pattern, read(paths[0])) if paths else ():
            found.append(Case(paths[0].name, judge, broken, what))
    return found, missing


def judge_all(found):
    """Lets every judge see all of its documents at once: some take long to begin."""
    for name in {case.judge for case in found}:
        mine = [case for case in found if case.judge == name]
        for case, objections in zip(mine, getattr(judges, name)([case.document for case in mine]), strict=True):
            case.objections = objections


def told_too_much(folder):
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = path.read_text("utf-8")
        for word, allowed in MARKED.items():
            # The log is for those at the desk.
            if word in text and path.name not in allowed and not (allowed and path.name == "incidents.jsonl"):
                yield f"{path.name} tells {word}"
    for word, allowed in MARKED.items():
        paths = [folder / name for name in allowed]
        if allowed and not any(word in path.read_text("utf-8") for path in paths if path.is_file()):
            yield f"no document tells {word}, so that nothing is shown"


def faults_of_losses(folder, names):
    """Every document has a list that says of each field how well it is told, and no list says that
    everything is."""
    fields = {}
    for name in sorted(names):
        path = folder / "losses" / f"{name}.json"
        if not path.is_file():
            yield f"{name} has no list of losses"
            continue
        rows = read(path)
        if not rows or any(set(row) != {"field", "status", "note"} or row["status"] not in STATUSES for row in rows):
            yield f"{path.name} is no list of losses"
        elif not all(any((row["status"] == "direct") == told for row in rows) for told in (True, False)):
            yield f"{path.name} says that all is told, or nothing"
        elif len({row["field"] for row in rows}) != len(rows):
            yield f"{path.name} lists a field twice"
        else:
            fields[name] = {row["field"] for row in rows}
    for label, group in LABELS.items():
        lists = [fields.get(name, set()) for name in group]
        every = set().union(*lists)
        for name, listed in zip(group, lists):
            if every - listed:
                yield f"{name} does not list {', '.join(sorted(every - listed)[:5])} as others of TLP:{label} do"


def faults_of(folder, names):
    return [*told_too_much(folder), *faults_of_losses(folder, names)]


def unnoticed(folder, names):
    """Damages a copy of the folder in one way after the other, and yields what goes unnoticed."""
    losses = "losses/stix-clear.json.json"
    changes = [
        ("a word above the label", "oecd.md", lambda text: text + "\nK-4711\n"),
        ("the place of evidence in public", "stix-clear.json", lambda text: text.replace("https://", "vault://", 1)),
        ("a field that is not listed", losses, lambda text: json.dumps(json.loads(text)[1:])),
        ("a status that does not exist", losses, lambda text: text.replace('"direct"', '"fine"', 1)),
    ]
    for what, name, change in changes:
        with tempfile.TemporaryDirectory() as copy:
            path = pathlib.Path(shutil.copytree(folder, copy, dirs_exist_ok=True)) / name
            before = path.read_text("utf-8")
            path.write_text(change(before), "utf-8")
            if path.read_text("utf-8") == before or not faults_of(pathlib.Path(copy), names):
                yield f"{what} goes unnoticed"


def main(folder):
    folder = pathlib.Path(folder)
    found, missing = cases(folder)
    judge_all(found)
    names = {case.path for case in found}
    faults = faults_of(folder, names)
    if not faults and not missing:
        faults = list(unnoticed(folder, names))
    for fault in faults:
        print(f"FAULT: {fault}")
    for pattern in missing:
        print(f"MISSING: {pattern}")
    for case in found:
        if case.damage is None:
            print(f"{case.path}: {case.judge}: {'REFUSED' if case.objections else 'valid'}")
            for objection in case.objections[:10]:
                print(f"    {objection}")
        elif not case.objections:
            print(f"{case.path}: {case.judge}: MISSED that {case.damage}")
    untried = {name for names in FORMATS.values() for name in names} - {case.judge for case in found if case.damage}
    whole = [case for case in found if case.damage is None]
    broken = [case for case in found if case.damage is not None]
    refused = sum(bool(case.objections) for case in whole)
    missed = sum(not case.objections for case in broken)
    for name in sorted(untried):
        print(f"{name} was shown nothing that is damaged")
    print(f"exports: {len({case.path for case in whole})} documents, {len(whole)} judgments, {refused} refused; "
          f"{len(broken)} damages, {missed} missed; {len(missing)} missing; {len(faults)} faults")
    return 1 if missing or refused or missed or untried or faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
