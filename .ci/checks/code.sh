# shellcheck shell=bash disable=SC2154 # `.ci/run` reads this file and sets `ci` and `crates`
# What the code has to be before anything of it runs.

fmt() { cargo fmt --all --check; }

# The lint table is dead in a member that does not inherit it.
inherit() {
  local manifest crate file
  for manifest in crates/*/Cargo.toml examples/Cargo.toml benches/Cargo.toml; do
    grep -A1 '^\[lints\]' "$manifest" | grep -q '^workspace = true' || fail "$manifest does not inherit the lints"
  done
  for crate in $crates; do
    [ "$crate" = modelward-artifact ] || grep -q '^#!\[forbid(unsafe_code)\]' "crates/$crate/src/lib.rs" ||
      fail "$crate does not forbid unsafe code"
  done
  while read -r file; do
    [ "$(wc -l < "$file")" -le 600 ] || fail "$file has more than 600 lines"
  done < <(git ls-files '*.rs')
  ! git grep -nE 'todo!\(|unimplemented!\(' -- '*.rs' || fail "a stub stands in the tree"
}

# A leaf knows the ground and no other leaf; the tools of the examples touch no library.
leaves() {
  local crate tree
  for crate in modelward-{bom,sign,graph,rmf,incident}; do
    tree=$(cargo tree -p "$crate" -e normal --all-features --prefix none --locked)
    ! grep -E '^modelward' <<< "$tree" | grep -vE "^(modelward-artifact|$crate) " || fail "$crate is no leaf"
  done
  for crate in $crates; do
    tree=$(cargo tree -p "$crate" -e normal --all-features --prefix none --locked)
    ! grep -E '^(clap|indicatif|criterion) ' <<< "$tree" || fail "$crate depends on a tool"
  done
  # Whoever signs without extras needs no C compiler.
  tree=$(cargo tree -p modelward-sign --no-default-features -e normal,build --prefix none --locked)
  ! grep -E '^(cc|cmake|nasm-rs) ' <<< "$tree" || fail "modelward-sign needs a C compiler"
  [ "$(sed 's/ (.*//' <<< "$tree" | sort -u | wc -l)" -lt 80 ] || fail "modelward-sign has 80 crates below it"
}

lint() { cargo clippy --workspace --all-targets --all-features --locked -- -D warnings; }

# The whole workspace unites features, which can hide a missing one.
alone() {
  local crate
  for crate in $crates; do cargo clippy -q -p "$crate" --no-default-features --locked -- -D warnings; done
}

# The same with all that each crate can do, which the other crates could have brought along.
alone_full() {
  local crate
  for crate in $crates; do cargo clippy -q -p "$crate" --all-features --locked -- -D warnings; done
}

docs() { RUSTDOCFLAGS="-D warnings" cargo doc --workspace --all-features --no-deps --locked; }

# Every row of the table of standards names a type and a test that are there.
standards() {
  python3 .ci/standards.py
  # A judge that cannot say no is none.
  python3 .ci/standards.py --prove
}
