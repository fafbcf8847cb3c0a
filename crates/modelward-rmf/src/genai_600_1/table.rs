/// Holds id, title and summary of each risk, in the order of the document.
///
/// The titles are NIST's names of the risks, ids and summaries are ours.
pub(super) const WORDS: [(&str, &str, &str); 12] = [
    (
        "cbrn",
        "CBRN Information or Capabilities",
        "the model helps somebody toward chemical, biological, radiological or nuclear harm",
    ),
    (
        "confabulation",
        "Confabulation",
        "the model states what is false as if it were sure of it, and people believe it",
    ),
    (
        "dangerous-violent-hateful-content",
        "Dangerous, Violent, or Hateful Content",
        "the model yields threats, hatred or guidance to hurt oneself or others",
    ),
    (
        "data-privacy",
        "Data Privacy",
        "personal or sensitive data leaks, is used without permission or is tied to a person",
    ),
    (
        "environmental-impacts",
        "Environmental Impacts",
        "training and running the model uses so many resources that nature suffers",
    ),
    (
        "harmful-bias-homogenization",
        "Harmful Bias or Homogenization",
        "the model treats groups unequally, deepens old bias or makes everything alike",
    ),
    (
        "human-ai-configuration",
        "Human-AI Configuration",
        "people trust the system too much or too little, or take it for a person",
    ),
    (
        "information-integrity",
        "Information Integrity",
        "content that blurs fact and fiction spreads cheaply, up to organized deception",
    ),
    (
        "information-security",
        "Information Security",
        "attacks on computers get easier, and the model and its data are targets themselves",
    ),
    (
        "intellectual-property",
        "Intellectual Property",
        "protected works, marks or trade secrets are copied or given away",
    ),
    (
        "obscene-degrading-abusive-content",
        "Obscene, Degrading, and/or Abusive Content",
        "the model yields sexual or degrading images, of children or without consent",
    ),
    (
        "value-chain-component-integration",
        "Value Chain and Component Integration",
        "parts and data of others are built in though nobody can trace or vet them",
    ),
];

