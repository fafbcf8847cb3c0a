"""Damages that the judges of exported documents have to notice, each one fault in a valid document."""

import copy

REMOVED = object()


def of(pattern, document):
    """Yields the judge that has to object, what is wrong, and the document with that fault."""
    for judge, what, place, value in DAMAGES.get(pattern, ()):
        broken = copy.deepcopy(document)
        if callable(place):
            broken = place(broken)
        else:
            put(broken, place, value)
        if broken == document:
            raise ValueError(f"{pattern} is not damaged: {what}")
        yield judge, what, broken


def put(document, place, value):
    """Puts a value to a place, or removes what is there. A step is a member, an index, or a function
    that chooses from what it finds."""
    *path, last = place
    for step in path:
        document = step(document) if callable(step) else document[step]
    if value is REMOVED:
        del document[last]
    else:
        document[last] = value


def kind(name):
    """Chooses the first object of a kind from those of a STIX bundle."""
    return lambda objects: next(item for item in objects if item["type"] == name)


def any_value(members):
    return next(iter(members.values()))


def line(old, new):
    """Replaces the first part of a text."""
    return lambda text: text.replace(old, new, 1)


def replaced(judge, what, change):
    return judge, what, change, None


FIRST_PRODUCT = ["vulnerabilities", 0, "product_status", any_value, 0]
STIX = [
    ("stix_validator", "an incident has no name", ["objects", kind("incident"), "name"], REMOVED),
    ("stix_validator", "an identifier is of another type",
     ["objects", kind("incident"), "id"], "report--5b1b5f2e-6d0f-4c8e-9f43-0123456789ab"),
    ("stix_validator", "a time has no zone", ["objects", kind("incident"), "created"], "2026-09-01T08:00:00"),
    ("stix_validator", "a reference leads out of the bundle",
     ["objects", kind("relationship"), "target_ref"], "attack-pattern--5b1b5f2e-6d0f-4c8e-9f43-0123456789ab"),
    ("stix_library", "a digest is too short", ["objects", kind("file"), "hashes"], {"SHA-256": "abcd"}),
    ("stix_library", "an observable has an identifier of its own",
     ["objects", kind("file"), "id"], "file--5b1b5f2e-6d0f-5c8e-9f43-0123456789ab"),
    ("stix_incident", "the determination is of no vocabulary",
     ["objects", kind("incident"), "extensions", any_value, "determination"], "zzz"),
    ("stix_incident", "the status is missing",
     ["objects", kind("incident"), "extensions", any_value, "investigation_status"], REMOVED),
    ("stix_incident", "the extension has another member",
     ["objects", kind("incident"), "extensions", any_value, "mood"], "good"),
]
CSAF = [
    ("csaf_library", "a product is not in the tree", FIRST_PRODUCT, "CSAFPID-NOBODY"),
    ("csaf_library", "the version is none of the history", ["document", "tracking", "version"], "99"),
    ("csaf_library", "the profile's notes are missing", ["document", "notes"], REMOVED),
    ("csaf_schema", "the title is missing", ["document", "title"], REMOVED),
    ("csaf_schema", "a status is unknown", ["document", "tracking", "status"], "done"),
]


def avid(judge):
    return [
        (judge, "an artifact is of an unknown type", ["affects", "artifacts", 0, "type"], "Weights"),
        (judge, "a code of the taxonomy is unknown", ["impact", "avid", "sep_view", 0], "S0600"),
        (judge, "a member is unknown", ["severity"], "high"),
        (f"{judge}_schema", "an artifact has no name", ["affects", "artifacts", 0, "name"], REMOVED),
        (f"{judge}_schema", "the description is a text", ["description"], "poisoned"),
    ]


def atlas(*study):
    return [
        ("atlas_schema", "the granularity is unknown", [*study, "incident-date-granularity"], "DAY"),
        ("atlas_schema", "a step has no tactic", [*study, "procedure", 0, "tactic"], REMOVED),
        ("atlas_schema", "a member is unknown", [*study, "severity"], "high"),
        ("atlas_matrix", "a technique does not exist", [*study, "procedure", 0, "technique"], "AML.T9999"),
        ("atlas_matrix", "a technique is of another tactic", [*study, "procedure", 0, "tactic"], "AML.TA0008"),
    ]


DAMAGES = {
    "stix.json": STIX,
    "csaf-2.0.json": CSAF + [
        ("csaf_library", "a label is of TLP 2.0", ["document", "distribution", "tlp", "label"], "CLEAR")],
    "csaf-2.1.json": CSAF + [
        ("csaf_library", "a label is of TLP 1.0", ["document", "distribution", "tlp", "label"], "WHITE")],
    "avid-report.json": avid("avid_report"),
    "avid-vulnerability.json": avid("avid_vulnerability"),
    "openvex.json": [
        ("openvex_schema", "a status is unknown", ["statements", 0, "status"], "broken"),
        ("openvex_schema", "nobody says what to do", ["statements", 0, "action_statement"], REMOVED),
        ("openvex_schema", "the author is missing", ["author"], REMOVED),
    ],
    "cyclonedx-vex.json": [
        ("cyclonedx_schema", "a state is unknown", ["vulnerabilities", 0, "analysis", "state"], "affected"),
        ("cyclonedx_schema", "a reference leads nowhere", ["vulnerabilities", 0, "affects", 0, "ref"], "nobody"),
        ("cyclonedx_schema", "a member is unknown", ["vulnerabilities", 0, "mood"], "good"),
    ],
    "aiid-submission.json": [
        ("aiid_form", "the text is too short", ["submission", "text"], "Data was poisoned."),
        ("aiid_form", "nobody was harmed", ["submission", "harmed_parties"], REMOVED),
        ("aiid_form", "a date is none", ["submission", "incident_date"], "2026-02-30"),
        ("aiid_form", "a member is unknown", ["submission", "severity"], "high"),
        ("aiid_taxonomies", "a field is unknown", ["classifications", 0, "attributes", 0, "short_name"], "Mood"),
        ("aiid_taxonomies", "a value is no JSON", ["classifications", 0, "attributes", 0, "value_json"], "yes"),
        ("aiid_taxonomies", "a harm is of no level", ["classifications", 0, "attributes"],
         [{"short_name": "AI Harm Level", "value_json": "\"high\""}]),
    ],
    "oecd.json": [
        ("oecd_form", "a criterion is missing", ["criteria", 28], REMOVED),
        ("oecd_form", "the severity is ours", ["criteria", 9, "answers"], ["critical"]),
        ("oecd_form", "the title has no answer", ["criteria", 0, "answers"], []),
    ],
    "atlas-case-study.json": atlas("study"),
    "atlas-case-study.yaml": atlas(),
    "record.md": [
        replaced("markdown", "a title follows a title", line("# ", "# Another title\n\n# ")),
        replaced("markdown", "a row of a table stands alone", lambda text: text + "\n\n| a | b |\n"),
        replaced("markdown", "a level of headings is skipped", lambda text: text + "\n\n###### Deep\n"),
        replaced("markdown", "there is HTML", lambda text: text + "\n\n<script>alert(1)</script>\n"),
        replaced("markdown", "a link leads away from the web", lambda text: text + "\n\n[here](ftp://example.org)\n"),
        replaced("markdown", "a row has a cell too many", lambda text: text + "\n\n| a |\n|---|\n| 1 | 2 |\n"),
    ],
}
