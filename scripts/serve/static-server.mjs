import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import {
  COMMON_HEADERS,
  NONCE_PLACEHOLDER,
  SERVICE_WORKER_POLICY,
  WORKER_POLICY,
  isCompressible,
  mediaType,
  pagePolicy,
} from './headers.mjs';
import { LLM_PATH, createLlmProxy } from './llm-proxy.mjs';
import { PACS_PATH, createPacsProxy } from './pacs-proxy.mjs';

/** @typedef {'br' | 'gzip' | 'identity'} Encoding */
/** @typedef {{ status: number, headers: Record<string, string>, body?: Buffer | string, file?: string }} Answer `file` is streamed */

const compress = {
  // Quality 9 costs a few milliseconds a file and is paid once; 11 would delay the first page by seconds.
  br: (/** @type {Buffer} */ bytes) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (/** @type {Buffer} */ bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** A file larger than this is streamed as it is. */
const LARGEST_COMPRESSED = 8 * 2 ** 20;

/**
 * The best encoding that a client accepts.
 * @param {string} accepted value of Accept-Encoding
 * @returns {Encoding}
 */
export function chooseEncoding(accepted) {
  const offered = new Map(
    accepted.split(',').map((part) => {
      const [name = '', quality] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/);
      return /** @type {const} */ ([name, quality === undefined ? 1 : Number(quality)]);
    }),
  );
  if ((offered.get('br') ?? 0) > 0) return 'br';
  if ((offered.get('gzip') ?? 0) > 0) return 'gzip';
  return 'identity';
}

/**
 * The file that an address names, below `root` whatever the address says.
 * @param {string} root a real path
 * @param {string} target the request's target, query included
 * @returns {Promise<{ path: string, file: string, size: number, modified: number } | undefined>} undefined: there is none
 */
async function resolveFile(root, target) {
  let path;
  try {
    path = decodeURIComponent(target.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return undefined;
  }
  if (path === '/') path = '/index.html';
  const segments = path.split('/').slice(1);
  const strange = !path.startsWith('/') || /[\\\0]/.test(path);
  if (strange || segments.some((segment) => segment === '' || segment.startsWith('.'))) return undefined;
  try {
    const file = await realpath(join(root, ...segments));
    if (!file.startsWith(root + sep)) return undefined;
    const entry = await stat(file);
    return entry.isFile() ? { path, file, size: entry.size, modified: entry.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} path */
function scriptPolicy(path) {
  if (path === '/service-worker.js') return SERVICE_WORKER_POLICY;
  return path.startsWith('/assets/worker/') ? WORKER_POLICY : "default-src 'none'";
}

/**
 * Serves the files below one folder: GET and HEAD, compressed, cached, isolated and under a content security policy. Below /llm it
 * passes questions on to a language model, and below /pacs to an archive, where one was named.
 * @param {string} folder
 * @param {{ llm?: import('./llm-proxy.mjs').LlmEndpoint | undefined, pacs?: import('./pacs-proxy.mjs').PacsEndpoint | undefined, host?: string | undefined }} [options] `host`: what it is told to listen on
 */
export async function createStaticServer(folder, { llm, pacs, host } = {}) {
  const root = await realpath(folder);
  const proxies = [
    { prefix: LLM_PATH, proxy: createLlmProxy(llm, host) },
    { prefix: PACS_PATH, proxy: createPacsProxy(pacs, host) },
  ];
  /** @type {Map<string, { body: Buffer, etag: string }>} */
  const compressed = new Map();

  /**
   * @param {string} file
   * @param {string} version changes when the file does
   * @param {Encoding} encoding
   */
  async function encoded(file, version, encoding) {
    const key = `${encoding} ${version} ${file}`;
    const cached = compressed.get(key);
    if (cached) return cached;
    const bytes = await readFile(file);
    const body = encoding === 'identity' ? bytes : await compress[encoding](bytes);
    const entry = { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
    compressed.set(key, entry);
    return entry;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @returns {Promise<Answer>}
   */
  async function answer(request) {
    const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { status: 405, headers: { ...plain, allow: 'GET, HEAD' }, body: 'Only GET and HEAD are answered here.\n' };
    }
    const found = await resolveFile(root, request.url ?? '/');
    if (!found) return { status: 404, headers: plain, body: 'Not found.\n' };
    const { path, file, size, modified } = found;
    const type = mediaType(extname(file).toLowerCase());

    if (type.startsWith('text/html')) {
      const nonce = randomBytes(16).toString('base64');
      const html = (await readFile(file, 'utf8')).replaceAll(NONCE_PLACEHOLDER, nonce);
      const headers = {
        'content-type': type,
        'cache-control': 'no-store',
        'content-security-policy': pagePolicy(nonce),
      };
      return { status: 200, headers, body: html };
    }

    const hashed = path.startsWith('/assets/');
    /** @type {Record<string, string>} */
    const headers = {
      'content-type': type,
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': scriptPolicy(path),
    };
    const version = `${String(size)}-${String(Math.round(modified))}`;
    if (!isCompressible(type) || size > LARGEST_COMPRESSED) {
      headers['etag'] = `"${version}"`;
      if (request.headers['if-none-match'] === headers['etag']) return { status: 304, headers };
      headers['content-length'] = String(size);
      return { status: 200, headers, file };
    }
    const encoding = chooseEncoding(request.headers['accept-encoding'] ?? '');
    const { body, etag } = await encoded(file, version, encoding);
    headers['etag'] = etag;
    headers['vary'] = 'accept-encoding';
    if (request.headers['if-none-match'] === etag) return { status: 304, headers };
    if (encoding !== 'identity') headers['content-encoding'] = encoding;
    return { status: 200, headers, body };
  }

  return createServer((request, response) => {
    const behind = proxies.find(({ prefix }) => new RegExp(`^${prefix}(?:[/?#]|$)`).test(request.url ?? ''));
    if (behind) {
      void behind.proxy(request, response);
      return;
    }
    answer(request)
      .then(async ({ status, headers, body, file }) => {
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        response.writeHead(status, { ...COMMON_HEADERS, ...headers, ...length });
        if (request.method === 'HEAD' || (body === undefined && file === undefined)) response.end();
        else if (file === undefined) response.end(body);
        else await pipeline(createReadStream(file), response);
      })
      .catch(() => {
        // The client went away, or a file vanished between finding and reading it.
        if (response.headersSent) response.destroy();
        else
          response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('The file could not be read.\n');
      });
  });
}
