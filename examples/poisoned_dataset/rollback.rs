//! Which version to go back to, and whether that is what is in place in the end.

use modelward::artifact::{HashOptions, Memory, NoControl, Signer as _};
use modelward::audit::rollback::{
    BackupOptions, PresentModel, Release, Restoration, RollbackRequest, attest_plan, observe,
    plan_rollback, verify_attested_plan, verify_backup, verify_plan,
};
use modelward::graph::{Node, NodeKind, Relation, SupplyGraphBuilder};
use modelward::incident::{EventKind, RecoveryReceipt};
use modelward::sign::{PublicKey, SignOptions, VerifyPolicy, sign_with, verify_statement};
use modelward::{Digest, Manifest, SupplyGraph, Timestamp};

use crate::Failure;
use crate::desk::Desk;
use crate::lesions::{Model, World};
use crate::people::People;
use crate::witness::Witness;

const BAD: &str = "pkg:generic/dermalyse/lesionsort@2.4.0";
const GOOD: &str = "pkg:generic/dermalyse/lesionsort@2.3.1";
const POISONED: &str = "pkg:generic/dermalyse/lesion-archive@2026.08";
const HONEST: &str = "pkg:generic/dermalyse/lesion-archive@2026.07";

/// Plans, signs and verifies the rollback, and returns the receipt of what is in place.
pub(crate) fn carried_out(
    desk: &mut Desk,
    people: &People,
    world: &World,
) -> Result<RecoveryReceipt, Failure> {
    let graph = supply_chain(world)?;
    let releases = [
        backed_up(world)?,
        Release::new(BAD.parse()?, root(&world.bad)?, "2.4.0".parse()?),
    ];
    let present = PresentModel::new("model".parse()?, root(&world.bad)?);
    let at = |time: &str| Ok::<Timestamp, Failure>(time.parse()?);
    let verified = {
        let request = RollbackRequest::new(
            desk.incident()?,
            &graph,
            present.clone(),
            at("2026-09-10T15:20:00Z")?,
        );
        // Somebody looked: no advisory names what it is made of, and there is no other incident.
        let request = request.with_flaws([]).with_incidents(&[]);
        let request = releases
            .iter()
            .cloned()
            .fold(request, RollbackRequest::with_release);
        let plan = plan_rollback(&request);
        for line in plan.to_string().lines() {
            println!("       {line}");
        }
        let signer = Witness::new("release.example.org")?;
        let bundle = attest_plan(&plan, &signer, &SignOptions::default())?;
        let policy = VerifyPolicy::key(PublicKey::from_der(signer.public_key_der())?);
        let plan = verify_attested_plan(&bundle, &policy)?
            .into_result()
            .map_err(|found| found.to_string())?;
        let request = request.at(at("2026-09-10T15:25:00Z")?);
        verify_plan(&plan, &request)
            .into_result()
            .map_err(|found| found.to_string())?
    };
    println!(
        "       the plan {} is signed and good",
        verified.plan().digest()
    );
    let plan = verified
        .recovery_plan()
        .monitored_until(at("2026-09-24T12:00:00Z")?);
    desk.publish(
        "2026-09-10T15:30:00Z",
        &people.ada,
        EventKind::RecoveryPlanned(plan),
    )?;
    if !verified.is_recorded(desk.incident()?) {
        return Err("the record has another plan".into());
    }
    // In this story the weights are counted again, as a backup would be read.
    let planned = Restoration::new(GOOD.parse()?, *verified.to());
    let restored = files(&world.restore())?;
    let observed = observe(&planned, &restored, &HashOptions::default(), &NoControl)?;
    let request = RollbackRequest::new(
        desk.incident()?,
        &graph,
        present,
        at("2026-09-10T17:55:00Z")?,
    );
    let request = request.with_flaws([]).with_incidents(&[]);
    let request = releases
        .into_iter()
        .fold(request, RollbackRequest::with_release);
    let restored = verified
        .check_observed(&[observed], &request)
        .into_result()
        .map_err(|found| found.to_string())?;
    Ok(restored.receipt())
}

/// Version 2.3.1 with what is known of it, its backup read byte by byte.
fn backed_up(world: &World) -> Result<Release, Failure> {
    let signer = Witness::new("release.example.org")?;
    let manifest = manifest(&world.good)?;
    let bundle = sign_with(&manifest, &signer, &SignOptions::default())?;
    let policy = VerifyPolicy::key(PublicKey::from_der(signer.public_key_der())?);
    let signed = verify_statement(&bundle, &policy)?;
    let statement = signed.verified().ok_or("the signature is refused")?;
    let options = BackupOptions::at("2026-09-10T15:15:00Z".parse()?);
    let backup = verify_backup(statement, &files(&world.good)?, &options, &NoControl)?;
    println!(
        "       {} bytes of the backup are the ones that were signed",
        backup.bytes()
    );
    Ok(
        Release::new(GOOD.parse()?, manifest.root(), "2.3.1".parse()?)
            .with_statement(&signed)
            .with_backup(&backup.verdict())
            .with_formats(&[])
            .passed_gate(),
    )
}

fn supply_chain(world: &World) -> Result<SupplyGraph, Failure> {
    let mut builder = SupplyGraphBuilder::default();
    for (id, kind, digests) in [
        (
            BAD,
            NodeKind::Model,
            vec![root(&world.bad)?, world.bad.digest()],
        ),
        (
            GOOD,
            NodeKind::Model,
            vec![root(&world.good)?, world.good.digest()],
        ),
        (POISONED, NodeKind::Dataset, vec![world.poisoned.digest()]),
        (HONEST, NodeKind::Dataset, vec![world.honest.digest()]),
    ] {
        let node = Node::new(id.parse()?, kind, id);
        builder.add_node(&digests.into_iter().fold(node, Node::with_digest))?;
    }
    let learned = Relation::TrainedOn;
    builder.relate_all(&[(BAD, learned, POISONED), (GOOD, learned, HONEST)])?;
    Ok(builder.build()?)
}

fn files(model: &Model) -> Result<Memory, Failure> {
    Ok(Memory::new(
        "lesionsort",
        [("weights.bin".parse()?, model.bytes())],
    )?)
}

fn manifest(model: &Model) -> Result<Manifest, Failure> {
    Ok(Manifest::hash_source(
        &files(model)?,
        &HashOptions::default(),
        &NoControl,
    )?)
}

fn root(model: &Model) -> Result<Digest, Failure> {
    Ok(manifest(model)?.root())
}
