use modelward_artifact::Finding;
use serde_json::Value;

use crate::inspect::json::{self, Node};
use crate::inspect::{Aspect, Fact, Input, InspectError};

/// The package whose classes need no trust beyond its own.
const PACKAGE: &str = "sentence_transformers.";

/// Says through which modules a model of sentence-transformers passes a text (`modules.json`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SentenceModules {
    modules: Value,
}

impl SentenceModules {
    /// Reads the list of modules.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the text is not strict JSON or no array.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let text = input.text("list of modules")?;
        let modules = json::parse("list of modules", &text, &input.limits().json())?;
        if modules.is_array() {
            return Ok(Self { modules });
        }
        Err(json::malformed("list of modules", "", &modules, "an array"))
    }

    /// Returns the classes of the modules in their order.
    #[must_use]
    pub fn classes(&self) -> Vec<&str> {
        let classes = types(&Node::root(&self.modules)).into_iter();
        classes.map(|(_, class)| class).collect()
    }

    /// Returns what the list says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let root = Node::root(&self.modules);
        let types = types(&root);
        let library = types.iter().find(|(_, class)| class.starts_with(PACKAGE));
        let library = library.map(|(node, _)| {
            Fact::inferred(Aspect::Library, "sentence-transformers", node.location())
        });
        let import = |(node, class): &(Node<'_>, &str)| {
            Fact::observed(Aspect::Import, *class, node.location())
        };
        library
            .into_iter()
            .chain(types.iter().map(import))
            .collect()
    }

    /// Returns what deserves attention: classes of other packages or of files beside the model.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let foreign = self.classes().into_iter();
        let foreign = foreign.filter(|class| !class.starts_with(PACKAGE));
        let finding = |class: &str| {
            let message = format!(
                "the module `{class}` is not of sentence-transformers: its code may lie in the \
                 model's folder"
            );
            Finding::new("bom.inspect.remote_code", message)
        };
        foreign.map(finding).collect()
    }
}

fn types<'a>(root: &Node<'a>) -> Vec<(Node<'a>, &'a str)> {
    let class = |module: Node<'a>| {
        let class = module.member("type")?;
        let name = class.text()?;
        Some((class, name))
    };
    root.items().filter_map(class).collect()
}
