//! The model card of a generated document.

use std::collections::BTreeMap;

use modelward_artifact::EntryPath;

use crate::generate::claim::{Claim, Claims};
use crate::generate::parts::Part;
use crate::generate::source::Sources;
use crate::generate::weights::Weights;
use crate::inspect::Aspect;
use crate::model::{
    ApproachKind, Considerations, DatasetChoice, EthicalConsideration, ModelApproach, ModelCard,
    ModelInterface, ModelParameters, PerformanceMetric, Property, QuantitativeAnalysis,
};
use crate::pointer::SUBJECT;
use crate::taxonomy;

/// Makes the card of what is claimed.
pub(super) fn model_card(
    claims: &Claims<'_>,
    weights: &Weights<'_>,
    datasets: &[Part<'_>],
    sources: &mut Sources,
) -> ModelCard {
    let mut card = ModelCard::new();
    if let Some(parameters) = parameters(claims, datasets, sources) {
        card = card.with_model_parameters(parameters);
    }
    if let Some(analysis) = analysis(claims, sources) {
        card = card.with_quantitative_analysis(analysis);
    }
    if let Some(considerations) = considerations(claims, sources) {
        card = card.with_considerations(considerations);
    }
    let properties = properties(claims, weights, sources);
    if properties.is_empty() {
        return card;
    }
    card.with_properties(properties)
}

fn at(member: &str) -> String {
    format!("{SUBJECT}/modelCard/{member}")
}

fn parameters(
    claims: &Claims<'_>,
    datasets: &[Part<'_>],
    sources: &mut Sources,
) -> Option<ModelParameters> {
    let mut parameters = ModelParameters::new();
    let at = |member: &str| at(&format!("modelParameters/{member}"));
    let approach = claims.first(&Aspect::Approach);
    if let Some(claim) = approach
        && let Some(kind) = ApproachKind::from_name(claim.value())
    {
        sources.note(at("approach/type"), &claim);
        parameters = parameters.with_approach(ModelApproach::new().with_kind(kind));
    }
    if let Some(claim) = claims.first(&Aspect::Task) {
        sources.note(at("task"), &claim);
        parameters = parameters.with_task(claim.value());
    }
    if let Some(claim) = claims.first(&Aspect::ArchitectureFamily) {
        sources.note(at("architectureFamily"), &claim);
        parameters = parameters.with_architecture_family(claim.value());
    }
    if let Some(claim) = claims.first(&Aspect::Architecture) {
        sources.note(at("modelArchitecture"), &claim);
        parameters = parameters.with_model_architecture(claim.value());
    }
    if !datasets.is_empty() {
        for (index, part) in datasets.iter().enumerate() {
            sources.note(at(&format!("datasets/{index}")), &part.claim);
        }
        let references = datasets.iter().filter_map(Part::bom_ref);
        parameters = parameters.with_datasets(references.map(DatasetChoice::from));
    }
    let inputs = interfaces(claims, |aspect| match aspect {
        Aspect::Input(name) => Some(name),
        _ => None,
    });
    if !inputs.is_empty() {
        note_all(
            sources,
            &at("inputs"),
            inputs.iter().map(|(_, claim)| claim),
        );
        parameters = parameters.with_inputs(inputs.into_iter().map(|(interface, _)| interface));
    }
    let outputs = interfaces(claims, |aspect| match aspect {
        Aspect::Output(name) => Some(name),
        _ => None,
    });
    if !outputs.is_empty() {
        note_all(
            sources,
            &at("outputs"),
            outputs.iter().map(|(_, claim)| claim),
        );
        parameters = parameters.with_outputs(outputs.into_iter().map(|(interface, _)| interface));
    }
    (parameters != ModelParameters::new()).then_some(parameters)
}

/// Inputs or outputs, where all files that list any list the same ones.
fn interfaces<'a>(
    claims: &Claims<'a>,
    name: impl Fn(&'a Aspect) -> Option<&'a String>,
) -> Vec<(ModelInterface, Claim<'a>)> {
    let mut files: BTreeMap<&EntryPath, Vec<(String, Claim<'a>)>> = BTreeMap::new();
    for claim in claims.all() {
        if let Some(name) = name(claim.fact.aspect()) {
            let format = format!("{name}: {}", claim.value());
            files.entry(claim.path).or_default().push((format, claim));
        }
    }
    let mut all = files.into_values();
    let Some(first) = all.next() else {
        return Vec::new();
    };
    let formats = |list: &[(String, Claim<'_>)]| -> Vec<String> {
        list.iter().map(|(format, _)| format.clone()).collect()
    };
    if all.any(|other| formats(&other) != formats(&first)) {
        return Vec::new();
    }
    let interface =
        |(format, claim): (String, _)| (ModelInterface::new().with_format(format), claim);
    first.into_iter().map(interface).collect()
}

fn analysis(claims: &Claims<'_>, sources: &mut Sources) -> Option<QuantitativeAnalysis> {
    let mut metrics = Vec::new();
    for claim in claims.all() {
        let Aspect::Metric { kind, slice } = claim.fact.aspect() else {
            continue;
        };
        let metric = PerformanceMetric::new()
            .with_kind(kind)
            .with_value(claim.value());
        let pointer = format!("quantitativeAnalysis/performanceMetrics/{}", metrics.len());
        sources.note(at(&pointer), &claim);
        metrics.push(match slice {
            Some(slice) => metric.with_slice(slice),
            None => metric,
        });
    }
    (!metrics.is_empty()).then(|| QuantitativeAnalysis::new().with_performance_metrics(metrics))
}

fn considerations(claims: &Claims<'_>, sources: &mut Sources) -> Option<Considerations> {
    let mut considerations = Considerations::new();
    let uses = claims.unique(&Aspect::UseCase);
    if !uses.is_empty() {
        note_all(sources, &at("considerations/useCases"), uses.iter());
        considerations = considerations.with_use_cases(uses.iter().map(Claim::value));
    }
    let limits = claims.unique(&Aspect::Limitation);
    if !limits.is_empty() {
        note_all(
            sources,
            &at("considerations/technicalLimitations"),
            limits.iter(),
        );
        considerations = considerations.with_technical_limitations(limits.iter().map(Claim::value));
    }
    let risks = claims.unique(&Aspect::EthicalConsideration);
    if !risks.is_empty() {
        note_all(
            sources,
            &at("considerations/ethicalConsiderations"),
            risks.iter(),
        );
        let risk = risks
            .iter()
            .map(|claim| EthicalConsideration::new().with_name(claim.value()));
        considerations = considerations.with_ethical_considerations(risk.collect::<Vec<_>>());
    }
    (considerations != Considerations::new()).then_some(considerations)
}

/// Lists what has no member of its own, under the names of the CycloneDX property taxonomy where it
/// has one.
fn properties(claims: &Claims<'_>, weights: &Weights<'_>, sources: &mut Sources) -> Vec<Property> {
    let mut properties: Vec<Property> = Vec::new();
    for claim in claims.all() {
        let Some(name) = taxonomy::property(claim.fact.aspect()) else {
            continue;
        };
        let same = |known: &Property| known.name() == name && known.value() == Some(claim.value());
        if properties.iter().any(same) {
            continue;
        }
        let pointer = at(&format!("properties/{}", properties.len()));
        sources.note(pointer, &claim);
        properties.push(Property::new(name).with_value(claim.value()));
    }
    let Some(set) = weights.only() else {
        return properties;
    };
    let mut counted = vec![
        (
            "cdx:ai-ml:model:parameter:count",
            set.parameters.to_string(),
        ),
        ("modelward:tensor:count", set.tensors.to_string()),
    ];
    let types = set.types.iter().map(|name| (*name).to_owned());
    counted.extend(types.map(|name| ("modelward:tensor:type", name)));
    for (name, value) in counted {
        let pointer = at(&format!("properties/{}", properties.len()));
        sources.observed(pointer, set);
        properties.push(Property::new(name).with_value(value));
    }
    properties
}

fn note_all<'c, 'a: 'c>(
    sources: &mut Sources,
    list: &str,
    claims: impl Iterator<Item = &'c Claim<'a>>,
) {
    for (index, claim) in claims.enumerate() {
        sources.note(format!("{list}/{index}"), claim);
    }
}
