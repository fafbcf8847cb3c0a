/// Tells whether a symbolic link to a file counts as that file.
///
/// Whatever is chosen, a link to a directory, to nothing, or to a pipe, socket or device is an
/// error: no directory link is entered, so a walk cannot loop and passes nothing over in silence.
/// What is ignored is not looked at.
///
/// The two choices that follow links let the model's root be a link too: the caller named it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "no link is followed, some are, or all are"
)]
pub enum Symlinks {
    /// A link may lead anywhere, as the cache of the Hugging Face hub needs, where
    /// `snapshots/<revision>/<file>` leads to `../../blobs/<digest>`.
    ///
    /// This is a risk: whoever made the model chooses which files of this machine are read, and
    /// the model says something else on another machine.
    FollowAnywhere,
    /// A link must lead to a file below the root.
    ///
    /// Linux holds the whole way to it (`RESOLVE_BENEATH`), so a target that is absolute, or that
    /// climbs above the root and comes back, is refused too. Elsewhere, and on kernels before
    /// 5.6, the resolved target decides and is then opened without following any link.
    FollowWithin,
    /// A link is an error.
    #[default]
    Refuse,
}

impl Symlinks {
    /// Tells whether any link is followed.
    pub(crate) const fn follow(self) -> bool {
        matches!(self, Self::FollowAnywhere | Self::FollowWithin)
    }
}
