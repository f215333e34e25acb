#!/usr/bin/env bash
# Mutation testing of what must not break silently. Each area is changed line by line, and judged by the tests named with
# it; the scenarios run within the test's process, because a child process would run the unchanged program.
# Usage: mutation.sh [area …]   Areas: masking sealing cache publishing inputs retry (all without arguments)
# Prints a score for each area that has a report, and for all of them together; exit code 1 when that is below 85 %. The
# smallest area took three minutes on two busy cores, most of them to build and mutate. Not judged, because they do not compile
# and so are in no score: mutants of a condition whose pattern gives a variable its value (if (x is not { } y) return).
set -euo pipefail
cd "$(dirname "$0")"
export CCAAS_IN_PROCESS=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
out=${CCAAS_MUTATION_OUTPUT:-$PWD/../../artifacts/mutation}

# Area; files; tests, of which an exclamation mark leaves some out: random texts by the hundred that find nothing more here,
# and child processes. A mutant is judged by every test that covers it, so the time counts.
# ScriptScenarios are in no area: the two tests named Script_gets fail in process, because the program writes its masks to the
# streams of the step above it, and there it is the test's own process that is looked at.
areas=(
  'retry;Http/RetryTable.cs;RetryTableTests|ResilienceHandlerTests'
  'sealing;TokenCache/SealedText.cs TokenCache/TokenSeal.cs TokenCache/TokenClaims.cs TokenCache/RevocationState.cs;SealedTextTests|SealingKeyTests|RevocationStateTests|TokenSealTests'
  'publishing;CiSystems/Publication.cs;PublishingTests'
  'masking;Masking/**/*.cs;Tests.Masking|!Runner_learns_the_value_itself|!Secret_is_gone_from_any_text|!Secret_is_gone_to_its_last_character|!Time_depends'
  'cache;TokenCache/JobCache.cs TokenCache/EntryFile.cs TokenCache/UnixFiles.cs TokenCache/StoreCache.cs TokenCache/CachedToken.cs TokenCache/TokenReuse.cs;Tests.TokenCache|ReuseScenarios|TransferScenarios|!FleetTests|!Other_file_in_its_place'
  'inputs;Inputs/**/*.cs;Tests.Inputs|ContractConvention|InputScenarios|InputAttacks|FileAttacks|TerminalScenarios|OAuth2Tests.Inputs_that_do_not_fit|What_is_wrong_with_a_command|Command_that_is_missing|!Any_input_may_hold|!Random_text_is_taken|!Character_that_does_not_show|!Name_to_export'
)

mkdir -p "$out"
dotnet tool restore >/dev/null
for area in "${areas[@]}"; do
  IFS=';' read -r name files tests <<<"$area"
  [[ $# == 0 || " $* " == *" $name "* ]] || continue
  wanted=$(tr '|' '\n' <<<"$tests" | sed -n 's/^[^!]/FullyQualifiedName~&/p' | paste -sd '|')
  unwanted=$(tr '|' '\n' <<<"$tests" | sed -n 's/^!/\&FullyQualifiedName!~/p' | tr -d '\n')
  filter="($wanted)$unwanted"
  mutate=()
  for file in $files; do mutate+=(-m "$file"); done
  dotnet stryker "${mutate[@]}" --test-case-filter "$filter" -c 2 -O "$out/$name" >"$out.$name.log" 2>&1 || { tail -20 "$out.$name.log"; exit 1; }
done

node - "$out" <<'JS'
const fs = require('node:fs'), path = require('node:path');
const all = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
const survivors = [];
const score = c => (100 * (c.Killed + c.Timeout) / (c.Killed + c.Timeout + c.Survived + c.NoCoverage)).toFixed(1);
for (const area of fs.readdirSync(process.argv[2])) {
  const report = path.join(process.argv[2], area, 'reports', 'mutation-report.json');
  if (!fs.existsSync(report)) continue;
  const counts = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
  for (const [file, { mutants }] of Object.entries(JSON.parse(fs.readFileSync(report, 'utf8')).files))
    for (const { status, location, replacement, mutatorName } of mutants) {
      if (!(status in counts)) continue;
      counts[status]++; all[status]++;
      if (status === 'Survived' || status === 'NoCoverage') survivors.push(`${status} ${path.basename(file)}:${location.start.line} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 100)}`);
    }
  console.log(`${area}: ${score(counts)} % (${JSON.stringify(counts)})`);
}
fs.writeFileSync(path.join(process.argv[2], 'survivors.txt'), survivors.sort().join('\n') + '\n');
console.log(`all: ${score(all)} % (${JSON.stringify(all)}); survivors in ${path.join(process.argv[2], 'survivors.txt')}`);
process.exitCode = score(all) >= 85 ? 0 : 1;
JS
