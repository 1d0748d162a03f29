import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS, PLACES, ZONES } from '../findings/vocabulary';
import { canonicalEdit } from '../findings/editText';
import {
  allAsked,
  initialRequest,
  inStep,
  withAdded,
  withChosen,
  withoutAsked,
  type EditRequest,
  severityAt,
  withFinding,
  withFindings,
  withPlaceMoved,
  withNextSeed,
  withPlaces,
  withPlaceSeverity,
  withPlaceToggled,
  withSampling,
  withSeverity,
  withText,
} from '../record/editRequest';
import { editKind, obstacle, toEdit, toSamplingOptions } from './requestedEdit';

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
        // Where a mask says where, words without a place say no place.
        const byWords = withText(initialRequest(), byControls.text, true);
        expect(wish(byWords)).toEqual(wish(byControls));
      }),
    );
  });

  it('keeps what a donor gave while words change its grade, and lets it go with its place', () => {
    const pathology = { scale: 0.1, tokens: 'AAAA' };
    const borrowed = { ...asked, sketch: { pathology } };
    expect(withText(borrowed, 'mild right lower zone opacity').sketch).toEqual({ pathology });
    expect(withText(borrowed, 'mild left lower zone opacity').sketch).toBeUndefined();
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

  it('grades one place without the others, in words too', () => {
    const two = withPlaceSeverity(withPlaceToggled(asked, 'left_mid'), 'left_mid', 1);
    expect(two.severities).toEqual({ right_lower: 3, left_mid: 1 });
    expect(two.text).toBe('severe right lower zone opacity; mild left mid zone opacity');
    expect(withText(initialRequest(), two.text)).toMatchObject({ severity: 3, severities: two.severities });
    expect(withPlaceSeverity(two, 'left_mid', 3).severities).toBeUndefined();
    expect(withSeverity(two, 2)).toMatchObject({ severity: 2, severities: undefined });
    expect(toEdit(two, undefined).severities).toEqual(two.severities);
  });

  it('moves a finding with its severity, whatever was asked where it comes', () => {
    const two = withPlaceSeverity(withPlaceToggled(asked, 'left_mid'), 'left_mid', 1);
    const moved = withPlaceMoved(two, 'right_lower', 'right_upper');
    expect(moved.places).toEqual(['right_upper', 'left_mid']);
    expect([severityAt(moved, 'right_upper'), severityAt(moved, 'left_mid')]).toEqual([3, 1]);
    expect(withPlaceMoved(two, 'right_lower', 'left_mid')).toMatchObject({
      places: ['left_mid'],
      severity: 3,
      severities: undefined,
    });
    expect(withPlaceMoved(two, 'left_upper', 'left_mid')).toBe(two);
  });

  it('keeps severities, places and words in step whatever is moved and graded', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('toggle' as const), at: fc.constantFrom(...PLACES) }),
      fc.record({
        do: fc.constant('grade' as const),
        at: fc.constantFrom(...PLACES),
        tenths: fc.integer({ min: 0, max: 30 }),
      }),
      fc.record({ do: fc.constant('move' as const), at: fc.constantFrom(...PLACES), to: fc.constantFrom(...PLACES) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const request = steps.reduce((now, each) => {
          if (each.do === 'toggle') return withPlaceToggled(now, each.at);
          return each.do === 'grade'
            ? withPlaceSeverity(now, each.at, each.tenths / 10)
            : withPlaceMoved(now, each.at, each.to);
        }, initialRequest());
        const { places, severities, severity } = request;
        if (severities !== undefined) {
          expect(Object.keys(severities).sort()).toEqual([...places].sort());
          expect(Math.max(...Object.values(severities))).toBe(severity);
        }
        // Without a place the controls wait for a mask, and so do the words.
        const read = withText(initialRequest(), request.text, places.length === 0);
        expect({ places: read.places, severity: read.severity, severities: read.severities }).toEqual({
          places,
          severity,
          severities,
        });
      }),
    );
  });

  it('takes over a finding as another patient has it', () => {
    const borrowed = withFindings(asked, [{ finding: 'pneumonia', severities: { left_lower: 2.25, left_upper: 0 } }]);
    expect(borrowed).toMatchObject({
      kind: 'add',
      finding: 'pneumonia',
      places: ['left_upper', 'left_lower'],
      severity: 2.25,
    });
    expect(borrowed.severities).toEqual({ left_upper: 0, left_lower: 2.25 });
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
    expect(toSamplingOptions(asked, ADVISED)).not.toHaveProperty('chosen');
    expect(toSamplingOptions(withSampling(asked, { steps: 12 }), ADVISED).chosen).toEqual(['steps']);
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

describe('a request for several findings', () => {
  const several = withText(
    initialRequest(),
    'moderate left lower zone opacity and small right effusion, no pneumothorax',
  );
  const inOrder = (request: EditRequest) => allAsked(request).map(({ finding }) => finding);

  it('has them in the order of the words, the first in the controls', () => {
    expect(several).toMatchObject({ finding: 'lung_opacity', places: ['left_lower'], severity: 2, position: 0 });
    expect(allAsked(several).slice(1)).toEqual([
      { kind: 'add', finding: 'effusion', places: ['right_lower'], severity: 1 },
      { kind: 'remove', finding: 'pneumothorax', places: ['right_upper', 'left_upper'], severity: 0 },
    ]);
  });

  it('keeps words and order when the controls go to another', () => {
    const chosen = withChosen(several, 'effusion');
    expect(chosen).toMatchObject({
      finding: 'effusion',
      places: ['right_lower'],
      severity: 1,
      position: 1,
      text: several.text,
    });
    expect(inOrder(chosen)).toEqual(inOrder(several));
    expect(withChosen(chosen, 'lung_opacity')).toEqual(several);
  });

  it('is written anew when a control changes the one it is on, the others as they were', () => {
    expect(withSeverity(withChosen(several, 'effusion'), 3).text).toBe(
      'moderate left lower zone opacity; severe right lower zone effusion; remove bilateral upper zone pneumothorax',
    );
  });

  it('keeps the controls on their finding while the words change around it', () => {
    const chosen = withChosen(several, 'effusion');
    expect(withText(chosen, 'small right effusion and severe cardiomegaly')).toMatchObject({
      finding: 'effusion',
      position: 0,
    });
    expect(withText(chosen, 'severe cardiomegaly')).toMatchObject({
      finding: 'cardiomegaly',
      position: 0,
      further: [],
    });
  });

  it('takes one more, and names it', () => {
    const more = withAdded(several, 'cardiomegaly');
    expect(more).toMatchObject({ finding: 'cardiomegaly', places: ['mediastinum'], position: 3 });
    expect(more.text).toMatch(/; moderate cardiomegaly in mediastinum$/);
    expect(withAdded(several, 'effusion')).toEqual(withChosen(several, 'effusion'));
  });

  it('gives one up, with the controls on its neighbour, but never the last', () => {
    const without = withoutAsked(several, 'lung_opacity');
    expect(without).toMatchObject({
      finding: 'effusion',
      text: 'mild right lower zone effusion; remove bilateral upper zone pneumothorax',
    });
    const last = withoutAsked(without, 'pneumothorax');
    expect(last).toMatchObject({ finding: 'effusion', further: [], text: 'mild right lower zone effusion' });
    expect(withoutAsked(last, 'effusion')).toBe(last);
  });

  it('names no finding twice: the controls go to the one that is asked already', () => {
    expect(inOrder(withFinding(several, 'effusion'))).toEqual(inOrder(several));
    expect(withFinding(several, 'effusion').finding).toBe('effusion');
  });

  it('keeps the severity of what has no place yet', () => {
    const unplaced = withText(initialRequest(), 'severe effusion and mild left mid zone nodule');
    expect(withChosen(withChosen(unplaced, 'nodule'), 'effusion')).toMatchObject({ places: [], severity: 3 });
  });

  it('is in step with its words, whatever is done to it', () => {
    const names = ['lung_opacity', 'effusion', 'cardiomegaly', 'nodule'] as const;
    const finding = fc.constantFrom(...names);
    const step = fc.oneof(
      fc.record({
        do: fc.constantFrom('choose' as const, 'add' as const, 'drop' as const, 'become' as const),
        finding,
      }),
      fc.record({ do: fc.constant('toggle' as const), at: fc.constantFrom(...PLACES) }),
      fc.record({
        do: fc.constant('grade' as const),
        at: fc.constantFrom(...PLACES),
        tenths: fc.integer({ min: 0, max: 30 }),
      }),
      fc.record({ do: fc.constant('severity' as const), tenths: fc.integer({ min: 0, max: 30 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const request = steps.reduce((now, each) => {
          switch (each.do) {
            case 'choose':
              return withChosen(now, each.finding);
            case 'add':
              return withAdded(now, each.finding);
            case 'drop':
              return withoutAsked(now, each.finding);
            case 'become':
              return withFinding(now, each.finding);
            case 'toggle':
              return withPlaceToggled(now, each.at);
            case 'grade':
              return withPlaceSeverity(now, each.at, each.tenths / 10);
            case 'severity':
              return withSeverity(now, each.tenths / 10);
          }
        }, initialRequest());
        const findings = inOrder(request);
        expect(new Set(findings).size).toBe(findings.length);
        expect(findings[request.position]).toBe(request.finding);
        // A mask says where: without a place is said of none.
        expect(allAsked(withText(initialRequest(), request.text, true))).toEqual(allAsked(request).map(canonicalEdit));
      }),
    );
  });

  it('comes back from a project of an earlier version with all of it in the words', () => {
    const {
      further: _none,
      position: _first,
      ...earlier
    } = withText(initialRequest(), 'severe left lower zone opacity');
    const kept = {
      ...earlier,
      further: [{ finding: 'cardiomegaly', severities: { mediastinum: 1.8 } }],
    } as unknown as EditRequest;
    expect(inStep(kept)).toMatchObject({
      text: 'severe left lower zone opacity; severity 1.8 cardiomegaly in mediastinum',
      position: 0,
    });
    expect(inStep(earlier as unknown as EditRequest)).toMatchObject({ text: earlier.text, further: [], position: 0 });
    expect(inStep(several)).toBe(several);
  });
});

describe('opacity that is denied without a place', () => {
  it.each(['no opacity', 'remove the consolidation'])('goes from everywhere in the lungs: “%s”', (text) => {
    const request = withText(initialRequest(), text);
    expect(request).toMatchObject({ kind: 'remove', places: ZONES, text });
    expect(obstacle(request, undefined)).toBeUndefined();
  });

  it('goes from the mask where one is painted', () => {
    expect(withText(initialRequest(), 'no opacity', true).places).toEqual([]);
  });

  it('goes from where it usually is, when it is another finding', () => {
    expect(withText(initialRequest(), 'no effusion').places).toEqual(['right_lower', 'left_lower']);
  });

  it('goes from the place that is said', () => {
    expect(withText(initialRequest(), 'no left lower zone opacity').places).toEqual(['left_lower']);
  });
});
