import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseEncoding, createStaticServer } from './static-server.mjs';

/** @typedef {{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: Buffer }} Reply */

const SCRIPT = 'export const answer = 42;\n'.repeat(200);
/** @type {string} */
let folder;
/** @type {import('node:http').Server} */
let server;
let port = 0;

/**
 * A raw request: unlike fetch, it sends the path as it is written.
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string> }} [options]
 * @returns {Promise<Reply>}
 */
function ask(path, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterpart-serve-'));
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets', 'worker'), { recursive: true });
  await mkdir(join(dist, 'models', 'reader'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'outside');
  await symlink(join(folder, 'secret.txt'), join(dist, 'link.txt'));
  await writeFile(join(dist, '.hidden'), 'inside, but nobody’s business');
  await writeFile(join(dist, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><p>studio</p>');
  await writeFile(join(dist, 'assets', 'main-a1b2c3.js'), SCRIPT);
  await writeFile(join(dist, 'assets', 'worker', 'inference-d4e5f6.js'), SCRIPT);
  await writeFile(join(dist, 'models', 'reader', 'weights.safetensors'), Buffer.alloc(100_000, 7));
  await writeFile(join(dist, 'a name.svg'), '<svg/>');
  await writeFile(join(dist, 'service-worker.js'), SCRIPT);
  server = await createStaticServer(dist);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (typeof address === 'object' && address) port = address.port;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

describe('the static server', () => {
  it('isolates every answer, whatever its status', async () => {
    for (const path of ['/', '/assets/main-a1b2c3.js', '/models/reader/weights.safetensors', '/nothing']) {
      const { headers } = await ask(path);
      expect(headers['cross-origin-opener-policy'], path).toBe('same-origin');
      expect(headers['cross-origin-embedder-policy'], path).toBe('require-corp');
      expect(headers['x-content-type-options'], path).toBe('nosniff');
    }
  });

  it('lets the page run only its own scripts, and puts a nonce of its own into each page', async () => {
    const [first, second] = [await ask('/'), await ask('/')];
    const policy = String(first.headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toMatch(/unsafe/);
    for (const closed of ['object-src', 'base-uri', 'frame-ancestors', 'form-action']) {
      expect(policy).toContain(`${closed} 'none'`);
    }
    const nonce = /nonce-([^']+)'/.exec(policy)?.[1];
    expect(first.body.toString()).toContain(`nonce="${String(nonce)}"`);
    expect(second.headers['content-security-policy']).not.toBe(policy);
    expect(first.headers['cache-control']).toBe('no-store');
  });

  it('allows WebAssembly in workers and nowhere else', async () => {
    const worker = await ask('/assets/worker/inference-d4e5f6.js');
    const main = await ask('/assets/main-a1b2c3.js');
    expect(worker.headers['content-security-policy']).toContain("'wasm-unsafe-eval'");
    expect(main.headers['content-security-policy']).not.toContain('wasm-unsafe-eval');
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('compresses text with %s, and back it comes', async (encoding, decompress) => {
    const { headers, body } = await ask('/assets/main-a1b2c3.js', { headers: { 'accept-encoding': encoding } });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('accept-encoding');
    expect(body.byteLength).toBeLessThan(SCRIPT.length / 10);
    expect(Number(headers['content-length'])).toBe(body.byteLength);
    expect(decompress(body).toString()).toBe(SCRIPT);
  });

  it('sends weights as they are, with their length', async () => {
    const { headers, body } = await ask('/models/reader/weights.safetensors', { headers: { 'accept-encoding': 'br' } });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-length']).toBe('100000');
    expect(body.equals(Buffer.alloc(100_000, 7))).toBe(true);
  });

  it('lets the service worker fetch from here and nowhere else', async () => {
    const policy = String((await ask('/service-worker.js')).headers['content-security-policy']);
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("default-src 'none'");
    expect((await ask('/service-worker.js')).headers['cache-control']).toBe('no-cache');
  });

  it('lets hashed files be kept for good, and others only while their tag holds', async () => {
    expect((await ask('/assets/main-a1b2c3.js')).headers['cache-control']).toContain('immutable');
    for (const path of ['/models/reader/weights.safetensors', '/a%20name.svg']) {
      const { headers } = await ask(path);
      expect(headers['cache-control']).toBe('no-cache');
      const again = await ask(path, { headers: { 'if-none-match': String(headers.etag) } });
      expect(again.status).toBe(304);
      expect(again.body.byteLength).toBe(0);
    }
  });

  it('gives each encoding of a file its own tag', async () => {
    const plain = await ask('/assets/main-a1b2c3.js');
    const packed = await ask('/assets/main-a1b2c3.js', { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
  });

  it.each([
    '/nothing.js',
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/link.txt',
    '/.hidden',
    '/assets',
    '/assets/',
    '//index.html',
    '/%00',
    '/%E0%A4%A',
  ])('does not know %s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body.toString()).toBe('Not found.\n');
  });

  it('ignores the query', async () => {
    expect((await ask('/?study=1')).status).toBe(200);
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const get = await ask('/assets/main-a1b2c3.js');
    const head = await ask('/assets/main-a1b2c3.js', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(head.body.byteLength).toBe(0);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const { status, headers } = await ask('/', { method });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });
});

describe('the choice of an encoding', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', 'identity'],
    ['', 'identity'],
  ])('answers "%s" with %s', (accepted, encoding) => {
    expect(chooseEncoding(accepted)).toBe(encoding);
  });
});
