//! The texts that name things: licenses, nodes, packages.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use modelward_graph::advisory::Package;
use modelward_graph::license::{LicenseExpression, NamedLicense};
use modelward_graph::vex::{BomLink, PackagePattern};
use modelward_graph::{NodeId, NodeKind, Relation};

/// Reads an expression of licenses, each of which is written and read as the same.
pub fn license(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Some(expression) = read::<LicenseExpression>(text) else {
        return;
    };
    assert_eq!(expression.to_string(), expression.as_str());
    let count = expression.licenses().count();
    assert!((1..=LicenseExpression::MAX_LICENSES).contains(&count));
    assert_eq!(expression.single().is_some(), count == 1);
    for license in expression.licenses() {
        let again = NamedLicense::read(&license.to_string());
        assert_eq!(again.as_ref().ok(), Some(license), "what we wrote is read");
        let _ = (license.terms(), license.source(), license.is_custom());
    }
}

/// Reads a text as every kind of name, which is written and read as the same.
pub fn name(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Some(id) = read::<NodeId>(text) {
        assert_eq!(id.as_str(), text, "nothing is put right");
    }
    // People read another name of these than documents have.
    if let Some(kind) = parsed::<NodeKind>(text) {
        assert_eq!(kind.key(), text);
    }
    if let Some(relation) = parsed::<Relation>(text) {
        assert_eq!(relation.key(), text);
    }
    if let Some(pattern) = read::<PackagePattern>(text) {
        let package: Package = text.parse().expect("a pattern names a package");
        let again: Package = pattern.as_str().parse().expect("what we wrote is read");
        assert_eq!(
            (again.purl(), again.version()),
            (package.purl(), package.version())
        );
    }
    if let Ok(link) = text.parse::<BomLink>() {
        let written = link.to_string();
        let again: BomLink = written.parse().expect("what is shown is a link");
        assert_eq!(
            (again.serial(), again.version()),
            (link.serial(), link.version())
        );
        // What acts is shown escaped, so that it is another reference.
        assert!(again == link || written != text);
    }
}

fn read<T>(text: &str) -> Option<T>
where
    T: Debug + Display + FromStr + PartialEq,
    T::Err: Error,
{
    let name = parsed::<T>(text)?;
    let again = name.to_string().parse::<T>().ok();
    assert_eq!(again.as_ref(), Some(&name), "what we wrote is read");
    Some(name)
}

fn parsed<T>(text: &str) -> Option<T>
where
    T: FromStr,
    T::Err: Error,
{
    match text.parse::<T>() {
        Ok(name) => Some(name),
        Err(error) => {
            let said = error.to_string();
            let escaped = Terminal(&said).to_string().replace("\\\\", "\\");
            assert_eq!(escaped, said, "what is shown is escaped");
            None
        }
    }
}
