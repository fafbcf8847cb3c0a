"""The judges of exported documents: each takes a list of parsed documents and returns the objections
to each. What the judges know was written by others, but where a docstring says otherwise.

Schemas and data of others are read from the folder that MODELWARD_SHARED names.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import warnings
from urllib.parse import urlsplit

import jsonschema
import markdown_it
import stix2
import stix2validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

with warnings.catch_warnings():
    # The models of AVID are configured as pydantic 1 had it.
    warnings.simplefilter("ignore")
    from avidtools.datamodels.report import Report
    from avidtools.datamodels.vulnerability import Vulnerability

SHARED = pathlib.Path(os.environ["MODELWARD_SHARED"]) / "data"
DATA = SHARED / "incident"
# What stix2-validator warns of and we mean: identifiers that follow from the content are of version 5
# (103), and a link to ATLAS has no hash, since its page changes (302).
MEANT_BY_STIX = "103,302"
# What the CSAF library warns of and we mean: an incident has no score (6.2.3), and of itself neither a
# CVE (6.3.3) nor a CWE (6.3.4). Its test 6.2.20 holds CSAF 2.1 to the schema of CSAF 2.0, which knows
# no `$schema`; members that 2.1 does not know are refused by its strict schema.
MEANT_BY_CSAF = {
    "2.0": r"\w+Test_(6_2_3|6_3_3|6_3_4):",
    "2.1": r"\w+Test_(6_2_3|6_2_20|6_3_3|6_3_4):",
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def load(path):
    return json.loads(path.read_text("utf-8"))


def one_by_one(judge):
    """Makes a judge of many documents from a function that yields objections to one."""
    def judge_all(documents):
        found = []
        for document in documents:
            try:
                found.append(list(judge(document)))
            except Exception as error:  # The libraries raise many kinds.
                found.append([f"{type(error).__name__}: {error}"])
        return found
    judge_all.__doc__ = judge.__doc__
    return judge_all


def by_schema(schema, registry=Registry(), validator=None):
    """Makes a judge from a JSON Schema."""
    validator = validator or jsonschema.validators.validator_for(schema)
    checker = validator(schema, registry=registry, format_checker=validator.FORMAT_CHECKER)

    @one_by_one
    def judge(document):
        for error in checker.iter_errors(document):
            yield f"{error.json_path}: {error.message[:300]}"
    return judge


def differences(one, other, place=""):
    """Lists where two documents differ, times compared as times."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            if key not in one or key not in other:
                yield f"{place}/{key} is lost or new"
            else:
                yield from differences(one[key], other[key], f"{place}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other)):
            yield from differences(*pair, f"{place}/{index}")
    elif all(isinstance(value, str) and TIME.fullmatch(value) for value in (one, other)):
        if datetime.datetime.fromisoformat(one) != datetime.datetime.fromisoformat(other):
            yield f"{place} is {other}, was {one}"
    elif one != other or type(one) is not type(other):
        yield f"{place} is {json.dumps(other)[:200]}, was {json.dumps(one)[:200]}"


# Relations that the incident extension adds; and ours, from a quarantine to a file that it names.
RELATIONS = {
    ("event", "impacts", "infrastructure"),
    ("event", "led-to", "event"),
    ("incident", "impacts", "identity"),
    ("incident", "impacts", "infrastructure"),
    ("incident", "led-to", "incident"),
    ("task", "blocks", "event"),
    ("task", "detects", "event"),
    ("task", "impacts", "file"),
    ("task", "impacts", "infrastructure"),
    ("task", "uses", "course-of-action"),
}


def is_of_extension(item):
    if item["type"] != "relationship":
        return False
    ends = [item[end].split("--")[0] for end in ("source_ref", "target_ref")]
    return (ends[0], item["relationship_type"], ends[1]) in RELATIONS


@one_by_one
def stix_validator(bundle):
    """The schemas, the musts and the recommendations of STIX 2.1, and that every reference leads
    to an object of the bundle."""
    options = stix2validator.ValidationOptions(
        version="2.1", disabled=MEANT_BY_STIX, enforce_refs=True, silent=True)
    result = stix2validator.validate_parsed_json(bundle, options)
    of_extension = {item["id"] for item in bundle["objects"] if is_of_extension(item)}
    for part in result if isinstance(result, list) else [result]:
        yield from (str(error) for error in part.errors)
        # The validator knows the relations of STIX itself alone (202).
        yield from (text for text in map(str, part.warnings)
                    if not ("{202}" in text and text.split(": ")[0] in of_extension))
        if not part.is_valid:
            yield "invalid"


@one_by_one
def stix_library(bundle):
    """The library of OASIS reads the bundle, writes the same again and makes the same identifiers
    for observables."""
    read = stix2.parse(bundle, allow_custom=True)
    yield from differences(bundle, json.loads(read.serialize()))
    observables = 0
    for item in bundle["objects"]:
        if item["type"] not in stix2.registry.STIX2_OBJ_MAPS["2.1"]["observables"]:
            continue
        observables += 1
        bare = {key: value for key, value in item.items() if key != "id"}
        again = stix2.parse(bare, allow_custom=True)
        if again["id"] != item["id"]:
            yield f"{item['id']} has to be {again['id']}"
    if not observables:
        yield "no observable in the bundle"


VOCABULARY = load(DATA / "derived/stix_incident_vocab.json")
EXTENSIONS = {name: identifier for name, (identifier, _) in VOCABULARY["extension_ids"].items()}
# What may be no other word. The vocabularies of ways of detection and of tasks are open.
STIX_WORDS = {
    "determination": {word for words in VOCABULARY["incident-determination-enum"].values() for word in words},
    "recoverability": VOCABULARY["recoverability-enum"],
    "status": VOCABULARY["event-status-enum"],
    "outcome": VOCABULARY["task-outcome-enum"],
    "start_time_fidelity": VOCABULARY["timestamp-fidelity-enum"],
    "end_time_fidelity": VOCABULARY["timestamp-fidelity-enum"],
}


def extension_words(content, place):
    for member, words in STIX_WORDS.items():
        if content.get(member, next(iter(words))) not in words:
            yield f"{place}: {member} is {content[member]!r}"


@one_by_one
def stix_incident(bundle):
    """The incident extension, of which the validators look at nothing: its members and words, from
    the list that was derived from the extension's text."""
    core = VOCABULARY["incident_core_properties"]
    optional = {re.match(r"\w+", member)[0] for member in core["optional"]}
    incidents = [item for item in bundle["objects"] if item["type"] == "incident"]
    if not incidents:
        yield "no incident in the bundle"
    for item in bundle["objects"]:
        if item["type"] in ("event", "impact", "task"):
            if EXTENSIONS[item["type"]] not in item.get("extensions", {}):
                yield f"{item['id']} does not name its extension"
            yield from extension_words(item, item["id"])
        elif item["type"] == "incident":
            content = item.get("extensions", {}).get(EXTENSIONS["incident-core"], {})
            for member in set(core["required"]) - content.keys():
                yield f"{item['id']}: {member} is missing"
            for member in content.keys() - set(core["required"]) - optional:
                yield f"{item['id']}: {member} is unknown"
            if not 0 <= content.get("criticality", 0) <= 100:
                yield f"{item['id']}: criticality is above 100"
            yield from extension_words(content, item["id"])


def csaf_library(documents):
    """Every test of the validator library of BSI's Secvisogram project that needs no network."""
    asked = [
        {"name": str(index), "version": document["document"]["csaf_version"], "document": document}
        for index, document in enumerate(documents)
    ]
    script = pathlib.Path(__file__).with_name("csaf.mjs")
    answer = subprocess.run(["node", script], input=json.dumps(asked), text=True, check=True, stdout=subprocess.PIPE)
    results = json.loads(answer.stdout)
    if any(result["tests"] < 60 for result in results.values()):
        raise RuntimeError("tests of the CSAF library are missing")
    for request in asked:
        result = results[request["name"]]
        warned = [text for text in result["warnings"] if not re.match(MEANT_BY_CSAF[request["version"]], text)]
        yield result["errors"] + [f"warning: {text}" for text in warned]


# The meta-schema of CSAF 2.1 only asks for descriptions on top of JSON Schema 2020-12.
csaf_schemas = {
    version: by_schema(load(DATA / f"csaf/csaf_{version}_json_schema.json"), validator=jsonschema.Draft202012Validator)
    for version in ("2.0", "2.1")
}


def csaf_schema(documents):
    """The official schema of the version that the document names."""
    return [csaf_schemas[document["document"]["csaf_version"]]([document])[0] for document in documents]


def avid(model):
    @one_by_one
    def judge(document):
        """AVID's own models read the document. They drop what they do not know without a word, so
        what they write is compared."""
        read = model.model_validate(document)
        yield from differences(document, json.loads(read.model_dump_json(exclude_unset=True)))
    return judge


avid_report, avid_vulnerability = avid(Report), avid(Vulnerability)
avid_report_schema = by_schema(load(DATA / "avid/report.schema.json"))
avid_vulnerability_schema = by_schema(load(DATA / "avid/vulnerability.schema.json"))
openvex_schema = by_schema(load(DATA / "openvex/openvex_json_schema.json"))


def cyclonedx_registry():
    base = "http://cyclonedx.org/schema/"
    return Registry().with_resources(
        (base + path.name, Resource(contents=load(path), specification=DRAFT7))
        for path in (SHARED / "cyclonedx/schema").glob("*.schema.json"))


@one_by_one
def cyclonedx_schema(document):
    """The official schema of the version that the document names, and that references lead to a
    component of it or to another BOM."""
    schema = load(SHARED / f"cyclonedx/schema/bom-{document['specVersion']}.schema.json")
    judge = by_schema(schema, cyclonedx_registry(), jsonschema.Draft7Validator)
    yield from judge([document])[0]
    known = {part.get("bom-ref") for part in document.get("components", [])}
    known.add(document.get("metadata", {}).get("component", {}).get("bom-ref"))
    for vulnerability in document.get("vulnerabilities", []):
        for affected in vulnerability.get("affects", []):
            if affected["ref"] not in known and not affected["ref"].startswith("urn:cdx:"):
                yield f"{affected['ref']} leads nowhere"
    if not document.get("vulnerabilities"):
        yield "no vulnerability in the document"


ATLAS = load(DATA / "atlas/ATLAS.json")["matrices"][0]
TECHNIQUES = {technique["id"]: technique for technique in ATLAS["techniques"]}
atlas_output = load(DATA / "atlas/dist/schemas/atlas_output_schema.json")
# A case study that ATLAS has not yet taken has no number.
atlas_output["definitions"]["case_study"]["required"].remove("id")
atlas_output_schema = by_schema({
    "$ref": "#/definitions/case_study", "definitions": atlas_output["definitions"]}, validator=jsonschema.Draft7Validator)
atlas_website_schema = by_schema(load(DATA / "atlas/dist/schemas/atlas_website_case_study_schema.json"))


def atlas_schema(documents):
    """The schema of what ATLAS publishes, or of what its web site writes where the document has a
    `study`."""
    return [(atlas_website_schema if "study" in document else atlas_output_schema)([document])[0]
            for document in documents]


@one_by_one
def atlas_matrix(document):
    """Every step is a technique of ATLAS under a tactic of which it is a means."""
    study = document.get("study", document)
    datetime.date.fromisoformat(str(study["incident-date"]))
    if not study["procedure"]:
        yield "no step in the procedure"
    for step in study["procedure"]:
        technique = TECHNIQUES.get(step["technique"])
        if technique is None:
            yield f"{step['technique']} is no technique of ATLAS"
            continue
        parent = TECHNIQUES.get(technique.get("subtechnique-of"), {})
        if step["tactic"] not in technique.get("tactics", []) + parent.get("tactics", []):
            yield f"{step['technique']} is no means of {step['tactic']}"


SUBMISSIONS = load(DATA / "aiid/submissions.json")
TAXONOMIES = {taxonomy["namespace"]: {field["short_name"]: field for field in taxonomy["field_list"]}
              for taxonomy in load(DATA / "aiid/taxa.json")}
# The limits of the form, in characters: no data of the AIID has them in a form that could be read.
LIMITS = {"title": (6, 500), "description": (3, 500), "text": (80, 50_000)}
NAMES = ("authors", "deployers", "developers", "harmed_parties", "implicated_systems", "submitters")
NEEDED = ("authors", "date_downloaded", "date_modified", "date_published", "date_submitted", "image_url",
          "language", "source_domain", "submitters", "tags", "text", "title", "url",
          "deployers", "description", "developers", "harmed_parties", "incident_date", "incident_title")


@one_by_one
def aiid_form(document):
    """The members that submissions of the AIID have, their types, and the limits of its form. Nobody
    offers a validator, so this one is ours but for the members."""
    submission = document["submission"]
    known = {member: value for other in SUBMISSIONS for member, value in other.items()}
    for member in NEEDED:
        if member not in submission:
            yield f"{member} is missing"
    for member, value in submission.items():
        if member not in known and member not in ("incident_ids", "plain_text", "quiet", "status"):
            yield f"{member} is unknown"
        if member in NAMES and not (value and all(3 <= len(name) <= 200 for name in value)):
            yield f"{member} is empty or has a name of less than 3 or more than 200 characters"
        if member in known and type(value) is not type(known[member]):
            yield f"{member} is {type(value).__name__}"
    for member, (least, most) in LIMITS.items():
        if not least <= len(submission.get(member, "")) <= most:
            yield f"{member} has {len(submission.get(member, ''))} characters"
    for member in ("date_downloaded", "date_published", "incident_date"):
        datetime.date.fromisoformat(submission[member])
    address = urlsplit(submission["url"])
    if address.scheme not in ("http", "https") or address.hostname != submission["source_domain"]:
        yield "url is no address of the source domain"


@one_by_one
def aiid_taxonomies(document):
    """Every field and every value of a closed list stands in the taxonomies that the AIID uses."""
    classifications = document["classifications"]
    if not classifications:
        yield "no classification"
    for classification in classifications:
        fields = TAXONOMIES[classification["namespace"]]
        for attribute in classification["attributes"]:
            field = fields.get(attribute["short_name"])
            if field is None:
                yield f"{classification['namespace']} has no field {attribute['short_name']}"
                continue
            value = json.loads(attribute["value_json"])
            for word in value if isinstance(value, list) else [value]:
                if field.get("permitted_values") and word not in field["permitted_values"]:
                    yield f"{attribute['short_name']} may not be {word!r}"


OECD = load(DATA / "derived/oecd_29_criteria.json")


@one_by_one
def oecd_form(form):
    """The 29 criteria in order and under their dimensions, with what is mandatory answered. The OECD
    publishes no schema, so the list was derived from its report and the shape is ours."""
    rows = form["criteria"]
    if [row["number"] for row in rows] != list(range(1, 30)):
        yield "the criteria are not 1 to 29"
    dimensions = {text[2:].replace("&", "and").lower() for text in OECD["dimensions"]}
    if {row["dimension"].lower() for row in rows} != dimensions:
        yield "the dimensions are others"
    for row in rows:
        if row["mandatory"] != (row["number"] in OECD["mandatory"]):
            yield f"criterion {row['number']} is mandatory or not"
        if row["mandatory"] and not row["answers"]:
            yield f"criterion {row['number']} has no answer"
    severity = next((row["answers"] for row in rows if row["number"] == 10), None)
    if len(severity or []) != 1 or severity[0] not in OECD["severity_values"]:
        yield f"the severity is {severity!r}"


@one_by_one
def markdown(text):
    """As a reader of CommonMark has it: one title, no level of headings is skipped, every line that
    begins with a bar is of a table, nothing is HTML or leads elsewhere than to the web."""
    parser = markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = parser.parse(text)
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "the document does not begin with its only title"
    for before, level in zip(levels, levels[1:]):
        if level > before + 1:
            yield f"a heading of level {level} under one of level {before}"
    inline = [child for token in tokens for child in token.children or []]
    for token in tokens + inline:
        # A cell has no other way to begin a new line.
        if token.type in ("html_block", "html_inline") and token.content != "<br>":
            yield f"HTML: {token.content[:100]}"
        if token.type == "link_open" and urlsplit(token.attrs["href"]).scheme not in ("http", "https", "mailto"):
            yield f"a link to {token.attrs['href']}"
        if token.type == "image":
            yield f"an image from {token.attrs['src']}"
    rows = sum(token.type == "tr_open" for token in tokens)
    delimiters = sum(token.type == "table_open" for token in tokens)
    fences = "".join(token.content for token in tokens if token.type in ("fence", "code_block"))
    bars = len(re.findall(r"^\|", text, re.M)) - len(re.findall(r"^\|", fences, re.M))
    if bars != rows + delimiters:
        yield f"{bars} lines begin with a bar, the tables have {rows + delimiters}"
    yield from uneven(text)


def uneven(text):
    """Yields the rows of tables that have other cells than their head: readers cut or fill them."""
    width = None
    for number, line in enumerate(text.splitlines(), 1):
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        if cells is not None and width is not None and cells != width:
            yield f"line {number} has {cells - 1} cells, the head has {width - 1}"
        width = cells if cells is None or width is None else width
