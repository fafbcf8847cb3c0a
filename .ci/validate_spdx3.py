"""Judges SPDX 3.0.1 documents, without the network.

    validate_spdx3.py FILE...         fails where a document breaks a rule
    validate_spdx3.py --prove FILE    breaks a valid document with a model in several ways, and fails
                                      where the judge that has to object does not

Three judges, two of them by others:

1. the model that spdx-python-model (PyPI) generates from the official SHACL shapes: classes,
   properties, types, enumerations, patterns, required properties;
2. the official JSON schema, and the official SHACL shapes by spdx3-validate (PyPI), where
   $SPDX3_SCHEMAS names a folder with `spdx-json-schema.json`, `spdx-model.ttl` and
   `spdx-context.jsonld` of https://spdx.org/schema/3.0.1/ and https://spdx.org/rdf/3.0.1/, which no
   package bundles. The first judge is made of the same shapes;
3. what the specification says in prose alone: references lead somewhere, and a collection that
   claims the AI or Dataset profile keeps it.

Needs from PyPI: spdx-python-model, and for the second judge spdx3-validate.
"""

import json
import os
import pathlib
import sys

import spdx_python_model

CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
INDIVIDUALS = "https://spdx.org/rdf/3.0.1/terms/"
LICENSES = ("hasConcludedLicense", "hasDeclaredLicense")
PROFILES = {
    "ai": ("ai_AIPackage", [
        "releaseTime", "software_downloadLocation", "software_packageVersion",
        "software_primaryPurpose", "suppliedBy"]),
    "dataset": ("dataset_DatasetPackage", [
        "builtTime", "dataset_datasetType", "originatedBy", "releaseTime",
        "software_downloadLocation", "software_primaryPurpose"]),
}
# Where one element names another.
REFERENCES = ["createdBy", "createdUsing", "creationInfo", "dataLicense", "element", "from",
              "originatedBy", "rootElement", "suppliedBy", "to"]


def by_model(document):
    try:
        model, objects = spdx_python_model.load_data(document)
        # What is required is checked when objects are written.
        model.JSONLDSerializer().write(objects, open(os.devnull, "wb"))
    except Exception as error:  # The bindings raise several kinds.
        yield f"model: {type(error).__name__}: {error}"
        return
    if objects.missing_ids:
        yield f"model: nothing is called {sorted(objects.missing_ids)[:5]}"


def schemas():
    """Returns the official schema, shapes and context, or nothing where they are not at hand."""
    if "SPDX3_SCHEMAS" not in os.environ:
        return None
    folder = pathlib.Path(os.environ["SPDX3_SCHEMAS"])
    import rdflib
    from spdx3_validate.core import schema_validator
    validator = schema_validator(json.loads((folder / "spdx-json-schema.json").read_text()))
    shapes = rdflib.Graph().parse(folder / "spdx-model.ttl")
    return validator, shapes, json.loads((folder / "spdx-context.jsonld").read_text())["@context"]


def by_schema(document, validator):
    for error in validator.iter_errors(document):
        yield f"schema: {error.json_path}: {error.message[:200]}"


def by_shapes(document, shapes, context):
    import rdflib
    from spdx3_validate.core import check_graph
    from spdx3_validate.spdx_versions import find_version
    local = dict(document, **{"@context": context})
    graph = rdflib.Graph().parse(data=json.dumps(local), format="json-ld")
    for error in check_graph(graph, shapes, find_version(CONTEXT), True):
        yield f"shapes: {error}"


def by_prose(document):
    nodes = document.get("@graph", [])
    names = {node.get("spdxId") or node.get("@id") for node in nodes}
    if len(names) != len(nodes):
        yield "prose: two elements have one name"
    for node in nodes:
        for member in REFERENCES:
            values = node.get(member, [])
            for value in values if isinstance(values, list) else [values]:
                if value not in names and not str(value).startswith(INDIVIDUALS):
                    yield f"prose: {node.get('spdxId')}: {member} leads to {value}, which is nowhere"
    claims = {claim for node in nodes for claim in node.get("profileConformance", [])}
    for profile, (kind, required) in PROFILES.items():
        for node in nodes:
            if node.get("type") != kind:
                continue
            name = node.get("spdxId")
            if profile in claims:
                for member in required:
                    if member not in node:
                        yield f"prose: {name} lacks {member}, which the profile {profile} requires"
            for license in LICENSES:
                count = sum(1 for other in nodes if other.get("type") == "Relationship"
                            and other["relationshipType"] == license and other["from"] == name)
                if count != 1:
                    yield f"prose: {name} has {count} relationships {license}, not one"


def judges(official):
    """Returns the judges that are at hand, under their names."""
    named = {"model": by_model, "prose": by_prose}
    if official is not None:
        validator, shapes, context = official
        named["schema"] = lambda document: by_schema(document, validator)
        named["shapes"] = lambda document: by_shapes(document, shapes, context)
    return named


def prove(document, named):
    """Breaks a valid document in one way after the other."""
    def one(kind, **members):
        return next(node for node in document["@graph"] if node.get("type") == kind
                    and all(node.get(name) == value for name, value in members.items()))

    model, relationship = one("ai_AIPackage"), one("Relationship")
    declared = one("Relationship", relationshipType="hasDeclaredLicense", **{"from": model["spdxId"]})
    damages = [
        ("model", "a relationship leads nowhere", relationship, {"to": None}),
        ("model", "a purpose is not of the vocabulary", model, {"software_primaryPurpose": "brain"}),
        ("model", "a time has a fraction", one("CreationInfo"), {"created": "2026-11-23T10:00:00.5Z"}),
        ("prose", "a reference leads to nothing", relationship, {"from": "urn:nobody:0"}),
        ("prose", "a model has no declared license", declared, {"relationshipType": "other"}),
        ("prose", "the profile is claimed without all it requires", one("software_Sbom"),
         {"profileConformance": ["ai"]}),
        ("schema", "a property is of no class", model, {"ai_wisdom": "much"}),
        ("shapes", "a package supplies a model", model, {"suppliedBy": model["spdxId"]}),
    ]
    model.pop("releaseTime", None)
    missed = 0
    for judge, what, node, members in damages:
        if judge not in named:
            continue
        before = dict(node)
        for name, value in members.items():
            node.pop(name, None)
            if value is not None:
                node[name] = value
        objected = any(named[judge](document))
        node.clear()
        node.update(before)
        print(f"{'objected' if objected else 'MISSED'}: {judge}: {what}")
        missed += not objected
    return missed


def main():
    named = judges(schemas())
    proving = sys.argv[1:2] == ["--prove"]
    paths = sys.argv[2:] if proving else sys.argv[1:]
    failed = not paths
    for path in paths:
        document = json.loads(pathlib.Path(path).read_text())
        errors = [error for judge in named.values() for error in judge(document)]
        for error in errors[:10]:
            print(f"{path}: {error}")
        failed |= bool(errors)
        if not errors:
            print(f"{path}: valid SPDX 3.0.1 by {', '.join(named)}")
            failed |= proving and prove(document, named) > 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
