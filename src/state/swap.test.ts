import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { implausibility } from '../findings/knowledge';
import { PLACES, ZONES } from '../findings/vocabulary';
import {
  borrowed,
  inWords,
  ownFindings,
  swapped,
  timesAsMuch,
  travellingFindings,
  withPathology,
  zonesToClear,
} from './swap';
import { fakeReading } from './testing/fakes';

const SEVERE_LEFT = [0, 0.2, 0, 0, 1.234, 2.9];

describe('what of a donor can travel', () => {
  it('is opacity by zone, as the reader grades it', () => {
    expect(travellingFindings(fakeReading(0.1, SEVERE_LEFT), {})).toEqual([
      { finding: 'lung_opacity', probability: 0.1, severities: { left_mid: 1.2, left_lower: 2.9 }, placed: true },
    ]);
  });

  it('is also what the reader calls by name: what looks like opacity in its zones, the rest where it usually is', () => {
    const reading = fakeReading(0.1, SEVERE_LEFT);
    const findings = travellingFindings(
      { ...reading, findings: { ...reading.findings, pneumonia: 0.6, cardiomegaly: 0.9, effusion: 0.3 } },
      { effusion: 0.25 },
    );
    expect(findings.map(({ finding }) => finding)).toEqual(['lung_opacity', 'cardiomegaly', 'pneumonia', 'effusion']);
    expect(findings[1]).toMatchObject({ severities: { mediastinum: 1.8 }, placed: false });
    expect(findings[2]).toMatchObject({ severities: { left_mid: 1.2, left_lower: 2.9 }, placed: true });
    expect(findings[3]).toMatchObject({ severities: { right_lower: 1, left_lower: 1 }, placed: false });
  });

  it('is nothing in a clear chest', () => {
    expect(travellingFindings(fakeReading(0.05), {})).toEqual([]);
  });

  it('could always be asked for', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    const zones = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(probability, zones, (each, severities) => {
        for (const { finding, severities: asked } of travellingFindings(fakeReading(each, severities), {})) {
          const places = PLACES.filter((place) => asked[place] !== undefined);
          expect(places.length).toBeGreaterThan(0);
          expect(implausibility(finding, places)).toBeUndefined();
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is asked of the recipient', () => {
  const [opacity] = travellingFindings(fakeReading(0.1, SEVERE_LEFT), {});
  const recipient = fakeReading(0.2, [2, 0, 0, 0, 0.7, 0.1]);

  it('is what was ticked, and nothing else', () => {
    expect(opacity && borrowed(opacity, ['left_lower'], recipient, false)).toEqual({ left_lower: 2.9 });
    expect(opacity && borrowed(opacity, [...ZONES], recipient, false)).toEqual({ left_mid: 1.2, left_lower: 2.9 });
  });

  it('clears the recipient’s own opacities elsewhere when asked to', () => {
    expect(zonesToClear(recipient, ['left_mid'])).toEqual(['right_upper']);
    expect(opacity && borrowed(opacity, ['left_lower'], recipient, true)).toEqual({
      left_lower: 2.9,
      right_upper: 0,
      left_mid: 0,
    });
  });

  it('clears nothing for a finding that says nothing of opacity', () => {
    expect(
      borrowed({ finding: 'cardiomegaly', severities: { mediastinum: 1.8 } }, ['mediastinum'], recipient, true),
    ).toEqual({ mediastinum: 1.8 });
  });
});

describe('all that is asked at once', () => {
  const opacity = { finding: 'lung_opacity', severities: { left_lower: 2.4 } } as const;
  const effusion = { finding: 'effusion', severities: { left_lower: 1 } } as const;
  const reading = fakeReading(0.1, [2, 0, 0, 0, 0, 0]);
  const recipient = { ...reading, findings: { ...reading.findings, cardiomegaly: 0.9, effusion: 0.8 } };
  const own = ownFindings(recipient, {});

  it('is what travels, with the recipient’s opacities cleared, and what goes last', () => {
    const { findings, refusal } = swapped([opacity, effusion], recipient, own, { clear: true, go: ['cardiomegaly'] });
    expect(refusal).toBeUndefined();
    expect(findings).toEqual([
      { finding: 'lung_opacity', severities: { left_lower: 2.4, right_upper: 0 } },
      effusion,
      { finding: 'cardiomegaly', severities: { mediastinum: 0 } },
    ]);
    expect(inWords(findings)).toBe(
      'severity 2.4 left lower zone opacity; no right upper zone opacity; mild left lower zone effusion; remove cardiomegaly in mediastinum',
    );
  });

  it('does not take away what the donor brings', () => {
    const { findings } = swapped([effusion], recipient, own, { clear: false, go: ['effusion'] });
    expect(findings).toEqual([effusion]);
  });

  it('can clear opacities for a donor that has none', () => {
    expect(swapped([effusion], recipient, own, { clear: true, go: [] }).findings).toEqual([
      effusion,
      { finding: 'lung_opacity', severities: { right_upper: 0 } },
    ]);
  });

  it('is a pneumothorax of one side: the right, unless the left is said', () => {
    const both = { finding: 'pneumothorax', severities: { right_upper: 2, left_upper: 2 } } as const;
    const of = (side?: 'right' | 'left') => swapped([both], recipient, own, { clear: false, go: [] }, side).findings;
    expect(of()).toEqual([{ finding: 'pneumothorax', severities: { right_upper: 2 } }]);
    expect(of('left')).toEqual([{ finding: 'pneumothorax', severities: { left_upper: 2 } }]);
  });

  it('offers as the recipient’s own what is not another name for its opacities', () => {
    expect(own.map(({ finding }) => finding)).toEqual(['cardiomegaly', 'effusion']);
  });
});

describe('a donor’s pathology', () => {
  const pathology = { scale: 0.1, tokens: 'AAAA' };

  it('can be asked for more or less of, up to severe', () => {
    expect(timesAsMuch({ left_lower: 2.4, left_mid: 1 }, 1.5)).toEqual({ left_lower: 3, left_mid: 1.5 });
    expect(timesAsMuch({ left_lower: 2.4 }, 0.5)).toEqual({ left_lower: 1.2 });
  });

  it('travels with opacity, which can be drawn by it, and with nothing else', () => {
    expect(withPathology({ finding: 'lung_opacity', severities: { left_lower: 2 } }, pathology).sketch).toEqual({
      pathology,
    });
    expect(withPathology({ finding: 'effusion', severities: { left_lower: 2 } }, pathology).sketch).toBeUndefined();
    expect(withPathology({ finding: 'lung_opacity', severities: { left_lower: 2 } }, undefined).sketch).toBeUndefined();
  });
});
