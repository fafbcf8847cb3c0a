use std::collections::BTreeSet;

use super::Derived;
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::{Category, Harm, ImpactKind, Incident};

pub(super) fn severity(incident: &Incident) -> Derived {
    let Some(severity) = incident.oecd_severity() else {
        return Derived::nothing("it follows from nothing in the record; a person states it");
    };
    let mut derived = Derived::new(Direct, "stated by a person in the words of the OECD");
    derived.say(severity.name(), "oecdSeverity", Direct);
    derived
}

pub(super) fn kinds(incident: &Incident) -> Derived {
    let impacts = incident.impacts();
    let named = |kind: ImpactKind| oecd_name(kind).is_some();
    let known = impacts.values().filter(|impact| named(impact.kind)).count();
    let (status, note) = match known {
        0 => (
            Approximate,
            "what was harmed, for which the framework has no kind",
        ),
        _ if known == impacts.len() => (Direct, "kinds of the impacts"),
        _ => (
            Partial,
            "kinds of the impacts; for some the framework has none",
        ),
    };
    let mut derived = Derived::new(status, note);
    for (id, impact) in impacts {
        let status = if named(impact.kind) {
            Direct
        } else {
            Approximate
        };
        let name = oecd_name(impact.kind).unwrap_or(impact.kind.name());
        derived.say(name, format!("impacts/{id}/kind"), status);
    }
    let mut seen = BTreeSet::new();
    derived.answers.retain(|answer| seen.insert(answer.clone()));
    let harm = incident.harm();
    let says_enough = !impacts.is_empty() && harm != Harm::Unclear;
    if says_enough || matches!(harm, Harm::Issue | Harm::NearMiss | Harm::None) {
        derived.say(format!("harm: {harm}"), "harm", Approximate);
    }
    derived
}

/// Returns what the OECD calls a kind of harm; security has no word there.
const fn oecd_name(kind: ImpactKind) -> Option<&'static str> {
    Some(match kind {
        ImpactKind::Economic => "economic or property",
        ImpactKind::Environmental => "environmental",
        ImpactKind::Physical => "physical",
        ImpactKind::Psychological => "psychological",
        ImpactKind::PublicInterest => "public interest",
        ImpactKind::Reputational => "reputational",
        ImpactKind::Rights => "human or fundamental rights",
        ImpactKind::Availability
        | ImpactKind::Confidentiality
        | ImpactKind::Integrity
        | ImpactKind::Traceability => return None,
    })
}

pub(super) fn amounts(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "counts of the impacts");
    for (id, impact) in incident.impacts() {
        let field = format!("impacts/{id}");
        match impact.count {
            Some(count) => {
                let answer = format!("{count}: {}", impact.description);
                derived.say(answer, format!("{field}/count"), Direct);
                derived
                    .sources
                    .push((format!("{field}/description"), Direct));
            }
            None => continue,
        }
    }
    derived
}

pub(super) fn wrongful_use(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Approximate, "kinds of the record that are misuse or attack");
    for kind in incident.kinds() {
        if matches!(kind.category(), Category::Adversarial | Category::Misuse) {
            derived.say(kind.name(), "kinds", Approximate);
        }
    }
    derived
}

pub(super) fn affected(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "whom the impacts name");
    let mut seen = BTreeSet::new();
    for (id, impact) in incident.impacts() {
        derived
            .sources
            .push((format!("impacts/{id}/affected"), Direct));
        for whom in &impact.affected {
            if seen.insert(whom) {
                derived.answers.push(whom.as_str().to_owned());
            }
        }
    }
    derived
}

pub(super) fn rights(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "impacts on rights");
    for (id, impact) in incident.impacts() {
        if impact.kind == ImpactKind::Rights {
            let field = format!("impacts/{id}/description");
            derived.say(impact.description.as_str(), field, Direct);
        }
    }
    derived
}
