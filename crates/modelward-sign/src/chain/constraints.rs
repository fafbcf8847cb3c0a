use std::net::IpAddr;

use modelward_artifact::Finding;
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;

use super::check::about;
use crate::Certificate;
use crate::certificate::DistinguishedName;

/// Checks the names of each certificate against what the authorities above it let it have
/// (RFC 5280, section 4.2.1.10).
pub(super) fn check_names(chain: &[Certificate]) -> Option<Finding> {
    for (index, authority) in chain.iter().enumerate().skip(1) {
        let Some(constraints) = &authority.inner().extensions.name_constraints else {
            continue;
        };
        let permitted = constraints
            .permitted_subtrees
            .as_deref()
            .unwrap_or_default();
        let excluded = constraints.excluded_subtrees.as_deref().unwrap_or_default();
        for (below, certificate) in chain[..index].iter().enumerate() {
            // An authority that only changes its key keeps its name.
            if below > 0 && certificate.is_self_issued() {
                continue;
            }
            for name in names(certificate) {
                if !is_allowed(&name, permitted, excluded) {
                    let message = format!(
                        "the authority {} does not let it have {name}",
                        authority.subject()
                    );
                    return Some(about(certificate, "sign.chain.name_constraint", message));
                }
            }
        }
    }
    None
}

/// A name of a certificate, by the forms that constraints have.
enum Name<'a> {
    Directory(DistinguishedName),
    Dns(&'a str),
    Email(&'a str),
    Ip(&'a [u8]),
    Uri(&'a str),
    /// A form that cannot be compared, by the number of its tag.
    Other(u8),
}

impl std::fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Directory(name) => write!(f, "the name `{name}`"),
            Self::Dns(host) => write!(f, "the host `{host}`"),
            Self::Email(address) => write!(f, "the address `{address}`"),
            Self::Ip(_) => f.write_str("an IP address"),
            Self::Uri(uri) => write!(f, "the URI `{uri}`"),
            Self::Other(_) => f.write_str("a name of another form"),
        }
    }
}

fn names(certificate: &Certificate) -> Vec<Name<'_>> {
    let inner = certificate.inner();
    let alternative = &inner.extensions.alternative_names;
    let mut names: Vec<_> = alternative.iter().map(Name::of).collect();
    if !inner.subject.is_empty() {
        names.push(Name::Directory(inner.subject.clone()));
    }
    // Old certificates have their address in the subject alone.
    if !names.iter().any(|name| matches!(name, Name::Email(_))) {
        names.extend(
            inner
                .subject
                .emails()
                .iter()
                .map(|email| Name::Email(email)),
        );
    }
    names
}

impl<'a> Name<'a> {
    fn of(name: &'a GeneralName) -> Self {
        match name {
            GeneralName::DirectoryName(name) => Self::Directory(DistinguishedName::of(name)),
            GeneralName::DnsName(host) => Self::Dns(host.as_str()),
            GeneralName::EdiPartyName(_) => Self::Other(5),
            GeneralName::IpAddress(address) => Self::Ip(address.as_bytes()),
            GeneralName::OtherName(_) => Self::Other(0),
            GeneralName::RegisteredId(_) => Self::Other(8),
            GeneralName::Rfc822Name(address) => Self::Email(address.as_str()),
            GeneralName::UniformResourceIdentifier(uri) => Self::Uri(uri.as_str()),
        }
    }

    /// Tells whether a constraint is about names of this form.
    const fn has_form_of(&self, base: &GeneralName) -> bool {
        match self {
            Self::Directory(_) => matches!(base, GeneralName::DirectoryName(_)),
            Self::Dns(_) => matches!(base, GeneralName::DnsName(_)),
            Self::Email(_) => matches!(base, GeneralName::Rfc822Name(_)),
            Self::Ip(_) => matches!(base, GeneralName::IpAddress(_)),
            Self::Other(0) => matches!(base, GeneralName::OtherName(_)),
            Self::Other(5) => matches!(base, GeneralName::EdiPartyName(_)),
            Self::Other(_) => matches!(base, GeneralName::RegisteredId(_)),
            Self::Uri(_) => matches!(base, GeneralName::UniformResourceIdentifier(_)),
        }
    }

