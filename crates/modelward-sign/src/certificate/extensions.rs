use std::collections::BTreeSet;

use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode, oid::AssociatedOid};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies, CrlDistributionPoints,
    ExtendedKeyUsage, InhibitAnyPolicy, KeyUsage, NameConstraints, PolicyConstraints,
    PolicyMappings, SubjectAltName, SubjectKeyIdentifier,
};

use super::error::malformed;
use super::{CERTIFICATE, ReadCertificateError};

/// Holds what the extensions of a certificate say, as far as it is understood here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extensions {
    pub(crate) basic_constraints: Option<BasicConstraints>,
    pub(crate) key_usage: Option<KeyUsage>,
    pub(crate) extended_key_usage: Option<Vec<ObjectIdentifier>>,
    pub(crate) authority_key: Option<Vec<u8>>,
    pub(crate) subject_key: Option<Vec<u8>>,
    pub(crate) alternative_names: Vec<GeneralName>,
    pub(crate) name_constraints: Option<NameConstraints>,
    pub(crate) policies: Option<Vec<ObjectIdentifier>>,
    pub(crate) policy_constraints: Option<PolicyConstraints>,
    pub(crate) maps_policies: bool,
    pub(crate) inhibit_any_policy: Option<u32>,
    pub(crate) distribution_points: Vec<DistributionPointName>,
    /// The first critical extension that is not understood.
    pub(crate) unknown_critical: Option<ObjectIdentifier>,
}

impl Extensions {
    pub(super) fn read(list: &[Extension]) -> Result<Self, ReadCertificateError> {
        check_once(CERTIFICATE, list)?;
        let mut read = Self::default();
        for extension in list {
            read.add(extension)?;
        }
        Ok(read)
    }

    fn add(&mut self, extension: &Extension) -> Result<(), ReadCertificateError> {
        match extension.extn_id {
            AuthorityKeyIdentifier::OID => {
                let identifier: AuthorityKeyIdentifier = value(extension)?;
                self.authority_key = identifier.key_identifier.map(|key| key.as_bytes().to_vec());
            }
            BasicConstraints::OID => self.basic_constraints = Some(value(extension)?),
            CrlDistributionPoints::OID => {
                let points: CrlDistributionPoints = value(extension)?;
                let points = points
                    .0
                    .into_iter()
                    .filter_map(|point| point.distribution_point);
                self.distribution_points = points.collect();
            }
            ExtendedKeyUsage::OID => {
                let usage: ExtendedKeyUsage = value(extension)?;
                self.extended_key_usage = Some(usage.0);
            }
            KeyUsage::OID => self.key_usage = Some(value(extension)?),
            NameConstraints::OID => self.name_constraints = Some(value(extension)?),
            SubjectAltName::OID => {
                let names: SubjectAltName = value(extension)?;
                self.alternative_names = names.0;
            }
            SubjectKeyIdentifier::OID => {
                let identifier: SubjectKeyIdentifier = value(extension)?;
                self.subject_key = Some(identifier.0.as_bytes().to_vec());
            }
            _ => self.add_policy(extension)?,
        }
        Ok(())
    }

    /// Adds what is said of certificate policies, or notes what is not understood.
    fn add_policy(&mut self, extension: &Extension) -> Result<(), ReadCertificateError> {
        match extension.extn_id {
            CertificatePolicies::OID => {
                let policies: CertificatePolicies = value(extension)?;
                let policies = policies
                    .0
                    .into_iter()
                    .map(|policy| policy.policy_identifier);
                self.policies = Some(policies.collect());
            }
            InhibitAnyPolicy::OID => {
                let inhibit: InhibitAnyPolicy = value(extension)?;
                self.inhibit_any_policy = Some(inhibit.0);
            }
            PolicyConstraints::OID => self.policy_constraints = Some(value(extension)?),
            PolicyMappings::OID => {
                let _: PolicyMappings = value(extension)?;
                self.maps_policies = true;
            }
            oid if extension.critical => {
                self.unknown_critical.get_or_insert(oid);
            }
            _ => {}
        }
        Ok(())
    }
}

fn value<'a, T: Decode<'a, Error = x509_cert::der::Error>>(
    extension: &'a Extension,
) -> Result<T, ReadCertificateError> {
    T::from_der(extension.extn_value.as_bytes()).map_err(malformed(CERTIFICATE))
}

/// Refuses a list that has an extension twice (RFC 5280, section 4.2).
pub(crate) fn check_once(
    what: &'static str,
    list: &[Extension],
) -> Result<(), ReadCertificateError> {
    let mut seen = BTreeSet::new();
    match list
        .iter()
        .find(|extension| !seen.insert(extension.extn_id))
    {
        Some(extension) => Err(ReadCertificateError::ExtensionTwice {
            what,
            oid: extension.extn_id.to_string(),
        }),
        None => Ok(()),
    }
}
