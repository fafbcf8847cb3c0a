mod subcategories;

use crate::airmf_1_0::summary::subcategories::SUBCATEGORIES;
use crate::{Category, Subcategory};

impl Category {
    /// Returns what the category asks for, as one sentence in our words and not in those of NIST.
    ///
    /// ```
    /// use modelward_rmf::Category;
    ///
    /// let category: Category = "MEASURE 1".parse()?;
    /// assert_eq!(category.summary(), "Fitting methods and metrics have been found and are in use.");
    /// # Ok::<(), modelward_rmf::ParseIdError>(())
    /// ```
    #[must_use]
    pub const fn summary(self) -> &'static str {
        CATEGORIES[self.index()].1
    }
}

impl Subcategory {
    /// Returns what the subcategory asks for, as one sentence in our words and not in those of NIST.
    ///
    /// It keeps every outcome of the statement in NIST AI 100-1, but it is a reading aid: who
    /// assesses a system has the document beside it. [`note`](Self::note) says where the statement
    /// can be read in two ways.
    ///
    /// ```
    /// use modelward_rmf::Subcategory;
    ///
    /// let subcategory: Subcategory = "MANAGE 2.2".parse()?;
    /// assert_eq!(
    ///     subcategory.summary(),
    ///     "Means to keep up the value of systems in deployment exist and are used.",
    /// );
    /// # Ok::<(), modelward_rmf::ParseIdError>(())
    /// ```
    #[must_use]
    pub const fn summary(self) -> &'static str {
        SUBCATEGORIES[self.index()].1
    }
}

/// Says each category in our words, written against NIST AI 100-1, tables 1 to 4.
static CATEGORIES: [(&str, &str); 19] = [
    (
        "GOVERN 1",
        "Written rules and lived practice on how AI risks are mapped, measured and managed span \
         the organization, are open to view and take effect.",
    ),
    (
        "GOVERN 2",
        "Accountability is arranged so that the right people have the mandate, the duty and the \
         training to map, measure and manage AI risks.",
    ),
    (
        "GOVERN 3",
        "Processes for a diverse, equitable, inclusive and accessible workforce have priority \
         wherever AI risks are mapped, measured or managed, in every phase of the lifecycle.",
    ),
    (
        "GOVERN 4",
        "Teams stand behind a culture in which AI risk is thought of and talked about.",
    ),
    (
        "GOVERN 5",
        "The organization has solid ways of engaging with the AI actors that matter to its \
         systems.",
    ),
    (
        "GOVERN 6",
        "Rules deal with the risks and the benefits that come with third-party software, \
         third-party data and the rest of the supply chain.",
    ),
    (
        "MAP 1",
        "The context of the system has been worked out, and the people concerned grasp it.",
    ),
    ("MAP 2", "It is settled what kind of AI system this is."),
    (
        "MAP 3",
        "People understand what the system can do, its targeted use, its goals, and how expected \
         benefits and costs stand against suitable benchmarks.",
    ),
    (
        "MAP 4",
        "For every component of the system, data and software of third parties among them, it is \
         known which risks and benefits it brings.",
    ),
    (
        "MAP 5",
        "It is described what the system does to single persons, groups and communities, to \
         organizations and to society as a whole.",
    ),
    (
        "MEASURE 1",
        "Fitting methods and metrics have been found and are in use.",
    ),
    (
        "MEASURE 2",
        "AI systems are put to the test for the characteristics that make AI trustworthy.",
    ),
    (
        "MEASURE 3",
        "Means have been set up to follow known AI risks as time passes.",
    ),
    (
        "MEASURE 4",
        "Feedback on how well the measurements work is collected and weighed.",
    ),
    (
        "MANAGE 1",
        "AI risks that MAP and MEASURE brought to light, by assessments or other analysis, are \
         ranked, answered and kept under control.",
    ),
    (
        "MANAGE 2",
        "Strategies that raise the benefits of AI and lower its harm are planned, prepared, \
         carried out and written down, with input from the AI actors concerned.",
    ),
    (
        "MANAGE 3",
        "What third parties bring along, AI risk as well as benefit, is kept under management.",
    ),
    (
        "MANAGE 4",
        "Treatments of the AI risks found and measured, with plans for response, recovery and \
         communication, are on paper and regularly watched.",
    ),
];

#[cfg(test)]
mod tests {
    use super::{CATEGORIES, SUBCATEGORIES};
    use crate::{Category, Subcategory};

    #[test]
    fn rows_stand_in_the_order_of_the_document() {
        let ids = Category::ALL.map(|category| category.to_string());
        assert_eq!(CATEGORIES.map(|row| row.0), ids);
        let ids = Subcategory::ALL.map(|subcategory| subcategory.to_string());
        assert_eq!(SUBCATEGORIES.map(|row| row.0), ids);
    }
}
