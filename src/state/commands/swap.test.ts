import { describe, expect, it } from 'vitest';
import type { Edit } from '../../counterfactual/edit';
import { smoothProbabilities } from '../../counterfactual/sketch/testing/chests';
import { packPathology } from '../../findings/pathology';
import {
  fakeAnalysis,
  fakeCounterfactual,
  fakeFile,
  fakePathologyReading,
  fakeReading,
  fakeStudio,
} from '../testing/fakes';
import { openDonor, readDonor } from './swap';

function studioOf(zoneSeverity: number[]) {
  const asked: Edit[] = [];
  const reading = { ...fakeReading(0.2, zoneSeverity), opacityMap: new Float32Array(1024).fill(0.9) };
  const studio = fakeStudio({
    worker: {
      analyse: () => Promise.resolve(fakeAnalysis({ reading, probabilities: smoothProbabilities() })),
      generate: (source, edit, { seed }) => {
        asked.push(edit);
        const made = fakeCounterfactual(source, edit, seed);
        // The twin is darker in the upper half.
        const pixels = source.pixels.map((value, at) => (at < source.pixels.length / 2 ? value * 0.5 : value));
        return Promise.resolve({ ...made, image: { ...made.image, pixels } });
      },
    },
  });
  return { studio, asked, source: { kind: 'file', file: fakeFile('donor.png') } as const };
}

describe('reading a donor', () => {
  it('gives its pathology: what it has more than the same film without', async () => {
    const { studio, asked, source } = studioOf([2, 0, 0, 0, 0, 1]);
    const { pathology, streams, thumbnail } = await readDonor(studio, source);
    expect(asked).toEqual([
      { kind: 'remove', finding: 'lung_opacity', places: ['right_upper', 'left_lower'], severity: 0 },
    ]);
    expect(pathology).toEqual(packPathology(fakePathologyReading().tokens));
    // What stays behind is the twin; what travels is marked on the film, where the tokens tell of it and nowhere else.
    expect(streams?.healthy.data).not.toEqual(thumbnail.data);
    const { width = 0, data = [] } = streams?.pathology ?? {};
    const marked = (from: number, to: number): boolean =>
      Array.from(data.keys()).some((at) => {
        const x = (at / 4) % width;
        return at % 4 === 0 && x >= from * width && x < to * width && (data[at] ?? 0) > (data[at + 2] ?? 0);
      });
    expect([marked(0, 0.4), marked(0.6, 1)]).toEqual([true, false]);
  });

  it('makes no twin of a donor without opacity', async () => {
    const { studio, asked, source } = studioOf([0, 0, 0, 0, 0, 0]);
    expect((await openDonor(studio, source)).streams).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
