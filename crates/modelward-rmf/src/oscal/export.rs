//! What all documents have in common: UUIDs, parties, resources and metadata.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::oscal::object::{Object, Props};
use crate::oscal::{NAMESPACE, OSCAL_VERSION, OscalError, OscalModel, OscalOptions, text};
use crate::{Party, Subcategory};

/// Names what a party does in a document.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Role {
    ActionOwner,
    Approver,
    Assessor,
    Author,
    Collector,
    Interviewee,
    RegisterOwner,
    RiskOwner,
    SystemOwner,
    Transferee,
}

impl Role {
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::ActionOwner => "action-owner",
            Self::Approver => "risk-approver",
            Self::Assessor => "assessor",
            Self::Author => "author",
            Self::Collector => "evidence-collector",
            Self::Interviewee => "interviewee",
            Self::RegisterOwner => "register-owner",
            Self::RiskOwner => "risk-owner",
            Self::SystemOwner => "system-owner",
            Self::Transferee => "risk-transferee",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::ActionOwner => "Answers for an action",
            Self::Approver => "Accepts risks",
            Self::Assessor => "Assessor",
            Self::Author => "Author of the mapping",
            Self::Collector => "Collected evidence",
            Self::Interviewee => "Was interviewed",
            Self::RegisterOwner => "Answers for the risk register",
            Self::RiskOwner => "Answers for a risk",
            Self::SystemOwner => "Answers for the system",
            Self::Transferee => "Carries a transferred risk",
        }
    }

    /// Tells whether the role concerns the whole document.
    const fn is_responsible(self) -> bool {
        matches!(
            self,
            Self::Assessor | Self::Author | Self::RegisterOwner | Self::SystemOwner
        )
    }
}

/// A party while a document is made.
#[derive(Debug, Default)]
struct Entry {
    uuid: String,
    /// Names that are more than the line by which the party is known.
    names: BTreeSet<String>,
    roles: BTreeSet<String>,
}

/// Collects what the parts of one document share.
#[derive(Debug)]
pub(super) struct Export<'a> {
    options: &'a OscalOptions,
    space: Uuid,
    /// What distinguishes this content from any other: digests.
    content: String,
    /// By name and organization.
    parties: BTreeMap<(String, Option<String>), Entry>,
    roles: BTreeMap<Role, BTreeSet<String>>,
    resources: Vec<Value>,
    /// Props of the document as a whole.
    props: Vec<Value>,
}

impl<'a> Export<'a> {
    /// Starts a document whose UUIDs are made of `content`, or of the system if that is named.
    pub(super) fn new(options: &'a OscalOptions, content: String) -> Self {
        let ours = Uuid::new_v5(&Uuid::NAMESPACE_URL, NAMESPACE.as_bytes());
        let stable = options.system_id().map(|id| format!("system {id}"));
        let space = Uuid::new_v5(&ours, stable.as_ref().unwrap_or(&content).as_bytes());
        Self {
            options,
            space,
            content,
            parties: BTreeMap::new(),
            roles: BTreeMap::new(),
            resources: Vec::new(),
            props: Vec::new(),
        }
    }

    /// Returns the UUID of a thing, which is always the same for one kind and key.
    pub(super) fn uuid(&self, kind: &str, key: &str) -> String {
        let name = format!("{kind}\0{key}");
        Uuid::new_v5(&self.space, name.as_bytes()).to_string()
    }

