"""Tells of every value in the ML-BOM of a model which file and place it came from, as the tables of the guide.

usage: provenance_table.py MODELWARD GUIDE [--write] NAME=MODEL ...

The guide has a table between `<!-- begin NAME -->` and `<!-- end NAME -->`. A table that is not what the
tool says now is a failure, and so is a value whose source nobody tells. --write puts the tables in.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

SOURCE = "modelward:source:"
FILES = "/metadata/component/components"

# What a reader sees for itself: the kind of a file, the name of a property.
SELF = object()

# What describes the document and not the model.
STRUCTURE = {
    r"/\$schema|/bomFormat|/specVersion|/version": "the version that was asked for",
    r"/serialNumber": "made of the content of the document",
    FILES + r"/\d+/(bom-ref|type|hashes/\d+/alg|properties/\d+/name)": SELF,
    r".*/(bom-ref|type|scope|mime-type)": "made of what the component is",
    r"/compositions/.*": "what was listed completely, and what not",
    r"/dependencies/.*": "what refers to what in the document",
    r"/metadata/(lifecycles|tools)/.*": "made by whom, of what is built",
    r".*/acknowledgement": "that the value beside it is declared",
}


def run(*command):
    done = subprocess.run([TOOL, *command], capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def leaves(value, pointer=""):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield pointer, value
        return
    for key, inner in items:
        yield from leaves(inner, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


def at(document, pointer):
    for key in pointer.split("/")[1:]:
        document = document[int(key)] if isinstance(document, list) else document[key.replace("~1", "/").replace("~0", "~")]
    return document


class Sources:
    def __init__(self, model):
        self.document = run("--json", "bom", model)
        self.stated = {entry["name"][len(SOURCE):]: entry["value"] for entry in self.document["properties"]
                       if entry["name"].startswith(SOURCE)}
        self.components = {component["bom-ref"]: f"/components/{index}"
                           for index, component in enumerate(self.document.get("components", []))}

    def of(self, pointer):
        for pattern, said in STRUCTURE.items():
            if re.fullmatch(pattern, pointer):
                return said
        if pointer.endswith("/ref"):
            pointer = self.components[at(self.document, pointer)]
        while pointer:
            if pointer in self.stated:
                return self.stated[pointer]
            pointer = pointer.rpartition("/")[0]
        return None


def shown(value):
    text = value if isinstance(value, str) else json.dumps(value)
    text = " ".join(text.split()).replace("|", "\\|")
    return f"`{text[:56]}…`" if len(text) > 57 else f"`{text}`" if text else "(empty)"


def split(source):
    """A source without its place, and the place."""
    return source.rsplit(", ", 1) if source.count(", ") >= 2 else (source, None)


def span(places):
    if len(set(places)) == 1:
        return places[0]
    words = [place.rsplit(" ", 1) for place in places]
    if all(len(word) == 2 and word[0] == words[0][0] and word[1].isdigit() for word in words):
        numbers = sorted(int(word[1]) for word in words)
        return f"{words[0][0]}s {numbers[0]} to {numbers[-1]}"
    return f"{places[0]} to {places[-1]}"


def table(model):
    sources, groups = Sources(model), {}
    for pointer, value in leaves(sources.document):
        # Where values come from is what the table tells.
        if pointer.startswith("/properties/"):
            continue
        source = sources.of(pointer)
        if source is SELF:
            continue
        if source is None:
            sys.exit(f"{model}: nobody tells where {pointer} comes from")
        said, place = split(source)
        # The files are few and different; other lists are long and alike.
        file = re.match(FILES + r"/\d+", pointer)
        kept = file.group() if file else ""
        pattern = kept + re.sub(r"/\d+(?=/|$)", "/*", pointer[len(kept):])
        if file and place != "whole file":
            pattern = pointer
        groups.setdefault((pattern, said), []).append((pointer, value, place))
    rows = ["| value | is | origin, file, place |", "|---|---|---|"]
    for (pattern, said), values in groups.items():
        places = [place for _, _, place in values if place]
        where = f"{said}, {span(places)}" if places else said
        pointer = values[0][0] if len(values) == 1 else pattern
        rows.append(f"| `{pointer}` | {shown(values[0][1]) if len(values) == 1 else f'{len(values)} values'} | {where} |")
    return "\n".join(rows)


TOOL, guide, *rest = sys.argv[1:]
text = Path(guide).read_text()
stale = []
for argument in rest:
    if argument == "--write":
        continue
    name, _, model = argument.partition("=")
    begin, end = f"<!-- begin {name} -->\n", f"\n<!-- end {name} -->"
    before, _, after = text.partition(begin)
    old, _, after = after.partition(end)
    assert after, f"{guide} has no place for {name}"
    new = table(model)
    if new != old:
        stale.append(name)
    text = before + begin + new + end + after
if "--write" in rest:
    Path(guide).write_text(text)
elif stale:
    sys.exit(f"{guide} is not what the tool says of {', '.join(stale)}; see --write")
print(f"{guide}: {len(rest)} tables are what the tool says")
