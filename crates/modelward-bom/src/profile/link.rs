//! Where a document speaks of a component by its reference.

use std::collections::HashMap;

use serde_json::Value;

use crate::profile::find::{Found, Said, says};

/// Holds one mention for each reference and place, so that a document of many components and many
/// relations is read once and not once for each component.
#[derive(Debug)]
pub(super) struct Links<'a> {
    mentions: HashMap<(&'static str, &'a str), Found>,
}

/// Where components are mentioned: the list and the member that holds the references, which are the
/// word in a path, and the member that says something by it, where that is another.
const PLACES: [(&str, Option<&str>); 5] = [
    ("dependencies.ref", None),
    ("dependencies.dependsOn", None),
    ("dependencies.provides", None),
    ("compositions.assemblies", Some("aggregate")),
    ("compositions.dependencies", Some("aggregate")),
];

/// A place with its word taken apart.
struct Place {
    word: &'static str,
    member: &'static str,
    says: Option<&'static str>,
}

impl<'a> Links<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        let mut links = Self {
            mentions: HashMap::new(),
        };
        for (word, says) in PLACES {
            let Some((list, member)) = word.split_once('.') else {
                continue;
            };
            let place = Place { word, member, says };
            let items = document.get(list).and_then(Value::as_array);
            for (index, item) in items.into_iter().flatten().enumerate() {
                links.read(&place, item, &format!("/{list}/{index}"));
            }
        }
        links
    }

    /// Returns what a place says of a component; nothing of a component without a reference.
    pub(super) fn find(&self, component: &Value, word: &'static str) -> Option<Found> {
        let reference = component.get("bom-ref")?.as_str()?;
        self.mentions.get(&(word, reference)).cloned()
    }

    fn read(&mut self, place: &Place, item: &'a Value, at: &str) {
        let Some(member) = item.get(place.member) else {
            return;
        };
        if let Some(reference) = member.as_str() {
            self.mention(place, (item, reference), at, place.member.to_owned());
        }
        for (index, reference) in member.as_array().into_iter().flatten().enumerate() {
            if let Some(reference) = reference.as_str() {
                let own = format!("{}/{index}", place.member);
                self.mention(place, (item, reference), at, own);
            }
        }
    }

    /// Keeps the first mention, and of those that do not know the first that does.
    fn mention(
        &mut self,
        place: &Place,
        (item, reference): (&Value, &'a str),
        at: &str,
        own: String,
    ) {
        let said = place
            .says
            .map_or(Some(Said::Value), |member| says(&item[member]));
        let Some(said) = said else {
            return;
        };
        let kept = self.mentions.get(&(place.word, reference));
        if kept.is_none_or(|kept| kept.said < said) {
            let member = place.says.map_or(own, str::to_owned);
            let pointer = format!("{at}/{member}");
            self.mentions
                .insert((place.word, reference), Found { pointer, said });
        }
    }
}
