use crate::model::attachment::Attachment;
use crate::model::component::Component;
use crate::model::issue::Issue;
use crate::model::text::{DateTime, Email, Iri};
use crate::shape::{objects, words};

words! {
    /// Says what a patch is (`patch.type`).
    PatchKind {
        Backport = "backport" V1_2,
        CherryPick = "cherry-pick" V1_2,
        Monkey = "monkey" V1_2,
        Unofficial = "unofficial" V1_2,
    }
}

objects! {
    /// Tells where a component comes from and what was made of it.
    Pedigree = "pedigree" {
        /// Returns what it was made from, such as a base model.
        optional many ancestors with_ancestors: Component = "ancestors" V1_2;
        /// Returns what was made from it.
        optional many descendants with_descendants: Component = "descendants" V1_2;
        /// Returns what was made beside it.
        optional many variants with_variants: Component = "variants" V1_2;
        /// Returns the commits that it comes from.
        optional many commits with_commits: Commit = "commits" V1_2;
        /// Returns the changes that were applied to it.
        optional many patches with_patches: Patch = "patches" V1_2;
        /// Returns notes on its origin.
        optional text notes with_notes: String = "notes" V1_2;
    }

    /// Describes a commit of a version control system.
    Commit = "commit" {
        /// Returns the identifier.
        optional text uid with_uid: String = "uid" V1_2;
        /// Returns the address.
        optional text url with_url: Iri = "url" V1_2;
        /// Returns who wrote the change.
        optional one author with_author: IdentifiableAction = "author" V1_2;
        /// Returns who recorded the change.
        optional one committer with_committer: IdentifiableAction = "committer" V1_2;
        /// Returns the message.
        optional text message with_message: String = "message" V1_2;
    }

    /// Tells who did something, and when.
    IdentifiableAction = "identifiableAction" {
        /// Returns when it was.
        optional text timestamp with_timestamp: DateTime = "timestamp" V1_2;
        /// Returns the name.
        optional text name with_name: String = "name" V1_2;
        /// Returns the address to write to.
        optional text email with_email: Email = "email" V1_2;
    }

    /// Describes a change that was applied.
    Patch = "patch" {
        /// Returns the kind.
        required copy kind with_kind: PatchKind = "type" V1_2;
        /// Returns the change itself.
        optional one diff with_diff: Diff = "diff" V1_2;
        /// Returns the issues that are resolved.
        optional many resolves with_resolves: Issue = "resolves" V1_2;
    }

    /// Holds the text of a change, or its address.
    Diff = "diff" {
        /// Returns the text.
        optional one text with_text: Attachment = "text" V1_2;
        /// Returns the address.
        optional text url with_url: Iri = "url" V1_2;
    }
}
