import { describe, expect, it } from 'vitest';
import { atOnce } from '../../imaging/slices';
import { fakeRadiograph } from '../testing/fakes';
import { RunClock } from './clock';
import { decodeStrip, encodeStrip, stripOf } from './strip';
import { Strips } from './strips';

const film = fakeRadiograph('film.png', { pixels: new Uint16Array(64 * 80).fill(1000) });
const brighter = { ...film, pixels: film.pixels.map((value, at) => (at < 32 * 64 ? value + 500 : value)) };

describe('the small pictures of a result', () => {
  it('show source, result and what became brighter, also after they were kept', () => {
    const made = atOnce(stripOf(film, brighter));
    const strip = decodeStrip(encodeStrip(made) ?? new Uint8Array(), 'x.png');
    expect(strip).toEqual(made);
    const { width = 0, height = 0, source, result, change } = strip ?? {};
    expect([width, height]).toEqual([64, 80]);
    const last = width * height - 1;
    expect([source?.[last], change?.[last]]).toEqual([result?.[last], 128]);
    expect(change?.[0]).toBeGreaterThan(128 + 10);
    expect(result?.[0]).toBeGreaterThan(source?.[0] ?? 255);
  });

  it('without the film show the result alone, and are not kept', () => {
    const strip = atOnce(stripOf(undefined, brighter));
    expect([strip.source, strip.change, encodeStrip(strip)]).toEqual([undefined, undefined, undefined]);
  });

  it('are read one at a time, the one wanted last first, none that went out of sight', async () => {
    const read: string[] = [];
    const strips = new Strips(async (id) => {
      read.push(id);
      await Promise.resolve();
      return id === 'gone' ? undefined : atOnce(stripOf(film, brighter));
    });
    for (const id of ['a', 'b', 'c', 'gone']) strips.want(id);
    strips.unwant('b');
    await expect.poll(() => strips.get('c')).toBeDefined();
    await expect.poll(() => strips.get('gone')).toBe('missing');
    expect(read).toEqual(['a', 'gone', 'c']);
    strips.retry();
    expect([strips.get('gone'), typeof strips.get('a')]).toEqual([undefined, 'object']);
  });
});

it('a run’s clock stands while the run is held', () => {
  let time = 100;
  const clock = new RunClock(() => time);
  const began = clock.now();
  time += 50;
  clock.stop();
  time += 1000;
  expect(clock.now() - began).toBe(50);
  clock.start();
  time += 5;
  expect(clock.now() - began).toBe(55);
});
