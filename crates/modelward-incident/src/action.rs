use std::collections::BTreeSet;

use modelward_artifact::{Party, Text, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Slug;

/// Says what an action is for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "NIST SP 800-61 fixes the stages")]
pub enum Stage {
    /// The harm is kept from spreading.
    Containment,
    /// Its cause is removed.
    Eradication,
    /// Service goes back to a good version.
    Recovery,
}

impl Stage {
    /// Returns the name that records use, such as `containment`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Containment => "containment",
            Self::Eradication => "eradication",
            Self::Recovery => "recovery",
        }
    }
}

/// Says what is done.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ActionKind {
    /// What has these digests is refused.
    BlockDigest,
    /// Data that were found to be bad are removed from what is trained with.
    CleanData,
    /// A name such as `champion` points to it no longer.
    DisableAlias,
    /// An agent may call a tool no longer.
    DisableTool,
    /// Nothing is trained for now.
    FreezeTraining,
    /// A person decides for now.
    HumanInLoop,
    /// Nothing is taken from a source of data for now.
    IsolateDataSource,
    /// None of the others; the description says it.
    Other,
    /// Fewer requests are answered.
    RateLimit,
    /// A model answers no longer.
    RemoveFromServing,
    /// What an agent remembers is emptied.
    ResetMemory,
    /// A model is trained anew.
    Retrain,
    /// A prompt goes back to what it was.
    RevertPrompt,
    /// Signatures of a key count no longer.
    RevokeSigner,
    /// Credentials are replaced.
    RotateCredentials,
    /// A filter lets less through.
    TightenGuardrail,
    /// What was exploited is mended.
    Update,
}

impl ActionKind {
    /// Lists the kinds in alphabetical order.
    pub const ALL: [Self; 17] = [
        Self::BlockDigest,
        Self::CleanData,
        Self::DisableAlias,
        Self::DisableTool,
        Self::FreezeTraining,
        Self::HumanInLoop,
        Self::IsolateDataSource,
        Self::Other,
        Self::RateLimit,
        Self::RemoveFromServing,
        Self::ResetMemory,
        Self::Retrain,
        Self::RevertPrompt,
        Self::RevokeSigner,
        Self::RotateCredentials,
        Self::TightenGuardrail,
        Self::Update,
    ];

    /// Returns the name that records use, such as `remove-from-serving`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BlockDigest => "block-digest",
            Self::CleanData => "clean-data",
            Self::DisableAlias => "disable-alias",
            Self::DisableTool => "disable-tool",
            Self::FreezeTraining => "freeze-training",
            Self::HumanInLoop => "human-in-loop",
            Self::IsolateDataSource => "isolate-data-source",
            Self::Other => "other",
            Self::RateLimit => "rate-limit",
            Self::RemoveFromServing => "remove-from-serving",
            Self::ResetMemory => "reset-memory",
            Self::Retrain => "retrain",
            Self::RevertPrompt => "revert-prompt",
            Self::RevokeSigner => "revoke-signer",
            Self::RotateCredentials => "rotate-credentials",
            Self::TightenGuardrail => "tighten-guardrail",
            Self::Update => "update",
        }
    }
}

/// Says what an action does to the assets, beyond what it is for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Effect {
    /// The system is another afterwards, which may keep others from finding the cause.
    Alters,
    /// Bytes or traces are gone afterwards.
    Destroys,
}

/// Records an action that was ordered: what for, what, and on which assets.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ResponseAction {
    /// What the record calls it.
    pub id: Slug,
    /// What it is for.
    pub stage: Stage,
    /// What is done.
    pub kind: ActionKind,
    /// What it is done to.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub assets: BTreeSet<Slug>,
    /// What is done, in words.
    pub description: Text,
    /// What it does beyond.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub effects: BTreeSet<Effect>,
}

impl ResponseAction {
    /// States what is done and what for. Add the assets that it is done to.
    #[must_use]
    pub const fn new(id: Slug, stage: Stage, kind: ActionKind, description: Text) -> Self {
        Self {
            id,
            stage,
            kind,
            assets: BTreeSet::new(),
            description,
            effects: BTreeSet::new(),
        }
    }

    /// Adds an asset that it is done to.
    #[must_use]
    pub fn on(mut self, asset: Slug) -> Self {
        self.assets.insert(asset);
        self
    }

    /// Adds what it does beyond what it is for.
    #[must_use]
    pub fn with_effect(mut self, effect: Effect) -> Self {
        self.effects.insert(effect);
        self
    }
}

/// Holds an action and whether it was done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ActionState {
    pub(crate) action: ResponseAction,
    pub(crate) ordered: (Timestamp, Party),
    pub(crate) confirmed: Option<(Timestamp, Party)>,
}

impl ActionState {
    /// Returns the action.
    #[must_use]
    pub const fn action(&self) -> &ResponseAction {
        &self.action
    }

    /// Returns when it was ordered, and by whom.
    #[must_use]
    pub const fn ordered(&self) -> &(Timestamp, Party) {
        &self.ordered
    }

    /// Returns when somebody confirmed that it was done, and who.
    #[must_use]
    pub const fn confirmed(&self) -> Option<&(Timestamp, Party)> {
        self.confirmed.as_ref()
    }
}
