#!/usr/bin/env bash
# Signs with the Python reference and verifies here, and back; then tampers and demands refusals.
set -euo pipefail
cd "$(dirname "$0")/.."
ours=target/release/examples/modelward
python=target/venv/bin/model_signing
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }

# Our verdict on the model: the exit code, and the file's name in what is printed.
refused() {
  local name=$1 signature=$2 code=0
  "$ours" verify key "$work/model" --public-key "$work/key.pub.pem" --signature "$signature" \
    > "$work/out" 2>&1 || code=$?
  [ "$code" -eq 1 ] || { cat "$work/out"; fail "$name: exit code $code, expected 1"; }
  grep -q "$name" "$work/out" || { cat "$work/out"; fail "$name is not named"; }
  ! "$python" verify key "$work/model" --public_key "$work/key.pub.pem" --signature "$signature" \
    > "$work/out" 2>&1 || fail "$name: the reference accepts"
}

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/pkcs8.pem" 2> /dev/null
openssl ec -in "$work/pkcs8.pem" -out "$work/sec1.pem" 2> /dev/null
openssl ec -in "$work/pkcs8.pem" -pubout -out "$work/key.pub.pem" 2> /dev/null

model=$work/model
mkdir -p "$model/onnx" "$model/.cache" "$model/.git"
echo '{"model_type": "bert"}' > "$model/config.json"
head -c 100000 /dev/urandom > "$model/weights.bin"
head -c 300 /dev/urandom > "$model/onnx/model.onnx"
echo x > "$model/onnx.txt"
echo x > "$model/.cache/hidden"
echo x > "$model/.git/HEAD"
: > "$model/empty"

"$python" sign key "$model" --private_key "$work/pkcs8.pem" --signature "$work/python.sig"
"$ours" verify key "$model" --public-key "$work/key.pub.pem" --signature "$work/python.sig"
for form in pkcs8 sec1; do
  "$ours" sign key "$model" --private-key "$work/$form.pem" --signature "$work/$form.sig"
  "$ours" verify key "$model" --public-key "$work/key.pub.pem" --signature "$work/$form.sig"
  "$python" verify key "$model" --public_key "$work/key.pub.pem" --signature "$work/$form.sig"
done

# The other curves, and encrypted keys, whose signatures the reference verifies as well.
echo secret > "$work/password"
for curve in P-384 P-521; do
  openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$curve" -out "$work/$curve.pem" 2> /dev/null
  openssl pkey -in "$work/$curve.pem" -pubout -out "$work/$curve.pub.pem"
  openssl pkcs8 -topk8 -in "$work/$curve.pem" -passout pass:secret -out "$work/$curve.encrypted.pem"
  "$ours" sign key "$model" --private-key "$work/$curve.encrypted.pem" --password-file "$work/password" \
    --signature "$work/$curve.sig"
  "$ours" verify key "$model" --public-key "$work/$curve.pub.pem" --signature "$work/$curve.sig"
  "$python" verify key "$model" --public_key "$work/$curve.pub.pem" --signature "$work/$curve.sig"
  "$python" sign key "$model" --private_key "$work/$curve.pem" --signature "$work/$curve.python.sig"
  "$ours" verify key "$model" --public-key "$work/$curve.pub.pem" --signature "$work/$curve.python.sig"
  ! "$ours" verify key "$model" --public-key "$work/key.pub.pem" --signature "$work/$curve.sig" > /dev/null ||
    fail "$curve: another key is accepted"
done

for signature in "$work/python.sig" "$work/pkcs8.sig"; do
  cp "$model/weights.bin" "$work/kept"
  printf '\x00\x01\x02\x03' | dd of="$model/weights.bin" bs=1 seek=5000 conv=notrunc status=none
  refused weights.bin "$signature"
  cp "$work/kept" "$model/weights.bin"

  echo x > "$model/added.py"
  refused added.py "$signature"
  rm "$model/added.py"

  mv "$model/onnx/model.onnx" "$work/kept"
  refused onnx/model.onnx "$signature"
  mv "$work/kept" "$model/onnx/model.onnx"
done

# A signature that lies inside of the model is not part of it.
"$ours" sign key "$model" --private-key "$work/pkcs8.pem" --signature "$model/model.sig"
"$ours" verify key "$model" --public-key "$work/key.pub.pem" --signature "$model/model.sig"
"$python" verify key "$model" --public_key "$work/key.pub.pem" --signature "$model/model.sig"

# A name that would act on the terminal is shown escaped.
"$ours" sign key "$model" --private-key "$work/pkcs8.pem" --signature "$work/plain.sig"
touch "$model/$(printf 'a\033[2Jb')"
code=0
"$ours" verify key "$model" --public-key "$work/key.pub.pem" --signature "$work/plain.sig" > "$work/out" 2>&1 || code=$?
[ "$code" -eq 1 ] || fail "a name with an escape: exit code $code, expected 1"
grep -qF 'a\u{1b}[2Jb' "$work/out" || fail "a name with an escape is not shown"
! grep -q "$(printf '\033')" "$work/out" || fail "a name acts on the terminal"
echo "interop passed"
