"""Compares what `modelward inspect` finds in files that the formats' own libraries wrote.

usage: inspect_reference.py MODELWARD SCRIPT ...    each script writes files and expected.json into a folder
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

tool, scripts = sys.argv[1], sys.argv[2:]
wrong = files = facts = 0
for script in scripts:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, script, folder], check=True)
        expected = json.loads(Path(folder, "expected.json").read_text())
        for name, aspects in expected.items():
            files += 1
            run = subprocess.run([tool, "--json", "inspect", Path(folder, name)], capture_output=True, text=True)
            if run.returncode not in (0, 1):
                wrong += 1
                print(f"{name}: exit code {run.returncode}: {run.stdout}{run.stderr}")
                continue
            found = {}
            for fact in json.loads(run.stdout)["facts"]:
                key = fact["aspect"] + (f":{fact['detail']}" if "detail" in fact else "")
                found.setdefault(key, []).append(fact["value"])
            for finding in json.loads(run.stdout)["findings"]:
                found.setdefault("finding", []).append(finding["code"])
            for aspect, values in aspects.items():
                for value in values:
                    facts += 1
                    if value not in found.get(aspect, []):
                        wrong += 1
                        print(f"{name}: {aspect} is {found.get(aspect)}, expected {value}")
print(f"{files} files, {facts} facts, {wrong} wrong")
sys.exit(wrong > 0 or facts == 0)
