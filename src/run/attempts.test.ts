import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts';
import { attemptsIn, workerJournal } from './folder';
import type { Outcome } from './item';
import { lineOf } from './journal';
import { memoryFiles } from './testing/memoryFiles';

const item = (id: string) => ({ id, film: `${id}.png`, request: 'words', seed: 1 });
const done = (id: string): Outcome => ({ status: 'done', item: item(id), files: [], row: {}, milliseconds: 1 });
const failed = (id: string): Outcome => ({
  status: 'failed',
  item: item(id),
  error: { code: 'x', message: 'It could not.', advice: '' },
});
const [one, other] = [workerJournal('1'), workerJournal('2')];

describe('journals that are asked while others write', () => {
  it('tell what the whole of them tells, whatever has come in which order', async () => {
    const files = memoryFiles();
    const attempts = new Attempts(files);
    const steps: readonly (readonly [string, string])[] = [
      [one, ''],
      [one, lineOf(failed('a'))],
      [other, lineOf(done('a')) + lineOf(failed('b'))],
      [one, lineOf(failed('b')) + lineOf(failed('ä'))],
      [other, lineOf(done('c')).slice(0, 30)],
      [one, lineOf(done('b'))],
      // The rest of the line that was cut short while it was read, and one that was never ended, and then was.
      [other, lineOf(done('c')).slice(30) + lineOf(failed('d')).slice(0, -1)],
      [other, `\n${lineOf(done('e')).slice(0, 20)}`],
      [other, `#torn\n${lineOf(done('f'))}`],
      ['journal-1-of-2.jsonl', lineOf(failed('f')) + lineOf(done('g'))],
    ];
    for (const [name, text] of steps) {
      await files.append(name, text);
      const whole = await attemptsIn(files);
      const now = await attempts.now();
      expect(new Map([...now.outcomes].sort())).toEqual(new Map([...whole.outcomes].sort()));
      expect(new Map([...now.failures].sort())).toEqual(new Map([...whole.failures].sort()));
    }
    expect((await attempts.now()).outcomes.size).toBe(7);
  });

  it('are read once, and then only what has come since', async () => {
    const files = memoryFiles();
    const attempts = new Attempts(files);
    for (let at = 0; at < 50; at++) await files.append(one, lineOf(done(`item ${String(at)}`)));
    await attempts.now();
    expect(files.bytesRead).toBe(files.files.get(one)?.length);
    files.bytesRead = 0;
    await files.append(other, lineOf(failed('last')));
    await attempts.now();
    await attempts.now();
    expect(files.bytesRead).toBe(files.files.get(other)?.length);
  });

  it('that are replaced or taken away count no more', async () => {
    const files = memoryFiles();
    const attempts = new Attempts(files);
    await files.append(one, lineOf(failed('a')) + lineOf(done('b')));
    await files.append(other, lineOf(done('c')));
    await attempts.now();
    await files.write(one, new TextEncoder().encode(lineOf(done('d'))));
    expect([...(await attempts.now()).outcomes.keys()].sort()).toEqual(['c', 'd']);
    files.files.delete(other);
    const { outcomes, failures } = await attempts.now();
    expect([[...outcomes.keys()], failures.size]).toEqual([['d'], 0]);
  });

  it('name the line that is none', async () => {
    const files = memoryFiles();
    const attempts = new Attempts(files);
    await files.append(one, lineOf(done('a')));
    await attempts.now();
    await files.append(one, `words\n${lineOf(done('b'))}`);
    await expect(attempts.now()).rejects.toThrow(/line 2\b/i);
  });
});
