import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS, PLACES } from '../findings/vocabulary';
import {
  editKind,
  initialRequest,
  obstacle,
  toEdit,
  toSamplingOptions,
  withFinding,
  withNextSeed,
  withPlaces,
  withPlaceToggled,
  withSampling,
  withSeverity,
  withText,
} from './editRequest';

const ADVISED = { steps: 12, guidance: 4, maxTime: 0.9 };
const asked = withText(initialRequest(), 'severe right lower zone opacity');
const wish = ({ kind, finding, places, severity }: typeof asked) => ({ kind, finding, places, severity });

describe('the request', () => {
  it('sets the controls from words', () => {
    expect(wish(asked)).toEqual({ kind: 'add', finding: 'lung_opacity', places: ['right_lower'], severity: 3 });
  });

  it('rewrites the words when a control is used', () => {
    expect(withSeverity(asked, 1).text).toBe('mild right lower zone opacity');
    expect(withFinding(asked, 'consolidation').text).toBe('severe right lower zone consolidation');
    expect(withSeverity(asked, 0).text).toBe('remove right lower zone opacity');
  });

  it('keeps words and controls in step whatever the controls say', () => {
    const findings = fc.constantFrom(...FINDINGS.filter((finding) => finding !== 'no_finding'));
    const severities = fc.integer({ min: 0, max: 30 }).map((tenths) => tenths / 10);
    fc.assert(
      fc.property(findings, fc.subarray([...PLACES]), severities, (finding, places, severity) => {
        const byControls = withSeverity(withFinding(withPlaces(initialRequest(), places), finding), severity);
        const byWords = withText(initialRequest(), byControls.text);
        expect(wish(byWords)).toEqual(wish(byControls));
      }),
    );
  });

  it('keeps the controls while the words name nothing', () => {
    const typing = withText(asked, 'severe ri');
    expect(wish(typing)).toEqual(wish(asked));
    expect(typing.understanding.problem).toBeDefined();
  });

  it('points at the words it does not know', () => {
    const { understanding, text } = withText(asked, 'severe fluffy right lower zone opacity');
    expect(understanding.unrecognised.map(({ start, end }) => text.slice(start, end))).toEqual(['fluffy']);
  });

  it('erases at severity 0, and adds again above it', () => {
    const erased = withSeverity(asked, 0);
    expect(erased.kind).toBe('remove');
    expect(withSeverity(erased, 2).kind).toBe('add');
  });

  it('toggles a place on and off in the order of the vocabulary', () => {
    const two = withPlaceToggled(asked, 'right_upper');
    expect(two.places).toEqual(['right_upper', 'right_lower']);
    expect(withPlaceToggled(two, 'right_upper').places).toEqual(['right_lower']);
  });

  it('gives a finding with one place that place', () => {
    expect(withFinding(asked, 'cardiomegaly').places).toEqual(['mediastinum']);
  });

  it('grades where the reader already sees opacity in all the zones, and adds elsewhere', () => {
    expect(editKind(asked, [0, 0, 2, 0, 0, 0])).toBe('grade');
    expect(editKind(asked, [0, 0, 0.1, 0, 0, 0])).toBe('add');
    expect(editKind(withPlaceToggled(asked, 'left_lower'), [0, 0, 2, 0, 0, 0])).toBe('add');
    expect(editKind(withFinding(asked, 'pneumothorax'), [3, 3, 3, 3, 3, 3])).toBe('add');
    expect(editKind(asked)).toBe('add');
  });

  it('hands the mask on only when there is one', () => {
    const mask = { width: 1, height: 1, data: Uint8Array.of(255) };
    expect(toEdit(asked, mask).mask).toBe(mask);
    expect('mask' in toEdit(asked, undefined)).toBe(false);
  });

  it('follows the release until the user decides otherwise', () => {
    expect(toSamplingOptions(asked, ADVISED)).toMatchObject({ steps: 12, guidance: 4, maxTime: 0.9 });
    expect(toSamplingOptions(withSampling(asked, { steps: 20 }), ADVISED)).toMatchObject({ steps: 20, guidance: 4 });
  });

  it('moves the seed on unless it is locked', () => {
    expect(withNextSeed(asked).sampling.seed).toBe(asked.sampling.seed + 1);
    expect(withNextSeed(withSampling(asked, { seedLocked: true })).sampling.seed).toBe(asked.sampling.seed);
  });

  it('says what stands in the way', () => {
    const mask = { width: 1, height: 1, data: Uint8Array.of(255) };
    expect(obstacle(asked, undefined)).toBeUndefined();
    expect(obstacle(withPlaces(asked, []), undefined)).toMatch(/zone, or paint/);
    expect(obstacle(withPlaces(asked, []), mask)).toBeUndefined();
    expect(obstacle(withText(asked, 'hello'), mask)).toMatch(/No finding/);
    expect(obstacle(withPlaces(withFinding(asked, 'cardiomegaly'), ['left_upper']), undefined)).toMatch(/not found in/);
  });
});
