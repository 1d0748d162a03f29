import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { byModel } from '../../src/findings/report/model/byModel';
import { askOpenAi } from '../../src/findings/report/model/openAi';
import { fakeOpenAi, type FakeOpenAi, type FakeReply } from '../../src/findings/report/testing/fakeOpenAi';
import { parseServeOptions } from './options.mjs';
import { createStaticServer } from './static-server.mjs';

const CONTENT = JSON.stringify({
  items: [{ quote: 'left effusion', finding: 'effusion', certainty: 'certain', severity: 1, zones: ['left_lower'] }],
});
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(ended.splice(0).map((end) => end()));
});

async function model(reply: FakeReply = { content: CONTENT }): Promise<FakeOpenAi> {
  const fake = await fakeOpenAi(() => reply);
  ended.push(() => fake.close());
  return fake;
}

/** The studio's server in front of an endpoint, as the command line makes it. */
async function studio(args: readonly string[], seconds?: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'counterpart-llm-'));
  await writeFile(join(folder, 'index.html'), '<p>studio</p>');
  const { llm } = parseServeOptions(args, { COUNTERPART_LLM_KEY: 'sk-secret' });
  const timed = llm === undefined || seconds === undefined ? llm : { ...llm, seconds };
  const server: Server = await createStaticServer(folder, { llm: timed });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ended.push(
    () => rm(folder, { recursive: true }),
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  return `http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : 0)}`;
}

/** A raw request, with headers that fetch does not let one set. */
function ask(
  address: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const read = (origin: string, signal?: AbortSignal) =>
  byModel('remote', askOpenAi({ base: `${origin}/llm` })).read('Small left effusion.', signal);

describe('the way to a language model', () => {
  it('is closed unless it was asked for', async () => {
    const origin = await studio([]);
    expect(await (await fetch(`${origin}/llm`)).json()).toEqual({ endpoint: null });
    await expect(read(origin)).rejects.toMatchObject({ code: 'model-refused', status: 404 });
  });

  it('leads from the page to the endpoint; the key stays in between', async () => {
    const { base, asked } = await model();
    const origin = await studio(['--llm', base, '--llm-model', 'small']);
    const told = await (await fetch(`${origin}/llm`)).text();
    expect(JSON.parse(told)).toEqual({ endpoint: { host: new URL(base).host, model: 'small' } });
    expect(told).not.toContain('sk-secret');
    expect((await read(origin)).items).toMatchObject([{ finding: 'effusion', places: ['left_lower'] }]);
    expect(asked[0]?.headers.authorization).toBe('Bearer sk-secret');
    expect(asked[0]?.body).toMatchObject({ model: 'small', stream: false });
  });

  it('passes on questions and nothing else', async () => {
    const { base, asked } = await model();
    const origin = await studio(['--llm', base]);
    const address = `${origin}/llm/chat/completions`;
    await ask(address, {}, JSON.stringify({ messages: [], tools: [{}], stream: true, user: 'x' }));
    expect(asked[0]?.body).toEqual({ model: 'default', messages: [], stream: false });
    expect((await ask(address, {}, 'messages')).status).toBe(400);
    expect((await ask(address, {}, JSON.stringify({ messages: ['x'.repeat(70_000)] }))).status).toBe(413);
    expect((await ask(`${origin}/llm/models`, {})).status).toBe(404);
    expect(asked).toHaveLength(1);
  });

  it.each([
    { origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { host: 'rebound.example', origin: 'http://rebound.example' },
  ])('is closed to other pages: %j', async (headers: Readonly<Record<string, string>>) => {
    const { base, asked } = await model();
    const origin = await studio(['--llm', base]);
    const { status, text } = await ask(`${origin}/llm/chat/completions`, headers, '{"messages":[]}');
    expect([status, JSON.parse(text)]).toMatchObject([403, { error: { code: 'llm-foreign' } }]);
    expect(asked).toHaveLength(0);
  });

  it('says what stands against it', async () => {
    await expect(read(await studio(['--llm', 'http://127.0.0.1:9']))).rejects.toMatchObject({
      code: 'model-unreachable',
    });
    const { base: refusing } = await model({ status: 401, raw: '{"error":{"message":"bad key"}}' });
    await expect(read(await studio(['--llm', refusing]))).rejects.toMatchObject({ status: 401 });
    const { base: silent } = await model({ silent: true });
    await expect(read(await studio(['--llm', silent], 0.2))).rejects.toMatchObject({ code: 'model-timeout' });
  });

  it('ends the question at the endpoint when the user calls it off', async () => {
    const { base, asked, calledOff } = await model({ silent: true });
    const stop = new AbortController();
    const reading = read(await studio(['--llm', base]), stop.signal);
    await expect.poll(() => asked.length).toBe(1);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(calledOff).toBe(1);
  });
});

it.each(['localhost:11434', 'ftp://x', 'nonsense', 'http://user:pass@host/v1'])(
  'does not take %s for an endpoint',
  (address) => {
    expect(() => parseServeOptions(['--llm', address])).toThrow(expect.objectContaining({ code: 'bad-argument' }));
  },
);

it.each([
  ['http://localhost:11434', 'http://localhost:11434/v1'],
  ['http://localhost:8080/v1/', 'http://localhost:8080/v1'],
  ['https://llm.example/openai/v1/chat/completions', 'https://llm.example/openai/v1'],
])('finds the base of %s', (address, base) => {
  expect(parseServeOptions(['--llm', address], {})).toMatchObject({ llm: { base } });
});
