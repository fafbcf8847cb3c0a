"""Writes model and dataset cards with huggingface_hub, and files of settings as their libraries do."""
import hashlib
import json
import sys
from pathlib import Path

from huggingface_hub import EvalResult, ModelCard, ModelCardData

out = Path(sys.argv[1])
expected = {}


def folder(name):
    path = out / name
    path.mkdir()
    return path


def write(path, value):
    path.write_text(json.dumps(value, indent=2))
    return str(path.relative_to(out))


results = [
    EvalResult(task_type="text-classification", dataset_type="imdb", dataset_name="IMDb", dataset_split="test",
               metric_type="accuracy", metric_value=0.93),
    EvalResult(task_type="text-classification", dataset_type="imdb", dataset_name="IMDb", dataset_split="test",
               metric_type="f1", metric_value=0.5),
]
data = ModelCardData(
    language=["en", "no"], license="apache-2.0", library_name="transformers", tags=["a", "b: c"],
    base_model=["acme/base", "acme/other"], datasets=["imdb"], pipeline_tag="text-classification",
    model_name="tiny", eval_results=results,
)
card = ModelCard.from_template(
    data, model_id="tiny", model_summary="S", direct_use="Rates reviews.\n\n```\n# no heading\n```",
    bias_risks_limitations="Often wrong.", training_data="Reviews.", citation_bibtex="@misc{x}",
)
card.save(folder("card") / "README.md")
expected["card/README.md"] = {
    "license": ["apache-2.0"],
    "language": ["en", "no"],
    "library": ["transformers"],
    "tag": ["a", "b: c"],
    "base-model": ["acme/base", "acme/other"],
    "dataset": ["imdb"],
    "task": ["text-classification"],
    "metric:accuracy": ["0.93"],
    "metric:f1": ["0.5"],
    "use-case": ["Rates reviews.\n\n```\n# no heading\n```"],
    "limitation": ["Often wrong."],
    "ethical-consideration": ["Often wrong."],
    "metadata:training_data": ["Reviews."],
}

template = "{% for m in messages %}{{ m }}{% endfor %}"
model = folder("model")
expected[write(model / "tokenizer_config.json", {
    "tokenizer_class": "PreTrainedTokenizerFast", "chat_template": template,
    "bos_token": {"content": "<s>", "lstrip": False},
})] = {
    "tokenizer:tokenizer_class": ["PreTrainedTokenizerFast"],
    "tokenizer:bos_token": ["<s>"],
    "chat-template": [hashlib.sha256(template.encode()).hexdigest()],
}
expected[write(model / "config.json", {
    "architectures": ["XModel"], "auto_map": {"AutoModel": "acme/code--modeling_x.XModel"},
})] = {"import": ["acme/code--modeling_x.XModel"], "finding": ["bom.inspect.remote_code"]}
expected[write(model / "adapter_config.json", {
    "base_model_name_or_path": "/data/base", "peft_type": "LORA", "r": 8,
})] = {"tune-method": ["lora"], "finding": ["bom.inspect.adapter_config.unknown"]}
expected[write(model / "modules.json", [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_X", "type": "custom_x.X"},
])] = {"import": ["custom_x.X"], "finding": ["bom.inspect.remote_code"]}

from tokenizers import Tokenizer, models  # noqa: E402

for name, kind, size in (
    ("bpe", models.BPE({"a": 0, "b": 1, "ab": 2}, [("a", "b")]), "3"),
    ("unigram", models.Unigram([("<unk>", 0.0), ("a", -1.0)], 0), "2"),
    ("words", models.WordLevel({"a": 0, "<unk>": 1}, "<unk>"), "2"),
):
    tokenizer = Tokenizer(kind)
    tokenizer.add_special_tokens(["<s>"])
    tokenizer.save(str(folder(name) / "tokenizer.json"))
    assert tokenizer.get_vocab_size(False) == int(size)
    expected[f"{name}/tokenizer.json"] = {"tokenizer:vocab_size": [size], "tokenizer:special_token": ["<s>"]}

(out / "expected.json").write_text(json.dumps(expected, indent=1))
