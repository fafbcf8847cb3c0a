use std::collections::BTreeSet;

use modelward_artifact::Finding;
use x509_cert::der::asn1::ObjectIdentifier;

use super::check::about;
use super::policy::RequiredPolicies;
use crate::Certificate;

/// `anyPolicy` (RFC 5280, section 4.2.1.4).
const ANY_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32.0");

/// A counter that no chain counts down to nothing (section 6.1.2 has one more than the chain is long).
const NEVER: usize = usize::MAX;

/// The policies for which a chain is valid so far.
#[derive(Clone)]
enum Valid {
    Any,
    These(BTreeSet<ObjectIdentifier>),
}

/// The counters of RFC 5280, section 6.1.2, that bear on chains without mappings.
struct State {
    valid: Valid,
    explicit: usize,
    inhibit_any: usize,
}

/// Checks certificate policies (RFC 5280, section 6.1). Mappings of policies are refused.
pub(super) fn check_policies(
    chain: &[Certificate],
    required: &RequiredPolicies,
) -> Option<Finding> {
    let leaf = chain.first()?;
    let authorities = &chain[..chain.len().saturating_sub(1)];
    let mut state = State {
        valid: Valid::Any,
        explicit: if required.explicit { 0 } else { NEVER },
        inhibit_any: if required.inhibit_any { 0 } else { NEVER },
    };
    for (index, certificate) in authorities.iter().enumerate().rev() {
        if certificate.inner().extensions.maps_policies {
            let message = "the certificate maps policies, which is not supported";
            return Some(about(certificate, "sign.chain.policy", message));
        }
        state.enter(certificate, index == 0);
        if state.explicit == 0 && state.valid.is_none() {
            return Some(none_valid(certificate));
        }
        state.leave(certificate, index == 0);
    }
    let result = state.valid.among(required.initial.as_deref());
    (state.explicit == 0 && result.is_none()).then(|| none_valid(leaf))
}

fn none_valid(certificate: &Certificate) -> Finding {
    let message = "the chain has no certificate policy that is asked for";
    about(certificate, "sign.chain.policy", message)
}

impl State {
    /// Keeps the policies that a certificate has (section 6.1.3, step d and e).
    fn enter(&mut self, certificate: &Certificate, is_leaf: bool) {
        let Some(policies) = &certificate.inner().extensions.policies else {
            self.valid = Valid::These(BTreeSet::new());
            return;
        };
        let self_issued = certificate.is_self_issued() && !is_leaf;
        let has_any = policies.contains(&ANY_POLICY) && (self.inhibit_any > 0 || self_issued);
        if has_any {
            return;
        }
        let own = policies.iter().filter(|policy| **policy != ANY_POLICY);
        let kept = own.filter(|policy| match &self.valid {
            Valid::Any => true,
            Valid::These(valid) => valid.contains(*policy),
        });
        self.valid = Valid::These(kept.copied().collect());
    }

    /// Counts down, and takes what the certificate asks of those below it (section 6.1.4).
    fn leave(&mut self, certificate: &Certificate, is_leaf: bool) {
        if is_leaf || !certificate.is_self_issued() {
            self.explicit = self.explicit.saturating_sub(1);
            self.inhibit_any = self.inhibit_any.saturating_sub(1);
        }
        let extensions = &certificate.inner().extensions;
        let constraints = extensions.policy_constraints.as_ref();
        let explicit = constraints.and_then(|constraints| constraints.require_explicit_policy);
        if let Some(skip) = explicit.map(|skip| usize::try_from(skip).unwrap_or(usize::MAX)) {
            // Of the last certificate only "from here on" has a meaning (section 6.1.5).
            if !is_leaf || skip == 0 {
                self.explicit = self.explicit.min(skip);
            }
        }
        if let Some(skip) = extensions.inhibit_any_policy {
            self.inhibit_any = self
                .inhibit_any
                .min(usize::try_from(skip).unwrap_or(usize::MAX));
        }
    }
}

impl Valid {
    fn is_none(&self) -> bool {
        matches!(self, Self::These(valid) if valid.is_empty())
    }

    /// Keeps those that the caller asks for, where it asks for some.
    fn among(self, wanted: Option<&[ObjectIdentifier]>) -> Self {
        let Some(wanted) = wanted.filter(|wanted| !wanted.contains(&ANY_POLICY)) else {
            return self;
        };
        let wanted: BTreeSet<_> = wanted.iter().copied().collect();
        Self::These(match self {
            Self::Any => wanted,
            Self::These(valid) => valid.intersection(&wanted).copied().collect(),
        })
    }
}
