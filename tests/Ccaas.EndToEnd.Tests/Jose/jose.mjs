// An independent implementation of JOSE. Each line of standard input is a command as JSON, each line of standard output its
// answer: { output } or { error: { code, claim, message } }.
//   { do: 'open', text, key, audience, now }    opens a token and checks its claims; now: seconds since 1970
//   { do: 'seal', claims, header, key }         makes one; the header besides alg and enc
//   { do: 'openAll', texts, key }               which of many texts open, by their numbers
//   { do: 'derive', secrets, use, identity }    key, its id and audience, out of Node's own HKDF, as docs/reuse.md has them
// Keys are base64url.
import { hkdfSync } from 'node:crypto';
import { createInterface } from 'node:readline';
import { compactDecrypt, CompactEncrypt, EncryptJWT, jwtDecrypt } from 'jose';

const bytes = (text) => Buffer.from(text, 'base64url');
const joined = (texts) => Buffer.from(texts.map((text) => `${Buffer.byteLength(text)}:${text}`).join(''));
const derived = (secrets, use, length) => Buffer.from(hkdfSync('sha256', joined(secrets), 'ccaas-token/2', joined(use), length)).toString('base64url');
const only = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };

const commands = {
  async open({ text, key, audience, now }) {
    const { payload, protectedHeader } = await jwtDecrypt(text, bytes(key), { ...only, audience, requiredClaims: ['exp', 'iat'], currentDate: new Date(now * 1000) });
    return { claims: payload, header: protectedHeader };
  },

  async openAll({ texts, key }) {
    const opened = [];
    for (const [number, text] of texts.entries()) {
      await compactDecrypt(text, bytes(key), only).then(() => opened.push(number), () => {});
    }
    return { opened };
  },

  async seal({ claims, header, key }) {
    const protectedHeader = { alg: 'dir', enc: 'A256GCM', ...header };
    if (!header.crit) {
      return new EncryptJWT(claims).setProtectedHeader(protectedHeader).encrypt(bytes(key));
    }
    // What is critical has to be known to whoever writes it.
    const crit = Object.fromEntries(header.crit.map((name) => [name, true]));
    return new CompactEncrypt(Buffer.from(JSON.stringify(claims))).setProtectedHeader(protectedHeader).encrypt(bytes(key), { crit });
  },

  async derive({ secrets, use, identity }) {
    const info = [`${use} token`, ...identity];
    return {
      key: derived(secrets, info, 32),
      id: `2.${derived(secrets, [...info, 'key id'], 9)}`,
      audience: `ccaas-token:${use}`,
    };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  try {
    console.log(JSON.stringify({ output: await commands[command.do](command) }));
  } catch (error) {
    console.log(JSON.stringify({ error: { code: error.code ?? error.name, claim: error.claim, message: error.message } }));
  }
}
