//! Finds everything in a document that is a node, without recursion.

use std::collections::VecDeque;

use serde_json::Value;

use super::trail::{At, Trail};
use super::{Element, Form, NAMESAKES, Reader, Within};
use crate::{NodeKind, WarningKind};

/// Something to look at later.
struct Pending<'d> {
    value: &'d Value,
    at: At,
    form: Form,
    within: Option<(usize, Within)>,
}

/// Lists to be looked at, nearest to the root first.
struct Queue<'d>(VecDeque<Pending<'d>>);

impl<'d> Reader<'_, 'd> {
    pub(super) fn collect(&mut self) {
        let document = self.document;
        let mut queue = Queue(VecDeque::new());
        let metadata = self.trail.member(Trail::ROOT, "metadata");
        let value = &document["metadata"]["component"];
        if !value.is_null() {
            let at = self.trail.member(metadata, "component");
            queue.push(value, at, Form::Component, None);
        }
        self.list(
            &mut queue,
            document,
            Trail::ROOT,
            ("components", Form::Component, None),
        );
        self.list(
            &mut queue,
            document,
            Trail::ROOT,
            ("services", Form::Service, None),
        );
        for _ in 0..queue.0.len() {
            self.visit_next(&mut queue);
        }
        self.listed = self.elements.len();
        // Until 1.4 the tools were a list of another shape, which names nothing.
        let tools = &document["metadata"]["tools"];
        if tools.is_object() {
            let at = self.trail.member(metadata, "tools");
            self.list(&mut queue, tools, at, ("components", Form::Tool, None));
            self.list(&mut queue, tools, at, ("services", Form::Tool, None));
        }
        let formulation = self.trail.member(Trail::ROOT, "formulation");
        let formulas = self.out.list(document, "formulation", &"");
        for (index, formula) in formulas.iter().enumerate() {
            let at = self.trail.item(formulation, index);
            self.list(
                &mut queue,
                formula,
                at,
                ("components", Form::Component, None),
            );
            self.list(&mut queue, formula, at, ("services", Form::Service, None));
            self.list(&mut queue, formula, at, ("workflows", Form::Workflow, None));
        }
        while !queue.0.is_empty() {
            self.visit_next(&mut queue);
        }
    }

    fn visit_next(&mut self, queue: &mut Queue<'d>) {
        if let Some(pending) = queue.0.pop_front() {
            self.visit(&pending, queue);
        }
    }

    fn list(
        &mut self,
        queue: &mut Queue<'d>,
        of: &'d Value,
        at: At,
        (member, form, within): (&'static str, Form, Option<(usize, Within)>),
    ) {
        if of[member].is_null() {
            return;
        }
        let place = self.trail.place(at);
        let items = self.out.list(of, member, &place);
        let at = self.trail.member(at, member);
        for (index, value) in items.iter().enumerate() {
            let at = self.trail.item(at, index);
            queue.push(value, at, form, within);
        }
    }

    fn visit(&mut self, pending: &Pending<'d>, queue: &mut Queue<'d>) {
        let value = pending.value;
        if !value.is_object() {
            let place = self.trail.place(pending.at);
            self.out.malformed(&place, "expected an object");
            return;
        }
        let number = self.elements.len();
        let is_subject = pending.within.is_none()
            && pending.form == Form::Component
            && std::ptr::eq(value, &self.document["metadata"]["component"]);
        if is_subject {
            self.subject = Some(number);
        }
        let same_as = self.name(number, pending);
        self.elements.push(Element {
            value,
            at: pending.at,
            form: pending.form,
            kind: NodeKind::Unknown,
            within: pending.within,
            digests: Vec::new(),
            id: None,
            same_as,
            is_described: false,
        });
        if same_as.is_none() {
            self.look_inside(number, queue);
        }
    }

    /// Files an element under its `bom-ref`. Returns an earlier one that is the same.
    fn name(&mut self, number: usize, pending: &Pending<'d>) -> Option<usize> {
        let place = self.trail.place(pending.at);
        let name = self.out.text(pending.value, "bom-ref", &place)?;
        let known = self.names.entry(name).or_default();
        let mut first = known.iter().take(NAMESAKES);
        let same = first.find(|other| self.elements[**other].value == pending.value);
        if let Some(same) = same {
            return Some(*same);
        }
        known.push(number);
        if known.len() > 1 {
            let name = crate::import::document::cut(name);
            let kind = WarningKind::Duplicate { name };
            self.out.builder.warn(place.to_string(), kind);
        }
        None
    }

    fn look_inside(&mut self, number: usize, queue: &mut Queue<'d>) {
        let Element {
            value, at, form, ..
        } = self.elements[number];
        let part = Some((number, Within::Part));
        match form {
            Form::Component | Form::Tool => {
                self.list(queue, value, at, ("components", form, part));
                self.list(queue, value, at, ("services", form, part));
                self.look_at_pedigree(number, queue);
                self.look_at_datasets(number, queue);
                self.name_parts(number, value, at, "data");
            }
            Form::Service => self.list(queue, value, at, ("services", form, part)),
            Form::Workflow => {
                self.name_parts(number, value, at, "tasks");
            }
            Form::Data => {}
        }
    }

    fn look_at_pedigree(&mut self, number: usize, queue: &mut Queue<'d>) {
        let Element { value, at, .. } = self.elements[number];
        let pedigree = &value["pedigree"];
        if pedigree.is_null() {
            return;
        }
        let at = self.trail.member(at, "pedigree");
        for (member, within) in [
            ("ancestors", Within::Ancestor),
            ("descendants", Within::Descendant),
            ("variants", Within::Variant),
        ] {
            let list = (member, Form::Component, Some((number, within)));
            self.list(queue, pedigree, at, list);
        }
    }

    /// Takes data sets that stand in a model card themselves. Those that it refers to come later.
    fn look_at_datasets(&mut self, number: usize, queue: &mut Queue<'d>) {
        let Element { value, at, .. } = self.elements[number];
        let parameters = &value["modelCard"]["modelParameters"];
        if parameters["datasets"].is_null() {
            return;
        }
        let card = self.trail.member(at, "modelCard");
        let at = self.trail.member(card, "modelParameters");
        let place = self.trail.place(at);
        let items = self.out.list(parameters, "datasets", &place);
        let at = self.trail.member(at, "datasets");
        for (index, value) in items.iter().enumerate() {
            if value["ref"].is_null() && !value.is_string() {
                let at = self.trail.item(at, index);
                queue.push(value, at, Form::Data, Some((number, Within::Dataset)));
            }
        }
    }

    /// Lets the `bom-ref`s of parts that are no nodes stand for the whole.
    fn name_parts(&mut self, number: usize, value: &'d Value, at: At, member: &'static str) {
        if value[member].is_null() {
            return;
        }
        let place = self.trail.place(at);
        let items = self.out.list(value, member, &place);
        let at = self.trail.member(at, member);
        for (index, item) in items.iter().enumerate() {
            let at = self.trail.item(at, index);
            let place = self.trail.place(at);
            let Some(name) = self.out.text(item, "bom-ref", &place) else {
                continue;
            };
            let known = self.names.entry(name).or_default();
            if known.last() != Some(&number) {
                known.push(number);
            }
        }
    }
}

impl<'d> Queue<'d> {
    fn push(&mut self, value: &'d Value, at: At, form: Form, within: Option<(usize, Within)>) {
        self.0.push_back(Pending {
            value,
            at,
            form,
            within,
        });
    }
}
