//! What an adapter (`adapter_config.json` of PEFT) says of the model that it changes, and how.

use modelward_artifact::Finding;

use crate::inspect::json::Node;
use crate::inspect::{Aspect, Fact};

/// States the base model and the method of tuning, in the words of the CycloneDX taxonomy.
pub(super) fn facts(root: &Node<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some((member, name)) = base_model(root) {
        let aspect = if is_model(name) {
            Aspect::BaseModel
        } else {
            Aspect::Metadata("base_model_name_or_path".to_owned())
        };
        let at = member.location();
        facts.push(Fact::declared(aspect, name, at.clone()));
        facts.push(Fact::inferred(Aspect::BaseModelRelation, "adapter", at));
    }
    facts.extend(tune_method(root));
    facts
}

/// Says that the model which the adapter changes is not known.
pub(super) fn findings(root: &Node<'_>) -> Vec<Finding> {
    let message = match base_model(root) {
        None => "the adapter does not name the model that it changes".to_owned(),
        Some((_, name)) if is_model(name) => return Vec::new(),
        Some((_, name)) => format!("the adapter changes `{name}`, which names no model"),
    };
    vec![Finding::new("bom.inspect.adapter_config.unknown", message)]
}

fn base_model<'a>(root: &Node<'a>) -> Option<(Node<'a>, &'a str)> {
    let member = root.member("base_model_name_or_path")?;
    let name = member.text()?;
    Some((member, name))
}

/// Tells whether a name is one on Hugging Face; some of the first years have no organization, such
/// as `gpt2`. All else is a directory of the machine on which the adapter was made.
fn is_model(name: &str) -> bool {
    let with_owner = |name: &str| crate::purl::huggingface(name, None).is_some();
    with_owner(name) || (!name.contains('/') && with_owner(&format!("any/{name}")))
}

fn tune_method(root: &Node<'_>) -> Option<Fact> {
    let kind = root.member("peft_type")?;
    let at = kind.location();
    let method = match kind.text()?.to_ascii_uppercase().as_str() {
        "LORA" if root.member("alora_invocation_tokens").is_some() => "alora",
        "LORA" => return Some(Fact::declared(Aspect::TuneMethod, "lora", at)),
        "MULTITASK_PROMPT_TUNING" | "P_TUNING" | "PREFIX_TUNING" | "PROMPT_TUNING" => "prompt",
        _ => "adapter",
    };
    Some(Fact::inferred(Aspect::TuneMethod, method, at))
}
