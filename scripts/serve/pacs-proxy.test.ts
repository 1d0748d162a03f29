import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Archive } from '../../src/dicom/web/archive';
import { StudySearch } from '../../src/dicom/web/study-search';
import { parseServeOptions } from './options.mjs';
import { createStaticServer } from './static-server.mjs';

const SECRET = { COUNTERPART_PACS_USER: 'studio', COUNTERPART_PACS_PASSWORD: 'secret' };
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(ended.splice(0).map((end) => end()));
});

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ended.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  return `http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : 0)}`;
}

/** Something that answers in an archive's place. */
async function fake(
  reply: (response: ServerResponse, asked: Asked) => void,
): Promise<{ readonly base: string; readonly asked: readonly Asked[]; readonly calledOff: () => number }> {
  const asked: Asked[] = [];
  let calledOff = 0;
  const server = createServer((question, response) => {
    response.on('close', () => (calledOff += response.writableFinished ? 0 : 1));
    let body = '';
    question.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
    question.on('end', () => {
      const { method = '', url = '', headers } = question;
      const one = { method, url, headers, body };
      asked.push(one);
      reply(response, one);
    });
  });
  return { base: `${await listening(server)}/dicom-web`, asked, calledOff: () => calledOff };
}

const empty = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/dicom+json' }).end('[]');
};

/** The studio's server in front of an archive, as the command line makes it. */
async function studio(base: string | undefined, environment: object = SECRET, seconds?: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpart-pacs-'));
  await writeFile(join(folder, 'index.html'), '<p>studio</p>');
  ended.push(() => rm(folder, { recursive: true }));
  const args = base === undefined ? [] : ['--pacs', base];
  const { pacs } = parseServeOptions(args, environment as Record<string, string>);
  const timed = pacs === undefined || seconds === undefined ? pacs : { ...pacs, seconds };
  return listening(await createStaticServer(folder, { pacs: timed }));
}

