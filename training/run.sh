#!/bin/sh
# Data sets -> the weights of what reads passages, and of what reads claims. Each step is skipped when its result is there;
# delete var/training to begin again.
set -eu
python=$1 bin=$2 data=$3
work=var/training
minutes=${MINUTES:-180}
wordnet=${WORDNET:-/usr/share/wordnet}
[ -f "$data/train.open.jsonl" ] || { echo "make train needs DATA=DIR, a folder with train.open.jsonl; see training/README.md" >&2; exit 1; }
[ -f "$wordnet/data.noun" ] || { echo "make train needs WordNet: apt install wordnet-base, or WORDNET=DIR" >&2; exit 1; }

model=$("$bin/python" -c 'from footnote.adapters.minilm.weights import find_weights; print(find_weights())')
if [ ! -f "$work/venv/ready" ]; then
  "$python" -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --requirement training/requirements.txt
  touch "$work/venv/ready"
fi
export PYTHONPATH=src
squad="" unanswerable="" claims="" asked="" searched=""
if [ -d "$data/squad_v2_dev" ]; then squad="--squad $data/squad_v2_dev"; fi
if [ -d "$data/unansq" ]; then unanswerable="--unanswerable $data/unansq"; fi
if [ -f "$data/boolq.jsonl" ]; then asked="--yes-no $data/boolq.jsonl"; fi
if [ -f "$data/qed.jsonl" ]; then searched="--searched $data/qed.jsonl"; fi
if [ -d "$data/claims" ]; then claims="--claims $(echo "$data"/claims/*.jsonl)"; fi
[ -f "$work/examples.npz" ] || "$work/venv/bin/python" training/prepare.py --train "$data/train.open.jsonl" $squad $unanswerable $asked $searched $claims \
  --wordnet "$wordnet" --tokenizer "$model/tokenizer.json" --out "$work/examples.npz"
"$work/venv/bin/python" training/train.py --examples "$work/examples.npz" --weights "$model/model.safetensors" \
  --out "$work/reader" --minutes "$minutes"
"$work/venv/bin/python" training/export.py --checkpoint "$work/reader/checkpoint.pt" --weights "$model/model.safetensors" \
  --out src/footnote/adapters/reader/reader.safetensors
"$work/venv/bin/python" training/export.py --checkpoint "$work/reader/checkpoint.pt" --weights "$model/model.safetensors" \
  --provenance training/provenance.claims.json --base src/footnote/adapters/reader/reader.safetensors \
  --out src/footnote/adapters/reader/claims.safetensors
if [ -f "$data/valid.open.jsonl" ]; then
  "$bin/python" training/evaluate.py --valid "$data/valid.open.jsonl" $squad
fi
