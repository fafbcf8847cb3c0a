use std::path::Path;

use modelward_artifact::{Control, EntryPath, HashError, HashOptions, Manifest, Rehashed};
use thiserror::Error;

use crate::{Resource, VerifiedStatement};

/// Hashes a model for a new signature and reads only what an older, verified one does not cover.
///
/// A model of hundreds of gigabytes whose model card changed need not be read again:
///
/// - the older bundle must be verified, and the manifest that was signed must be at hand, since
///   OMS v1.0 does not sign sizes;
/// - a file keeps its digest where its size is the one of that manifest and the caller does not name
///   it as changed; all else is read.
///
/// This is a risk, and the caller takes it by this choice: a file that was changed without a change
/// of its size, and is not named, is signed with its old digest. Such a signature is of the model
/// that was signed before and of the changes that were named; it does not verify the files as they
/// are, so verification finds them later.
///
/// ```
/// # #[cfg(feature = "keygen")] {
/// use modelward_artifact::{HashOptions, Manifest, NoControl};
/// use modelward_sign::{Resigning, SigningKey, VerifyPolicy, sign, verify_statement};
///
/// let model = tempfile::tempdir()?;
/// std::fs::write(model.path().join("weights.bin"), b"abc")?;
/// std::fs::write(model.path().join("README.md"), b"old")?;
/// let key = SigningKey::generate();
/// let signed = Manifest::hash(model.path(), &HashOptions::default(), &NoControl)?;
/// let bundle = sign(&signed, &key)?;
///
/// std::fs::write(model.path().join("README.md"), b"new")?;
/// let policy = VerifyPolicy::key(key.public_key().clone());
/// let verified = verify_statement(&bundle, &policy)?.into_result().map_err(|f| f.to_string())?;
/// let resigning = Resigning::new(&verified, &signed)?.with_changed("README.md".parse()?);
/// let again = resigning.hash(model.path(), &HashOptions::default(), &NoControl)?;
/// assert_eq!(again.reused(), ["weights.bin".parse()?]);
/// let bundle = sign(again.manifest(), &key)?;
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Resigning<'a> {
    signed: &'a Manifest,
    changed: Vec<EntryPath>,
}

impl<'a> Resigning<'a> {
    /// Takes what was signed, and its manifest with the sizes.
    ///
    /// # Errors
    ///
    /// [`ResignError`] where the manifest is not the one that was signed.
    pub fn new(verified: &VerifiedStatement, signed: &'a Manifest) -> Result<Self, ResignError> {
        let statement = verified.statement();
        let mut resources: Vec<_> = statement.resources().iter().collect();
        resources.sort_by(|a, b| a.name().cmp(b.name()));
        let resources = resources
            .into_iter()
            .map(|r: &Resource| (r.name(), r.digest()));
        let same = statement.layout() == signed.layout() && resources.eq(signed.resources());
        if same {
            let changed = Vec::new();
            return Ok(Self { signed, changed });
        }
        Err(ResignError {})
    }

    /// Names a file that changed, which is read whatever its size.
    #[must_use]
    pub fn with_changed(mut self, path: EntryPath) -> Self {
        self.changed.push(path);
        self
    }

    /// Hashes what is not covered. Algorithm and layout are those of the older signature.
    ///
    /// # Errors
    ///
    /// [`HashError`] as [`Manifest::hash`].
    pub fn hash(
        &self,
        root: &Path,
        options: &HashOptions,
        control: &dyn Control,
    ) -> Result<Rehashed, HashError> {
        self.signed.rehash(root, &self.changed, options, control)
    }
}

/// Says that a manifest is not the one that was signed.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("the manifest is not the one that was signed")]
#[non_exhaustive]
pub struct ResignError {}

impl ResignError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "sign.resign.manifest"
    }
}
