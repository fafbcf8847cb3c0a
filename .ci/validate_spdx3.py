"""Judges SPDX 3.0.1 documents by the model that the SPDX project generates from its SHACL shapes.

usage: validate_spdx3.py FILE ...
"""
import sys
from pathlib import Path

from spdx_python_model.bindings import v3_0_1 as spdx

wrong = 0
for name in sys.argv[1:]:
    objects = spdx.SHACLObjectSet()
    try:
        with open(name, "rb") as file:
            spdx.JSONLDDeserializer().read(file, objects)
        missing = objects.link()
        # Writing asks for every property that has to be there.
        with open("/dev/null", "wb") as out:
            spdx.JSONLDSerializer().write(objects, out)
    except Exception as error:  # the library has several
        wrong += 1
        print(f"{name}: {type(error).__name__}: {error}")
        continue
    known = [ref for ref in missing or [] if not str(ref).startswith("https://spdx.org/rdf/")]
    if known:
        wrong += 1
        print(f"{name}: not in the document: {sorted(map(str, known))[:5]}")
    if not len(list(objects.foreach_type(spdx.ai_AIPackage, match_subclass=True))):
        wrong += 1
        print(f"{name}: no model")
sys.exit(wrong > 0)
