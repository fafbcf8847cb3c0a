"""Writes safetensors and GGUF files with their own libraries, and what must be found in them."""
import hashlib
import json
import sys
from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import save_file

out = Path(sys.argv[1])
expected = {}

save_file(
    {"layers.0.w": np.zeros((4, 8), np.float32), "layers.1.w": np.zeros(3, np.float16), "n": np.zeros((), np.int64)},
    out / "two.safetensors",
    metadata={"format": "pt", "modelspec.license": "MIT"},
)
expected["two.safetensors"] = {
    "tensor-count": ["3"],
    "parameter-count": ["36"],
    "element-type": ["F16", "F32", "I64"],
    "metadata:format": ["pt"],
    "license": ["MIT"],
}

for name, endian in (("little", gguf.GGUFEndian.LITTLE), ("big", gguf.GGUFEndian.BIG)):
    writer = gguf.GGUFWriter(out / f"{name}.gguf", "llama", endianess=endian)
    writer.add_name("Tiny")
    writer.add_license("apache-2.0")
    writer.add_languages(["en", "de"])
    writer.add_base_model_count(1)
    writer.add_base_model_name(0, "Base")
    writer.add_base_model_repo_url(0, "https://huggingface.co/acme/base")
    writer.add_context_length(2048)
    writer.add_block_count(1)
    writer.add_rope_freq_base(0.5)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_chat_template("{{ messages }}")
    writer.add_token_list(["a"] * 1000)
    writer.add_token_scores([0.5] * 1000)
    writer.add_tensor("token_embd.weight", np.zeros((2, 32), np.float32))
    quantized = gguf.quantize(np.ones((8, 64), np.float32), gguf.GGMLQuantizationType.Q8_0)
    writer.add_tensor("blk.0.ffn.weight", quantized, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    expected[f"{name}.gguf"] = {
        "format-version": ["3"],
        "tensor-count": ["2"],
        "parameter-count": [str(2 * 32 + 8 * 64)],
        "element-type": ["F32", "Q8_0"],
        "quantization": ["Q8_0"],
        "architecture-family": ["llama"],
        "name": ["Tiny"],
        "license": ["apache-2.0"],
        "language": ["en", "de"],
        "base-model": ["https://huggingface.co/acme/base"],
        "hyperparameter:context_length": ["2048"],
        "hyperparameter:rope.freq_base": ["0.5"],
        "tokenizer:ggml.tokens": ["1000 elements"],
        "chat-template": [hashlib.sha256(b"{{ messages }}").hexdigest()],
    }

(out / "expected.json").write_text(json.dumps(expected))
