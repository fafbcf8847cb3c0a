# shellcheck shell=bash disable=SC2154 # `.ci/run` reads this file and sets `ci` and `crates`
# The command line, as a stranger has it.

# An assessment on the command line, from a form to a decision and every export.
assess() {
  local tool=target/release/examples/modelward out=$ci/assess form
  build_examples
  rm -rf "$out"; mkdir -p "$out"
  # In the debug build clap looks for options that contradict each other. The tests have made it.
  cargo build -q --locked --workspace --all-features --example modelward
  for form in assess bom coverage crosswalk digest dossier gate graph incident inspect inventory risk rollback sign verify; do
    target/debug/examples/modelward $form --help > "$ci/help.log"
  done
  $tool assess new --subject model --assessor "Ada Example" --goal met -o "$out/form.json" --csv "$out/form.csv"
  expect_code 0 $tool assess import "$out/form.csv" --into "$out/form.json" -o "$out/imported.json"
  expect_code 0 $tool assess diff "$out/form.json" "$out/imported.json"
  expect_code 1 $tool assess gap "$out/imported.json"
  # Nothing is assessed, so nobody can tell.
  expect_code 2 $tool assess check "$out/imported.json" --gate scoping
  expect_code 0 $tool risk add "$out/register.json" --new Risks --register-owner "Cy Example" --id R-1 \
    --cause "Data is not checked." --event "Poisoned samples enter." --consequence "The model misjudges." \
    --likelihood likely --impact severe --review-by 2999-01-01
  expect_code 1 $tool assess check "$out/imported.json" --register "$out/register.json"
  expect_code 1 $tool risk list "$out/register.json" --above tolerance
  expect_code 0 $tool risk due "$out/register.json"
  expect_code 0 $tool crosswalk "GOVERN 1.6" --to eu-ai-act
  expect_code 64 $tool crosswalk "GOVERN 1.6" --to no-such-framework
  expect_code 0 $tool crosswalk facts
  for form in csv csv-evidence html json markdown oscal-catalog oscal-poam; do
    expect_code 0 $tool assess export "$out/imported.json" --register "$out/register.json" --to $form -o "$out/export.$form"
  done
  # A cell of a level that the scale does not have is named.
  sed '2s/not-assessed/best/' "$out/form.csv" > "$out/broken.csv"
  expect_code 2 $tool assess import "$out/broken.csv" --into "$out/form.json" -o "$out/none.json"
  grep -q 'line 2, cell' "$ci/expect.log" || fail "the fault of a table has no place"
  [ ! -e "$out/none.json" ] || fail "a failure leaves a file behind"
}

# A fresh stack as pip resolves it, asked on the command line. The tests compare its edges with what
# `packaging` reads.
stack() {
  local tool=target/release/examples/modelward graph=$ci/stack.mwg torch
  pip_report
  build_examples
  $tool graph build "$ci/pip-report.json" -o "$graph" --strict
  torch=$($tool --json graph dependencies -g "$graph" "$ci/pip-report.json#requirements" | grep -o 'pkg:pypi/torch@[^"]*')
  expect_code 0 $tool graph why -g "$graph" "$ci/pip-report.json#requirements" "$torch"
  expect_code 1 $tool graph why -g "$graph" "$torch" "$ci/pip-report.json#requirements"
  expect_code 0 $tool graph diff "$graph" "$ci/pip-report.json"
  expect_code 0 $tool graph render -g "$graph" "$torch" --class code-flaw -o "$ci/stack.svg"
  expect_code 0 $tool graph export -g "$graph" "$ci"
  expect_code 2 $tool graph dependents -g "$graph" pkg:pypi/no-such-package
  if [ -z "${MODELWARD_SHARED:-}" ]; then echo "SKIPPED: the shared data is not at hand"; return; fi
  # The newest of everything is in no advisory of 2024.
  $tool graph advisories -g "$graph" --osv ../shared/data/graph/osv/pysec-ml.jsonl --accept-not-evaluated
  # Two releases of one program: not the same, and cyclic.
  expect_code 1 $tool graph diff ../shared/data/graph/boms/proton-bridge-v{1.6.3,1.8.0}-cyclic.json
  $tool graph build ../shared/data/graph/boms/proton-bridge-v1.6.3-cyclic.json | grep -q '^cycles: 1' || fail "no cycle"
}

