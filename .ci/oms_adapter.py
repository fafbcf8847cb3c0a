"""Runs the adapter of the OMS conformance suite over the bundles of the reference.

    oms_adapter.py ADAPTER TABLE

TABLE is the table of the tests of modelward-sign: what it calls `ok` has to exit with 0 here and all
else not, but for forms that the adapter takes and daily use does not.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

ADAPTER, TABLE = sys.argv[1:3]
DATA = pathlib.Path(os.environ["MODELWARD_SHARED"]) / "data/oms"
UPSTREAM = DATA / "upstream/model-transparency"
IDENTITY = ["--identity", "stefanb@us.ibm.com", "--identity-provider", "https://sigstore.verify.ibm.com/oauth2"]

# The adapter opts into every historic form, and into the usage of certificates that the reference has.
TAKEN = {
    "compat-v0.1-predicate", "compat-v0.2-pae",
    "cli-cert-ku-keyenc-eku-codesign", "cli-cert-ku-ds-eku-serverauth", "cli-cert-ku-ds-eku-email",
}


def command(folder, name, model, trust, models):
    if folder == "upstream":
        bundle = UPSTREAM / name / "model.sig"
        model = UPSTREAM / name / ("" if model == "-" else model)
    else:
        bundle = DATA / folder / f"{name}.sig"
        model = models / model
    if trust == "sigstore":
        method, trusted = "sigstore", IDENTITY
    elif trust == "upstream-ca":
        method, trusted = "certificate", ["--cert-chain", UPSTREAM / "keys/certificate/ca-cert.pem"]
    elif trust == "rsa":
        method, trusted = "certificate", ["--cert-chain", DATA / "keys/ca-rsa-root.pem"]
    elif trust.startswith("cert:"):
        names = [part for part in trust[5:].split(",") if part]
        method, trusted = "certificate", [arg for part in names for arg in ("--cert-chain", DATA / "keys" / part)]
    else:
        key = UPSTREAM / "keys/certificate/signing-key-pub.pem" if trust == "upstream" else DATA / f"keys/{trust}.pub.pem"
        method, trusted = "key", ["--public-key", key]
    ignored = ["--ignore-paths", model / "ignore-me"] if folder == "upstream" and model.is_dir() else []
    return [ADAPTER, "verify-model", "--method", method, "--model-path", model, "--bundle", bundle, *trusted, *ignored]


def main():
    wrong, checked = [], 0
    with tempfile.TemporaryDirectory() as models:
        # The script writes into the folder `models` of the one that it runs in.
        subprocess.run([sys.executable, DATA / "make_models.py"], check=True, cwd=models)
        models = pathlib.Path(models) / "models"
        for line in pathlib.Path(TABLE).read_text().splitlines():
            if line.startswith("#"):
                continue
            folder, name, model, trust, expected = line.split()
            yes = expected == "ok" or name in TAKEN
            call = [str(part) for part in command(folder, name, model, trust, models)]
            code = subprocess.run(call, capture_output=True, check=False).returncode
            if (code == 0) != yes:
                wrong.append(f"{folder}/{name}: exit code {code}")
            checked += 1
    print(f"{checked - len(wrong)} passed, {len(wrong)} failed")
    if wrong:
        sys.exit("\n".join(wrong))


main()
