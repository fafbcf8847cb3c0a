use modelward_artifact::Timestamp;

use crate::gate::terms::last_day;
use crate::{
    Assessment, AuditCadence, AuditInputs, AuditItem, AuditReason, CadenceRule, ChangeEvent,
    Determination, Rated, Risk, Subcategory, Text, Trigger,
};

/// Returns everything that is due at some time, sorted by that time.
///
/// Only an assessment from the future makes it depend on `now`.
pub(super) fn schedule(
    cadence: &AuditCadence,
    inputs: &AuditInputs<'_>,
    now: Timestamp,
) -> Vec<AuditItem> {
    let mut items = Vec::new();
    for subcategory in Subcategory::ALL {
        let rule = cadence.rule(subcategory);
        if rule.is_nothing() {
            continue;
        }
        let one = One {
            subcategory,
            rule,
            inputs,
            now,
        };
        items.extend(one.items());
    }
    items.sort();
    items.dedup();
    items
}

/// Looks at one subcategory.
struct One<'a> {
    subcategory: Subcategory,
    rule: CadenceRule,
    inputs: &'a AuditInputs<'a>,
    now: Timestamp,
}

impl One<'_> {
    fn items(&self) -> Vec<AuditItem> {
        let assessment = self.inputs.assessment;
        let at = assessment.assessed_at();
        if *assessment.determination(self.subcategory) == Determination::NotAssessed {
            // It was due when the assessor passed it over, and no later than now.
            return vec![self.item(at.min(self.now), AuditReason::NeverAssessed)];
        }
        let mut items = Vec::new();
        if at > self.now {
            items.push(self.item(self.now, AuditReason::InFuture));
        }
        if let Some(days) = self.rule.age_days() {
            let last = last_day(at, days);
            items.push(self.item(last.end(), AuditReason::Age { last }));
        }
        items.extend(self.events());
        items.extend(self.evidence(assessment));
        items
    }

    fn events(&self) -> Vec<AuditItem> {
        let given = self.inputs.events.iter().cloned();
        given
            .chain(self.risks())
            .filter(|event| self.rule.waits_for(event.kind()))
            .filter(|event| event.at() >= self.inputs.assessment.assessed_at())
            .map(|event| self.item(event.at(), AuditReason::Event { event }))
            .collect()
    }

    /// Returns when the risks that bear on the subcategory were identified or changed.
    fn risks(&self) -> Vec<ChangeEvent> {
        let Some(register) = self.inputs.register else {
            return Vec::new();
        };
        register
            .by_subcategory(self.subcategory)
            .flat_map(changes)
            .collect()
    }

    fn evidence(&self, assessment: &Assessment) -> Vec<AuditItem> {
        let mut items = Vec::new();
        let rated = assessment.determination(self.subcategory).rated();
        for id in rated.into_iter().flat_map(Rated::evidence) {
            let Some(evidence) = assessment.evidence_of(id) else {
                continue;
            };
            if let Some(last) = evidence.expires() {
                let evidence = id.clone();
                let reason = AuditReason::EvidenceExpired { evidence, last };
                items.push(self.item(last.end(), reason));
            }
            if let Some(days) = self.rule.evidence_age_days() {
                let last = last_day(evidence.collected(), days);
                let evidence = id.clone();
                let reason = AuditReason::EvidenceOld { evidence, last };
                items.push(self.item(last.end(), reason));
            }
        }
        items
    }

    const fn item(&self, since: Timestamp, reason: AuditReason) -> AuditItem {
        AuditItem::new(since, self.subcategory, reason)
    }
}

fn changes(risk: &Risk) -> Vec<ChangeEvent> {
    let subject: Text = format!("risk {}", risk.id())
        .parse()
        .expect("the word has letters, and a key has no control characters");
    let event = |at| ChangeEvent::new(Trigger::RiskChanged, at, subject.clone());
    let history = risk.history().iter();
    let mut changes = vec![event(risk.identified_at())];
    changes.extend(history.map(|entry| event(entry.at())));
    changes
}
