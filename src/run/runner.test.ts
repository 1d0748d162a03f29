import { describe, expect, it } from 'vitest';
import { CounterpartError } from '../errors';
import type { Counterfactual } from '../counterfactual/edit';
import { fakeRadiograph } from '../counterfactual/testing/fakes';
import { itemsOf, itemId, shardOf, type RunItem } from './item';
import { TargetFailedError } from './errors';
import { readHistory } from './journal';
import { run, type RunPorts } from './runner';

class FilmBroken extends CounterpartError {
  readonly code = 'film-broken';
}

/** A disk that holds what was appended, and can be cut at any byte. */
class Disk {
  text = '';
  readonly written: string[] = [];
  readonly opened: string[] = [];
  readonly made: string[] = [];

  ports(over: Partial<RunPorts> = {}): RunPorts {
    return {
      films: {
        open: async (film) => {
          this.opened.push(film);
          if (film === 'broken.png') throw new FilmBroken('broken.png is no film.', 'Leave it out.');
          return fakeRadiograph(8, 8, 8);
        },
      },
      method: {
        make: async (image, item) => {
          this.made.push(item.id);
          return { image } as Counterfactual;
        },
      },
      sink: {
        write: async (item) => {
          this.written.push(item.id);
          return { files: [`${item.id}.png`], row: { file_name: `${item.id}.png` } };
        },
      },
      journal: {
        read: async () => this.text,
        append: async (line) => {
          this.text += line;
        },
      },
      ...over,
    };
  }
}

const ITEMS = itemsOf(['a.png', 'broken.png', 'c.png'], ['no opacity', 'cardiomegaly'], [1, 2]);

describe('working through items', () => {
  it('ends where nothing can be written any more, in place of failing every item', async () => {
    const disk = new Disk();
    const sink = { write: () => Promise.reject(new TargetFailedError('a.png', new Error('disk full'))) };
    await expect(run(ITEMS, disk.ports({ sink }))).rejects.toThrow(/a.png could not be written: disk full/);
    expect(disk.made).toHaveLength(1);
    expect(disk.text).toBe('');
    const report = await run(ITEMS, disk.ports());
    expect(report.made + report.failed).toBe(ITEMS.length);
  });

  it('opens each film once and writes down every item', async () => {
    const disk = new Disk();
    const report = await run(
      ITEMS.filter(({ film }) => film !== 'broken.png'),
      disk.ports(),
    );
    expect(disk.opened).toEqual(['a.png', 'c.png']);
    expect(report).toMatchObject({ made: 8, kept: 0, failed: 0, stopped: false });
    expect(readHistory(disk.text).outcomes.size).toBe(8);
  });

  it('names what failed and goes on', async () => {
    const disk = new Disk();
    const report = await run(ITEMS, disk.ports());
    expect(report).toMatchObject({ made: 8, kept: 0, failed: 4 });
    expect(report.outcomes.find(({ item }) => item.film === 'broken.png')).toMatchObject({
      error: { code: 'film-broken', advice: 'Leave it out.' },
    });
    expect(disk.written).toHaveLength(8);
  });

  it('loses and doubles nothing, wherever the journal was cut', async () => {
    const whole = new Disk();
    await run(ITEMS, whole.ports());
    for (let cut = 0; cut <= whole.text.length; cut += 13) {
      const disk = new Disk();
      disk.text = whole.text.slice(0, cut);
      const report = await run(ITEMS, disk.ports());
      expect(report.outcomes.map(({ item }) => item.id)).toEqual(ITEMS.map(({ id }) => id));
      const { outcomes, mend } = readHistory(disk.text);
      expect([outcomes.size, mend]).toEqual([ITEMS.length, '']);
      expect(new Set(disk.made).size).toBe(disk.made.length);
    }
  });

  it('hands on the film that an item borrows from, opened once for all that borrow from it', async () => {
    const disk = new Disk();
    const handed: (string | undefined)[] = [];
    const film = (name: string) => fakeRadiograph(8, 8, 8, { name });
    const donor = { film: 'd.png', finding: 'hernia' } as const;
    const items = ['a.png', 'b.png'].flatMap((name) => {
      const item = { film: name, request: 'hernia of another patient', seed: 1 };
      return [
        { ...item, id: itemId(name, item.request, 1, donor.film), donor },
        { ...item, id: itemId(name, item.request, 1) },
      ];
    });
    const open = async (name: string) => {
      disk.opened.push(name);
      return film(name);
    };
    const write = async (_: RunItem, __: unknown, ___: unknown, given?: { readonly name: string }) => {
      handed.push(given?.name);
      return { files: [], row: {} };
    };
    await run(items, disk.ports({ films: { open }, sink: { write } }));
    expect(handed).toEqual(['d.png', undefined, 'd.png', undefined]);
    expect(disk.opened).toEqual(['a.png', 'd.png', 'b.png']);
    // The journal tells them apart, and remembers whose findings came.
    expect([...readHistory(disk.text).outcomes.values()].map(({ item }) => item.donor)).toEqual([
      donor,
      undefined,
      donor,
      undefined,
    ]);
  });

  it('stops when asked, and goes on from there', async () => {
    const disk = new Disk();
    const abort = new AbortController();
    const stopped = await run(ITEMS, disk.ports(), {
      signal: abort.signal,
      onOutcome: (_, { finished }) => {
        if (finished === 3) abort.abort();
      },
    });
    expect(stopped).toMatchObject({ made: 3, stopped: true });
    expect(await run(ITEMS, disk.ports())).toMatchObject({ made: 5, failed: 4, kept: 3, stopped: false });
  });

  it('tries again what failed, when that is asked', async () => {
    const disk = new Disk();
    await run(ITEMS, disk.ports());
    expect(await run(ITEMS, disk.ports())).toMatchObject({ made: 0, failed: 4 });
    const mended = disk.ports({ films: { open: async () => fakeRadiograph(8, 8, 8) } });
    expect(await run(ITEMS, mended, { retryFailed: true })).toMatchObject({ made: 4, failed: 0 });
  });

  it('ends at what would meet every item', async () => {
    const disk = new Disk();
    const full = disk.ports({ sink: { write: () => Promise.reject(new Error('no space left on device')) } });
    await expect(run(ITEMS, full)).rejects.toThrow('no space left');
    expect(disk.text).toBe('');
  });

  it('does not take something else for its journal', () => {
    expect(() => readHistory('path,label\na.png,1\n')).toThrow(/Line 1 of the journal/);
  });
});

describe('items', () => {
  it('have the same name for the same work, and another for other work', () => {
    const ids = ITEMS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(itemId('a.png', 'no opacity', 1)).toBe(ids[0]);
    expect(itemId('a.png', 'no opacity', 2)).not.toBe(ids[0]);
  });

  it('fall to exactly one of several machines, films together', () => {
    const shards = [0, 1].map((index) => shardOf(ITEMS, index, 2));
    expect(
      shards
        .flat()
        .map(({ id }: RunItem) => id)
        .sort(),
    ).toEqual(ITEMS.map(({ id }) => id).sort());
    expect(new Set(shards[0]?.map(({ film }) => film))).toEqual(new Set(['a.png', 'c.png']));
  });
});
