"""Writes small files with joblib, keras, numpy and scikit-learn, and what must be found in them.

    python pickles.py FOLDER

PyTorch is too large to be fetched for this: its two forms are written as `torch.save` writes them,
with Python's own pickler. What a pickle imports is listed by `pickletools`, not by hand.
"""

import collections
import io
import json
import os
import pickle
import pickletools
import struct
import sys
import zipfile

os.environ["KERAS_BACKEND"] = "numpy"

import joblib
import keras
import numpy
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.datasets import make_classification
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

EXPECTED = {}


def folder(name):
    return os.path.join(sys.argv[1], name)


def expect(file, **facts):
    EXPECTED[file] = {key.replace("_", "-"): values for key, values in facts.items()}


def imports(stream):
    """Lists the imports of a pickle without arrays between its opcodes."""
    found, texts, memo = set(), [], {}
    for opcode, argument, _ in pickletools.genops(stream):
        if opcode.name == "GLOBAL":
            found.add(argument.replace(" ", "."))
        elif opcode.name == "STACK_GLOBAL":
            found.add(".".join(texts[-2:]))
        elif opcode.name == "MEMOIZE":
            memo[len(memo)] = texts[-1] if texts else None
        elif "UNICODE" in opcode.name:
            texts.append(argument)
            continue
        elif opcode.name in ("BINGET", "LONG_BINGET"):
            texts.append(memo.get(argument))
    return sorted(found)


def write_arrays():
    small = numpy.arange(6, dtype="<f4").reshape(2, 3)
    fields = numpy.zeros(4, dtype=[("a", "<f8"), ("b", "<i2", (3,)), ("c", "U5")])
    objects = numpy.array([1, "two", collections.OrderedDict()], dtype=object)
    numpy.save(folder("small.npy"), small)
    numpy.save(folder("fields.npy"), fields)
    numpy.save(folder("objects.npy"), objects, allow_pickle=True)
    numpy.savez(folder("stored.npz"), one=small, two=fields)
    numpy.savez_compressed(folder("deflated.npz"), one=small, two=objects)
    one = {"tensor_count": ["1"]}
    expect("small.npy", element_type=["<f4"], parameter_count=["6"], format_version=["1.0"], **one)
    word = "[('a', '<f8'), ('b', '<i2', (3,)), ('c', '<U5')]"
    expect("fields.npy", element_type=[word], parameter_count=["4"], **one)
    expect("objects.npy", element_type=["|O"], **{"import": ["collections.OrderedDict"]}, **one)
    expect("stored.npz", element_type=["<f4", word], parameter_count=["10"], tensor_count=["2"])
    expect("deflated.npz", element_type=["<f4", "|O"], tensor_count=["2"])


def write_pickles():
    model = {
        "weights": numpy.arange(12, dtype="<f8").reshape(3, 4),
        "fortran": numpy.asfortranarray(numpy.ones((5, 2), dtype=">i4")),
        "words": numpy.array(["a", "bcd"]),
        "order": collections.OrderedDict(a=1),
        "counter": collections.Counter("abc"),
        "large": "x" * 70000,
    }
    for protocol in range(6):
        name = f"protocol{protocol}.pkl"
        stream = pickle.dumps(model, protocol=protocol)
        with open(folder(name), "wb") as file:
            file.write(stream)
        # `pickletools` gives texts of protocol 0 undecoded, where names are plain.
        facts = {"import": imports(stream)} if protocol < 4 else {}
        types = ["<f8", ">i4", "<U3"]
        expect(name, tensor_count=["3"], element_type=types, parameter_count=["24"], **facts)
        if protocol > 1:
            EXPECTED[name]["format-version"] = [str(protocol)]


def estimators():
    inputs, outputs = make_classification(random_state=0)
    yield "pipeline", make_pipeline(StandardScaler(), LogisticRegression()).fit(inputs, outputs)
    yield "forest", RandomForestClassifier(n_estimators=3, random_state=0).fit(inputs, outputs)
    boosted = GradientBoostingClassifier(n_estimators=3, random_state=0)
    yield "boosted", boosted.fit(inputs, outputs)
    yield "neighbors", KNeighborsClassifier(algorithm="kd_tree").fit(inputs, outputs)
    columns = ColumnTransformer([("c", OneHotEncoder(), [0])]).fit([["a"], ["b"]])
    yield "columns", columns


