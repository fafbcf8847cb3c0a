"""Verifies our bundles with model-signing in every mode that it can do, and signs for us in each.

    oms_interop.py OURS KEYS

OURS is the example `modelward`; KEYS is a folder in which keys and certificates can be made. Where the
OMS schemas are at hand (MODELWARD_SHARED), each of our bundles in the specification's form has to
satisfy all four.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys

from model_signing import hashing, signing, verifying

OURS, WORK = sys.argv[1], pathlib.Path(sys.argv[2])
CURVES = {"p256": "P-256", "p384": "P-384", "p521": "P-521"}
ALGORITHMS = {"sha256": "sha256", "blake2b": "blake2", "blake3": "blake3"}


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)


def openssl(*command):
    run("openssl", *command)


def validators():
    """Returns a function that holds a bundle to the schemas, or None where they are not at hand."""
    shared = os.environ.get("MODELWARD_SHARED")
    if not shared:
        return None
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    folder = pathlib.Path(shared) / "data/oms/upstream/oms-spec/schemas/v1.0"
    schemas = {path.name.split(".")[0]: json.loads(path.read_text()) for path in folder.glob("*.json")}
    pairs = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()]
    registry = Registry().with_resources(pairs)

    def check(path):
        bundle = json.loads(path.read_text())
        statement = json.loads(base64.b64decode(bundle["dsseEnvelope"]["payload"]))
        parts = {
            "bundle": bundle,
            "envelope": bundle["dsseEnvelope"],
            "statement": statement,
            "predicate": statement["predicate"],
        }
        for name, part in parts.items():
            Draft202012Validator(schemas[name], registry=registry).validate(part)

    return check


def model():
    root = WORK / "model"
    (root / "onnx").mkdir(parents=True)
    (root / "config.json").write_text('{"model_type": "bert"}\n')
    (root / "weights.bin").write_bytes(os.urandom(10_000))
    (root / "onnx/model.onnx").write_bytes(os.urandom(777))
    (root / "onnx.txt").write_text("x")
    return root


def keys():
    for name, curve in CURVES.items():
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{curve}", "-out", WORK / f"{name}.pem")
        openssl("pkey", "-in", WORK / f"{name}.pem", "-pubout", "-out", WORK / f"{name}.pub.pem")


def certificates():
    """Makes a root, an authority below it, and a signer for each curve."""
    extensions = WORK / "extensions"
    extensions.write_text(
        "[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
        "[leaf]\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n"
    )

    def issue(name, subject, section, issuer=None):
        request = WORK / f"{name}.csr"
        openssl("req", "-new", "-key", WORK / f"{name}.pem", "-subj", subject, "-out", request)
        signer = (
            ["-signkey", WORK / f"{name}.pem"]
            if issuer is None
            else ["-CA", WORK / f"{issuer}.crt", "-CAkey", WORK / f"{issuer}.pem", "-CAcreateserial"]
        )
        openssl(
            "x509", "-req", "-in", request, "-days", "30", "-out", WORK / f"{name}.crt",
            "-extfile", extensions, "-extensions", section, *signer,
        )

    for name in ("root", "between"):
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", WORK / f"{name}.pem")
    issue("root", "/CN=root", "ca")
    issue("between", "/CN=between", "ca", "root")
    for name in CURVES:
        issue(name, f"/CN={name}", "leaf", "between")


def config(algorithm, shard, ignored):
    made = hashing.Config()
    if shard:
        made = made.use_shard_serialization(hashing_algorithm=ALGORITHMS[algorithm], shard_size=shard)
    else:
        made = made.use_file_serialization(hashing_algorithm=ALGORITHMS[algorithm])
    return made.set_ignored_paths(paths=ignored, ignore_git_paths=True)


def python_verifies(root, signature, name, method, hashed):
    verifier = verifying.Config().set_hashing_config(hashed)
    if method == "key":
        verifier.use_elliptic_key_verifier(public_key=WORK / f"{name}.pub.pem")
    else:
        verifier.use_certificate_verifier(certificate_chain=[WORK / "root.crt"])
    verifier.verify(root, signature)


def python_signs(root, signature, name, method, hashed):
    signer = signing.Config().set_hashing_config(hashed)
    if method == "key":
        signer.use_elliptic_key_signer(private_key=WORK / f"{name}.pem")
    else:
        signer.use_certificate_signer(
            private_key=WORK / f"{name}.pem",
            signing_certificate=WORK / f"{name}.crt",
            certificate_chain=[WORK / "between.crt"],
        )
    signer.sign(root, signature)


def we_sign(root, signature, name, method, options):
    certificate = ["--signing-certificate", WORK / f"{name}.crt", "--certificate-chain", WORK / "between.crt"]
    run(
        OURS, "sign", method, root, "--private-key", WORK / f"{name}.pem", "--signature", signature,
        *(certificate if method == "certificate" else []), *options,
    )


def we_verify(root, signature, name, method, *options):
    trusted = (
        ["--public-key", WORK / f"{name}.pub.pem"]
        if method == "key"
        else ["--certificate-chain", WORK / "root.crt"]
    )
    run(OURS, "verify", method, root, "--signature", signature, *trusted, *options)


def token(root, check):
    """Signs with the same keys on a token, for which SoftHSM2 stands."""
    places = ("/usr/lib/softhsm", "/usr/lib64/softhsm", "/usr/local/lib/softhsm")
    libraries = [pathlib.Path(place) / "libsofthsm2.so" for place in places]
    library = next((path for path in libraries if path.is_file()), None)
    if library is None:
        sys.exit("SoftHSM2 is not installed")
    (WORK / "tokens").mkdir()
    (WORK / "softhsm2.conf").write_text(f"directories.tokendir = {WORK}/tokens\nlog.level = ERROR\n")
    (WORK / "pin").write_text("1234\n")
    os.environ["SOFTHSM2_CONF"] = str(WORK / "softhsm2.conf")
    run("softhsm2-util", "--init-token", "--free", "--label", "models", "--pin", "1234", "--so-pin", "4321")
    signature = WORK / "signature"
    for number, name in enumerate(CURVES):
        run("softhsm2-util", "--import", WORK / f"{name}.pem", "--token", "models", "--label", name,
            "--id", f"a{number}", "--pin", "1234")
        for method in ("key", "certificate"):
            chain = [arg for path in (f"{name}.crt", "between.crt") for arg in ("--certificate-chain", WORK / path)]
            run(OURS, "sign", "pkcs11", root, "--uri", f"pkcs11:token=models;object={name}", "--module", library,
                "--pin-file", WORK / "pin", "--signature", signature, *(chain if method == "certificate" else []))
            we_verify(root, signature, name, method, "--forms", "strict")
            if check:
                check(signature)
            python_verifies(root, signature, name, method, config("sha256", None, [signature]))


def main():
    keys()
    certificates()
    check = validators()
    folder = model()
    signature = WORK / "signature"
    modes = 0
    for root in (folder, folder / "weights.bin"):
        for method in ("key", "certificate"):
            for name in CURVES:
                for algorithm in ALGORITHMS:
                    for shard in (None, 1000):
                        # The reference has no shards for BLAKE3.
                        python_can = not (shard and algorithm == "blake3")
                        options = ["--algorithm", algorithm, *(["--shards", shard] if shard else [])]
                        hashed = config(algorithm, shard, [signature])
                        we_sign(root, signature, name, method, options)
                        we_verify(root, signature, name, method, "--forms", "strict")
                        if check:
                            check(signature)
                        we_sign(root, signature, name, method, [*options, "--form", "python"])
                        we_verify(root, signature, name, method)
                        if python_can:
                            python_verifies(root, signature, name, method, hashed)
                            python_signs(root, signature, name, method, hashed)
                            we_verify(root, signature, name, method)
                        modes += 1
    token(folder, check)
    if check is None:
        print("SKIPPED: the OMS schemas are not at hand")
    print(f"{modes} modes passed both ways")


main()
