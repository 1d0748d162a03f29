import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combined, goingElsewhere, placesOf, type PlacedFinding } from './combinations';
import { implausibility, knowledgeOf } from './knowledge';
import { FINDINGS, PLACES } from './vocabulary';

const asked = (finding: PlacedFinding['finding'], severities: PlacedFinding['severities']): PlacedFinding => ({
  finding,
  severities,
});

describe('findings that are asked together', () => {
  it('stay as they are where nothing speaks against them', () => {
    const findings = [
      asked('lung_opacity', { left_lower: 2 }),
      asked('effusion', { left_lower: 1 }),
      asked('cardiomegaly', { mediastinum: 2 }),
    ];
    expect(combined(findings)).toEqual({ findings, repairs: [], refusal: undefined });
  });

  it.each<[string, readonly PlacedFinding[], readonly PlacedFinding[], RegExp]>([
    [
      'an effusion gets its base',
      [asked('effusion', { left_upper: 2 })],
      [asked('effusion', { left_upper: 2, left_lower: 2 })],
      /falls to the base.*Add the left lower zone/,
    ],
    [
      'an enlarged heart goes where the heart is',
      [asked('cardiomegaly', { left_lower: 2 })],
      [asked('cardiomegaly', { mediastinum: 2 })],
      /not found in/,
    ],
    [
      'a nodule in a mass goes',
      [asked('nodule', { left_mid: 2 }), asked('mass', { left_mid: 2 })],
      [asked('mass', { left_mid: 2 })],
      /up to 3 cm/,
    ],
    [
      'opacity of two names has one grade',
      [asked('lung_opacity', { left_lower: 1, left_mid: 2 }), asked('consolidation', { left_lower: 3 })],
      [asked('lung_opacity', { left_lower: 3, left_mid: 2 }), asked('consolidation', { left_lower: 3 })],
      /Opacity and consolidation are one opacity.*left lower zone/,
    ],
  ])('are repaired: %s', (_, before, after, why) => {
    const { findings, repairs, refusal } = combined(before);
    expect(findings).toEqual(after);
    expect(refusal).toBeUndefined();
    expect(repairs).toEqual([expect.stringMatching(why)]);
  });

  it('are of one grade only where they are asked: what goes is in nobody’s way', () => {
    const findings = [asked('edema', { right_lower: 0, left_lower: 0 }), asked('lung_opacity', { right_lower: 1 })];
    expect(combined(findings)).toEqual({ findings, repairs: [], refusal: undefined });
    expect(goingElsewhere(findings)).toEqual([asked('edema', { left_lower: 0 }), findings[1]]);
  });

  it('go from where another comes only if that is all that is asked of them', () => {
    const findings = [
      asked('edema', { right_lower: 0 }),
      asked('lung_opacity', { right_lower: 1 }),
      asked('effusion', { right_lower: 0 }),
    ];
    expect(goingElsewhere(findings)).toEqual(findings);
  });

  it('are refused where one excludes the other', () => {
    expect(combined([asked('no_finding', { left_lower: 1 }), asked('mass', { left_lower: 1 })]).refusal).toMatch(
      /normal chest excludes/,
    );
  });

  it('may be removed from wherever they were read', () => {
    const findings = [asked('pneumothorax', { left_upper: 0, right_upper: 0 }), asked('effusion', { left_upper: 0 })];
    expect(combined(findings)).toEqual({ findings, repairs: [], refusal: undefined });
  });

  it('are plausible once repaired, and repaired once', () => {
    const finding = fc.constantFrom(...FINDINGS.filter((each) => each !== 'no_finding'));
    const severities = fc.dictionary(fc.constantFrom(...PLACES), fc.integer({ min: 0, max: 3 }));
    const several = fc.uniqueArray(fc.record({ finding, severities }), {
      selector: (each) => each.finding,
      maxLength: 4,
    });
    fc.assert(
      fc.property(several, (given) => {
        const { findings, refusal } = combined(given);
        expect(refusal).toBeUndefined();
        for (const each of findings) {
          if (Object.values(each.severities).some((severity) => severity > 0))
            expect(implausibility(each.finding, placesOf(each)), knowledgeOf(each.finding).name).toBeUndefined();
        }
        expect(combined(findings).repairs).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
