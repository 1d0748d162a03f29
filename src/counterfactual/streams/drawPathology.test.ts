import { describe, expect, it } from 'vitest';
import { packPathology, SUB_ZONES, TOKEN_CHANNELS, type Pathology } from '../../findings/pathology';
import { GRID_CELLS, regionMap } from '../../findings/regions';
import type { Place, Severity } from '../../findings/vocabulary';
import { GRID_SIZE, toNetworkGrid } from '../../imaging/resample';
import { prepareSource } from '../source';
import { fakeEncode, fakeNetworks, fakeRadiograph } from '../testing/fakes';
import { drawPathology, withoutTexture } from './drawPathology';
import { pathologyOf, scaledTokens } from './pathology';

const film = fakeRadiograph(512, 512, 8);

function everywhere(value: number): Pathology {
  const tokens = new Float32Array(SUB_ZONES * TOKEN_CHANNELS);
  for (let zone = 0; zone < SUB_ZONES; zone++) tokens[zone * TOKEN_CHANNELS] = value;
  return packPathology(tokens) as Pathology;
}

const drawing = (places: readonly Place[], severity: Severity) => ({
  drawing: { edit: { finding: 'lung_opacity', places, severity } as const },
});

async function drawn(graded: readonly ReturnType<typeof drawing>[], pathology = everywhere(0.3)) {
  const networks = fakeNetworks();
  const source = await prepareSource(film, networks);
  const result = await drawPathology(source, networks, film, pathology, graded);
  const [before, after] = [fakeEncode(toNetworkGrid(film)), fakeEncode(toNetworkGrid(result.radiograph))];
  const change = (place: Place): number => {
    const map = regionMap(source.anatomy.regions, place);
    let [sum, mass] = [0, 0];
    for (let cell = 0; cell < GRID_CELLS; cell++) {
      sum += (map[cell] ?? 0) * ((after[cell * 8] ?? 0) - (before[cell * 8] ?? 0));
      mass += map[cell] ?? 0;
    }
    return sum / mass;
  };
  return { result, change };
}

describe('a donor’s pathology', () => {
  it('is drawn where it is asked, and nowhere else', async () => {
    const { result, change } = await drawn([drawing(['right_lower'], 2)]);
    expect(change('right_lower')).toBeGreaterThan(0.02);
    expect(Math.abs(change('left_lower'))).toBeLessThan(1e-3);
    const { box, mask, change: density } = result.sketch;
    expect(density.every((value, at) => (mask[at] ?? 0) > 0 || value === 0)).toBe(true);
    expect(box.x + box.width).toBeLessThan(256 + 16);
  });

  it('is more where more is asked', async () => {
    const { change, result } = await drawn([drawing(['right_lower'], 2.8), drawing(['left_lower'], 0.6)]);
    expect(change('right_lower')).toBeGreaterThan(change('left_lower'));
    expect(result.factors.right_lower).toBeGreaterThan(result.factors.left_lower ?? 0);
  });

  it('is the difference of a film from its twin, and none of a film that is its own', async () => {
    const networks = fakeNetworks();
    const source = await prepareSource(film, networks);
    const darker = { ...film, pixels: film.pixels.map((value) => 0.8 * value) };
    const own = await pathologyOf(source, networks, darker);
    expect(Math.max(...own.opacity)).toBeGreaterThan(0);
    const none = await pathologyOf(source, networks, film);
    expect(none.tokens.every((value) => value === 0)).toBe(true);
  });

  it('is a veil: what is finer than a sub-zone goes, its amount stays, to the edge of the mask', () => {
    const before = new Float32Array(GRID_SIZE * GRID_SIZE).fill(-0.4);
    const within = before.map((_, at) => Number(at % GRID_SIZE >= 60 && at % GRID_SIZE < 180));
    // Stripes of 4 pixels, 0.5 and 0.1 by turns; beside the mask the networks draw what they like.
    const after = before.map((value, at) => value + (within[at] === 0 ? 9 : at % 8 < 4 ? 0.5 : 0.1));
    const veiled = withoutTexture(before, after, within);
    const row = Array.from({ length: 120 }, (_, at) => (veiled[128 * GRID_SIZE + 60 + at] as number) + 0.4);
    expect(Math.min(...row)).toBeGreaterThan(0.2);
    expect(Math.max(...row)).toBeLessThan(0.4);
  });

  it('is scaled token by token', () => {
    const tokens = Float32Array.from({ length: SUB_ZONES * TOKEN_CHANNELS }, () => 2);
    const factors = Array.from({ length: SUB_ZONES }, (_, zone) => zone);
    const scaled = scaledTokens(tokens, factors);
    expect([scaled[0], scaled[TOKEN_CHANNELS - 1], scaled[TOKEN_CHANNELS]]).toEqual([0, 0, 2]);
  });
});
