# shellcheck shell=bash disable=SC2154 # `.ci/run` reads this file and sets `ci` and `crates`
# The tests, and whether they would notice.

# Installs what tests compare with: the token that stands for a hardware security module, strace that
# makes calls of the operating system fail, and BLAKE3's own tool, of which Debian's is too old to read all
# escapes of names.
peers() {
  [[ "$(b3sum --version 2> /dev/null)" =~ ^b3sum\ 1\.([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 8 ] ||
    cargo install -q --locked b3sum
  command -v softhsm2-util > /dev/null && command -v strace > /dev/null && return
  debian softhsm2 strace
}

tests() {
  local command skipped
  peers
  pip_report
  command=$(grep -m1 '^cargo test ' README.md)
  echo "\$ $command"
  bash -c "$command" < /dev/null 2>&1 | tee "$ci/tests.log"
  skipped=$(grep -c '^SKIPPED' "$ci/tests.log" || true)
  echo "skipped: $skipped"
  [ -z "${MODELWARD_NO_SKIP:-}" ] || [ "$skipped" -eq 0 ] || fail "a suite was skipped that could run"
}

# Runs some tests as they were built for all of them: a crate alone would be built anew.
built_tests() { cargo test -q --locked --workspace --all-features --test it -- "$1" > "$ci/built-tests.log" || { cat "$ci/built-tests.log"; return 1; }; }

# The kernels and the engine under AddressSanitizer, each kernel alone; then BLAKE3 without C.
kernels() {
  local log=$ci/kernels.log flag kernel
  RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zsanitizer=address" cargo test -q -p modelward-artifact --all-features --locked \
    --target x86_64-unknown-linux-gnu --target-dir target/asan --test it -- kernel:: engine:: algorithm:: 2>&1 | tee "$log"
  # A processor's feature without its kernel would be a test that was passed over in silence.
  while read -r flag kernel; do
    ! grep -qw "$flag" /proc/cpuinfo || grep -q "kernels tested: \[$kernel\]" "$log" || fail "$kernel was not tested"
  done <<< "fpu Portable
avx2 Avx2
avx512vl Avx512Ymm
avx512vl Avx512Zmm
sha_ni ShaNi
sha_ni ShaNi2"
  cargo test -q -p modelward-artifact --no-default-features --locked --test it -- engine:: algorithm::
}

# How much of the code the tests run, and whether it is enough of what decides who signed. LLVM has to be
# of the version that rustc was built with.
coverage() {
  local llvm
  peers
  pip_report
  command -v cargo-llvm-cov > /dev/null || cargo install --locked cargo-llvm-cov
  llvm=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  command -v "llvm-cov-$llvm" > /dev/null || debian "llvm-$llvm"
  export LLVM_COV=llvm-cov-$llvm LLVM_PROFDATA=llvm-profdata-$llvm
  cargo llvm-cov --workspace --exclude modelward-examples --exclude modelward-benches --all-features --locked --no-report \
    > "$ci/coverage.log" 2>&1 || { tail -40 "$ci/coverage.log"; fail "a test fails where it is measured"; }
  # Children that were killed, or had no room to write, leave profiles that are not whole.
  cargo llvm-cov report --failure-mode all --json --output-path "$ci/coverage.json" 2> "$ci/profiles.log" ||
    { tail -5 "$ci/profiles.log"; fail "no profile can be read"; }
  python3 .ci/coverage.py "$ci/coverage.json"
  # A judge that cannot say no is none.
  python3 .ci/coverage.py --prove "$ci/coverage.json"
}

# Every change that cargo-mutants makes to verification has to be noticed by a test. `.cargo/mutants.toml`
# lists all parts that are changed; the others are for a longer run.
mutants() {
  local out=$ci/mutants code=0
  # One change is built after the other, so builds that go on from the last one are what is quick.
  local quick=(env CARGO_INCREMENTAL=1 CARGO_PROFILE_DEV_DEBUG=0 "CARGO_TARGET_DIR=$PWD/target/mutants")
  command -v cargo-mutants > /dev/null || cargo install --locked cargo-mutants
  rm -rf "$out"
  mkdir -p "$out/none" "$out/all"
  # A judge that cannot say no is none: without a test, a change is missed (exit code 2).
  "${quick[@]}" cargo mutants -p modelward-sign -F 'src/verify.rs.*replace != with == in not_expected' --baseline skip --timeout 300 \
    -o "$out/none" -- -- no_test_of_this_name > "$ci/mutants.log" 2>&1 || code=$?
  [ "$code" -eq 2 ] || { cat "$ci/mutants.log"; fail "a change that no test looks at was not missed (exit code $code)"; }
  # `chain_revocation` is there since a change of a field is listed whatever the filter says.
  code=0
  "${quick[@]}" cargo mutants -p modelward-sign -F '^crates/modelward-sign/src/(verify|joint|policy)' --timeout 300 -o "$out/all" \
    -- -- verification pitfalls joint chain::a_model chain_revocation resign sigstore forms || code=$?
  [ "$code" -eq 0 ] || fail "a change of verification was not noticed"
}
