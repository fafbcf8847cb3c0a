"""Prints the edges of a report of `pip install --report` as `packaging` sees them.

One edge a line, `pkg:pypi/NAME@VERSION pkg:pypi/NAME@VERSION`, for each Requires-Dist whose marker
holds in the environment of the report, with the extras that requirements ask for.
"""

import json
import sys

try:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name
except ImportError:
    from pip._vendor.packaging.requirements import Requirement
    from pip._vendor.packaging.utils import canonicalize_name

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)

packages = {canonicalize_name(item["metadata"]["name"]): item for item in report["install"]}
active = {
    name: {canonicalize_name(extra) for extra in item.get("requested_extras", [])}
    for name, item in packages.items()
}
edges = set()
changed = True
while changed:
    changed = False
    for name, item in packages.items():
        for line in item["metadata"].get("requires_dist", []):
            requirement = Requirement(line)
            environments = [report["environment"] | {"extra": extra} for extra in {"", *active[name]}]
            if requirement.marker and not any(map(requirement.marker.evaluate, environments)):
                continue
            target = canonicalize_name(requirement.name)
            if target != name:
                edges.add((name, target))
            if target in active:
                extras = {canonicalize_name(extra) for extra in requirement.extras}
                changed |= not extras <= active[target]
                active[target] |= extras


def purl(name):
    if name not in packages:
        return f"pkg:pypi/{name}"
    version = packages[name]["metadata"]["version"].replace("+", "%2B").replace("!", "%21")
    return f"pkg:pypi/{name}@{version}"


for edge in sorted(edges):
    print(*map(purl, edge))