/** A raw request: no path is tidied, and headers are set that fetch does not let one set. */
function ask(
  origin: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const asked = request({ hostname, port, path, method, headers: { ...length, ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const search = (origin: string, signal?: AbortSignal) =>
  new StudySearch(new Archive({ base: `${origin}/pacs`, name: 'pacs' }), { modalities: [] }).next(signal);

describe('the way to an archive', () => {
  it('is closed unless it was asked for', async () => {
    const origin = await studio(undefined);
    expect(await (await fetch(`${origin}/pacs`)).json()).toEqual({ archive: null });
    await expect(search(origin)).rejects.toMatchObject({ code: 'archive-off' });
  });

  it('leads from the page to the archive; the credentials stay in between', async () => {
    const { base, asked } = await fake(empty);
    const origin = await studio(base);
    const told = await (await fetch(`${origin}/pacs`)).text();
    expect(JSON.parse(told)).toEqual({ archive: { host: new URL(base).host } });
    expect(await search(origin)).toEqual([]);
    expect(asked[0]?.url).toMatch(/^\/dicom-web\/studies\?.*limit=50/);
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('studio:secret').toString('base64')}`);
    const token = await studio(base, { COUNTERPART_PACS_TOKEN: 'abc' });
    await search(token);
    expect(asked[1]?.headers.authorization).toBe('Bearer abc');
  });

  it.each([
    '/pacs/../system',
    '/pacs/studies/../../system',
    '/pacs/studies/../series/../instances/..',
    '/pacs/studies/1.2..3/series',
    '/pacs/studies/1.2/series/1.3/instances/1.4/frames/1',
    '/pacs/patients',
    `/pacs/studies?x=${'x'.repeat(3000)}`,
  ])('passes on nothing else: %s', async (path) => {
    const { base, asked } = await fake(empty);
    expect((await ask(await studio(base), path)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it('stores DICOM files into a named study, and nothing else', async () => {
    const { base, asked } = await fake(empty);
    const origin = await studio(base);
    const related = { 'content-type': 'multipart/related; type="application/dicom"; boundary=x' };
    expect((await ask(origin, '/pacs/studies/1.2', related, '--x--')).status).toBe(200);
    expect(asked.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', '/dicom-web/studies/1.2', '--x--'],
    ]);
    for (const path of ['/pacs/studies', '/pacs/studies/..', '/pacs/studies/1.2/series'])
      expect((await ask(origin, path, related, '--x--')).status).toBe(404);
    expect((await ask(origin, '/pacs/studies/1.2', { 'content-type': 'text/plain' }, 'x')).status).toBe(415);
    expect(asked).toHaveLength(1);
  });

  it.each([
    { origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
    { host: 'rebound.example', origin: 'http://rebound.example' },
  ])('is closed to other pages: %j', async (headers: Readonly<Record<string, string>>) => {
    const { base, asked } = await fake(empty);
    const { status, text } = await ask(await studio(base), '/pacs/studies', headers);
    expect([status, JSON.parse(text)]).toMatchObject([403, { error: { code: 'pacs-foreign' } }]);
    expect(asked).toHaveLength(0);
  });

  it('gives a page nothing that it could show or run, and no question for a password', async () => {
    const { base } = await fake((response) => {
      response
        .writeHead(401, { 'content-type': 'text/html', 'www-authenticate': 'Basic', 'set-cookie': 'a=b' })
        .end('<script>');
    });
    const { status, headers } = await ask(await studio(base), '/pacs/studies');
    expect(status).toBe(401);
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['cache-control']).toBe('no-store');
    expect([headers['www-authenticate'], headers['set-cookie']]).toEqual([undefined, undefined]);
  });

  it('follows no archive to another address, where the credentials would go along', async () => {
    const { base: elsewhere, asked } = await fake(empty);
    const { base } = await fake((response) => response.writeHead(302, { location: `${elsewhere}/studies` }).end());
    await expect(search(await studio(base))).rejects.toMatchObject({ code: 'archive-redirected' });
    expect(asked).toEqual([]);
  });

  it('says what stands against it', async () => {
    await expect(search(await studio('http://127.0.0.1:9'))).rejects.toMatchObject({ code: 'archive-unreachable' });
    const { base: denying } = await fake((response) => response.writeHead(403).end());
    await expect(search(await studio(denying))).rejects.toMatchObject({ code: 'archive-denied' });
    const { base: silent } = await fake(() => undefined);
    await expect(search(await studio(silent, SECRET, 0.2))).rejects.toMatchObject({ code: 'archive-timeout' });
  });

  it('says what it does not pass on itself, and blames no archive for it', async () => {
    const { base } = await fake(empty);
    const origin = await studio(base);
    const through = (headers: Readonly<Record<string, string>>, path = '/pacs'): Archive =>
      new Archive({
        base: `${origin}${path}`,
        name: 'pacs',
        fetch: (address, init) =>
          fetch(address, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...headers } }),
      });
    const one = { sopInstanceUid: '2.25.1', bytes: new Uint8Array(2) };
    const refused = { code: 'archive-not-passed-on' };
    await expect(
      through({ origin: 'https://elsewhere.example' }).series({ studyInstanceUid: '1.2' }),
    ).rejects.toMatchObject(refused);
    await expect(through({ 'content-type': 'text/plain' }).store('1.2', one)).rejects.toMatchObject(refused);
    await expect(through({}, '/pacs/more').series({ studyInstanceUid: '1.2' })).rejects.toMatchObject(refused);
  });

  it('ends the question at the archive when the user calls it off', async () => {
    const { base, asked, calledOff } = await fake(() => undefined);
    const stop = new AbortController();
    const searching = search(await studio(base), stop.signal);
    await expect.poll(() => asked.length).toBe(1);
    stop.abort();
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(calledOff).toBe(1);
  });
});

it.each(['localhost:8042', 'ftp://x', 'nonsense', 'http://user:pass@host/dicom-web'])(
  'does not take %s for an archive',
  (address) => {
    expect(() => parseServeOptions(['--pacs', address], {})).toThrow(expect.objectContaining({ code: 'bad-argument' }));
  },
);

it.each(['--pacs', '--llm'])('repeats no password that stands in an address after %s', (option) => {
  for (const args of [
    [option, 'user:pass@host:8042'],
    [option, 'http://h/', 'https://user:pass@host'],
  ]) {
    let said = '';
    try {
      parseServeOptions(args, {});
    } catch (error) {
      said = String(error);
    }
    expect(said).not.toBe('');
    expect(said).not.toContain('pass@');
  }
});

it.each([
  ['http://localhost:8042/dicom-web/', 'http://localhost:8042/dicom-web'],
  ['https://pacs.example/rs/studies', 'https://pacs.example/rs'],
])('finds the base of %s', (address, base) => {
  expect(parseServeOptions(['--pacs', address], {})).toMatchObject({ pacs: { base } });
});
