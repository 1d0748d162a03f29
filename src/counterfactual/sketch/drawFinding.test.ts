import { describe, expect, it } from 'vitest';
import type { Place } from '../../findings/vocabulary';
import { recordOf } from './drawFinding';

function kindAt(places: readonly Place[], options?: Readonly<Record<string, string>>, painted = false): unknown {
  const mask = { width: 2, height: 2, data: new Uint8Array(4).fill(255) };
  return recordOf({
    edit: {
      finding: 'pleural_thickening',
      places,
      severity: 2,
      ...(options === undefined ? {} : { sketch: { options } }),
      ...(painted ? { mask } : {}),
    },
  }).options['kind'];
}

describe('the record of a drawing', () => {
  it('names the kind of thickening that the zones say: a cap where only an upper zone is named', () => {
    expect(kindAt(['left_upper'])).toBe('apical');
    expect(kindAt(['left_upper', 'right_upper'])).toBe('apical');
    expect(kindAt(['left_upper', 'left_mid'])).toBe('diffuse');
    expect(kindAt(['right_lower'])).toBe('diffuse');
    expect(kindAt(['left_upper'], undefined, true)).toBe('diffuse');
    // A cap on one side and a rind on the other have no one name.
    expect(kindAt(['left_upper', 'right_lower'])).toBe('by zone');
  });

  it('keeps a kind that was asked, as recipes of earlier releases name it', () => {
    for (const kind of ['diffuse', 'plaque', 'apical']) expect(kindAt(['left_upper'], { kind })).toBe(kind);
    expect(() => kindAt(['left_upper'], { kind: 'round' })).toThrow(/cannot be drawn/);
  });
});
