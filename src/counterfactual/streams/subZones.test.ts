import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../engine';
import { SUB_ZONE_COLUMNS, SUB_ZONE_ROWS, SUB_ZONES } from '../../findings/pathology';
import { GRID_CELLS, lungMap } from '../../findings/regions';
import { ZONES } from '../../findings/vocabulary';
import { fakeRegions } from '../testing/fakes';
import { contrastOf } from './pathology';
import { poolingOf, subZones, zoneShares } from './subZones';

const PER_LUNG = SUB_ZONE_ROWS * SUB_ZONE_COLUMNS;

function golden(name: string): (entry: string) => Float32Array {
  const path = new URL(`../../../models/${name}/goldens.safetensors`, import.meta.url);
  const entries = readSafetensors(new Uint8Array(readFileSync(path)), name);
  return (entry) => {
    const found = entries.get(entry);
    if (found === undefined) throw new Error(`${name} has no ${entry}`);
    return found.data;
  };
}

function greatestDifference(one: Float32Array, other: Float32Array): number {
  return one.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] as number))), 0);
}

describe('sub-zones', () => {
  it('are those that the networks were trained with', () => {
    const recomposer = golden('recomposer');
    const regions = recomposer('input.regions');
    const maps = subZones(regions);
    expect(greatestDifference(maps, recomposer('input.maps'))).toBeLessThan(1e-5);
    expect(greatestDifference(poolingOf(maps), golden('pathology')('input.weights'))).toBeLessThan(1e-5);
    expect(contrastOf(recomposer('input.twin'), regions).length).toBeCloseTo(
      recomposer('input.length')[0] as number,
      4,
    );
  });

  it('add up to the lungs, the right one first, from apex to diaphragm and from mediastinum to wall', () => {
    const regions = fakeRegions();
    const maps = subZones(regions);
    const sum = Float32Array.from({ length: GRID_CELLS }, (_, cell) =>
      Array.from({ length: SUB_ZONES }, (_, zone) => maps[zone * GRID_CELLS + cell] as number).reduce(
        (a, b) => a + b,
        0,
      ),
    );
    expect(greatestDifference(sum, lungMap(regions))).toBeLessThan(1e-5);
    const most = (zone: number): number => {
      const own = maps.subarray(zone * GRID_CELLS, (zone + 1) * GRID_CELLS);
      return own.indexOf(Math.max(...own));
    };
    const at = (cell: number): readonly [x: number, y: number] => [cell % 32, Math.floor(cell / 32)];
    const [apexInner, baseOuter] = [at(most(0)), at(most(PER_LUNG - 1))];
    expect(apexInner[0]).toBeGreaterThan(baseOuter[0]);
    expect(apexInner[1]).toBeLessThan(baseOuter[1]);
    expect(at(most(PER_LUNG))[0]).toBeLessThan(at(most(SUB_ZONES - 1))[0]);
  });

  it('belong to the zones they lie in', () => {
    const regions = fakeRegions();
    const shares = zoneShares(subZones(regions), regions);
    const zoneOf = (zone: number): string | undefined => {
      const own = shares.subarray(zone * ZONES.length, (zone + 1) * ZONES.length);
      return ZONES[own.indexOf(Math.max(...own))];
    };
    expect([0, PER_LUNG - 1, PER_LUNG, SUB_ZONES - 1].map(zoneOf)).toEqual([
      'right_upper',
      'right_lower',
      'left_upper',
      'left_lower',
    ]);
  });
});
