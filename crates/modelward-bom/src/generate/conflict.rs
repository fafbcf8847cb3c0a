//! Statements that contradict each other, or the bytes.

use modelward_artifact::Finding;

use crate::generate::claim::{Claim, Claims};
use crate::generate::license;
use crate::generate::weights::{WeightSet, Weights};
use crate::inspect::{Aspect, Format, Origin};

/// How many models a finding names.
const SHOWN: usize = 10;

/// Lists every contradiction.
pub(super) fn conflicts(claims: &Claims<'_>, weights: &Weights<'_>) -> Vec<Finding> {
    let mut findings = declared(claims);
    if let Some(set) = weights.only() {
        findings.extend(observed(claims, set));
    } else if !weights.is_one_model() {
        findings.push(ambiguous(weights));
    }
    findings.extend(quantization(claims));
    findings
}

/// Says what each of the models may hold whose files lie side by side.
fn ambiguous(weights: &Weights<'_>) -> Finding {
    let known = weights.sets().iter();
    let known = known.map(|set| format!("{} parameters in {}", set.parameters, set.path));
    let unknown = weights.unknown().iter();
    let unknown = unknown.map(|path| format!("an unknown number in {path}"));
    let mut parts: Vec<String> = known.chain(unknown).collect();
    let more = parts.len().saturating_sub(SHOWN);
    if more > 0 {
        parts.truncate(SHOWN);
        parts.push(format!("and {more} more"));
    }
    let message = format!(
        "the weight files are not one model's, and nothing is taken from them: {}",
        parts.join(", ")
    );
    Finding::new("bom.generate.ambiguous", message)
}

/// Aspects of which a model has one value, whoever states it.
fn declared(claims: &Claims<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for aspect in [
        Aspect::Architecture,
        Aspect::License,
        Aspect::Name,
        Aspect::Task,
        Aspect::Version,
    ] {
        let mut values = claims.about(&aspect);
        let Some(first) = values.next() else {
            continue;
        };
        let other = values.find(|claim| {
            // One file may list several values; two files should not differ.
            claim.path != first.path
                && claim.fact.origin() == Origin::Declared
                && !same(&aspect, claim.value(), first.value())
        });
        if let Some(other) = other {
            let message = format!(
                "{} is `{}` by {} and `{}` by {}",
                aspect.name(),
                first.value(),
                place(&first),
                other.value(),
                place(&other),
            );
            findings.push(Finding::new("bom.generate.conflict", message));
        }
    }
    findings
}

fn same(aspect: &Aspect, one: &str, other: &str) -> bool {
    match aspect {
        Aspect::License => license::label(one) == license::label(other),
        _ => one.eq_ignore_ascii_case(other),
    }
}

/// Compares what is declared with what the weights show.
fn observed(claims: &Claims<'_>, set: &WeightSet<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for claim in claims.about(&Aspect::ParameterCount) {
        let declared = claim.value().parse::<u64>();
        if claim.fact.origin() == Origin::Declared && declared != Ok(set.parameters) {
            findings.push(contradiction(&claim, set, &set.parameters.to_string()));
        }
    }
    for claim in claims.about(&Aspect::TensorCount) {
        let indexed = claim.format == Format::WeightIndex;
        if indexed && claim.value().parse::<u64>() != Ok(set.tensors) {
            findings.push(contradiction(&claim, set, &set.tensors.to_string()));
        }
    }
    for claim in claims.about(&Aspect::ElementType) {
        let known = element_type(claim.value());
        let wrong = known.is_some_and(|known| !set.types.contains(known));
        if claim.fact.origin() == Origin::Declared && wrong {
            let types: Vec<&str> = set.types.iter().copied().collect();
            findings.push(contradiction(&claim, set, &types.join(", ")));
        }
    }
    let outline = &set.outline;
    let layers = u64::try_from(outline.layers.len()).ok();
    let shown = [
        ("num_hidden_layers", layers.filter(|layers| *layers > 0)),
        ("vocab_size", outline.embedding.map(|(rows, _)| rows)),
    ];
    for (name, shown) in shown {
        let aspect = Aspect::Hyperparameter(name.to_owned());
        let Some((claim, shown)) = claims.first(&aspect).zip(shown) else {
            continue;
        };
        // Embeddings are padded and layers are shared, so that fewer than declared is what lies.
        let lies = claim.value().parse::<u64>().is_ok_and(|said| said > shown);
        if lies && claim.fact.origin() == Origin::Declared {
            findings.push(contradiction(&claim, set, &shown.to_string()));
        }
    }
    findings
}

/// Compares the mixture that a GGUF file names with what most of its parameters are held in.
fn quantization(claims: &Claims<'_>) -> Vec<Finding> {
    const PLAIN: [&str; 9] = [
        "F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q6_K",
    ];
    let all: Vec<Claim<'_>> = claims.about(&Aspect::Quantization).collect();
    let declared = all
        .iter()
        .filter(|claim| claim.fact.origin() == Origin::Declared && PLAIN.contains(&claim.value()));
    let findings = declared.filter_map(|claim| {
        let shown = all
            .iter()
            .find(|other| other.path == claim.path && other.fact.origin() == Origin::Inferred)?;
        let message = format!(
            "quantization is `{}` by {}, most parameters are {}",
            claim.value(),
            place(claim),
            shown.value()
        );
        (shown.value() != claim.value())
            .then(|| Finding::new("bom.generate.contradiction", message))
    });
    findings.collect()
}

fn contradiction(claim: &Claim<'_>, set: &WeightSet<'_>, shown: &str) -> Finding {
    let aspect = claim.fact.aspect();
    let what = aspect.detail().unwrap_or(aspect.name());
    let files = if set.files > 1 { " and its series" } else { "" };
    let message = format!(
        "{what} is `{}` by {}, the bytes of {}{files} show {shown}",
        claim.value(),
        place(claim),
        set.path
    );
    Finding::new("bom.generate.contradiction", message)
}

fn place(claim: &Claim<'_>) -> String {
    format!("{}, {}", claim.path, claim.fact.location().plain())
}

/// The names that PyTorch has for element types, in the words of safetensors.
fn element_type(name: &str) -> Option<&'static str> {
    Some(match name.trim_start_matches("torch.") {
        "bfloat16" => "BF16",
        "float16" | "half" => "F16",
        "float32" | "float" => "F32",
        "float64" | "double" => "F64",
        _ => return None,
    })
}
