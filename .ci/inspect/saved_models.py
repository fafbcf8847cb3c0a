"""Writes SavedModels with the messages that TensorBoard ships of TensorFlow's own, and what must be found in them."""
import json
import sys
from pathlib import Path

from google.protobuf.internal.encoder import _VarintBytes
from tensorboard.compat.proto import meta_graph_pb2, saved_object_graph_pb2, types_pb2

out = Path(sys.argv[1])
expected = {}


def tensor(kind, *sizes):
    info = meta_graph_pb2.TensorInfo(name="t:0", dtype=kind)
    for size in sizes:
        info.tensor_shape.dim.add(size=size)
    return info


def save(name, meta):
    # Of SavedModel itself nothing is shipped: a version, and the graphs.
    message = meta.SerializeToString()
    path = out / name / "saved_model.pb"
    path.parent.mkdir()
    path.write_bytes(b"\x08\x01\x12" + _VarintBytes(len(message)) + message)
    return f"{name}/saved_model.pb"


meta = meta_graph_pb2.MetaGraphDef()
meta.meta_info_def.tags.extend(["serve", "gpu"])
meta.meta_info_def.tensorflow_version = "2.17.0"
meta.graph_def.node.add(name="c", op="Const")
meta.graph_def.node.add(name="w", op="WriteFile", input=["c"])
function = meta.graph_def.library.function.add()
function.signature.name = "f"
for operator in ["MatMul", "EagerPyFunc", "SentencepieceOp", "Addons>Resampler"]:
    function.node_def.add(name=operator, op=operator)
signature = meta.signature_def["serving_default"]
signature.inputs["ids"].CopyFrom(tensor(types_pb2.DT_INT64, -1, 128))
signature.outputs["probability"].CopyFrom(tensor(types_pb2.DT_FLOAT, -1, 2))
unknown = meta_graph_pb2.TensorInfo(dtype=types_pb2.DT_STRING)
unknown.tensor_shape.unknown_rank = True
signature.inputs["text"].CopyFrom(unknown)
meta.asset_file_def.add(filename="vocabulary.txt")
for kind, trainable, sizes in [(types_pb2.DT_FLOAT, True, [128, 2]), (types_pb2.DT_HALF, True, [2]),
                               (types_pb2.DT_INT64, False, [])]:
    variable = meta.object_graph_def.nodes.add().variable
    variable.dtype, variable.trainable = kind, trainable
    for size in sizes:
        variable.shape.dim.add(size=size)
meta.object_graph_def.nodes.add().user_object.identifier = "_generic_user_object"
expected[save("full", meta)] = {
    "format-version": ["1"],
    "tool": ["tensorflow 2.17.0"],
    "metadata:tag of a graph": ["serve", "gpu"],
    "metadata:nodes": ["6"],
    "metadata:functions": ["1"],
    "metadata:variables": ["3"],
    "metadata:elements of variables": [str(128 * 2 + 2 + 1)],
    "input:serving_default:ids": ["int64[?, 128]"],
    "input:serving_default:text": ["string of any shape"],
    "output:serving_default:probability": ["float32[?, 2]"],
    "parameter-count": [str(128 * 2 + 2)],
    "element-type": ["float32", "float16", "int64"],
    "external-file": ["vocabulary.txt"],
    "operator": ["WriteFile", "EagerPyFunc", "Addons>Resampler"],
    "finding": ["bom.inspect.saved_model.operator", "bom.inspect.saved_model.library"],
}

meta = meta_graph_pb2.MetaGraphDef()
meta.object_graph_def.CopyFrom(saved_object_graph_pb2.SavedObjectGraph())
expected[save("empty", meta)] = {"finding": ["bom.inspect.saved_model.unknown"]}
(out / "expected.json").write_text(json.dumps(expected))
