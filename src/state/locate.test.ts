import { describe, expect, it, vi } from 'vitest';
import type { Radiograph } from '../imaging/radiograph';
import { generate, whyNotGenerate } from './commands/generate';
import { maskFromLocated, turnToLocated } from './commands/namedMasks';
import { openFiles } from './commands/openFiles';
import { typeText } from './commands/request';
import { startEngine } from './commands/startEngine';
import { locatedIn } from './locate';
import type { CounterfactualWorker } from './services';
import { currentDocument } from './slices/documents';
import { fakeCounterfactual, fakeFile, fakeRadiograph, fakeStudio } from './testing/fakes';

const [WIDTH, HEIGHT] = [200, 240];

/** An even film with round dense places, at fractions of the image. */
function filmWith(...places: readonly (readonly [number, number])[]): Radiograph {
  const pixels = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const most = places.reduce((sum, [x, y]) => {
      const far = Math.hypot((i % WIDTH) - x * WIDTH, Math.floor(i / WIDTH) - y * HEIGHT) / 9;
      return sum + 1500 * Math.sqrt(Math.max(0, 1 - far * far));
    }, 0);
    // A little of a slope, as no film is quite even.
    return Math.round(900 + (i % WIDTH) + most);
  });
  return fakeRadiograph('chest.png', { width: WIDTH, height: HEIGHT, pixels });
}

async function studioWith(film: Radiograph, words: string) {
  const asked = vi.fn<CounterfactualWorker['generate']>((source, edit, { seed }) =>
    Promise.resolve(fakeCounterfactual(source, edit, seed)),
  );
  const studio = fakeStudio({ worker: { generate: asked } });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  studio.store.getState().updateCurrent('history', (document) => ({ ...document, radiograph: film }));
  typeText(studio, words);
  const places = () => locatedIn(currentDocument(studio.store.getState())) ?? [];
  const mask = () => asked.mock.calls[0]?.[1].mask;
  return { studio, places, mask };
}

/** Whether the mask covers a point, given as fractions. */
const covers = (mask: { readonly data: Uint8Array } | undefined, [x, y]: readonly [number, number]) =>
  mask?.data[Math.round(y * HEIGHT) * WIDTH + Math.round(x * WIDTH)] === 255;

const RIGHT = [0.25, 0.4] as const;
const LEFT = [0.75, 0.6] as const;

describe('a nodule that is to go', () => {
  it('is looked for before anything is made, and erased there only', async () => {
    const { studio, places, mask } = await studioWith(filmWith(RIGHT), 'remove the nodule');
    expect(places().length).toBeGreaterThan(0);
    await generate(studio);
    expect(covers(mask(), RIGHT)).toBe(true);
    expect(covers(mask(), LEFT)).toBe(false);
    expect((mask()?.data.filter((value) => value > 0).length ?? 0) / (WIDTH * HEIGHT)).toBeLessThan(0.05);
  });

  it('may be an opacity that the words call focal; other opacity goes from its zones', async () => {
    const { studio, places, mask } = await studioWith(filmWith(RIGHT), 'remove the focal opacity');
    expect(places().length).toBeGreaterThan(0);
    await generate(studio);
    expect(covers(mask(), RIGHT)).toBe(true);
    expect(covers(mask(), LEFT)).toBe(false);
    const whole = await studioWith(filmWith(RIGHT), 'remove the opacity');
    expect(whole.places()).toEqual([]);
  });

  it('goes where the user turns to, among the places it may lie', async () => {
    const { studio, places, mask } = await studioWith(filmWith(RIGHT, LEFT), 'remove the nodule');
    const first = places()[0]?.x ?? 0;
    turnToLocated(studio, 1);
    const other = first < 0.5 ? LEFT : RIGHT;
    await generate(studio);
    expect(covers(mask(), other)).toBe(true);
    expect(covers(mask(), other === LEFT ? RIGHT : LEFT)).toBe(false);
  });

  it('is looked for in the zones that are named', async () => {
    const { places } = await studioWith(filmWith(RIGHT, LEFT), 'remove the left lower nodule');
    expect(places().length).toBeGreaterThan(0);
    expect(places().every(({ x }) => x > 0.5)).toBe(true);
  });

  it('has an outline that can be taken as a mask and corrected, and is then what was painted', async () => {
    const { studio, places } = await studioWith(filmWith(RIGHT), 'remove the nodule');
    maskFromLocated(studio);
    const document = currentDocument(studio.store.getState());
    expect(covers(document?.mask, RIGHT)).toBe(true);
    expect(document?.masks[0]?.name).toBe('Nodule');
    expect(places()).toEqual([]);
    expect(whyNotGenerate(studio.store.getState())).toBeUndefined();
  });

  it('is not erased anywhere where none is located, and what to do is said', async () => {
    const { studio, mask } = await studioWith(filmWith(), 'remove the mass');
    expect(whyNotGenerate(studio.store.getState())).toBe(
      'No mass was located in the chosen zones. Paint it on the picture, then erase it.',
    );
    await generate(studio);
    expect(mask()).toBeUndefined();
  });

  it.each(['remove the opacity', 'severe right lower nodule', 'remove the nodule and the effusion'])(
    'is all that is looked for: not with “%s”',
    async (words) => {
      const { studio } = await studioWith(filmWith(RIGHT), words);
      expect(locatedIn(currentDocument(studio.store.getState()))).toBeUndefined();
    },
  );

  it('is searched for once for a film and its places', async () => {
    const { studio, places } = await studioWith(filmWith(RIGHT), 'remove the nodule');
    expect(places()).toBe(places());
    expect(studio.store.getState().locatedChoice).toBeUndefined();
  });
});
