// NICE CXone's own client, which is made for browsers and for bundlers: it is bundled here, and finds as much of a browser as it
// asks for. It logs people in and has no client credentials; what it shares with the program is how it finds its way.
// Standard input is JSON: address of the sandbox, and the tenant. Standard output is JSON: what the client makes of the metadata.
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';

const { address, tenant } = JSON.parse(await text(process.stdin));
const bundle = join(homedir(), 'nice.cjs');
await build({ stdin: { contents: "export * from '@nice-devone/auth-sdk'", resolveDir: import.meta.dirname }, bundle: true, platform: 'node', format: 'cjs', outfile: bundle, logLevel: 'error' });

const nothing = () => {};
const storage = new Map();
Object.assign(globalThis, {
  window: globalThis,
  self: globalThis,
  addEventListener: nothing,
  document: { addEventListener: nothing },
  location: new URL('https://localhost/'),
  localStorage: { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value), removeItem: (key) => storage.delete(key) },
});

const { CXoneAuth } = createRequire(import.meta.url)(bundle);
const client = CXoneAuth.instance;
const host = new URL('/cxone', address).href;
const { tokenEndpoint } = await client.getOpenIDConfiguration(host);
const configuration = await client.getCXoneConfiguration(host, tenant, true);
console.log(JSON.stringify({ tokenEndpoint, configuration }));
process.exit();
