// @vitest-environment node
/** Needs a redis-server and the packages bullmq and ioredis; is skipped by name where one is missing. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { openRun } from '../../run/folder';
import { readHistory } from '../../run/journal';
import { diskFiles } from '../node/files';
import { openRedis } from './openRedis';
import { itemsOfCase, type WorkerCase } from './testing/worker';

const ROOT = join(import.meta.dirname, '../../..');
const PATIENCE = 90_000;

function missing(): string | undefined {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
  } catch {
    return 'there is no redis-server';
  }
  try {
    for (const name of ['bullmq', 'ioredis']) createRequire(import.meta.url).resolve(name);
  } catch {
    return 'bullmq and ioredis are not installed';
  }
  return undefined;
}

const lacks = missing();
let redis: ChildProcess | undefined;
let [folder, url] = ['', ''];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterpart-queue-'));
  if (lacks !== undefined) return;
  const port = await freePort();
  url = `redis://127.0.0.1:${String(port)}`;
  redis = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await said(redis, /Ready to accept connections/);
}, PATIENCE);
afterAll(() => {
  redis?.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Resolves to all that was said once it says so. */
function said(process: ChildProcess, expected: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    process.stdout?.on('data', (part: Buffer) => {
      text += part.toString();
      if (expected.test(text)) resolve(text);
    });
    process.once('exit', (code) => reject(new Error(`ended with ${String(code)}: ${text}`)));
  });
}

function worker(given: WorkerCase): ChildProcess {
  const script = `import { openSources } from './scripts/vite/sources.mjs';
    const sources = await openSources(${JSON.stringify(ROOT)});
    const { main } = await sources.load('/src/cli/queue/testing/worker.ts');
    await main(${JSON.stringify(given)});
    process.exit(0);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const needsRedis = (context: TestContext): void => {
  if (lacks !== undefined) context.skip(lacks);
};

describe('a run by a queue', { timeout: PATIENCE }, () => {
  it('loses and doubles nothing when one of two workers is killed in an item', async (context) => {
    needsRedis(context);
    const out = join(folder, 'out');
    const given = {
      url,
      folder: out,
      films: ['a.png', 'b.png', 'c.png'],
      seeds: [1, 2, 3, 4],
      milliseconds: 300,
      lock: 1500,
    };
    const items = itemsOfCase(given);
    const [first, second] = [worker({ ...given, milliseconds: 60_000 }), worker(given)];
    const [, begun = ''] = /begun (\w+)/.exec(await said(first, /begun \w+/)) ?? [];
    first.removeAllListeners('exit').kill('SIGKILL');
    const told = await said(second, /"dead":/);
    expect(JSON.parse(told.trim().split('\n').at(-1) ?? '')).toEqual({
      outcomes: items.length,
      made: items.length,
      failed: 0,
      stopped: false,
      dead: [],
    });
    expect(told).toContain(`begun ${begun}`);
    const { outcomes } = await openRun(diskFiles(out));
    expect([...outcomes.keys()].sort()).toEqual(items.map(({ id }) => id).sort());
    expect(readdirSync(join(out, 'images')).sort()).toEqual(items.map(({ id }) => `${id}.png`).sort());
    // In all journals together each item stands once.
    const journals = readdirSync(out).filter((name) => name.startsWith('journal-worker-'));
    expect(journals).toHaveLength(2);
    const lines = journals.flatMap((name) => readFileSync(join(out, name), 'utf8').trim().split('\n'));
    expect(lines.filter((line) => line !== '')).toHaveLength(items.length);
    for (const name of journals) readHistory(readFileSync(join(out, name), 'utf8'));

    // The same items into another folder are another run.
    const again = { ...given, folder: join(folder, 'again'), films: ['a.png', 'b.png', 'c.png'], milliseconds: 1 };
    expect(await said(worker(again), /"dead":/)).toContain('"made":12');

    // A worker that comes late finds nothing to do.
    const late = await said(worker(given), /"dead":/);
    expect(late).toContain('"made":0');
    expect(late).not.toContain('begun');
  });

  it('that cannot be reached is named, without its password', async (context) => {
    needsRedis(context);
    const closed = `redis://:secret@127.0.0.1:${String(await freePort())}`;
    const opening = openRedis(closed, undefined);
    await expect(opening).rejects.toMatchObject({ code: 'queue-unreachable' });
    await expect(opening).rejects.not.toThrow(/secret/);
  });

  it('has the address of a Redis', async () => {
    await expect(openRedis('localhost', undefined)).rejects.toThrow(/no address of Redis/);
  });
});
