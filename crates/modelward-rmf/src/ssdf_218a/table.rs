use crate::ssdf_218a::SsdfChange::{self, Added, Modified, Unchanged};
use crate::ssdf_218a::SsdfPriority::{self, High, Low, Medium};
use crate::{Function, Subcategory};

/// Holds what is known of one task.
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) priority: SsdfPriority,
    pub(super) change: SsdfChange,
    pub(super) references: &'static [Subcategory],
    pub(super) summary: &'static str,
}

/// Lists the tasks of NIST SP 800-218A, table 1, in its order.
///
/// Ids, priorities, changes and references are facts of the document, the summaries are ours.
pub(super) static ROWS: [Row; 48] = [
    Row {
        id: "PO.1.1",
        priority: High,
        change: Unchanged,
        references: &[mp(1, 3), mp(1, 5), mp(1, 6)],
        summary: "what the tools, environments and processes of development must fulfil for security is written down and kept current",
    },
    Row {
        id: "PO.1.2",
        priority: High,
        change: Unchanged,
        references: &[
            gv(1, 1),
            gv(1, 2),
            gv(3, 2),
            gv(4, 1),
            gv(5, 1),
            gv(6, 1),
            mp(1, 1),
        ],
        summary: "what the software itself must fulfil for security is written down and kept current",
    },
    Row {
        id: "PO.1.3",
        priority: Medium,
        change: Modified,
        references: &[mp(4, 1), mp(4, 2)],
        summary: "suppliers of components are told the requirements that their parts have to meet",
    },
    Row {
        id: "PO.2.1",
        priority: High,
        change: Unchanged,
        references: &[gv(2, 1)],
        summary: "somebody is named for each duty of secure development, and the roles are reviewed",
    },
    Row {
        id: "PO.2.2",
        priority: High,
        change: Unchanged,
        references: &[gv(2, 2)],
        summary: "people are trained for the security part of their role",
    },
    Row {
        id: "PO.2.3",
        priority: Medium,
        change: Unchanged,
        references: &[gv(2, 3)],
        summary: "management stands behind secure development and says so",
    },
    Row {
        id: "PO.3.1",
        priority: High,
        change: Unchanged,
        references: &[ms(2, 1)],
        summary: "which tools each toolchain has to contain against known risks is laid down",
    },
    Row {
        id: "PO.3.2",
        priority: High,
        change: Unchanged,
        references: &[ms(2, 1)],
        summary: "tools and toolchains are set up, run and maintained securely",
    },
    Row {
        id: "PO.3.3",
        priority: Medium,
        change: Unchanged,
        references: &[ms(2, 1)],
        summary: "tools are set so that they leave records of secure practice",
    },
    Row {
        id: "PO.4.1",
        priority: Medium,
        change: Unchanged,
        references: &[ms(2, 3), ms(2, 7), mg(1, 1)],
        summary: "criteria for security checks are set and followed through the life cycle",
    },
    Row {
        id: "PO.4.2",
        priority: Low,
        change: Unchanged,
        references: &[ms(2, 3), ms(2, 7), mg(1, 1)],
        summary: "the data that the checks need is collected and kept safe",
    },
    Row {
        id: "PO.5.1",
        priority: High,
        change: Unchanged,
        references: &[],
        summary: "environments of development are separated from one another and protected",
    },
    Row {
        id: "PO.5.2",
        priority: Medium,
        change: Unchanged,
        references: &[],
        summary: "the machines that developers work on are hardened",
    },
    Row {
        id: "PO.5.3",
        priority: High,
        change: Added,
        references: &[ms(2, 4)],
        summary: "what runs in development environments is watched for suspicious behavior",
    },
    Row {
        id: "PS.1.1",
        priority: High,
        change: Unchanged,
        references: &[],
        summary: "code in every form is stored so that nobody has more access than needed",
    },
    Row {
        id: "PS.1.2",
        priority: High,
        change: Added,
        references: &[],
        summary: "data for training, testing and tuning is guarded against reading and tampering",
    },
    Row {
        id: "PS.1.3",
        priority: High,
        change: Added,
        references: &[],
        summary: "weights and configuration of models are guarded against reading and tampering",
    },
    Row {
        id: "PS.2.1",
        priority: Medium,
        change: Unchanged,
        references: &[],
        summary: "those who receive a release can check that it was not altered",
    },
    Row {
        id: "PS.3.1",
        priority: Low,
        change: Unchanged,
        references: &[],
        summary: "each release is archived with all that belongs to it",
    },
    Row {
        id: "PS.3.2",
        priority: Medium,
        change: Modified,
        references: &[],
        summary: "where the parts of a release come from is recorded, protected and shared",
    },
    Row {
        id: "PW.1.1",
        priority: High,
        change: Unchanged,
        references: &[gv(4, 1), gv(4, 2), mp(5, 1), ms(1, 1), mg(1, 2), mg(1, 3)],
        summary: "threats and attacks are modeled to judge the risk of the design",
    },
    Row {
        id: "PW.1.2",
        priority: Medium,
        change: Unchanged,
        references: &[
            gv(4, 1),
            gv(4, 2),
            mp(2, 1),
            mp(2, 2),
            mp(2, 3),
            mp(3, 2),
            mp(3, 3),
            mp(4, 1),
            mp(4, 2),
            mp(5, 2),
            mg(1, 2),
            mg(1, 3),
            mg(1, 4),
        ],
        summary: "security requirements, risks and design decisions are kept on record",
    },
    Row {
        id: "PW.1.3",
        priority: Medium,
        change: Unchanged,
        references: &[],
        summary: "proven security services are used in place of home-made ones",
    },
    Row {
        id: "PW.2.1",
        priority: High,
        change: Modified,
        references: &[ms(2, 7), mg(1, 1)],
        summary: "the design is reviewed against requirements and risks by somebody who did not make it",
    },
    Row {
        id: "PW.3.1",
        priority: High,
        change: Added,
        references: &[ms(2, 1), mg(1, 2), mg(1, 3)],
        summary: "data is examined for poisoning, bias, sameness and tampering before a model learns from it",
    },
    Row {
        id: "PW.3.2",
        priority: Medium,
        change: Added,
        references: &[ms(2, 1)],
        summary: "the origin of data is tracked, and data of unknown origin is named as such",
    },
    Row {
        id: "PW.3.3",
        priority: Medium,
        change: Added,
        references: &[],
        summary: "hostile samples are part of the data for training and testing",
    },
    Row {
        id: "PW.4.1",
        priority: Medium,
        change: Unchanged,
        references: &[],
        summary: "components of third parties are chosen and maintained with their security in mind",
    },
    Row {
        id: "PW.4.2",
        priority: Low,
        change: Unchanged,
        references: &[],
        summary: "components made in house are built securely and maintained for reuse",
    },
    Row {
        id: "PW.4.4",
        priority: High,
        change: Unchanged,
        references: &[],
        summary: "acquired components, models included, are verified against the requirements while in use",
    },
    Row {
        id: "PW.5.1",
        priority: High,
        change: Unchanged,
        references: &[mg(1, 2), mg(1, 3), mg(1, 4)],
        summary: "code is written by secure practices that fit the language and environment",
    },
    Row {
        id: "PW.6.1",
        priority: Low,
        change: Unchanged,
        references: &[],
        summary: "compilers, interpreters and build tools with security features are used",
    },
    Row {
        id: "PW.6.2",
        priority: Low,
        change: Unchanged,
        references: &[],
        summary: "which of those features are on, and how they are set, is decided and done",
    },
    Row {
        id: "PW.7.1",
        priority: Medium,
        change: Unchanged,
        references: &[],
        summary: "it is decided where people review code and where tools analyze it",
    },
    Row {
        id: "PW.7.2",
        priority: High,
        change: Unchanged,
        references: &[ms(2, 3), ms(2, 7), mg(1, 1), mg(1, 2), mg(1, 3), mg(1, 4)],
        summary: "the code is reviewed and analyzed, and what is found is recorded and sorted",
    },
    Row {
        id: "PW.8.1",
        priority: High,
        change: Unchanged,
        references: &[],
        summary: "it is decided which tests of the running software are needed",
    },
    Row {
        id: "PW.8.2",
        priority: High,
        change: Unchanged,
        references: &[
            ms(2, 2),
            ms(2, 3),
            ms(2, 7),
            mg(1, 1),
            mg(1, 2),
            mg(1, 3),
            mg(1, 4),
        ],
        summary: "those tests are designed and run, and their results recorded",
    },
    Row {
        id: "PW.9.1",
        priority: Medium,
        change: Unchanged,
        references: &[ms(2, 7)],
        summary: "a secure default configuration is worked out",
    },
    Row {
        id: "PW.9.2",
        priority: Medium,
        change: Unchanged,
        references: &[ms(2, 7), mg(1, 2), mg(1, 3), mg(1, 4)],
        summary: "the secure defaults are built in and explained to administrators",
    },
    Row {
        id: "RV.1.1",
        priority: High,
        change: Unchanged,
        references: &[
            gv(4, 3),
            gv(5, 1),
            gv(6, 1),
            gv(6, 2),
            ms(1, 2),
            ms(2, 4),
            ms(2, 5),
            ms(2, 7),
            ms(3, 1),
            ms(3, 2),
            ms(3, 3),
            mg(4, 1),
        ],
        summary: "reports of possible vulnerabilities are gathered from users, suppliers and the public",
    },
    Row {
        id: "RV.1.2",
        priority: Medium,
        change: Unchanged,
        references: &[gv(4, 3), ms(1, 3), ms(2, 4), ms(2, 7), ms(3, 1), mg(4, 1)],
        summary: "the software is examined for vulnerabilities that nobody has reported",
    },
    Row {
        id: "RV.1.3",
        priority: Medium,
        change: Unchanged,
        references: &[gv(4, 3), gv(5, 1), gv(6, 1), ms(3, 1), ms(3, 3), mg(4, 3)],
        summary: "there is a policy of disclosure and repair, and the means to carry it out",
    },
    Row {
        id: "RV.2.1",
        priority: Medium,
        change: Unchanged,
        references: &[
            gv(4, 3),
            gv(5, 1),
            gv(6, 1),
            ms(2, 7),
            ms(3, 1),
            mg(1, 2),
            mg(2, 3),
            mg(4, 1),
        ],
        summary: "each vulnerability is studied until its risk is understood",
    },
    Row {
        id: "RV.2.2",
        priority: High,
        change: Unchanged,
        references: &[
            gv(5, 1),
            gv(5, 2),
            gv(6, 1),
            ms(3, 3),
            mg(1, 3),
            mg(2, 1),
            mg(2, 3),
            mg(2, 4),
            mg(4, 1),
        ],
        summary: "a response to each vulnerability is planned and carried out",
    },
    Row {
        id: "RV.3.1",
        priority: Medium,
        change: Unchanged,
        references: &[gv(5, 1), gv(6, 1), ms(2, 7), ms(3, 1), mg(2, 3), mg(4, 1)],
        summary: "the root cause of each vulnerability is sought",
    },
    Row {
        id: "RV.3.2",
        priority: Medium,
        change: Unchanged,
        references: &[gv(5, 1), gv(6, 1), ms(2, 7), ms(3, 1), mg(4, 1), mg(4, 3)],
        summary: "root causes are compared over time to see patterns",
    },
    Row {
        id: "RV.3.3",
        priority: Medium,
        change: Unchanged,
        references: &[
            gv(5, 1),
            gv(5, 2),
            gv(6, 1),
            ms(2, 7),
            ms(3, 1),
            mg(4, 1),
            mg(4, 2),
            mg(4, 3),
        ],
        summary: "the software is searched for more vulnerabilities of the same kind",
    },
    Row {
        id: "RV.3.4",
        priority: Medium,
        change: Unchanged,
        references: &[gv(5, 2), gv(6, 1), ms(2, 7), ms(3, 1), mg(4, 2), mg(4, 3)],
        summary: "the way of development is changed so that the cause does not come back",
    },
];

const fn gv(category: u8, number: u8) -> Subcategory {
    subcategory(Function::Govern, category, number)
}

const fn mp(category: u8, number: u8) -> Subcategory {
    subcategory(Function::Map, category, number)
}

const fn ms(category: u8, number: u8) -> Subcategory {
    subcategory(Function::Measure, category, number)
}

const fn mg(category: u8, number: u8) -> Subcategory {
    subcategory(Function::Manage, category, number)
}

/// Finds a subcategory while compiling, so that a wrong number does not build.
const fn subcategory(function: Function, category: u8, number: u8) -> Subcategory {
    let mut index = 0;
    while index < Subcategory::ALL.len() {
        let found = Subcategory::ALL[index];
        if found.function() as u8 == function as u8
            && found.category().number() == category
            && found.number() == number
        {
            return found;
        }
        index += 1;
    }
    panic!("the framework has no such subcategory")
}
