/// Chooses which forms of bundles and statements are taken.
///
/// What is never taken, whatever the profile: a duplicate member or resource, a name that leads out
/// of the model, digits of a digest in another spelling, more than one signature in a bundle.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Profile {
    /// OMS v1.0, and what the known clients since v0.3 write beside it. Every deviation from the
    /// specification is a warning.
    #[default]
    Compatible,
    /// Also what `model-signing` v0.2 wrote: digests as subjects, and an encoding of what is signed
    /// that is not DSSE's.
    ///
    /// This is a risk: such a statement has no root digest and no model's name, so a signer's old
    /// statement can stand in for a new one.
    Historic,
    /// OMS v1.0 to the letter. Every deviation is a refusal.
    Strict,
}

/// Chooses the form in which a statement is written.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Write {
    /// What `model-signing` 1.1.1 for Python reads, where that is not the specification's form:
    /// `.` for a model that is one file, and `sha256-sharded-16` for the algorithm of shards.
    PythonCompat,
    /// OMS v1.0.
    #[default]
    Spec,
}
