//! Events as a team writes them during an incident, about 300 bytes each.

use modelward::artifact::{Digest, Party, Timestamp};
use modelward::incident::log::{Context, Disclosed, Draft, Salt};
use serde_json::{Value, json};

/// When the first event is recorded: 2026-11-23T10:00:00Z.
const FIRST: i64 = 1_795_428_000;

/// Makes the draft of one entry; every tenth commits to something that is kept beside the log.
pub(crate) fn draft(index: u32) -> Draft {
    let draft = Draft::new(event(index)).expect("it is an object");
    if !index.is_multiple_of(10) {
        return draft;
    }
    let salt = Salt::new(Digest::sha256(&index.to_le_bytes()).as_bytes()).expect("32 bytes");
    let reporter = json!(format!("reporter-{index}@example.org"));
    let field = "reporter".parse().expect("a field");
    let secret = Disclosed::new(field, salt, reporter).expect("a text has a form");
    draft.with_secret(&secret).expect("it is the only one")
}

/// Two events are recorded in each second.
pub(crate) fn context(index: u32) -> Context {
    let at = Timestamp::from_unix_seconds(FIRST + i64::from(index / 2)).expect("a time");
    let actor = Party::new("Ada Example").expect("a name");
    Context::new(at, actor.with_role("on call").expect("a role"))
}

fn event(index: u32) -> Value {
    let occurred = json!({"at": "2026-11-23T09:41:00Z", "fidelity": "minute"});
    let common = |kind: &str, body: Value| {
        let incident = format!("INC-2026-{:04}", index / 40);
        json!({
            "incident": incident, "kind": kind, "occurred": occurred, "tlp": "amber", "body": body,
        })
    };
    match index % 4 {
        0 => common(
            "noted",
            json!({
                "text": format!("Batch {index} of the scoring service was compared with the canary set; \
                    the share of rejected loans rose from 0.112 to 0.187 within one day."),
            }),
        ),
        1 => common(
            "evidence-collected",
            json!({
                "id": format!("sample-{index}"),
                "digests": [Digest::sha256(&index.to_le_bytes())],
                "size": 73_400_320 + index,
                "title": "Rows of the training set that carry the trigger",
            }),
        ),
        2 => common(
            "severity-changed",
            json!({
                "to": "high",
                "reason": format!("Slice {index} of the customers gets decisions that cannot be \
                    explained by what they stated, and the model is in use."),
            }),
        ),
        _ => common(
            "asset-recorded",
            json!({
                "id": format!("weights-{index}"),
                "name": "credit scorer",
                "refs": [{"purl": format!("pkg:huggingface/acme/credit-scorer@{index:040x}")}],
                "compromise": "suspected",
            }),
        ),
    }
}