# A shard was poisoned, and version 2 learned from it: plans, signatures and stored copies on the command line alone.
rollback() {
  local tool=target/release/examples/modelward out=$ci/rollback
  build_examples
  rm -rf "$out"; mkdir -p "$out/1.0.0" "$out/2.0.0"
  local key one two now="--now 2026-11-23T10:00:00Z" known
  for key in release duty other; do
    openssl ecparam -name prime256v1 -genkey -noout -out "$out/$key.pem"
    openssl ec -in "$out/$key.pem" -pubout -out "$out/$key.pub.pem" 2> "$ci/openssl.log"
  done
  echo 'learned from shard 6' > "$out/1.0.0/weights.bin"
  echo 'learned from shard 7' > "$out/2.0.0/weights.bin"
  for key in 1.0.0 2.0.0; do
    $tool sign key "$out/$key" --private-key "$out/release.pem" --signature "$out/$key.sig" > "$ci/sign.log"
  done
  one=$($tool digest "$out/1.0.0") two=$($tool digest "$out/2.0.0")
  # The supply chain, of an ML-BOM.
  component() { printf '{"type": "%s", "bom-ref": "%s", "name": "%s", "version": "%s", "purl": "pkg:generic/%s@%s"%s}' "$1" "$2" "$3" "$4" "$3" "$4" "$5"; }
  learned() { printf ', "modelCard": {"modelParameters": {"datasets": [{"ref": "%s"}]}}' "$1"; }
  cat > "$out/models.cdx.json" << BOM
{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
  $(component data shard-6 shard 6 ''), $(component data shard-7 shard 7 ''),
  $(component machine-learning-model model-1 model 1.0.0 "$(learned shard-6)"),
  $(component machine-learning-model model-2 model 2.0.0 "$(learned shard-7)")],
 "dependencies": [{"ref": "model-1", "dependsOn": ["shard-6"]}, {"ref": "model-2", "dependsOn": ["shard-7"]},
  {"ref": "shard-6"}, {"ref": "shard-7"}]}
BOM
  $tool graph build "$out/models.cdx.json" -o "$out/models.mwg" > "$ci/graph.log"
  # The incident, and what it says to be compromised.
  asset() { printf '{"kind": "asset-recorded", "data": {"id": "%s", "kind": "%s", "name": "%s", "refs": [{"purl": "%s"}], "compromise": "confirmed"}}' "$@"; }
  $tool incident open "$out/incidents.jsonl" INC-2026-0042 --title 'poisoned shard' \
    --kind adversarial/data-poisoning --severity high --by 'Jo Example' --now 2026-11-23T09:00:00Z > "$ci/incident.log"
  asset shard dataset 'shard 7' pkg:generic/shard@7 > "$out/asset.json"
  $tool incident append "$out/incidents.jsonl" INC-2026-0042 --event "$out/asset.json" --by 'Jo Example' \
    --now 2026-11-23T09:05:00Z > "$ci/incident.log"
  # The history: version 1 is stored and was looked at.
  history() {
    cat << HISTORY
{"schema": "modelward.release-history/1", "asset": "model", "present": "$two", $1 "releases": [
  {"node": "pkg:generic/model@1.0.0", "root": "$one", "version": "1.0.0", "deployedFrom": "2026-03-01T08:00:00Z",
   "gate": "passed", "formats": [], "bundle": {"path": "1.0.0.sig"}, "backup": "1.0.0"},
  {"node": "pkg:generic/model@2.0.0", "root": "$two", "version": "2.0.0", "deployedFrom": "2026-10-01T08:00:00Z",
   "gate": "passed", "formats": [], "bundle": {"path": "2.0.0.sig"}, "backup": "2.0.0"}]}
HISTORY
  }
  history '"flaws": [],' > "$out/history.json"
  history '' > "$out/not-looked.json"
  history '"surprise": 1,' > "$out/surprise.json"
  known="-g $out/models.mwg --log $out/incidents.jsonl --incident INC-2026-0042 --public-key $out/release.pub.pem"
  plan() {
    local code=$1 history=$2; shift 2
    # shellcheck disable=SC2086 # a list
    expect_code "$code" $tool rollback plan $known $now --history "$out/$history.json" "$@"
  }
  verify() {
    local code=$1; shift
    # shellcheck disable=SC2086 # a list
    expect_code "$code" $tool rollback verify "$out/plan.sigstore.json" --history "$out/history.json" $known "$@"
  }
  said() { grep -q -e "$1" "$ci/expect.log" || { cat "$ci/expect.log"; fail "it does not say: $1"; }; }
  plan 0 history --sign "$out/duty.pem" --out "$out/plan.sigstore.json"; said 'go back to 1.0.0'; said 'pkg:generic/model@2.0.0 -trained on-> pkg:generic/shard@7'
  plan 0 history --both-ways; said 'both come to the same'
  plan 0 history --json; said '"kind": "selected"'
  plan 2 not-looked; said 'audit.rollback.health_unknown'
  plan 2 surprise; said 'artifact.json.shape'
  # A name that turns the text around is shown as what it is.
  sed 's/"version": "1.0.0"/"version": "1.0\\u202e0"/' "$out/history.json" > "$out/hostile.json"
  plan 0 hostile; said 'go back to 1.0.u{202e}0'
  ! grep -q $'\u202e' "$ci/expect.log" || fail "a name turns the text around"
  # A signature of somebody else is no proof.
  known=${known/release.pub/other.pub} plan 1 history; said 'audit.rollback.signature.bad'
  # The same incident in two logs is one too many.
  plan 2 history --incidents "$out/incidents.jsonl"; said 'rollback.incident.twice'
  expect_code 64 $tool rollback plan --history "$out/history.json"
  expect_code 64 $tool rollback no-such-command
  verify 0 --plan-key "$out/duty.pub.pem" --now 2026-11-23T11:00:00Z; said '^verified: rollback-'
  verify 1 --plan-key "$out/other.pub.pem" --now 2026-11-23T11:00:00Z; said '^rejected'
  verify 1 --plan-key "$out/duty.pub.pem" --now 2026-11-24T11:00:00Z; said 'audit.rollback.plan.expired'
  verify 64 --now 2026-11-23T11:00:00Z
  local stored="--bundle $out/1.0.0.sig --public-key $out/release.pub.pem"
  # shellcheck disable=SC2086 # a list
  {
    expect_code 0 $tool rollback backup "$out/1.0.0" $stored
    expect_code 1 $tool rollback backup "$out/2.0.0" $stored; said 'audit.rollback.backup.changed'
    expect_code 1 $tool rollback backup "$out/1.0.0" ${stored/release.pub/other.pub}; said '^rejected'
    expect_code 2 $tool rollback backup "$out/none" $stored
    expect_code 64 $tool rollback backup "$out/1.0.0"
  }
  # Somebody changes the stored copy.
  echo changed > "$out/1.0.0/weights.bin"
  plan 1 history; said 'audit.rollback.backup.mismatch'
  verify 1 --plan-key "$out/duty.pub.pem" --now 2026-11-23T11:00:00Z; said 'audit.rollback.plan.choice'
  echo 'learned from shard 6' > "$out/1.0.0/weights.bin"
  # Then it is found that the older shard is poisoned too.
  asset older dataset 'shard 6' pkg:generic/shard@6 > "$out/asset.json"
  $tool incident append "$out/incidents.jsonl" INC-2026-0042 --event "$out/asset.json" --by 'Jo Example' \
    --now 2026-11-23T10:30:00Z > "$ci/incident.log"
  verify 1 --plan-key "$out/duty.pub.pem" --now 2026-11-23T11:00:00Z; said 'audit.rollback.plan.stale'
  now="--now 2026-11-23T11:00:00Z" plan 1 history; said '^no safe version'
}

