"""Writes TFLite files with the code that was generated of TFLite's own schema, and what must be found in them."""
import json
import sys
from pathlib import Path

import flatbuffers
import numpy as np
import tflite

out = Path(sys.argv[1])
expected = {}


class Writer:
    def __init__(self):
        self.builder = flatbuffers.Builder(1024)

    def table(self, kind, **fields):
        getattr(tflite, f"{kind}Start")(self.builder)
        for name, value in fields.items():
            if value is not None:
                getattr(tflite, f"{kind}Add{name}")(self.builder, value)
        return getattr(tflite, f"{kind}End")(self.builder)

    def text(self, text):
        return self.builder.CreateString(text)

    def array(self, values, kind):
        return self.builder.CreateNumpyVector(np.array(values, kind))

    def tables(self, tables):
        self.builder.StartVector(4, len(tables), 4)
        for table in reversed(tables):
            self.builder.PrependUOffsetTRelative(table)
        return self.builder.EndVector()

    def tensor(self, name, shape, kind, buffer=0, scales=None, signature=None):
        quantization = None
        if scales:
            scales, zeros = self.array(scales, np.float32), self.array([0] * len(scales), np.int64)
            quantization = self.table("QuantizationParameters", Scale=scales, ZeroPoint=zeros)
        signature = signature and self.array(signature, np.int32)
        return self.table("Tensor", Name=self.text(name), Shape=self.array(shape, np.int32), Type=kind,
                          Buffer=buffer, Quantization=quantization, ShapeSignature=signature)

    def buffer(self, data=None):
        return self.table("Buffer", Data=None if data is None else self.array(data, np.uint8))

    def operator(self, code, custom=None):
        custom = custom and self.text(custom)
        return self.table("OperatorCode", DeprecatedBuiltinCode=min(code, 127), BuiltinCode=code,
                          CustomCode=custom, Version=1)

    def save(self, name, operators, graphs, buffers, description, metadata=()):
        metadata = [self.table("Metadata", Name=self.text(entry), Buffer=0) for entry in metadata]
        model = self.table("Model", Version=3, OperatorCodes=self.tables(operators), Subgraphs=self.tables(graphs),
                           Description=self.text(description), Buffers=self.tables(buffers),
                           Metadata=self.tables(metadata))
        self.builder.Finish(model, file_identifier=b"TFL3")
        (out / name).write_bytes(self.builder.Output())


def graph(writer, tensors, inputs, outputs):
    return writer.table("SubGraph", Tensors=writer.tables(tensors), Inputs=writer.array(inputs, np.int32),
                        Outputs=writer.array(outputs, np.int32), Operators=writer.tables([]), Name=writer.text("main"))


of = tflite.TensorType
writer = Writer()
tensors = [
    writer.tensor("x", [1, 8], of.FLOAT32, signature=[-1, 8]),
    writer.tensor("w", [8, 16], of.INT8, buffer=1, scales=[0.5] * 8),
    writer.tensor("b", [16], of.INT32, buffer=2),
    writer.tensor("y", [1, 16], of.FLOAT32),
]
inner = [writer.tensor("k", [2, 2], of.FLOAT16, buffer=3), writer.tensor("z", [], of.BOOL)]
buffers = [writer.buffer(), writer.buffer([1] * 128), writer.buffer([1] * 64), writer.buffer([1] * 8)]
graphs = [graph(writer, tensors, [0], [3]), graph(writer, inner, [1], [0])]
operators = [writer.operator(tflite.BuiltinOperator.FULLY_CONNECTED), writer.operator(tflite.BuiltinOperator.GELU),
             writer.operator(tflite.BuiltinOperator.CUSTOM, "FlexErf")]
writer.save("quantized.tflite", operators, graphs, buffers, "MLIR Converted.", ["min_runtime_version"])
expected["quantized.tflite"] = {
    "format-version": ["3"],
    "tool": ["MLIR Converted."],
    "metadata:metadata entry": ["min_runtime_version"],
    "metadata:quantized tensors": ["1"],
    "input:x": ["float32[?, 8]"],
    "output:y": ["float32[1, 16]"],
    "tensor-count": ["3"],
    "parameter-count": [str(8 * 16 + 16 + 4)],
    "element-type": ["int8", "int32", "float16"],
    "operator": ["FlexErf"],
    "finding": ["bom.inspect.tflite.operator"],
}

writer = Writer()
types = [name for name in vars(of) if name.isupper() and name not in ("RESOURCE", "VARIANT", "STRING")]
tensors = [writer.tensor(name, [2, 3], getattr(of, name), buffer=index + 1) for index, name in enumerate(types)]
buffers = [writer.buffer()] + [writer.buffer([0] * 96) for _ in types]
writer.save("types.tflite", [], [graph(writer, tensors, [0], [1])], buffers, "All types.")
expected["types.tflite"] = {
    "description": ["All types."],
    "tensor-count": [str(len(types))],
    "parameter-count": [str(6 * len(types))],
    "element-type": [name.lower() for name in types],
}
(out / "expected.json").write_text(json.dumps(expected))
