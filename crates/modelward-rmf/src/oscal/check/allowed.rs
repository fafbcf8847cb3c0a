//! The words that OSCAL 1.2 has in the models that are written here (metaschema constraints; the
//! JSON schema marks most of them as examples).

/// Returns the words that may stand in a member of what a list holds; none where any may.
pub(super) fn allowed(list: &str, key: &str) -> &'static [&'static str] {
    match (list, key) {
        ("actors", "type") => &["assessment-platform", "party", "tool"],
        ("components", "type") => &[
            "this-system",
            "system",
            "interconnection",
            "software",
            "hardware",
            "service",
            "policy",
            "physical",
            "process-procedure",
            "plan",
            "guidance",
            "standard",
            "validation",
            "network",
        ],
        ("confidence-score", "category") => &["high", "low", "medium", "unspecified"],
        ("facets", "prop state") => &["adjusted", "initial"],
        ("hashes", "algorithm") => &[
            "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-224", "SHA3-256", "SHA3-384",
            "SHA3-512",
        ],
        ("mappings" | "provenance", "method") => &["automation", "human", "hybrid"],
        ("maps" | "mappings" | "provenance", "matching-rationale") => {
            &["functional", "semantic", "syntactic"]
        }
        ("mappings" | "provenance", "status") => &[
            "complete",
            "deprecated",
            "draft",
            "not-complete",
            "superseded",
        ],
        ("maps", "relationship") => &[
            "equal-to",
            "equivalent-to",
            "intersects-with",
            "no-relationship",
            "subset-of",
            "superset-of",
        ],
        ("observations", "methods") => &["EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"],
        ("observations", "types") => &[
            "control-objective",
            "discovery",
            "finding",
            "historic",
            "mitigation",
            "ssp-statement-issue",
        ],
        ("parties", "type") => &["organization", "person"],
        ("remediations", "lifecycle") => &["completed", "planned", "recommendation"],
        ("remediations", "prop type") => &[
            "accept",
            "avoid",
            "contingency",
            "mitigate",
            "none",
            "share",
            "transfer",
        ],
        ("risks", "status") => &[
            "closed",
            "deviation-approved",
            "deviation-requested",
            "investigating",
            "open",
            "remediating",
        ],
        ("source-resource" | "target-resource", "type") => &["catalog", "profile"],
        ("sources" | "targets", "type") => &["control", "statement"],
        // Of a component; a finding's state has no word in common with these.
        ("status", "state") => &[
            "disposition",
            "not-satisfied",
            "operational",
            "other",
            "satisfied",
            "under-development",
        ],
        ("status", "reason") => &["fail", "other", "pass"],
        ("subjects", "type") => &[
            "component",
            "inventory-item",
            "location",
            "party",
            "resource",
            "user",
        ],
        ("target", "type") => &["objective-id", "statement-id"],
        ("tasks", "type") => &["action", "milestone"],
        _ => &[],
    }
}

/// Tells whether a member holds UUIDs of other things of the document.
pub(super) fn is_reference_of(key: &str) -> bool {
    list_of(key).is_some() || matches!(key, "subject-uuid" | "actor-uuid")
}

/// Returns the list in which the thing stands that a member refers to, where there is but one.
pub(super) fn list_of(key: &str) -> Option<&'static str> {
    match key {
        "component-uuid" => Some("components"),
        "finding-uuid" => Some("findings"),
        "member-of-organizations" | "party-uuid" | "party-uuids" => Some("parties"),
        "observation-uuid" => Some("observations"),
        "response-uuid" => Some("remediations"),
        "risk-uuid" => Some("risks"),
        "task-uuid" => Some("tasks"),
        _ => None,
    }
}
