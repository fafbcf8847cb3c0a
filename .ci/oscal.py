"""Reads OSCAL documents with compliance-trestle, the reader of the OSCAL Compass project.

    oscal.py FILE...         fails where a document is refused or changes when it is written again
    oscal.py --prove FILE    breaks valid assessment results in several ways, and fails where the
                             judge that has to object does not

Three judges:

1. trestle's models of OSCAL 1.2.1, generated from the official schemas: members, types, patterns;
2. trestle's validators: UUIDs that stand twice, roles, ids of catalogs; and the versions of OSCAL
   that it supports. They follow no reference but roles: `oscal::check` of the crate does;
3. what trestle writes is what it read, but for the form of times.

Needs from PyPI: compliance-trestle==5.2.0.
"""

import copy
import datetime
import json
import pathlib
import re
import sys

from trestle.core.validator_factory import validator_factory
from trestle.oscal import OSCAL_VERSION_REGEX
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.catalog import Catalog
from trestle.oscal.mapping import MappingCollection
from trestle.oscal.poam import PlanOfActionAndMilestones

MODELS = {
    "assessment-results": AssessmentResults,
    "catalog": Catalog,
    "mapping-collection": MappingCollection,
    "plan-of-action-and-milestones": PlanOfActionAndMilestones,
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def read(document):
    """Returns the document as trestle has it, or raises what trestle raises."""
    if not isinstance(document, dict) or len(document) != 1:
        raise ValueError("expected an object with one member")
    (root, content), = document.items()
    if root not in MODELS:
        raise ValueError(f"unknown member {root}")
    return MODELS[root].model_validate(content)


def by_validators(model):
    for validator in validator_factory.get_all():
        if not validator.model_is_valid(model, True):
            yield f"validators: {type(validator).__name__} objects: {validator.error_msg()}"
    version = model.metadata.oscal_version
    while hasattr(version, "root"):
        version = version.root
    if not re.match(OSCAL_VERSION_REGEX, version):
        yield f"validators: trestle does not support OSCAL {version}"


def differences(read_value, written, place=""):
    """Lists where two documents differ, times compared as times."""
    if isinstance(read_value, dict) and isinstance(written, dict):
        for key in sorted(read_value.keys() | written.keys()):
            if key not in read_value or key not in written:
                yield f"round trip: {place}/{key} is lost or new"
            else:
                yield from differences(read_value[key], written[key], f"{place}/{key}")
    elif isinstance(read_value, list) and isinstance(written, list):
        if len(read_value) != len(written):
            yield f"round trip: {place} has another length"
        for index, (one, other) in enumerate(zip(read_value, written)):
            yield from differences(one, other, f"{place}/{index}")
    elif read_value != written:
        both = [read_value, written]
        if all(isinstance(value, str) and TIME.fullmatch(value) for value in both):
            both = [datetime.datetime.fromisoformat(value) for value in both]
        if both[0] != both[1]:
            yield f"round trip: {place} is {written!r}, was {read_value!r}"


def errors(document):
    try:
        model = read(document)
    except Exception as error:  # The models raise several kinds.
        return [f"models: {type(error).__name__}: {error}"]
    found = list(by_validators(model))
    found.extend(differences(document, json.loads(model.oscal_serialize_json())))
    return found


def prove(document):
    """Breaks a valid document in one way after the other."""
    def at(content, *path):
        for step in path:
            content = content[step]
        return content

    observation = at(document, "assessment-results", "results", 0, "observations", 0)
    damages = [
        ("models", "the title is missing", ["metadata"], "title", None),
        ("models", "a member is unknown", ["metadata"], "mood", "good"),
        ("models", "a UUID is of version 7", [], "uuid", "01935f5e-7b3a-7c4d-8e5f-0123456789ab"),
        ("models", "a list is empty", ["results", 0], "observations", []),
        ("models", "a state is partly", ["results", 0, "findings", 0, "target", "status"], "state", "partly"),
        ("models", "a time has no offset", ["results", 0], "start", "2026-11-26T10:00:00"),
        ("models", "a name is no token", ["metadata", "props", 0], "name", "two words"),
        ("models", "a title has two lines", ["results", 0], "title", "two\nlines"),
        ("validators", "two things have one UUID", ["results", 0], "uuid", observation["uuid"]),
        ("validators", "a role does not exist", ["metadata", "responsible-parties", 0], "role-id", "nobody"),
        ("validators", "the version is another", ["metadata"], "oscal-version", "1.1.0"),
    ]
    missed = 0
    for judge, what, path, member, value in damages:
        broken = copy.deepcopy(document)
        place = at(broken, "assessment-results", *path)
        if value is None:
            del place[member]
        else:
            place[member] = value
        objected = any(error.startswith(judge) for error in errors(broken))
        print(f"{'objected' if objected else 'MISSED'}: {judge}: {what}")
        missed += not objected
    for root in ({}, {"catalogue": {}}, dict(document, catalog={})):
        objected = any(error.startswith("models") for error in errors(root))
        print(f"{'objected' if objected else 'MISSED'}: models: members {sorted(root)}")
        missed += not objected
    # The comparison has to see what trestle would lose.
    changed = copy.deepcopy(document)
    del at(changed, "assessment-results", "results", 0, "observations", 0)["methods"]
    objected = any(differences(document, changed))
    print(f"{'objected' if objected else 'MISSED'}: round trip: methods are lost")
    return missed + (not objected)


def main():
    proving = sys.argv[1:2] == ["--prove"]
    paths = sys.argv[2:] if proving else sys.argv[1:]
    failed = not paths
    for path in paths:
        document = json.loads(pathlib.Path(path).read_text("utf-8"))
        found = errors(document)
        for error in found[:10]:
            print(f"{path}: {error}")
        failed |= bool(found)
        if not found:
            print(f"{path}: {next(iter(document))}, read by trestle and written the same")
            failed |= proving and prove(document) > 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
