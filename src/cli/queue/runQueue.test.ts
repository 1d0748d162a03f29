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
import type { Counterfactual } from '../../counterfactual/edit';
import { CancelledError } from '../../counterfactual/errors';
import { fakeRadiograph } from '../../counterfactual/testing/fakes';
import { CounterpartError } from '../../errors';
import type { Radiograph } from '../../imaging/radiograph';
import { TargetFailedError } from '../../run/errors';
import { openRun } from '../../run/folder';
import type { RunItem } from '../../run/item';
import { readHistory } from '../../run/journal';
import { memoryFiles } from '../../run/testing/memoryFiles';
import { diskFiles } from '../node/files';
import { openRedis } from './openRedis';
import { runQueue, type QueueOptions } from './runQueue';
import { FakeQueue } from './testing/fakeQueue';
import { itemsOfCase, type WorkerCase } from './testing/worker';

const ROOT = join(import.meta.dirname, '../../..');
const PATIENCE = 240_000;

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

  it.each([
    'localhost',
    'http://:secret@h',
    'user:secret@h',
    'https://u:a/secret@b@h',
    'secret@h',
    'h:6379?password=secret',
  ])('has the address of a Redis, and %s is none', async (address) => {
    const opening = openRedis(address, undefined);
    await expect(opening).rejects.toThrow(/--queue .* is no address of Redis/);
    await expect(opening).rejects.not.toThrow(/secret/);
  });
});

describe('a worker of a queue', () => {
  class Passing extends CounterpartError {
    readonly code = 'passing';
  }
  const given = { films: ['a.png', 'b.png'], seeds: [1, 2] };
  const ITEMS = itemsOfCase(given);

  /** Runs the items with a queue in memory; `made` are the ids in their order. */
  function scene({
    make = () => Promise.resolve(),
    open = () => Promise.resolve(),
    write = () => Promise.resolve(),
  } = {}) {
    const [queue, files, made] = [new FakeQueue(), memoryFiles(), [] as string[]];
    files.files.set('queue.txt', new TextEncoder().encode('token'));
    const ports = {
      files,
      films: { open: async (film: string) => (await open(), fakeRadiograph(8, 8, 8, { name: film })) },
      method: {
        async make(image: Radiograph, { id }: RunItem) {
          made.push(id);
          await make();
          return { image } as Counterfactual;
        },
      },
      sink: { write: async () => (await write(), { files: [], row: {} }) },
    };
    const work = (options: Partial<QueueOptions> = {}, items: readonly RunItem[] = ITEMS) =>
      runQueue(items, ports, { url: 'redis://fake', ...options }, queue.connect);
    return { queue, files, made, work };
  }

  it('makes every item once, beside others, whatever it is called', async () => {
    const { queue, made, work } = scene();
    const items = [...ITEMS, ...ITEMS.slice(0, 1).map((item) => ({ ...item, id: '1234567890123456' }))];
    const reports = await Promise.all([work({}, items), work({}, items)]);
    expect(reports.map(({ outcomes, stopped }) => [outcomes.length, stopped])).toEqual([
      [5, false],
      [5, false],
    ]);
    expect([...made].sort()).toEqual(items.map(({ id }) => id).sort());
    expect([...queue.open]).toEqual([]);
  });

  it('tells with each item how many are left, of all workers together', async () => {
    const { work } = scene();
    const left: number[] = [];
    const rates: (number | undefined)[] = [];
    await work({
      onOutcome: (_, progress) => {
        left.push(progress.left);
        rates.push(progress.perMinute);
      },
    });
    expect(left).toEqual([3, 2, 1, 0]);
    expect(rates[0]).toBeUndefined();
    expect(rates.at(-1)).toBeGreaterThan(0);
  });

  it('that only watches makes nothing, tells how far the others are, and what they gave up', async () => {
    const { made, work } = scene({
      make: () => (made.length > 2 ? Promise.reject(new Error('a defect')) : Promise.resolve()),
    });
    const left: number[] = [];
    const watching = work({ watches: true, onProgress: (progress) => left.push(progress.left) });
    await work();
    expect(await watching).toMatchObject({ made: 0, outcomes: { length: 2 }, dead: [{}, {}] });
    expect(left[0]).toBe(4);
    expect(left.at(-1)).toBe(0);
  });

  it('lets go of the queue where the journal, the folder or the queue cannot be used', async () => {
    const torn = scene();
    torn.files.files.set('journal.jsonl', new TextEncoder().encode('nothing\n{}\n'));
    await expect(torn.work()).rejects.toMatchObject({ code: 'journal-invalid' });
    const full = scene();
    full.files.full = true;
    await expect(full.work()).rejects.toThrow(/no space left/);
    const lost = scene();
    lost.queue.trouble = new Error('the queue is gone');
    await expect(lost.work()).rejects.toThrow(/is gone/);
    expect([torn, full, lost].flatMap(({ queue }) => [...queue.open])).toEqual([]);
  });

  it('that is stopped, or meets a full disk, gives its item back and counts no attempt', async () => {
    const stop = new AbortController();
    const stopped = scene({
      make: () => {
        stop.abort();
        return Promise.reject(new CancelledError());
      },
    });
    expect(await stopped.work({ signal: stop.signal })).toMatchObject({ made: 0, stopped: true, dead: [] });
    const full = scene({ write: () => Promise.reject(new TargetFailedError('a.png', new Error('disk full'))) });
    await expect(full.work()).rejects.toThrow(/disk full/);
    for (const { made, queue } of [stopped, full]) {
      expect(made).toHaveLength(1);
      expect(queue.waiting.map(({ data, attemptsMade }) => [data.item.id, attemptsMade]).sort()).toEqual(
        ITEMS.map(({ id }) => [id, 0]).sort(),
      );
    }
  });

  it('tries again what failed, once for all workers that are asked to, whoever takes it', async () => {
    const { made, work } = scene({ make: () => Promise.reject(new Passing('fails', '')) });
    await work({}, ITEMS.slice(0, 1));
    const again = { retryFailed: true };
    const reports = await Promise.all([work({}, ITEMS), work(again, ITEMS), work(again, ITEMS)]);
    expect(reports[1]).toMatchObject({ failed: 4, stopped: false });
    expect(made.filter((id) => id === ITEMS[0]?.id)).toHaveLength(2);
    expect(made).toHaveLength(5);
  });

  it('reads a film anew after one error in reading it, and keeps it and a donor open meanwhile', async () => {
    let opened = 0;
    const { work } = scene({
      open: () => (opened++ === 0 ? Promise.reject(new Passing('the share is away', '')) : Promise.resolve()),
    });
    const donor = { film: 'd.png', finding: 'hernia' } as const;
    const items = itemsOfCase({ films: ['a.png'], seeds: [1, 2, 3, 4] }).map((item) => ({ ...item, donor }));
    expect(await work({}, items)).toMatchObject({ failed: 1, outcomes: { length: 4 } });
    expect(opened).toBe(3);
  });
});
