# shellcheck shell=bash disable=SC2154 # `.ci/run` reads this file and sets `ci` and `crates`
# What is shipped.

package_crates() {
  local dirty=--allow-dirty
  [ -z "${CI:-}" ] || dirty=
  # Cargo keeps what it unpacked of our crates before, under the same version, and would build that.
  rm -rf "${CARGO_HOME:-$HOME/.cargo}"/registry/{cache,index,src}/-*
  # shellcheck disable=SC2086 # the option may be absent
  cargo package --workspace --exclude modelward-examples --exclude modelward-benches --locked $dirty "$@"
}

# What every crate would ship; in the full run each is built from that alone.
package() { package_crates --no-verify; }

packages() { package_crates; }

# The SBOM of this workspace by our own code: the same bytes again, nothing without license or digest,
# valid by the official schema.
sbom() {
  local out=$ci/sbom tool=target/release/examples
  rm -rf "$out"; mkdir -p "$out"
  build_examples
  cargo metadata --format-version 1 --locked --all-features > "$out/metadata.json"
  for file in once twice; do
    expect_code 0 $tool/workspace_sbom "$out/metadata.json" Cargo.lock --about modelward -o "$out/$file.cdx.json"
  done
  cat "$ci/expect.log"
  cmp "$out/once.cdx.json" "$out/twice.cdx.json" || fail "the same workspace gives other bytes"
  expect_code 0 $tool/modelward bom check "$out/once.cdx.json"
  expect_code 2 $tool/workspace_sbom "$out/metadata.json" Cargo.lock --about no-such-package -o "$out/none.json"
  # Somebody takes a digest out of the lock file.
  sed '0,/^checksum = /{/^checksum = /d}' Cargo.lock > "$out/Cargo.lock"
  expect_code 1 $tool/workspace_sbom "$out/metadata.json" "$out/Cargo.lock" --about modelward -o "$out/gap.cdx.json"
  if [ -z "${MODELWARD_SHARED:-}" ]; then echo "SKIPPED: the shared data is not at hand"; return; fi
  venv
  target/venv/bin/python .ci/validate_bom.py "$out/once.cdx.json"
}

deny() {
  command -v cargo-deny > /dev/null || cargo install --locked cargo-deny
  cargo deny --all-features check bans licenses sources
  # Advisories come without us; where their database cannot be had, that is said.
  if cargo deny --all-features fetch db > "$ci/deny.log" 2>&1; then
    cargo deny --all-features check advisories
  elif [ -n "$(ls -d "${CARGO_HOME:-$HOME/.cargo}"/advisory-dbs/advisory-db-*/ 2> /dev/null)" ]; then
    cargo deny --offline --all-features check advisories
  else
    echo "advisories not checked: their database is not at hand"
  fi
}

# A copy of what is in the tree.
copy_tree() { rm -rf "$1"; mkdir -p "$1"; git ls-files -z | xargs -0 cp --parents -t "$1"; }

# Every crate with the oldest versions that it says it takes of what it uses itself.
minimal() {
  copy_tree "$ci/minimal"
  (cd "$ci/minimal" && RUSTC_BOOTSTRAP=1 cargo update -q -Z direct-minimal-versions)
  ! cmp -s Cargo.lock "$ci/minimal/Cargo.lock" || fail "the oldest versions are the newest"
  CARGO_TARGET_DIR=$PWD/target/minimal cargo check --manifest-path "$ci/minimal/Cargo.toml" --workspace --all-features --locked
}

# The public interface beside that of the last release; before the first, beside itself.
semver() {
  local baseline crate
  command -v cargo-semver-checks > /dev/null || cargo install -q --locked cargo-semver-checks
  export CARGO_TARGET_DIR=$PWD/target/semver
  baseline=$(git describe --tags --abbrev=0 --match 'v*' 2> /dev/null) || baseline=
  for crate in $crates; do
    if [ -n "$baseline" ]; then
      cargo semver-checks -p "$crate" --baseline-rev "$baseline"
    else
      cargo semver-checks -p "$crate" --baseline-root .
    fi
  done
  # A judge that cannot say no is none: this one misses a function that was there.
  copy_tree "$ci/semver"
  printf '\n/// Is gone.\npub const fn gone() {}\n' >> "$ci/semver/crates/modelward-artifact/src/lib.rs"
  expect_code 100 cargo semver-checks -p modelward-artifact --baseline-root "$ci/semver"
  grep -q 'function modelward_artifact::gone' "$ci/expect.log" || fail "what is gone is not named"
  unset CARGO_TARGET_DIR
}