    /// Tells whether the name lies within a constraint, or `None` where that cannot be told.
    fn is_within(&self, base: &GeneralName) -> Option<bool> {
        match (self, base) {
            (Self::Directory(name), GeneralName::DirectoryName(base)) => {
                Some(name.is_within(&DistinguishedName::of(base)))
            }
            (Self::Dns(host), GeneralName::DnsName(base)) => is_host_below(host, base.as_str()),
            (Self::Email(address), GeneralName::Rfc822Name(base)) => {
                is_address_within(address, base.as_str())
            }
            (Self::Ip(address), GeneralName::IpAddress(base)) => {
                is_address_in_net(address, base.as_bytes())
            }
            (Self::Uri(uri), GeneralName::UniformResourceIdentifier(base)) => {
                is_host_within(host_of(uri)?, base.as_str())
            }
            _ => None,
        }
    }
}

/// What cannot be compared counts as excluded and as not permitted.
fn is_allowed(name: &Name<'_>, permitted: &[GeneralSubtree], excluded: &[GeneralSubtree]) -> bool {
    let of_form = |list: &[GeneralSubtree]| -> Vec<Option<bool>> {
        let list = list.iter().filter(|tree| name.has_form_of(&tree.base));
        list.map(|tree| {
            // RFC 5280 fixes the two at 0 and absent.
            let plain = tree.minimum == 0 && tree.maximum.is_none();
            plain.then(|| name.is_within(&tree.base)).flatten()
        })
        .collect()
    };
    let permitted = of_form(permitted);
    let excluded = of_form(excluded);
    (permitted.is_empty() || permitted.contains(&Some(true)))
        && excluded.iter().all(|within| *within == Some(false))
}

/// Tells whether a host is another or lies below it, label by label.
fn is_host_below(host: &str, base: &str) -> Option<bool> {
    if base.is_empty() {
        return Some(true);
    }
    let host = comparable(host)?;
    let base = comparable(base.strip_prefix('.').unwrap_or(base))?;
    let rest = host.strip_suffix(&base);
    Some(rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Compares hosts as URIs and addresses do: with a dot in front it is a domain, else one host.
///
/// An empty constraint is one host to some and every host to others.
fn is_host_within(host: &str, base: &str) -> Option<bool> {
    let host = comparable(host)?;
    match base.strip_prefix('.') {
        Some(domain) => {
            let domain = comparable(domain)?;
            let rest = host.strip_suffix(&domain);
            Some(rest.is_some_and(|rest| rest.ends_with('.')))
        }
        None => Some(host == comparable(base)?),
    }
}

fn is_address_within(address: &str, base: &str) -> Option<bool> {
    let (user, host) = address.rsplit_once('@')?;
    // A quoted part may hold what looks like a host to others.
    if user.is_empty() || user.contains(['@', '"']) {
        return None;
    }
    match base.rsplit_once('@') {
        Some((base_user, base_host)) => {
            Some(comparable(host)? == comparable(base_host)? && user == base_user)
        }
        None => is_host_within(host, base),
    }
}

/// Folds the case of a host that has one spelling alone: no wildcard, no dot at the end, no escape.
fn comparable(host: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut labels = host.split('.');
    let is_plain = labels.all(|label| !label.is_empty() && label.bytes().all(is_plain));
    is_plain.then(|| host.to_ascii_lowercase())
}

/// Compares an address with a network, which is an address and a mask of the same length.
fn is_address_in_net(address: &[u8], net: &[u8]) -> Option<bool> {
    if net.len() != 2 * address.len() || !matches!(address.len(), 4 | 16) {
        // An address of one version lies in no network of the other.
        return matches!((address.len(), net.len()), (4, 32) | (16, 8)).then_some(false);
    }
    let (base, mask) = net.split_at(address.len());
    let bytes = address.iter().zip(base).zip(mask);
    Some(bytes.fold(true, |same, ((a, b), m)| same & (a & m == b & m)))
}

/// Finds the host of a URI. One without a host, or with an IP address for it, has none to compare.
fn host_of(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return None;
    }
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_name = !host.is_empty() && host.parse::<IpAddr>().is_err();
    is_name.then_some(host)
}
