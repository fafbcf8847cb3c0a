"""Writes ONNX files with ONNX's own library, and what must be found in them."""
import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

out = Path(sys.argv[1])
expected = {}


def model(graph, name, **more):
    made = helper.make_model(graph, producer_name="maker", producer_version="1.2", opset_imports=more.pop("opsets"))
    for key, value in more.items():
        setattr(made, key, value)
    helper.set_model_props(made, {"license": "MIT", "note": "x"})
    onnx.save(made, out / name)


weights = numpy_helper.from_array(np.ones((4, 3), np.float32), "w")
inner = numpy_helper.from_array(np.ones((5,), np.float16), "inner")
value = helper.make_tensor_value_info
branch = helper.make_graph(
    [helper.make_node("Identity", ["inner"], ["b"])], "branch", [], [value("b", TensorProto.FLOAT16, [5])], [inner]
)
graph = helper.make_graph(
    [
        helper.make_node("MatMul", ["x", "w"], ["y"]),
        helper.make_node("If", ["c"], ["z"], then_branch=branch, else_branch=branch),
        helper.make_node("Constant", [], ["k"], value=numpy_helper.from_array(np.zeros(7, np.float32))),
        helper.make_node("Magic", ["y"], ["q"], domain="acme.ops"),
    ],
    "main",
    [value("x", TensorProto.FLOAT, ["batch", 4]), value("w", TensorProto.FLOAT, [4, 3]), value("c", TensorProto.BOOL, [])],
    [value("y", TensorProto.FLOAT, ["batch", 3]), helper.make_tensor_sequence_value_info("s", TensorProto.INT64, None)],
    [weights],
)
opsets = [helper.make_opsetid("", 17), helper.make_opsetid("acme.ops", 2)]
model(graph, "inner.onnx", opsets=opsets, doc_string="A model.", model_version=3, domain="org.acme")
expected["inner.onnx"] = {
    "tool": ["maker 1.2"],
    "version": ["3"],
    "description": ["A model."],
    "license": ["MIT"],
    "metadata:note": ["x"],
    "metadata:domain": ["org.acme"],
    "metadata:opset ai.onnx": ["17"],
    "metadata:opset acme.ops": ["2"],
    "metadata:elements of constants": ["7"],
    "input:x": ["float32[batch, 4]"],
    "input:c": ["bool[]"],
    "output:y": ["float32[batch, 3]"],
    "output:s": ["sequence(int64 of any shape)"],
    "tensor-count": ["3"],
    "parameter-count": [str(4 * 3 + 5 + 5)],
    "element-type": ["float16", "float32"],
    "operator": ["acme.ops.Magic"],
    "finding": ["bom.inspect.onnx.operator"],
}

big = numpy_helper.from_array(np.ones((64, 64), np.float32), "big")
graph = helper.make_graph([helper.make_node("Identity", ["big"], ["y"])], "g", [], [value("y", TensorProto.FLOAT, [64, 64])], [big])
made = helper.make_model(graph)
onnx.save_model(made, out / "outside.onnx", save_as_external_data=True, location="weights.bin", size_threshold=0)
expected["outside.onnx"] = {"external-file": ["weights.bin"], "parameter-count": ["4096"], "output:y": ["float32[64, 64]"]}

for tensor in made.graph.initializer:
    for entry in tensor.external_data:
        if entry.key == "location":
            entry.value = "../../etc/passwd"
(out / "escape.onnx").write_bytes(made.SerializeToString())
expected["escape.onnx"] = {"finding": ["bom.inspect.onnx.external_path"]}

(out / "expected.json").write_text(json.dumps(expected))
