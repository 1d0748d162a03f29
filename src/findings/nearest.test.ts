import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { implausibility } from './knowledge';
import { nearestPlausible } from './nearest';
import { FINDINGS, PLACES } from './vocabulary';

describe('the nearest plausible edit', () => {
  it('is plausible, whatever was asked for, and there is one for every impossible place', () => {
    const findings = FINDINGS.filter((finding) => finding !== 'no_finding');
    fc.assert(
      fc.property(fc.constantFrom(...findings), fc.subarray([...PLACES]), (finding, places) => {
        const nearest = nearestPlausible(finding, places);
        expect(nearest === undefined).toBe(implausibility(finding, places) === undefined);
        if (nearest === undefined) return;
        expect(implausibility(nearest.finding, nearest.places)).toBeUndefined();
        expect(nearest.places.length).toBeGreaterThan(0);
      }),
    );
  });

  it.each([
    ['effusion', ['left_upper'], ['left_upper', 'left_lower'], 'Add the left lower zone'],
    ['cardiomegaly', ['left_upper'], ['mediastinum'], 'Ask for cardiomegaly in the mediastinum instead'],
    ['lung_opacity', ['right_lower', 'mediastinum'], ['right_lower'], 'Leave out the mediastinum'],
    ['lung_opacity', ['mediastinum'], ['right_mid', 'left_mid'], 'Ask for opacity in the bilateral mid zone instead'],
    [
      'hernia',
      ['right_upper'],
      ['right_lower', 'mediastinum'],
      'Ask for hernia in the right lower zone and the mediastinum instead',
    ],
    [
      'effusion',
      ['right_upper', 'mediastinum'],
      ['right_upper', 'right_lower'],
      'Leave out the mediastinum, add the right lower zone',
    ],
  ] as const)('of %s in %j is %j', (finding, asked, places, label) => {
    expect(nearestPlausible(finding, asked)).toEqual({ finding, places, label });
  });

  it('is nothing for what is plausible already, and for a normal chest', () => {
    expect(nearestPlausible('lung_opacity', ['left_mid'])).toBeUndefined();
    expect(nearestPlausible('no_finding', [])).toBeUndefined();
  });
});
