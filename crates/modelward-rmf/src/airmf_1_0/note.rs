use crate::Function::{self, Govern, Manage, Map, Measure};
use crate::Subcategory;

impl Subcategory {
    /// Returns how this crate reads the subcategory, where its statement leaves that open.
    ///
    /// A statement with several outcomes still gets one rating; the note lists them, so that a
    /// rationale can speak of each.
    ///
    /// ```
    /// use modelward_rmf::Subcategory;
    ///
    /// let residual: Subcategory = "MANAGE 1.4".parse()?;
    /// assert!(residual.note().is_some_and(|note| note.contains("ISO 31000")));
    /// assert_eq!("GOVERN 1.1".parse::<Subcategory>()?.note(), None);
    /// # Ok::<(), modelward_rmf::ParseIdError>(())
    /// ```
    #[must_use]
    pub fn note(self) -> Option<&'static str> {
        let row = NOTES.iter().find(|row| row.0 == self.key())?;
        Some(row.1)
    }
}

/// Holds our reading of each statement that is ambiguous, in the order of the document.
static NOTES: [((Function, u8, u8), &str); 20] = [
    (
        (Govern, 1, 5),
        "Read as four outcomes: monitoring is planned, reviews are planned, their frequency is \
         decided, and it is clear who does what.",
    ),
    (
        (Govern, 5, 2),
        "AI 100-1 has the developing or deploying team take feedback in, the Playbook has AI \
         actors in general do so. This crate follows AI 100-1.",
    ),
    (
        (Govern, 6, 1),
        "This outcome is the organization's rule on third parties and their rights. Whether the \
         rule is practiced for each component belongs to MAP 4.1.",
    ),
    (
        (Map, 1, 4),
        "Value or context of use is enough, one of the two. It is defined for a new system and \
         looked at again for an existing one.",
    ),
    (
        (Map, 1, 5),
        "Risk tolerance belongs to the organization although MAP looks at one system: assess it \
         once and reuse the result.",
    ),
    (
        (Map, 1, 6),
        "Two outcomes: requirements are gathered and understood, and design decisions weigh how \
         technology and society act on each other. One rating covers both, so the weaker one \
         decides.",
    ),
    (
        (Map, 4, 1),
        "This outcome is the practice for each component, with the infringement risks it found. \
         The organization's rule on third parties belongs to GOVERN 6.1.",
    ),
    (
        (Measure, 1, 1),
        "Two outcomes: it is chosen what is measured, and it is recorded what is not. Without \
         that record the outcome is not reached.",
    ),
    (
        (Measure, 1, 3),
        "Internal experts off the front line or independent assessors: one of the two is enough. \
         How far others are consulted depends on the risk tolerance.",
    ),
    (
        (Measure, 2, 4),
        "The components are those that MAP found, third-party ones included. A component that MAP \
         missed cannot count as monitored.",
    ),
    (
        (Measure, 2, 6),
        "Four claims, each with evidence of its own: safety is evaluated regularly, the system is \
         safe, what risk remains is tolerable, and failure is safe. The sentence on metrics says \
         what this evidence covers.",
    ),
    (
        (Measure, 2, 9),
        "Every part is needed: explanation, validation and documentation of the model, and \
         interpretation of its output in context.",
    ),
    (
        (Measure, 2, 13),
        "MEASURE looks at itself here: the subject is the metrics and processes of TEVV, not the \
         system.",
    ),
    (
        (Measure, 4, 1),
        "MEASURE 4.1 is about how one measures, 4.2 about what came out, 4.3 about change over \
         time. Evidence for this one says how the approach fits the deployment.",
    ),
    (
        (Measure, 4, 2),
        "MEASURE 4.1 is about how one measures, 4.2 about what came out, 4.3 about change over \
         time. Evidence for this one is results that domain experts and AI actors took part in.",
    ),
    (
        (Measure, 4, 3),
        "MEASURE 4.1 is about how one measures, 4.2 about what came out, 4.3 about change over \
         time. Evidence for this one compares at least two points in time.",
    ),
    (
        (Manage, 1, 1),
        "A decision, not a control: its evidence is a record of who decided what, when and on \
         which grounds.",
    ),
    (
        (Manage, 1, 3),
        "The four responses are examples and the list is open: OSCAL, for one, has sharing beside \
         transferring.",
    ),
    (
        (Manage, 1, 4),
        "AI 100-1 counts every unmitigated risk as residual. The register means what remains \
         after treatment, as ISO 31000 does; all of it together is what this outcome documents.",
    ),
    (
        (Manage, 2, 4),
        "Three acts: to supersede is to replace, to disengage is to take out of a process, to \
         deactivate is to switch off. Each needs a way to do it and someone in charge.",
    ),
];