# Names that lie go through the command line, and nothing that it prints acts on a terminal.
names() {
  local tool=target/release/examples/modelward out=$ci/names now=(--now 2026-11-23T10:00:00Z)
  build_examples
  rm -rf "$out"; mkdir -p "$out"
  local esc=$'\e[2J' csi=$'\u009b2J' rlo=$'\u202e' lri=$'\u2066' zero=$'\u200b' tag=$'\U000e0041'
  local model="$out/m$esc$rlo" bom="$out/b$esc.json" signature="$out/s$rlo.sig" log="$out/i$esc.jsonl" name root
  # Demands that a text has nothing that acts on a terminal, reorders it or shows nothing, but for its line breaks.
  quiet() {
    ! LC_ALL=C.UTF-8 grep -nP '[\x00-\x09\x0b-\x1f\x7f-\x{9f}\x{ad}\x{61c}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{fe00}-\x{fe0f}\x{feff}\x{e0000}-\x{e0fff}]' "$1" > "$ci/names.log" ||
      { cat -v "$ci/names.log"; fail "names: $2 prints a name as it is"; }
  }
  # Runs a command, demands its exit code, and looks at both of its outputs.
  once() {
    local expected=$1 code=0; shift
    $tool "$@" > "$ci/names.stdout" 2> "$ci/names.stderr" || code=$?
    [ "$code" -eq "$expected" ] || { cat -v "$ci/names.stdout" "$ci/names.stderr"; fail "names: exit code $code, expected $expected: $1 $2"; }
    quiet "$ci/names.stdout" "$*"; quiet "$ci/names.stderr" "$*"
  }
  # The same, and as JSON.
  said() { once "$@"; once "$1" --json "${@:2}"; python3 -m json.tool "$ci/names.stdout" > "$ci/names.log" || fail "names: no JSON: $2 $3"; }
  mkdir -p "$model/d$lri"
  # shellcheck disable=SC2016 # a name that another shell would run
  for name in "w$esc.bin" "$csi.bin" "gpj.${rlo}exe" "a${zero}b" "t$tag" $'n\nl' $'r\rl' $'t\tb' '=1+1' '<b>&"' 'a|b`c`' Twin twin $'caf\u00e9' $'cafe\u0301' "d$lri/deep"; do
    printf '%s' "$name" > "$model/$name"
  done
  for name in key other; do
    openssl ecparam -name prime256v1 -genkey -noout -out "$out/$name.pem"
    openssl ec -in "$out/$name.pem" -pubout -out "$out/$name.pub.pem" 2> "$ci/openssl.log"
  done
  said 0 digest "$model"
  grep -q '^warning: some disks take these for one: Twin, twin$' "$ci/names.stderr" || fail "names: twins are not told"
  # A list of checksums is for other tools, which find every file by it.
  root=$PWD
  (cd "$model" && "$root/$tool" digest . --format gnu 2> "$root/$ci/names.log" | sha256sum -c --quiet) || fail "names: sha256sum reads another list"
  # Where a person looks at it, all is shown that acts.
  # Which shell reads the command is up to the machine, so names go by the environment.
  # shellcheck disable=SC2016 # see above
  tool=$tool model=$model script -qec '"$tool" digest "$model" --format gnu 2> /dev/null' /dev/null < /dev/null |
    tr -d '\r\t' > "$ci/names.tty" || fail "names: no list on a terminal"
  grep -qF 'gpj.\u{202e}exe' "$ci/names.tty" || fail "names: a terminal shows no name"
  quiet "$ci/names.tty" "digest on a terminal"
  said 0 sign key "$model" --private-key "$out/key.pem" --signature "$signature"
  said 0 verify key "$model" --public-key "$out/key.pub.pem" --signature "$signature"
  said 1 verify key "$model" --public-key "$out/other.pub.pem" --signature "$signature"
  said 0 inspect "$signature"
  said 0 bom "$model" -o "$bom"
  once 0 --json bom "$model"
  said 0 bom check "$bom"
  said 0 graph build "$bom" -o "$out/g$rlo.mwg"
  for name in dot mermaid svg; do said 0 graph render -g "$bom" --format $name; done
  once 2 graph dependents -g "$bom" "nothing $esc$rlo"
  $tool graph check -g "$bom" > "$ci/names.stdout" || true; quiet "$ci/names.stdout" "graph check"
  mkdir -p "$out/t$rlo"
  said 0 graph export -g "$bom" "$out/t$rlo" --format spreadsheet
  for name in nodes edges; do tr -d '\r' < "$out/t$rlo/$name.csv" > "$ci/names.csv"; quiet "$ci/names.csv" "the spreadsheet of $name"; done
  ! grep -E '(^|,)"?[=+@-]' "$ci/names.csv" || fail "names: a spreadsheet has a formula"
  said 1 gate "$model" --bom "$bom" --signature "$signature" --public-key "$out/other.pub.pem" "${now[@]}"
  printf '%s' changed > "$model/w$esc.bin"; printf '%s' planted > "$model/planted$esc$rlo"
  said 1 verify key "$model" --public-key "$out/key.pub.pem" --signature "$signature"
  said 1 gate "$model" --bom "$bom" --signature "$signature" --public-key "$out/key.pub.pem" "${now[@]}"
  said 1 dossier "$model" --bom "$bom" --signature "$signature" --public-key "$out/key.pub.pem" --out "$out/dossier$esc" "${now[@]}"
  for name in html md json; do quiet "$out/dossier$esc/dossier.$name" "the dossier in $name"; done
  once 0 incident open "$log" INC-1 --title "rows of $rlo$zero" --kind adversarial/data-poisoning --severity high --by "Jo $rlo" "${now[@]}"
  once 0 --json incident append "$log" INC-1 --note "seen in $rlo<b> | \`c\`" --by "Jo $rlo" "${now[@]}"
  said 0 incident show "$log"
  said 0 incident show "$log" INC-1
  said 0 incident verify "$log"
  for name in record report review sharing; do said 0 incident export "$log" INC-1 --format $name --level red "${now[@]}"; done
  once 2 incident show "$log" INC-2
  # What is not there, is no file or has no form is told with its path, and so is a mistake in the usage.
  for name in "digest $out/none$esc" "inspect $model" "inspect $model/w$esc.bin" "bom check $model/w$esc.bin" "incident show $model/w$esc.bin" "assess check $model/w$esc.bin" "risk list $model/w$esc.bin" "inventory list $out/none$rlo"; do
    # shellcheck disable=SC2086 # none of these paths has a blank
    said 2 $name
  done
  once 64 digest "$model" "$out/none$esc$rlo"
  mkfifo "$model/p$rlo"
  said 2 digest "$model"
}
