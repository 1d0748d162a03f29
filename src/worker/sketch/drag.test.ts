import { describe, expect, it, vi } from 'vitest';
import type { Reading } from '../../counterfactual/edit';
import { smoothFilm, smoothProbabilities } from '../../counterfactual/sketch/testing/chests';
import { fakeRadiograph } from '../../counterfactual/testing/fakes';
import { DRAWN_FINDINGS } from '../../findings/drawn';
import { knowledgeOf, usualPlaces } from '../../findings/knowledge';
import type { Finding, Severity } from '../../findings/vocabulary';
import { SketchDesk } from './desk';
import type { SketchPicture } from './protocol';

vi.setConfig({ testTimeout: 60_000 });

const SIDE = 320;
const reading = {
  findings: {},
  zoneSeverity: [0, 0, 0, 0, 0, 0],
  opacityMap: new Float32Array(1024),
} as unknown as Reading;

/** Of a film of its own, as nothing is kept beyond a film's own objects but what a seed gives. */
function desk(): SketchDesk {
  const own = new SketchDesk();
  const { values } = smoothFilm(SIDE, SIDE);
  own.setFilm({
    radiograph: {
      ...fakeRadiograph(SIDE, SIDE, 12),
      pixels: Uint16Array.from(values, (value) => Math.round(4095 * Math.min(1, Math.max(0, value)))),
    },
    reading,
    probabilities: smoothProbabilities(),
  });
  return own;
}

function drawn(on: SketchDesk, finding: Finding, severity: Severity, seed = 1): SketchPicture {
  const places = knowledgeOf(finding).opacityLike ? usualPlaces(finding) : usualPlaces(finding).slice(0, 1);
  const { picture } = on.draw({ edit: { kind: 'add', finding, places, severity }, seed });
  if (picture === undefined) throw new Error('It is drawn.');
  return picture;
}

describe('a redraw while a slider moves', () => {
  it.each(DRAWN_FINDINGS)('of %s is to the bit what is drawn at once', (finding) => {
    const dragged = desk();
    for (const severity of [1, 3] as const) drawn(dragged, finding, severity);
    drawn(dragged, finding, 2, 2);
    expect(drawn(dragged, finding, 2)).toEqual(drawn(desk(), finding, 2));
  });
});