    pub(super) const fn options(&self) -> &'a OscalOptions {
        self.options
    }

    pub(super) fn props(&self) -> Props<'a> {
        Props::new(self.options.namespace())
    }

    pub(super) fn control_id(&self, subcategory: Subcategory) -> &'a str {
        self.options.control_id(subcategory)
    }

    /// Returns the UUID of a party and keeps that it acts in a role.
    pub(super) fn party(&mut self, party: &Party, role: Role) -> String {
        let organization = party.organization().map(|name| text::line(name.as_str()));
        if let Some(organization) = &organization {
            let key = (organization.clone(), None);
            let uuid = self.uuid("party", organization);
            self.parties.entry(key).or_default().uuid = uuid;
        }
        let name = text::line(party.name().as_str());
        let uuid = match &organization {
            None => self.uuid("party", &name),
            Some(organization) => self.uuid("party", &format!("{name}\0{organization}")),
        };
        let is_more = name != party.name().as_str();
        let entry = self.parties.entry((name, organization)).or_default();
        entry.uuid.clone_from(&uuid);
        if is_more {
            entry.names.insert(party.name().to_string());
        }
        entry.roles.extend(party.role().map(ToString::to_string));
        self.roles.entry(role).or_default().insert(uuid.clone());
        uuid
    }

    /// Returns the origin of something that a party says.
    pub(super) fn origin(&mut self, party: &Party, role: Role) -> Value {
        let uuid = self.party(party, role);
        json!({"actors": [{"type": "party", "actor-uuid": uuid, "role-id": role.id()}]})
    }

    /// Adds a resource and returns the reference to it.
    pub(super) fn resource(&mut self, key: &str, resource: Object) -> String {
        let uuid = self.uuid("resource", key);
        let reference = format!("#{uuid}");
        self.resources.push(resource.set("uuid", uuid).into());
        reference
    }

    /// Sets the props of the document as a whole.
    pub(super) fn describe(&mut self, props: Props<'a>) {
        self.props = props.done();
    }

    /// Returns what every document begins with: `uuid` and `metadata`.
    pub(super) fn begin(
        &self,
        model: OscalModel,
        title: &str,
        remarks: &str,
    ) -> Result<Object, OscalError> {
        let options = self.options;
        let modified = text::instant("last modification", options.last_modified())?;
        let name = [
            &modified,
            options.version(),
            options.namespace(),
            options.import_ap().unwrap_or_default(),
            &options.control_ids().join(" "),
            &self.content,
        ];
        let metadata = Object::new()
            .set("title", text::title(title))
            .set("last-modified", modified.as_str())
            .set("version", options.version())
            .set("oscal-version", OSCAL_VERSION)
            .list("props", self.props.clone())
            .list("roles", self.role_list())
            .list("parties", self.party_list())
            .list("responsible-parties", self.responsible())
            .set("remarks", remarks);
        Ok(Object::new()
            .set("uuid", self.uuid(model.name(), &name.join("\0")))
            .set("metadata", metadata))
    }

    /// Returns the resources that were added, if any.
    pub(super) fn back_matter(self) -> Option<Value> {
        let resources = self.resources;
        (!resources.is_empty()).then(|| json!({"resources": resources}))
    }

    fn role_list(&self) -> Vec<Value> {
        let roles = self.roles.keys();
        roles
            .map(|role| json!({"id": role.id(), "title": role.title()}))
            .collect()
    }

    fn responsible(&self) -> Vec<Value> {
        let roles = self.roles.iter().filter(|(role, _)| role.is_responsible());
        roles
            .map(|(role, parties)| json!({"role-id": role.id(), "party-uuids": parties}))
            .collect()
    }

    fn party_list(&self) -> Vec<Value> {
        let organizations: BTreeSet<_> = self
            .parties
            .keys()
            .filter_map(|(_, organization)| organization.as_ref())
            .collect();
        let parties = self.parties.iter();
        let parties = parties.map(|((name, organization), entry)| {
            let is_organization = organization.is_none() && organizations.contains(name);
            let kind = if is_organization {
                "organization"
            } else {
                "person"
            };
            let whole = organization.as_ref().and_then(|name| {
                let key = (name.clone(), None);
                self.parties.get(&key)
            });
            let member = whole.map(|whole| vec![Value::from(whole.uuid.as_str())]);
            let unstated = "May be a team or an organization: the source does not say which.";
            let props = self.props().all("role", &entry.roles);
            let props = props.all("full-name", &entry.names);
            Object::new()
                .set("uuid", entry.uuid.as_str())
                .set("type", kind)
                .set("name", name.as_str())
                .list("props", props.done())
                .list("member-of-organizations", member.unwrap_or_default())
                .maybe("remarks", (!is_organization).then_some(unstated))
                .into()
        });
        parties.collect()
    }
}
