# shellcheck shell=bash disable=SC2154 # `.ci/run` reads this file and sets `ci` and `crates`
# What is done to break the libraries.

# Bundles changed in every byte, each in four ways, those of the reference too.
mutations() {
  MODELWARD_FULL=1 cargo test --release --locked -q -p modelward-sign --all-features --test it -- mutation:: --nocapture
}

# Every reader of files of others under the fuzzer for some seconds, beginning with what the tests make
# and what the shared data has. `.ci/fuzz_long.py` runs the targets for long, with the seeds that stay here.
fuzz() {
  local seeds=$PWD/$ci/seeds crate folder target
  command -v cargo-fuzz > /dev/null || cargo install --locked cargo-fuzz
  rm -rf "$seeds"
  MODELWARD_SEEDS=$seeds built_tests ''
  if [ -n "${MODELWARD_SHARED:-}" ]; then shared_seeds "$seeds"; fi
  for crate in ${FUZZ_CRATES:-$(cd crates && ls -d -- */fuzz)}; do
    folder=crates/${crate%/fuzz}/fuzz
    RUSTC_BOOTSTRAP=1 cargo fuzz build --fuzz-dir "$folder" --target-dir target/fuzz 2> "$ci/fuzz.log" ||
      { cat "$ci/fuzz.log"; fail "the fuzz targets of $crate do not build"; }
    # As many at once as there are cores.
    for target in "$folder"/fuzz_targets/*.rs; do basename "$target" .rs; done |
      seeds=$seeds ci=$ci xargs -n 1 -P "$(nproc)" bash -c "$(declare -f fail fuzz_one)"'; fuzz_one "$1"' fuzz ||
      fail "the fuzzer found something in $crate"
  done
}

# Runs one target for some seconds. No file of a few kilobytes may ask for so much memory, or take so long.
fuzz_one() {
  local target=$1 log=$ci/fuzz-$1.log found
  mkdir -p "$seeds/$target"
  target/fuzz/x86_64-unknown-linux-gnu/release/"$target" "$seeds/$target" -max_total_time="${FUZZ_SECONDS:-20}" -timeout=5 \
    -malloc_limit_mb=256 -rss_limit_mb=2048 -artifact_prefix="$ci/" > "$log" 2>&1 ||
    { tail -40 "$log"; fail "the fuzzer found something in $target"; }
  found=$(grep -o 'Done [0-9]* runs' "$log") || fail "$target did not run"
  echo "$target: $found"
}

# Documents of others for the fuzzer to begin with. A large one would take all its time.
shared_seeds() {
  local seeds=$1 data=$MODELWARD_SHARED/data
  mkdir -p "$seeds"/{advisory,avid,bom-json,bom-xml,bundle,cargo-lock,certificate,cyclonedx,encrypted-key,incident-avid,json,key,pip-report,scan,verify,vex}
  find "$data/cyclonedx" -name '*.json' -size -64k -exec cp {} "$seeds/bom-json" \; -exec cp {} "$seeds/cyclonedx" \;
  find "$data/cyclonedx" -name '*.xml' -size -64k -exec cp {} "$seeds/bom-xml" \;
  find "$data/graph/vex" -name '*.json' -size -64k -exec cp {} "$seeds/vex" \;
  find "$data/graph/scanner" -name '*.json' -exec cp {} "$seeds/scan" \;
  find "$data/graph" -maxdepth 1 -name '*.lock' -size -64k -exec cp {} "$seeds/cargo-lock" \;
  [ ! -f "$ci/pip-report.json" ] || cp "$ci/pip-report.json" "$seeds/pip-report"
  find "$data/incident/avid" -name '*.json' -size -64k -exec cp {} "$seeds/avid" \; -exec cp {} "$seeds/incident-avid" \;
  head -40 "$data/graph/osv/pysec-ml.jsonl" | split -l 1 - "$seeds/advisory/"
  find "$data/oms" -name '*.sig' -size -64k -exec cp {} "$seeds/bundle" \; -exec cp {} "$seeds/verify" \;
  find "$data/oms" "$data/crypto/pkits/PKITS_data_p256" \( -name '*.crt' -o -name '*.pem' \) -size -64k -exec cp {} "$seeds/certificate" \;
  find "$data/crypto/pkcs8" \( -name '*.pem' -o -name '*.der' \) -exec cp {} "$seeds/key" \; -exec cp {} "$seeds/encrypted-key" \;
  find "$data/crypto/jcs" "$data/crypto/jsontestsuite" -name '*.json' -size -64k -exec cp {} "$seeds/json" \;
}

# Every failure of every call of the jobs, and each writer killed 500 times.
faults_full() {
  MODELWARD_FULL=1 MODELWARD_NO_SKIP=1 cargo test --locked -p modelward-audit --all-features --test it -- \
    --nocapture faults:: > "$ci/faults.log" 2>&1 || { tail -50 "$ci/faults.log"; fail "a fault was not withstood"; }
  grep -oE '[a-z]+: [0-9]+ runs' "$ci/faults.log"
}

# 64 threads that verify 10,000 bundles for a minute, a million resources, and every reader against
# hostile texts of ten megabytes. Times are told and not judged; wrong answers stop it.
load() { cargo bench --locked -p modelward-benches --bench load | tee "$ci/load.log"; }
