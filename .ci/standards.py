"""Checks that every type and test that docs/standards.md names is there.

    standards.py            checks the document
    standards.py --prove    checks that a row which names what is not there is refused
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "standards.md"
LEAST = 40


def rows(text):
    """Yields the number of a line, and its three cells, of each row of the table."""
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] != "standard and clause":
            yield number, cells


def is_exported(name):
    """Says whether a path of the facade leads to something that is public where it says."""
    _, crate, *modules, last = name.split("::")
    src = ROOT / "crates" / f"modelward-{crate}" / "src"
    if not src.is_dir():
        return False
    files = [src / "lib.rs"]
    if modules:
        stem = src.joinpath(*modules)
        files = [stem.with_suffix(".rs")]
        parents = [src / "lib.rs"] + [src.joinpath(*modules[:n]).with_suffix(".rs") for n in range(1, len(modules))]
        for parent, module in zip(parents, modules):
            if not re.search(rf"^pub mod {module};", parent.read_text(), re.M):
                return False
    for file in files:
        if not file.exists():
            return False
        text = file.read_text()
        exported = re.findall(r"^pub use [^;]*;", text, re.M)
        if any(re.search(rf"\b{last}\b", use) for use in exported):
            return True
        if re.search(rf"^pub (mod|struct|enum|trait|const fn|fn|const) {last}\b", text, re.M):
            return True
    return False


def is_tested(name):
    """Says whether a function of a file of tests is a test."""
    match = re.fullmatch(r"(modelward-\w+)/([\w/]+\.rs)#(\w+)", name)
    if not match:
        return False
    crate, file, function = match.groups()
    path = ROOT / "crates" / crate / "tests" / "it" / file
    if not path.exists():
        return False
    text = path.read_text()
    # A property test stands in `proptest!`, whose attributes are the same.
    return re.search(rf"#\[test\]\s*(?:#\[[^\]]*\]\s*)*fn {function}\(", text) is not None


def faults(text):
    found, count = [], 0
    for number, cells in rows(text):
        count += 1
        quoted = [re.fullmatch(r"`([^`]+)`", cell) for cell in cells[1:]]
        if len(cells) != 3 or not all(quoted):
            found.append(f"line {number}: not a clause, a type and a test")
            continue
        kind, test = (match.group(1) for match in quoted)
        if kind.count("::") < 2 or not is_exported(kind):
            found.append(f"line {number}: no such type: {kind}")
        if not is_tested(test):
            found.append(f"line {number}: no such test: {test}")
    if count < LEAST:
        found.append(f"{count} rows, expected at least {LEAST}")
    return found, count


def prove(text):
    first = next(line for line in text.splitlines() if "::Statement`" in line)
    broken = {
        "a type": text.replace("modelward::sign::Statement", "modelward::sign::NoStatement"),
        "a module": text.replace("modelward::sign::Statement", "modelward::nothing::Statement"),
        "a test": text.replace("#what_we_write_deviates_in_nothing", "#what_we_write_is_not_there"),
        "a file": text.replace("modelward-sign/forms.rs", "modelward-sign/no_forms.rs"),
        "a cell": text.replace(first, first.rsplit(" | ", 1)[0] + " |"),
        "its rows": "\n".join(text.splitlines()[:20]),
    }
    for what, changed in broken.items():
        if changed == text or not faults(changed)[0]:
            sys.exit(f"a document that lost {what} is not refused")
    print(f"refused: {', '.join(broken)}")


def main():
    text = DOCUMENT.read_text()
    if sys.argv[1:] == ["--prove"]:
        return prove(text)
    found, count = faults(text)
    if found:
        sys.exit("\n".join(found))
    print(f"{count} rows of docs/standards.md name a type and a test that are there")


main()
