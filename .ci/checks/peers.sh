# shellcheck shell=bash disable=SC2154 # `.ci/run` reads this file and sets `ci` and `crates`
# The environments of what others wrote: each is made once.

# Makes target/NAME, an environment of Python with these packages: `environment NAME PACKAGES [PYTHON]`.
# Its programs know where they lie, so that a folder which was moved is made anew.
environment() {
  local folder=target/$1 wanted="$PWD: $2" python=${3:-python3}
  [ "$(cat "$folder/wanted" 2> /dev/null)" = "$wanted" ] && return
  "$python" -m venv --clear "$folder" 2> "$ci/venv.log" || {
    debian python3-venv
    "$python" -m venv --clear "$folder"
  }
  # shellcheck disable=SC2086 # a list
  "$folder/bin/pip" install -q --disable-pip-version-check $2
  echo "$wanted" > "$folder/wanted"
}

# The Python peers. model-signing imports OpenSSL and does not declare it.
venv() { environment venv "model-signing pyopenssl jsonschema"; }

# The formats' own libraries.
formats_venv() {
  environment venv-formats "gguf==0.19.0 h5py huggingface_hub jax jinja2 joblib keras numpy onnx safetensors scikit-learn spdx-python-model tensorboard tflite tokenizers"
}

# The graph libraries of Python.
graph_venv() { environment venv-graph "igraph==1.0.0 networkx==3.6.1 rustworkx==0.18.1"; }

# Resolves the newest torch and transformers, once a run, without fetching them.
pip_report() {
  export MODELWARD_PIP_REPORT=$PWD/$ci/pip-report.json
  [ -n "${pip_reported:-}" ] && return
  venv
  target/venv/bin/pip install -q --disable-pip-version-check --dry-run --ignore-installed \
    --report "$MODELWARD_PIP_REPORT" torch transformers
  pip_reported=yes
}

# Prints a Python that avidtools takes, or fails.
new_python() {
  local python
  for python in python3 python3.14 python3.13 python3.12 ~/.pyenv/versions/3.1[2-9]*/bin/python "$(uv python find '>=3.12' 2> /dev/null)"; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2> /dev/null && echo "$python" && return
  done
  return 1
}

# The judges of exports, for which avidtools chooses the Python.
exports_venv() {
  local node=$ci/exports-node
  if ! cmp -s .ci/exports/package-lock.json "$node/wanted"; then
    mkdir -p "$node"
    cp .ci/exports/package.json .ci/exports/package-lock.json "$node"
    npm ci --silent --no-audit --no-fund --ignore-scripts --prefix "$node" > "$ci/npm.log"
    cp "$node/package-lock.json" "$node/wanted"
  fi
  environment venv-exports \
    "avidtools==0.3.2 jsonschema==4.26.0 markdown-it-py==4.3.0 pyyaml==6.0.4 stix2==3.0.2 stix2-validator==3.3.2" "$1"
}

# Microsoft's validator of SARIF with the standard's schema, and in-toto's library.
gate_judges() {
  local version=5.7.0 node=$ci/sarif-multitool
  if [ "$(cat "$node/wanted" 2> /dev/null)" != "$version" ]; then
    rm -rf "$node"; mkdir -p "$node"
    npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$node" \
      "@microsoft/sarif-multitool-linux@$version" > "$ci/npm.log"
    echo "$version" > "$node/wanted"
  fi
  environment venv-gate "in-toto-attestation==0.9.3 jsonschema==4.26.0"
}

# Makes the folder in which a browser looks at pages, with what drives it and what judges accessibility.
browser() {
  mkdir -p "$1"
  command -v chromium > /dev/null || debian chromium
  command -v npm > /dev/null || fail "npm is not installed"
  npm install --silent --no-audit --no-fund --prefix "$1" playwright-core@1.65.1 axe-core@4.14.1 > "$ci/npm.log"
}