def write_estimators():
    for name, model in estimators():
        kind = f"{type(model).__module__}.{type(model).__name__}"
        library = f"scikit-learn=={sklearn.__version__}"
        for ending, options in {
            "joblib": {},
            "zlib.joblib": {"compress": ("zlib", 3)},
            "gzip.joblib": {"compress": ("gzip", 3)},
            "old.joblib": {"protocol": 2},
        }.items():
            file = f"{name}.{ending}"
            joblib.dump(model, folder(file), **options)
            expect(file, architecture=[kind], library=[library])
        with open(folder(f"{name}.pkl"), "wb") as file:
            pickle.dump(model, file)
        expect(f"{name}.pkl", architecture=[kind], library=[library])
    arrays = [numpy.arange(n + 1, dtype="<f4") for n in range(9)]
    arrays.append(numpy.array([collections.OrderedDict()], dtype=object))
    joblib.dump(arrays, folder("arrays.joblib"))
    expect("arrays.joblib", tensor_count=["10"], parameter_count=["45"], element_type=["<f4"])


class Storage:
    """Stands for a storage of PyTorch, which a pickler writes as a persistent identifier."""

    def __init__(self, kind, key, length):
        self.id = ("storage", kind, key, "cpu", length)


class Named:
    """Stands for a class or function of PyTorch, which a pickler writes by its name."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Rebuilt:
    """Stands for a tensor."""

    def __init__(self, storage, shape):
        self.storage, self.shape = storage, shape


class Pickler(pickle._Pickler):
    """Writes those as `torch.save` does."""

    dispatch = dict(pickle._Pickler.dispatch)

    def persistent_id(self, value):
        return value.id if isinstance(value, Storage) else None

    def save_named(self, value):
        self.write(pickle.GLOBAL + f"{value.module}\n{value.name}\n".encode())
        self.memoize(value)

    def save_rebuilt(self, value):
        strides = tuple(1 for _ in value.shape)
        hooks = collections.OrderedDict()
        self.save(REBUILD)
        self.save((value.storage, 0, value.shape, strides, False, hooks))
        self.write(pickle.REDUCE)
        self.memoize(value)

    dispatch[Named] = save_named
    dispatch[Rebuilt] = save_rebuilt


REBUILD = Named("torch._utils", "_rebuild_tensor_v2")
FLOAT = Named("torch", "FloatStorage")
HALF = Named("torch", "BFloat16Storage")


def dumped(value):
    stream = io.BytesIO()
    Pickler(stream, protocol=2).dump(value)
    return stream.getvalue()


def write_torch():
    float_storage, half_storage = Storage(FLOAT, "0", 6), Storage(HALF, "1", 4)
    model = collections.OrderedDict(
        weight=Rebuilt(float_storage, (2, 3)),
        tied=Rebuilt(float_storage, (2, 3)),
        bias=Rebuilt(half_storage, (4,)),
    )
    facts = {
        "tensor_count": ["3"],
        "parameter_count": ["10"],
        "element_type": ["bfloat16", "float32"],
        "import": ["collections.OrderedDict", "torch.FloatStorage", "torch._utils._rebuild_tensor_v2"],
    }
    with zipfile.ZipFile(folder("zipped.pt"), "w") as archive:
        archive.writestr("model/data.pkl", dumped(model))
        archive.writestr("model/byteorder", "little")
        archive.writestr("model/data/0", bytes(24))
        archive.writestr("model/data/1", bytes(8))
        archive.writestr("model/version", "3\n")
    expect("zipped.pt", format_version=["3"], **facts)
    system = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"int": 4}}
    with open(folder("legacy.pt"), "wb") as file:
        for part in (0x1950A86A20F9469CFC6C, 1001, system, model, ["0", "1"]):
            file.write(dumped(part))
        file.write(struct.pack("<q", 6) + bytes(24))
        file.write(struct.pack("<q", 4) + bytes(8))
    expect("legacy.pt", **facts)


def write_keras():
    inputs = keras.Input((4,), name="x")
    hidden = keras.layers.Dense(3, activation="relu")(inputs)
    model = keras.Model(inputs, keras.layers.Dropout(0.5)(hidden), name="tiny")
    model.save(folder("functional.keras"))
    keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)], name="row").save(
        folder("sequential.keras")
    )
    library = [f"keras=={keras.__version__}"]
    expect("functional.keras", architecture=["Functional"], name=["tiny"], library=library)
    EXPECTED["functional.keras"]["input:x"] = ["float32[batch, 4]"]
    EXPECTED["functional.keras"]["metadata:layer"] = ["Dense", "Dropout", "InputLayer"]
    expect("sequential.keras", architecture=["Sequential"], name=["row"], library=library)


def main():
    write_arrays()
    write_pickles()
    write_estimators()
    write_torch()
    write_keras()
    with open(folder("expected.json"), "w", encoding="utf-8") as file:
        json.dump(EXPECTED, file, indent=1)


if __name__ == "__main__":
    main()
