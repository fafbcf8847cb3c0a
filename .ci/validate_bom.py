"""Judges CycloneDX documents by the official schema of their version, without the network."""

import json
import os
import pathlib
import sys

from jsonschema import Draft7Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

folder = pathlib.Path(os.environ["MODELWARD_SHARED"]) / "data/cyclonedx/schema"
schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.schema.json")}
resources = {name: Resource(contents=schema, specification=DRAFT7) for name, schema in schemas.items()}
base = "http://cyclonedx.org/schema/"
registry = Registry().with_resources([(base + name, resource) for name, resource in resources.items()])
for path in sys.argv[1:]:
    document = json.loads(pathlib.Path(path).read_text())
    version = document["specVersion"]
    validator = Draft7Validator(schemas[f"bom-{version}.schema.json"], registry=registry, format_checker=FormatChecker())
    errors = list(validator.iter_errors(document))
    for error in errors[:10]:
        print(f"{path}: {error.json_path}: {error.message[:300]}")
    if errors:
        sys.exit(1)
    print(f"{path}: valid by CycloneDX {version}")
