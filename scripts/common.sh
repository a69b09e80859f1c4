# What run, test and bench share. Sourced from the root of the repository.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

step() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "$1 is missing. $2" >&2
  exit 1
}

# A name for the present content of the files given: unchanged files, unchanged name.
fingerprint() { find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

# npm ci, when the lock file changed since.
install_web() {
  local lock; lock=$(fingerprint web/package-lock.json)
  [ "$(cat web/node_modules/.bastide-lock 2>/dev/null || true)" = "$lock" ] && return
  step "Fetching the web client's packages"
  (cd web && npm ci --no-audit --no-fund --loglevel=error)
  echo "$lock" > web/node_modules/.bastide-lock
}

# The web build, when web/ changed since.
build_web() {
  local now; now=$(fingerprint web/src web/public web/index.html web/package-lock.json web/vite.config.ts)
  [ "$(cat web/dist/.bastide-build 2>/dev/null || true)" = "$now" ] && return
  install_web
  step "Building the web client"
  (cd web && npm run --silent build -- --logLevel warn)
  echo "$now" > web/dist/.bastide-build
}
