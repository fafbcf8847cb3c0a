"""Writes HDF5 files as Keras lays them out, in the oldest and the newest form of the format, with h5py."""
import json
import sys
from pathlib import Path

import h5py
import numpy as np

out = Path(sys.argv[1])
expected = {}

model_config = {
    "class_name": "Functional",
    "config": {
        "name": "tiny",
        "layers": [
            {"class_name": "InputLayer", "module": "keras.layers",
             "config": {"name": "image", "batch_shape": [None, 4, 4, 1], "dtype": "float32"}},
            {"class_name": "Lambda", "module": "keras.layers", "config": {"name": "double"}},
            {"class_name": "Mine", "module": "my_layers", "config": {"name": "mine"}},
        ],
    },
}
training_config = {
    "loss": "mse",
    "metrics": ["mae"],
    "optimizer_config": {"class_name": "Adam", "config": {"learning_rate": 0.001}},
}


def write(file):
    file.attrs["keras_version"] = "3.9.0"
    file.attrs["backend"] = "tensorflow"
    file.attrs["model_config"] = json.dumps(model_config).encode()
    file.attrs["training_config"] = np.bytes_(json.dumps(training_config))
    weights = file.create_group("model_weights")
    weights.attrs["layer_names"] = np.array([b"dense", b"scale"])
    dense = weights.create_group("dense")
    dense.create_dataset("kernel:0", data=np.zeros((4, 8), np.float32))
    dense.create_dataset("bias:0", data=np.zeros(8, np.float16), chunks=(4,), compression="gzip")
    weights.create_dataset("scale/steps", data=np.zeros((), np.int64))
    weights["again"] = dense["kernel:0"]
    weights.create_dataset("names", data=["a", "b"])
    file.create_group("optimizer_weights").create_dataset("iterations", data=np.zeros(100, np.int64))
    file["elsewhere"] = h5py.ExternalLink("other.h5", "/x")
    file["soft"] = h5py.SoftLink("/model_weights")


found = {
    "tensor-count": ["3"],
    "parameter-count": ["41"],
    "element-type": ["float16", "float32", "int64"],
    "tool": ["keras 3.9.0"],
    "metadata:backend": ["tensorflow"],
    "architecture": ["Functional"],
    "hyperparameter:num_layers": ["3"],
    "hyperparameter:loss": ["mse"],
    "hyperparameter:metrics": ['["mae"]'],
    "hyperparameter:optimizer": ["Adam"],
    "hyperparameter:optimizer.learning_rate": ["0.001"],
    "input:image": ["float32[batch, 4, 4, 1]"],
    "import": ["my_layers.Mine"],
    "external-file": ["other.h5"],
    "finding": ["bom.inspect.hdf5.lambda", "bom.inspect.hdf5.import", "bom.inspect.hdf5.external"],
}
forms = {"earliest": ("0", {}), "latest": ("3", {}), "block": ("0", {"userblock_size": 1024})}
for form, (version, options) in forms.items():
    library = "latest" if form == "latest" else "earliest"
    with h5py.File(out / f"{form}.h5", "w", libver=library, **options) as file:
        write(file)
    expected[f"{form}.h5"] = found | {"format-version": [version]}

# Many layers: several levels of the tree of names.
with h5py.File(out / "wide.h5", "w") as file:
    for layer in range(2000):
        file.create_dataset(f"layer_{layer}/w", data=np.zeros(2, np.float64))
expected["wide.h5"] = {"tensor-count": ["2000"], "parameter-count": ["4000"], "element-type": ["float64"]}

# What only the newest form has for many links and attributes is told and not counted.
with h5py.File(out / "dense.h5", "w", libver="latest") as file:
    file.create_dataset("w", data=np.zeros(2, np.float32))
    for name in range(20):
        file.create_dataset(f"many/{name}", data=np.zeros(2, np.float32))
expected["dense.h5"] = {"parameter-count": ["2"], "finding": ["bom.inspect.hdf5.unknown"]}

# Named datatypes, values kept in the header, none at all, and data in another file.
with h5py.File(out / "kinds.h5", "w") as file:
    file["half"] = np.dtype("<f2")
    file.create_dataset("named", shape=(3,), dtype=file["half"])
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    h5py.h5d.create(file.id, b"compact", h5py.h5t.STD_U8BE, h5py.h5s.create_simple((5,)), compact)
    file.create_dataset("empty", data=h5py.Empty("f4"))
    file.create_dataset("outside", shape=(7,), dtype="f8", external=[("weights.bin", 0, 56)])
    file.create_dataset("truth", data=np.array([True, False]))
expected["kinds.h5"] = {
    "tensor-count": ["4"],
    "parameter-count": ["15"],
    "element-type": ["float16", "float32", "float64", "uint8"],
    "finding": ["bom.inspect.hdf5.external"],
}

(out / "expected.json").write_text(json.dumps(expected, indent=1))