/// Holds for each subcategory, in the order of `Subcategory::ALL`, one set of risks per action.
///
/// Bit 0 is risk 1 (CBRN), bit 11 is risk 12 (value chain). Which actions there are and what they
/// are tagged with are facts of NIST AI 600-1, section 3; a label outside the 12 risks (GV-1.4-002
/// has one) is left out.
#[rustfmt::skip] // One line a subcategory can be compared with the document.
pub(super) const RISKS: [&[u16]; 72] = [
    &[0x228], // GOVERN 1.1
    &[0x288, 0x101], // GOVERN 1.2
    &[0xca5, 0x007, 0x101, 0x425, 0x020, 0x085, 0x181], // GOVERN 1.3
    &[0x424, 0x409], // GOVERN 1.4
    &[0x080, 0x140, 0x280], // GOVERN 1.5
    &[0x100, 0x800, 0xac8], // GOVERN 1.6
    &[0x900, 0x940], // GOVERN 1.7
    &[0x840, 0x020, 0x040, 0x105, 0x005], // GOVERN 2.1
    &[], // GOVERN 2.2
    &[], // GOVERN 2.3
    &[], // GOVERN 3.1
    &[0x021, 0x160, 0x040, 0x040, 0x101], // GOVERN 3.2
    &[0x002, 0x801, 0x800], // GOVERN 4.1
    &[0x604, 0x040, 0x800], // GOVERN 4.2
    &[0x080, 0x100, 0x088], // GOVERN 4.3
    &[0x060, 0x042], // GOVERN 5.1
    &[], // GOVERN 5.2
    &[0xa08, 0x800, 0x880, 0x380, 0xb88, 0x080, 0x800, 0xa80, 0xb68, 0xa00], // GOVERN 6.1
    &[0x800, 0xa00, 0x968, 0x800, 0x020, 0x080, 0x940], // GOVERN 6.2
    &[0x208, 0x020, 0x064, 0x405], // MAP 1.1
    &[0x060, 0x060], // MAP 1.2
    &[], // MAP 1.3
    &[], // MAP 1.4
    &[], // MAP 1.5
    &[], // MAP 1.6
    &[0x080, 0x208], // MAP 2.1
    &[0x880, 0x080], // MAP 2.2
    &[0x080, 0x220, 0x080, 0x080, 0x100], // MAP 2.3
    &[], // MAP 3.1
    &[], // MAP 3.2
    &[], // MAP 3.3
    &[0x0c0, 0x080, 0x080, 0x040, 0x0c0, 0x0e4], // MAP 3.4
    &[], // MAP 3.5
    &[0x008, 0x200, 0x108, 0x608, 0x32d, 0xa00, 0x800, 0x22d, 0x008, 0x208], // MAP 4.1
    &[], // MAP 4.2
    &[0x180, 0x484, 0x040, 0x0a5, 0x100, 0x100], // MAP 5.1
    &[0x840, 0x840], // MAP 5.2
    &[0x080, 0x080, 0x0a0, 0x061, 0x481, 0x020, 0x080, 0x021, 0x080], // MEASURE 1.1
    &[], // MEASURE 1.2
    &[0x061, 0x061, 0x048], // MEASURE 1.3
    &[], // MEASURE 2.1
    &[0x1a0, 0x1cc, 0x0c8, 0x048], // MEASURE 2.2
    &[0x102, 0x102, 0x040, 0x1af], // MEASURE 2.3
    &[], // MEASURE 2.4
    &[0x042, 0x040, 0x002, 0x040, 0x080, 0x104], // MEASURE 2.5
    &[0xc44, 0x62d, 0x004, 0x804, 0x182, 0x101, 0x101], // MEASURE 2.6
    &[0x988, 0x180, 0x0c0, 0x180, 0x080, 0x180, 0x124, 0x184, 0x100], // MEASURE 2.7
    &[0x220, 0x040, 0x080, 0x040], // MEASURE 2.8
    &[0x002, 0x0a0], // MEASURE 2.9
    &[0x2c0, 0x0c0, 0x020], // MEASURE 2.10
    &[0x020, 0x024, 0x030, 0x020, 0x020], // MEASURE 2.11
    &[0x004, 0x010, 0x010, 0x010], // MEASURE 2.12
    &[0x0a2], // MEASURE 2.13
    &[], // MEASURE 3.1
    &[0x042], // MEASURE 3.2
    &[0x020, 0x0c0, 0x020, 0x0e0, 0x0e0], // MEASURE 3.3
    &[], // MEASURE 4.1
    &[0x180, 0x142, 0x0a0, 0x080, 0x140], // MEASURE 4.2
    &[], // MEASURE 4.3
    &[], // MANAGE 1.1
    &[], // MANAGE 1.2
    &[0x100, 0x040], // MANAGE 1.3
    &[], // MANAGE 1.4
    &[], // MANAGE 2.1
    &[0x425, 0x080, 0x080, 0x120, 0x425, 0x040, 0x080, 0x060, 0x2aa], // MANAGE 2.2
    &[0x800], // MANAGE 2.3
    &[0x040, 0x100, 0x100, 0x100], // MANAGE 2.4
    &[0xa00, 0x928, 0x800, 0x201, 0x980], // MANAGE 3.1
    &[0x020, 0x088, 0x2a0, 0x044, 0x4a4, 0x080, 0x880, 0x040, 0x003], // MANAGE 3.2
    &[0x0a0, 0x103, 0x040, 0x002, 0x060, 0x080, 0x0c0], // MANAGE 4.1
    &[0x020, 0x044, 0x040], // MANAGE 4.2
    &[0x100, 0x082, 0x108], // MANAGE 4.3
];
