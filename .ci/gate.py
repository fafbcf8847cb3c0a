"""Judges the documents of a release gate by what others wrote for their formats.

    gate.py FOLDER MULTITOOL    fails where a document is missing or refused, or where a judge does
                                not refuse a document that was damaged

FOLDER has decisions as SARIF (`*.sarif`) and signed ones (`*.sigstore.json`), of each at least one.
MULTITOOL is the unpacked npm package `@microsoft/sarif-multitool-linux`: it has the schema of SARIF
2.1.0, and the validator of those who wrote the standard. Every judge is shown damaged documents too,
each with one fault: a judge that cannot say no is none.

Needs from PyPI: in-toto-attestation, jsonschema.
"""

import base64
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from google.protobuf import json_format
from in_toto_attestation.v1 import statement as in_toto
from in_toto_attestation.v1 import statement_pb2
from jsonschema.validators import validator_for

PREDICATE_TYPE = "https://github.com/modelward/modelward/release-report/v1"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"


class Schema:
    """The JSON schema of SARIF 2.1.0."""

    def __init__(self, multitool):
        schema = json.loads((multitool / "sarif-2.1.0.json").read_text())
        kind = validator_for(schema)
        kind.check_schema(schema)
        self.validator = kind(schema, format_checker=kind.FORMAT_CHECKER)

    def refusals(self, log):
        return [error.message for error in self.validator.iter_errors(log)]


class Validator:
    """The rules of the SARIF Multitool, warnings included."""

    def __init__(self, multitool):
        self.tool = multitool / "Sarif.Multitool"
        self.tool.chmod(0o755)

    def refusals(self, log):
        with tempfile.TemporaryDirectory() as folder:
            given, said = pathlib.Path(folder, "log.sarif"), pathlib.Path(folder, "said.sarif")
            given.write_text(json.dumps(log, indent=2))
            command = [self.tool, "validate", given, "--output", said, "--log", "ForceOverwrite"]
            # Its texts need no data about languages, which is not installed everywhere.
            environment = dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if not said.exists():
                return [done.stdout + done.stderr]
            run = json.loads(said.read_text(encoding="utf-8-sig"))["runs"][0]
        found = [f"{it['ruleId']}: {it['message'].get('arguments')}" for it in run.get("results", [])]
        for invocation in run.get("invocations", []):
            notes = invocation.get("toolExecutionNotifications", [])
            found += [it["message"].get("text", "") for it in notes if it.get("level") == "error"]
        return found


def statement_refusals(statement):
    """Reads a statement by the library of in-toto, and compares it with the report inside it."""
    try:
        read = json_format.ParseDict(statement, statement_pb2.Statement())
        in_toto.Statement.copy_from_pb(read).validate()
    except (ValueError, json_format.ParseError) as error:
        return [str(error)]
    if statement["_type"] != STATEMENT_TYPE or statement["predicateType"] != PREDICATE_TYPE:
        return ["it is of another type"]
    report = statement["predicate"]
    digests = [f"{name}:{value}" for it in statement["subject"] for name, value in it["digest"].items()]
    return [] if digests == [report["root"]] else [f"it is about {digests}, the report on {report['root']}"]


def payload(bundle):
    envelope = bundle["dsseEnvelope"]
    assert envelope["payloadType"] == "application/vnd.in-toto+json", envelope["payloadType"]
    return json.loads(base64.b64decode(envelope["payload"], validate=True))


def at(value, path):
    for step in path:
        value = value[step]
    return value


def damaged(document, path, value):
    """Returns a copy in which one member is another, or gone where the value is `None`."""
    copied = copy.deepcopy(document)
    holder = at(copied, path[:-1])
    if value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return copied


RESULT = ("runs", 0, "results", 0)
SCHEMA_DAMAGES = [
    (("version",), "2.0.0"),
    (("runs",), None),
    (("runs", 0, "tool"), None),
    (("runs", 0, "tool", "driver", "name"), None),
    (("runs", 0, "tool", "driver", "surplus"), True),
    (("runs", 0, "tool", "driver", "rules", 0, "id"), None),
    ((*RESULT, "message"), None),
    ((*RESULT, "kind"), "perhaps"),
    ((*RESULT, "level"), "dreadful"),
    ((*RESULT, "suppressions"), [{"status": "accepted"}]),
    ((*RESULT, "locations", 0, "logicalLocations"), "model"),
]
VALIDATOR_DAMAGES = [
    # No schema says these: an index that leads nowhere, a message that its rule does not have.
    ((*RESULT, "ruleIndex"), 4711),
    ((*RESULT, "message"), {"id": "vibes"}),
    (("runs", 0, "tool", "driver", "semanticVersion"), None),
    (("runs", 0, "tool", "driver", "informationUri"), None),
]
STATEMENT_DAMAGES = [
    (("_type",), "https://in-toto.io/Statement/v0.1"),
    (("predicateType",), ""),
    (("predicateType",), "https://example.com/report/v1"),
    (("predicate",), None),
    (("subject",), []),
    (("subject", 0, "digest"), {}),
    (("subject", 0, "digest", "sha256"), "00" * 32),
    (("predicate", "root"), "sha256:" + "00" * 32),
    (("surplus",), 1),
]


def prove(judge, document, damages, name):
    for path, value in damages:
        try:
            refused = judge(damaged(document, path, value))
        except KeyError:
            refused = ["a member is missing"]
        if not refused:
            sys.exit(f"{name} takes {path} = {value!r}")
    print(f"{name}: refuses {len(damages)} damaged documents")


def main(folder, multitool):
    schema, validator = Schema(multitool), Validator(multitool)
    logs = {path: json.loads(path.read_text()) for path in sorted(folder.glob("*.sarif"))}
    bundles = {path: json.loads(path.read_text()) for path in sorted(folder.glob("*.sigstore.json"))}
    if not logs or not bundles:
        sys.exit(f"{folder} lacks a decision as SARIF or a signed one")
    failed = False
    for path, log in logs.items():
        for name, judge in [("schema", schema), ("validator", validator)]:
            for refusal in judge.refusals(log):
                failed = True
                print(f"{path.name}: {name}: {refusal}", file=sys.stderr)
    for path, bundle in bundles.items():
        for refusal in statement_refusals(payload(bundle)):
            failed = True
            print(f"{path.name}: {refusal}", file=sys.stderr)
    if failed:
        sys.exit("a document is refused")
    kinds = {result["kind"] for log in logs.values() for result in log["runs"][0]["results"]}
    suppressed = any("suppressions" in it for log in logs.values() for it in log["runs"][0]["results"])
    if kinds != {"fail", "pass", "review"} or not suppressed:
        sys.exit(f"the decisions have results of {kinds} only, or none that is waived")
    log, bundle = next(iter(logs.values())), next(iter(bundles.values()))
    prove(schema.refusals, log, SCHEMA_DAMAGES, "the schema of SARIF")
    prove(validator.refusals, log, VALIDATOR_DAMAGES, "the validator of SARIF")
    prove(statement_refusals, payload(bundle), STATEMENT_DAMAGES, "the library of in-toto")
    print(f"{len(logs)} logs of SARIF and {len(bundles)} statements are taken")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
