'use strict';
// Downloads one file of a known size and SHA-256. A file with other bytes is refused, so the server, the proxy and the certificates
// need no trust.

const crypto = require('node:crypto');
const http = require('node:http');
const https = require('node:https');
const { isIP } = require('node:net');
const tls = require('node:tls');

const ATTEMPTS = 3;
// Milliseconds before the second attempt; doubled before the third.
const PAUSE = 1000;
const REDIRECTS = 5;
const REDIRECT_STATUS = [301, 302, 303, 307, 308];
const TRANSIENT_STATUS = [408, 429, 500, 502, 503, 504];

class DownloadError extends Error {
  constructor(message, isTransient = false) {
    super(message);
    this.isTransient = isTransient;
  }
}

const isLoopback = url => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);

/** @throws DownloadError where the address is neither https nor http on loopback. */
function check(url) {
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url;
  throw new DownloadError(`The address ${url.host} is not https.`);
}

const variable = (env, name) => env[name] || env[name.toUpperCase()] || '';

/** The proxy for an https address, from the variables that curl reads; undefined for a direct connection. NO_PROXY: hosts, no CIDR. */
function proxyFor(url, env) {
  const proxy = url.protocol === 'https:' && (variable(env, 'https_proxy') || variable(env, 'all_proxy'));
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const isListed = entry => entry === '*' || entry === host || (!isIP(host) && host.endsWith(`.${entry}`));
  if (!proxy || variable(env, 'no_proxy').toLowerCase().split(/[\s,]+/).map(entry => entry.replace(/^\.|^\[|\]$/g, '')).some(entry => entry && isListed(entry))) return undefined;
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (!URL.canParse(address)) throw new DownloadError('The proxy in HTTPS_PROXY is not an address.');
  return new URL(address);
}

function tunnel(proxy, url, options) {
  const authority = `${url.hostname}:${url.port || 443}`;
  const credentials = proxy.username && `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`;
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      ...options, host: proxy.hostname.replace(/^\[|\]$/g, ''), port: proxy.port || undefined, method: 'CONNECT', path: authority,
      headers: { Host: authority, ...(credentials && { 'Proxy-Authorization': credentials }) },
    });
    request.on('error', error => reject(new DownloadError(`No connection to the proxy ${proxy.host} (${error.code ?? error.message}).`, true)));
    request.on('connect', (response, socket) => response.statusCode === 200
      ? resolve(socket)
      : reject(new DownloadError(`The proxy ${proxy.host} refused the connection to ${url.host} (${response.statusCode}).`)));
    request.on('response', response => reject(new DownloadError(`The proxy ${proxy.host} refused the connection to ${url.host} (${response.statusCode}).`)));
    request.end();
  });
}

async function get(url, env, options) {
  const proxy = proxyFor(url, env);
  const servername = isIP(url.hostname.replace(/^\[|\]$/g, '')) ? '' : url.hostname;
  const socket = proxy && tls.connect({ ...options, socket: await tunnel(proxy, url, options), servername });
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).get(url, { ...options, ...(socket ? { createConnection: () => socket } : {}), headers: { 'User-Agent': 'ccaas-token-action' } }, resolve);
    request.on('error', error => reject(new DownloadError(`No connection to ${url.host} (${error.code ?? error.message}).`, !/CERT|SIGNED|ALTNAME/.test(error.code))));
  });
}

/** @throws DownloadError; transient for what another attempt may cure. */
async function attempt(address, { size, sha256 }, env, options) {
  let url = check(new URL(address));
  let response = await get(url, env, options);
  for (let i = 0; i < REDIRECTS && REDIRECT_STATUS.includes(response.statusCode) && response.headers.location; i++) {
    response.resume();
    url = check(new URL(response.headers.location, url));
    response = await get(url, env, options);
  }

  if (response.statusCode !== 200) {
    response.destroy();
    throw new DownloadError(`${url.host} responded with ${response.statusCode} to the request for ${address}.`, TRANSIENT_STATUS.includes(response.statusCode));
  }

  const chunks = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > size) throw new DownloadError(`${url.host} sent more than the ${size} bytes of the executable.`);
    }
  } catch (error) {
    throw error instanceof DownloadError ? error : new DownloadError(`The connection to ${url.host} broke after ${length} of ${size} bytes.`, true);
  }

  if (length < size) throw new DownloadError(`${url.host} sent ${length} of ${size} bytes.`, true);
  const bytes = Buffer.concat(chunks);
  if (hash(bytes) !== sha256) throw new DownloadError(`The file from ${url.host} has another SHA-256 than the one that this commit holds (${sha256.slice(0, 16)}…); it was not run.`);
  return bytes;
}

const hash = bytes => crypto.createHash('sha256').update(bytes).digest('hex');

/**
 * @param address of the file: https, or http on loopback.
 * @param expected size in bytes and sha256 in hex.
 * @param env where the variables for proxies stand.
 * @param ca PEM of further certificate authorities.
 * @param timeout milliseconds for everything.
 */
async function download(address, expected, env, { ca, timeout = 120_000 } = {}) {
  const signal = AbortSignal.timeout(timeout);
  const options = { signal, ...(ca && { ca: [...tls.rootCertificates, ca] }) };
  for (let i = 1; ; i++) {
    try {
      return await attempt(address, expected, env, options);
    } catch (error) {
      if (signal.aborted) throw new DownloadError(`The download from ${new URL(address).host} timed out after ${timeout / 1000} s.`);
      if (!error.isTransient || i === ATTEMPTS) throw error;
      await new Promise(resolve => setTimeout(resolve, PAUSE * 2 ** (i - 1) * (0.5 + Math.random())));
    }
  }
}

module.exports = { download, hash, DownloadError };
