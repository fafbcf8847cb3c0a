use crate::currency::SourceKind::{self, Primary, Secondary};

/// Holds a fact: its subject, statement, day, source and basis.
pub(super) struct Fact(
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) &'static str,
    pub(super) SourceKind,
);

/// Lists the facts in the order of their subjects.
pub(super) static FACTS: [Fact; 24] = [
    Fact(
        "AI RMF",
        "1.0 (NIST AI 100-1, January 2023) is the only final version; pages that announce 1.1 or \
         2.0 are wrong or speculate",
        "2026-09-26",
        "a project that follows NIST's pages",
        Secondary,
    ),
    Fact(
        "AI RMF",
        "a revision was announced with the White House AI Action Plan of 2025-07-23, and no \
         draft of it has appeared",
        "2026-09-26",
        "a project that follows NIST's pages",
        Secondary,
    ),
    Fact(
        "AI RMF Playbook",
        "its statements differ in 32 of the 72 subcategories from those of NIST AI 100-1, which \
         are the final ones",
        "2026-11-23",
        "Playbook of 2023 beside NIST AI 100-1",
        Primary,
    ),
    Fact(
        "COSAiS",
        "NIST's overlays for AI systems are a concept paper (2025-08-14) and an outline \
         (2026-01-08), and no requirement",
        "2026-09-26",
        "a project that follows NIST's pages",
        Secondary,
    ),
    Fact(
        "Colorado AI Act",
        "SB 24-205 was repealed and enacted anew by SB 26-189, with duties from 2027-01-01; \
         whether a defense that rests on the AI RMF survives is disputed",
        "2026-05-14",
        "legal commentary",
        Secondary,
    ),
    Fact(
        "Critical infrastructure profile",
        "NIST's profile of the AI RMF for critical infrastructure is a concept note, and no \
         requirement",
        "2026-04-07",
        "a project that follows NIST's pages",
        Secondary,
    ),
    Fact(
        "Cyber AI Profile",
        "NIST IR 8596 is a preliminary draft of 2025-12-16, and no requirement",
        "2026-09-26",
        "a project that follows NIST's pages",
        Secondary,
    ),
    Fact(
        "EO 14110",
        "it was revoked on 2025-01-20 by EO 14148 and is history, never a requirement; AI 600-1 \
         and SP 800-218A came from it and stand, and the AI RMF is older",
        "2025-01-20",
        "several reports that agree",
        Secondary,
    ),
    Fact(
        "EO 14179",
        "it ordered a review of what was done under EO 14110",
        "2025-01-23",
        "several reports that agree",
        Secondary,
    ),
    Fact(
        "EU AI Act",
        "Regulation (EU) 2024/1689 was amended by Regulation (EU) 2026/1744 of 2026-07-08, in \
         force since 2026-07-27, which moved the dates for high-risk systems",
        "2026-07-27",
        "many reports that agree; the Official Journal was not read",
        Secondary,
    ),
    Fact(
        "EU AI Act, Art. 25",
        "paragraphs 2 and 4 were replaced by the amendment, so the duties to inform along the \
         value chain have to be read anew",
        "2026-07-27",
        "one report",
        Secondary,
    ),
    Fact(
        "EU AI Act, Art. 4",
        "open: sources disagree whether the duty of AI literacy went to states and Commission or \
         was softened; the latest ones say softened",
        "2026-07-27",
        "reports that disagree",
        Secondary,
    ),
    Fact(
        "ISO/IEC 23894",
        "the edition is that of 2023; text and titles are under copyright",
        "2026-11-23",
        "catalog page",
        Primary,
    ),
    Fact(
        "ISO/IEC 42001",
        "the edition is that of 2023; text and titles are under copyright, so only ids and \
         labels of our own are shipped",
        "2026-11-23",
        "catalog page",
        Primary,
    ),
    Fact(
        "ISO/IEC 5338",
        "the edition is that of 2023-12-20; text and titles are under copyright, so only ids and \
         labels of our own are shipped",
        "2026-11-23",
        "catalog page",
        Primary,
    ),
    Fact(
        "MITRE ATLAS",
        "it is released monthly; 2026.09 has 120 techniques, 88 subtechniques and 40 \
         mitigations, and the old file ATLAS.yaml is frozen",
        "2026-11-23",
        "reports of its releases",
        Secondary,
    ),
    Fact(
        "NIST AI 100-2",
        "the taxonomy of attacks is final as E2025",
        "2026-09-26",
        "a project that follows NIST's pages",
        Secondary,
    ),
    Fact(
        "NIST AI 600-1",
        "final since 2024-07-26; its risks 5, 6 and 8 lie where the announced revision of the AI \
         RMF points",
        "2026-09-26",
        "a project that follows NIST's pages",
        Secondary,
    ),
    Fact(
        "NIST SP 800-218A",
        "final since July 2024; the ids LLM01 to LLM10 that it cites are those of OWASP's list \
         1.1 of 2023",
        "2026-11-23",
        "transcription of its table 1",
        Secondary,
    ),
    Fact(
        "OWASP AI Exchange",
        "it is the former OWASP AI Security and Privacy Guide; the repository keeps the old name",
        "2026-11-23",
        "the project's own repository",
        Primary,
    ),
    Fact(
        "OWASP LLM Top 10",
        "the edition of 2026 (1.0 of 2026-08-03) numbers anew and supersedes that of 2025: LLM03 \
         is now excessive agency, and the supply chain is LLM04; ids need their edition, \
         as in LLM04:2026",
        "2026-08-03",
        "reports of the release",
        Secondary,
    ),
    Fact(
        "SCF crosswalks",
        "the Secure Controls Framework is under CC BY-ND 4.0: no crosswalk derived from it may \
         be passed on",
        "2026-11-23",
        "the license of release 2026.1",
        Primary,
    ),
    Fact(
        "SR 11-7",
        "the guidance on model risk that the Playbook cites was superseded by SR 26-2 of \
         2026-04-17",
        "2026-04-17",
        "one report",
        Secondary,
    ),
    Fact(
        "Texas TRAIGA",
        "in force since 2026-01-01; a defense in it names the AI RMF",
        "2026-01-01",
        "legal commentary",
        Secondary,
    ),
];

/// Lists from which day which part of the EU AI Act applies, in the order of the days.
///
/// The dates are those of Regulation (EU) 2026/1744 as many reports give them.
pub(super) static AI_ACT: [(&str, &str); 7] = [
    (
        "2025-02-02",
        "banned uses (Art. 5) and AI literacy (Art. 4)",
    ),
    ("2025-08-02", "general-purpose models and governance"),
    (
        "2026-08-02",
        "general application, transparency (Art. 50) and powers of the AI Office",
    ),
    (
        "2026-12-02",
        "marking of generated content (Art. 50(2)) by systems that were on the market before \
         2026-08-02",
    ),
    (
        "2026-12-02",
        "the new ban in Art. 5 on intimate images without consent and on material of child \
         sexual abuse",
    ),
    ("2027-12-02", "high-risk systems of Annex III"),
    ("2028-08-02", "high-risk systems of Annex I"),
];
