//! `formulation`: runs with what went in and what came out.

use std::fmt::Display;

use serde_json::Value;

use super::dependencies::End;
use super::{Form, Reader};
use crate::{BuildGraphError, Node, NodeId, NodeKind, Relation};

impl<'d> Reader<'_, 'd> {
    pub(super) fn relate_formulation(&mut self) -> Result<(), BuildGraphError> {
        for number in 0..self.elements.len() {
            let element = &self.elements[number];
            if element.form != Form::Workflow || element.same_as.is_some() {
                continue;
            }
            let (value, at) = (element.value, element.at);
            let (run, place) = (self.id(number), self.trail.place(at));
            self.relate_task(&run, value, &place)?;
            let tasks = self.out.list(value, "tasks", &place);
            for (index, task) in tasks.iter().enumerate() {
                self.relate_task(&run, task, &format_args!("{place}/tasks/{index}"))?;
            }
        }
        Ok(())
    }

    /// Relates a run to what it, or one of its tasks, took and made.
    fn relate_task(
        &mut self,
        run: &NodeId,
        task: &'d Value,
        at: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        self.relate_inputs(run, task, at)?;
        let trigger = &task["trigger"];
        if !trigger.is_null() {
            self.relate_inputs(run, trigger, &format_args!("{at}/trigger"))?;
        }
        for (index, output) in self.out.list(task, "outputs", at).iter().enumerate() {
            let at = format_args!("{at}/outputs/{index}");
            for end in self.resources(output, &["resource"], &at)? {
                self.relate(&end.id, Relation::ProducedBy, run, &at)?;
            }
        }
        for (index, space) in self.out.list(task, "workspaces", at).iter().enumerate() {
            self.relate_references(run, space, &format_args!("{at}/workspaces/{index}"))?;
        }
        let topology = self.out.list(task, "runtimeTopology", at);
        for (index, dependency) in topology.iter().enumerate() {
            let at = format_args!("{at}/runtimeTopology/{index}");
            self.relate_dependency(dependency, &at)?;
        }
        Ok(())
    }

    fn relate_inputs(
        &mut self,
        run: &NodeId,
        task: &'d Value,
        at: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        self.relate_references(run, task, at)?;
        for (index, input) in self.out.list(task, "inputs", at).iter().enumerate() {
            let at = format_args!("{at}/inputs/{index}");
            for end in self.resources(input, &["resource", "source"], &at)? {
                self.relate_use(run, &end, &at)?;
            }
        }
        Ok(())
    }

    fn relate_references(
        &mut self,
        run: &NodeId,
        task: &'d Value,
        at: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        let references = self.out.list(task, "resourceReferences", at);
        for (index, reference) in references.iter().enumerate() {
            let at = format_args!("{at}/resourceReferences/{index}");
            for end in self.resource(reference, &at)? {
                self.relate_use(run, &end, &at)?;
            }
        }
        Ok(())
    }

    fn relate_use(
        &mut self,
        run: &NodeId,
        end: &End,
        at: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        let kind = end.element.map(|element| self.elements[element].kind);
        let relation = match kind {
            Some(NodeKind::Dataset) => Relation::TrainedOn,
            _ => Relation::Uses,
        };
        self.relate(run, relation, &end.id, at)
    }

    fn resources(
        &mut self,
        of: &'d Value,
        members: &[&str],
        at: &dyn Display,
    ) -> Result<Vec<End>, BuildGraphError> {
        let mut ends = Vec::new();
        for member in members.iter().filter(|member| !of[**member].is_null()) {
            ends.extend(self.resource(&of[*member], &format_args!("{at}/{member}"))?);
        }
        Ok(ends)
    }

    /// Returns what a resource is: something of the document, or something elsewhere that goes by
    /// its address.
    fn resource(
        &mut self,
        resource: &Value,
        at: &dyn Display,
    ) -> Result<Vec<End>, BuildGraphError> {
        if let Some(name) = resource["ref"].as_str() {
            return self.resolve(name, &format_args!("{at}/ref"));
        }
        let Some(url) = resource["externalReference"]["url"].as_str() else {
            self.out
                .malformed(at, "resource has no `ref` and no address");
            return Ok(Vec::new());
        };
        let Ok(id) = url.parse::<NodeId>() else {
            self.out
                .malformed(at, "address is too long or has control characters");
            return Ok(Vec::new());
        };
        let node = Node::new(id.clone(), NodeKind::Unknown, url);
        self.out.builder.add_node(&node)?;
        let element = None;
        Ok(vec![End { id, element }])
    }
}
