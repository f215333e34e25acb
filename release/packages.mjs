// Writes what the executables consist of besides this repository: THIRD-PARTY-NOTICES.txt, the licenses of everything that is
// linked in, and sbom.cdx.json, the same list for scanners (CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json). No dates and
// no random numbers: the same commit gives the same bytes.
//
//   node packages.mjs REPOSITORY FOLDER

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const [repository, folder] = process.argv.slice(2);
const read = (...parts) => readFileSync(join(...parts), 'utf8').replaceAll('\r\n', '\n').replace(/^\uFEFF/, '').trim();
const packages = process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget', 'packages');
const version = /<Version>(.*)<\/Version>/.exec(read(repository, 'Directory.Build.props'))[1];

const locked = Object.entries(JSON.parse(read(repository, 'src', 'Ccaas.Action', 'packages.lock.json')).dependencies['net10.0'])
  // Analyzers check the build and are in no executable.
  .filter(([name]) => !/Analyzers$/.test(name))
  .map(([name, { resolved, contentHash }]) => describe(name, resolved, contentHash))
  .sort((one, other) => one.name.localeCompare(other.name, 'en'));

// The runtime is linked in, too; its version is that of the compiler's package.
const dotnet = dirname(realpathSync(execFileSync('which', ['dotnet'], { encoding: 'utf8' }).trim()));
const compiler = execFileSync('dotnet', ['msbuild', join(repository, 'src', 'Ccaas.Action'), '-getProperty:BundledNETCoreAppPackageVersion'], { encoding: 'utf8' }).trim();
const runtime = { name: 'Microsoft.NETCore.App.Runtime.NativeAOT', version: compiler, license: 'MIT', texts: [read(dotnet, 'LICENSE.txt'), read(dotnet, 'ThirdPartyNotices.txt')] };

const all = [...locked, runtime];
// Packages of one family have the same.
const text = ({ texts }) => texts.join('\n\n');
writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), [
  `ccaas-token ${version} contains the software below. Each part has its own license.`,
  ...[...new Set(all.map(text))].map(shared => `${'='.repeat(80)}\n${all.filter(one => text(one) === shared).map(({ name, version, license }) => `${name} ${version} (${license})`).join('\n')}\n\n${shared}`),
].join('\n\n') + '\n');

writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify({
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', 'bom-ref': 'ccaas-token', name: 'ccaas-token', version, licenses: [{ license: { id: 'MIT' } }] } },
  components: all.map(({ name, version, license, sha512 }) => ({
    type: 'library',
    'bom-ref': `${name}@${version}`,
    name,
    version,
    ...(sha512 && { hashes: [{ alg: 'SHA-512', content: sha512 }] }),
    licenses: [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { license: { name: license } }],
    purl: `pkg:nuget/${name}@${version}`,
  })),
  dependencies: [{ ref: 'ccaas-token', dependsOn: all.map(({ name, version }) => `${name}@${version}`) }],
}, null, 2)}\n`);

function describe(name, resolved, contentHash) {
  const home = join(packages, name.toLowerCase(), resolved);
  const files = readdirSync(home).filter(file => /^(licen[sc]e|third-party-notices|notice)(\.(md|txt))?$/i.test(file)).sort();
  const nuspec = read(home, `${name.toLowerCase()}.nuspec`);
  const expression = /<license type="expression">(.*?)<\/license>/.exec(nuspec)?.[1];
  const texts = files.map(file => read(home, file));
  // CommandLineParser and its like name a file in place of an expression.
  const license = expression ?? (/\bMIT License\b|Permission is hereby granted, free of charge/i.test(texts.join()) ? 'MIT' : undefined);
  if (!license || !existsSync(home)) throw new Error(`${name} ${resolved} has no license that is known`);
  return { name, version: resolved, license, texts: [/<copyright>(.*?)<\/copyright>/.exec(nuspec)?.[1] ?? '', ...texts].filter(Boolean), sha512: Buffer.from(contentHash, 'base64').toString('hex') };
}
