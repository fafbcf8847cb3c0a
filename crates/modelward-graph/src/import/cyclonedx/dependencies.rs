//! `dependencies`, and what a reference leads to.

use std::fmt::Display;

use serde_json::Value;

use super::{Form, NAMESAKES, Reader, link};
use crate::{BuildGraphError, Node, NodeId, NodeKind, Relation, Scope};

/// What a reference leads to.
pub(super) struct End {
    pub(super) id: NodeId,
    pub(super) element: Option<usize>,
}

impl<'d> Reader<'_, 'd> {
    pub(super) fn relate_dependencies(&mut self) -> Result<(), BuildGraphError> {
        let dependencies = self.out.list(self.document, "dependencies", &"");
        for (index, dependency) in dependencies.iter().enumerate() {
            self.relate_dependency(dependency, &format_args!("/dependencies/{index}"))?;
        }
        Ok(())
    }

    /// Relates what one item of `dependencies` or of a topology says.
    pub(super) fn relate_dependency(
        &mut self,
        dependency: &'d Value,
        at: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        let Some(name) = self.out.text(dependency, "ref", at) else {
            self.out.malformed(at, "dependency has no `ref`");
            return Ok(());
        };
        let dependents = self.resolve(name, &format_args!("{at}/ref"))?;
        for member in ["dependsOn", "provides"] {
            let names = self.out.list(dependency, member, at);
            for (index, name) in names.iter().enumerate() {
                let at = format_args!("{at}/{member}/{index}");
                let Some(name) = name.as_str() else {
                    self.out.malformed(&at, "expected a text");
                    continue;
                };
                for to in self.resolve(name, &at)? {
                    for from in &dependents {
                        let relation = match member {
                            "provides" => Relation::Provides,
                            _ => self.relation(from, &to),
                        };
                        self.relate(&from.id, relation, &to.id, &at)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns how something needs what it depends on: by its lineage if there is one.
    fn relation(&mut self, from: &End, to: &End) -> Relation {
        let pair = (from.id.clone(), to.id.clone());
        if let Some(known) = self.lineage.get(&pair) {
            return *known;
        }
        let kind = |end: &End| {
            end.element
                .map_or(NodeKind::Unknown, |at| self.elements[at].kind)
        };
        if Self::learns(kind(from), kind(to)) {
            return Relation::TrainedOn;
        }
        to.element
            .map_or(Relation::DependsOn(Scope::Runtime), |to| self.scoped(to))
    }

    /// Returns the relation to a dependency in the scope that the dependency states.
    pub(super) fn scoped(&mut self, number: usize) -> Relation {
        let element = &self.elements[number];
        let (scope, at) = (&element.value["scope"], element.at);
        Relation::DependsOn(match scope.as_str() {
            Some("excluded") => Scope::Development,
            Some("optional") => Scope::Optional,
            Some("required") => Scope::Runtime,
            _ => {
                if !scope.is_null() {
                    let place = self.trail.place(at);
                    self.out
                        .malformed(&place.with("/scope"), "scope is not one of cyclonedx");
                }
                Scope::Runtime
            }
        })
    }

    /// Returns what a reference leads to: all things of that `bom-ref`, another document's thing by
    /// its BOM-Link, or else something unknown, with a warning.
    pub(super) fn resolve(
        &mut self,
        name: &str,
        at: &dyn Display,
    ) -> Result<Vec<End>, BuildGraphError> {
        if let Some(numbers) = self.names.get(name) {
            let numbers: Vec<usize> = numbers.iter().copied().take(NAMESAKES).collect();
            let is_cut = self.names[name].len() > numbers.len();
            if is_cut {
                self.out.malformed(
                    at,
                    format!("only {NAMESAKES} things of one name are related"),
                );
            }
            let mut ends: Vec<End> = Vec::with_capacity(numbers.len());
            for number in numbers {
                self.describe(number)?;
                let id = self.id(number);
                if ends.iter().all(|end| end.id != id) {
                    let element = Some(number);
                    ends.push(End { id, element });
                }
            }
            return Ok(ends);
        }
        let id = match link::canonical(name).map(|link| link.parse::<NodeId>()) {
            Some(Ok(link)) => link,
            _ => self.unknown(name, at)?,
        };
        let element = None;
        Ok(vec![End { id, element }])
    }

    /// Makes a node of what a reference names and the document does not describe.
    fn unknown(&mut self, name: &str, at: &dyn Display) -> Result<NodeId, BuildGraphError> {
        self.out.dangling(at, name);
        let purl = NodeId::of_purl(name).ok();
        if let Some(purl) = purl.filter(|purl| NodeId::check(purl.as_str()).is_ok()) {
            return Ok(purl);
        }
        let id = self.out.local(name, at);
        let node = Node::new(id.clone(), NodeKind::Unknown, name);
        self.out.builder.add_node(&node)?;
        Ok(id)
    }

    /// Tells whether an element only made the document, and nothing refers to it.
    pub(super) fn is_tool(&self, number: usize) -> bool {
        let element = &self.elements[number];
        element.form == Form::Tool && !element.is_described
    }
}
