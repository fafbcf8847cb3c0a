#!/usr/bin/env bash
# Makes algorithms.txt with OpenSSL 3: for each kind of key and each digest a certificate that it
# signed, then the authority's own. The keys are thrown away.
set -euo pipefail
out=$(realpath "$(dirname "$0")")/algorithms.txt
cd "$(mktemp -d)"
printf '%s\n' 'basicConstraints=critical,CA:TRUE' 'keyUsage=critical,keyCertSign' > authority.ext
printf '%s\n' 'keyUsage=critical,digitalSignature' 'extendedKeyUsage=codeSigning' > signer.ext
echo '# Made by algorithms.sh: key, digest, what verifying comes to, the signer, the authority.' > "$out"

request() { openssl req -new -key "$1" -subj "/CN=$2" -out "$2.csr"; }

# key kind, what genpkey is to make, digest of the authority's own certificate
authority() {
  local kind=$1 digest=$2; shift 2
  openssl genpkey "$@" -out "$kind.key" 2> /dev/null
  request "$kind.key" authority
  openssl x509 -req -in authority.csr -signkey "$kind.key" ${digest:+-$digest} -days 36500 \
    -extfile authority.ext -out "$kind.pem" 2> /dev/null
}

# key kind, digest, what verifying comes to, options
signer() {
  local kind=$1 digest=$2 expected=$3; shift 3
  openssl x509 -req -in signer.csr -CA "$kind.pem" -CAkey "$kind.key" ${digest:+-$digest} \
    -days 36500 -set_serial 1 -extfile signer.ext "$@" -out signer.pem 2> /dev/null
  { echo "# $kind ${digest:-none}${1:+-pss} $expected"; cat signer.pem "$kind.pem"; } >> "$out"
}

no=sign.chain.algorithm
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out signer.key
request signer.key signer
for curve in P-256 P-384 P-521; do
  authority "$curve" sha256 -algorithm EC -pkeyopt ec_paramgen_curve:$curve
  for digest in sha256 sha384 sha512; do signer "$curve" "$digest" ok; done
  for digest in sha1 sha224; do signer "$curve" "$digest" "$no"; done
done
authority secp256k1 sha256 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1
signer secp256k1 sha256 "$no"
authority P-256-explicit sha256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
signer P-256-explicit sha256 "$no"
authority ed25519 '' -algorithm ed25519
signer ed25519 '' ok
authority ed448 '' -algorithm ed448
signer ed448 '' "$no"
authority rsa-2048 sha256 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
for digest in sha256 sha384 sha512; do signer rsa-2048 "$digest" ok; done
for digest in md5 sha1 sha224; do signer rsa-2048 "$digest" "$no"; done
signer rsa-2048 sha256 "$no" -sigopt rsa_padding_mode:pss
authority rsa-2040 sha256 -algorithm RSA -pkeyopt rsa_keygen_bits:2040
signer rsa-2040 sha256 "$no"
authority rsa-3 sha256 -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3
signer rsa-3 sha256 ok
authority rsa-4096 sha256 -algorithm RSA -pkeyopt rsa_keygen_bits:4096
signer rsa-4096 sha256 ok
