import { describe, expect, it } from 'vitest';
import type { Edit } from '../../counterfactual/edit';
import { smoothProbabilities } from '../../counterfactual/sketch/testing/chests';
import { LUNG_SHAPE_PATTERN } from '../../findings/lungShape';
import { fakeAnalysis, fakeCounterfactual, fakeFile, fakeReading, fakeStudio } from '../testing/fakes';
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
  it('gives the shape of its opacity: what it has more than the same film without', async () => {
    const { studio, asked, source } = studioOf([2, 0, 0, 0, 0, 1]);
    const { shape, streams, thumbnail } = await readDonor(studio, source);
    expect(asked).toEqual([
      { kind: 'remove', finding: 'lung_opacity', places: ['right_upper', 'left_lower'], severity: 0 },
    ]);
    expect(shape?.right).toMatch(LUNG_SHAPE_PATTERN);
    expect(shape?.right.slice(0, 40)).not.toMatch(/^0+$/);
    expect(shape?.right.slice(-40)).toMatch(/^0+$/);
    // What stays behind is the twin; what travels is marked on the film, where the shape lies and nowhere else.
    expect(streams?.healthy.data).not.toEqual(thumbnail.data);
    const marked = Array.from({ length: thumbnail.height }, (_, y) =>
      Array.from({ length: thumbnail.width }, (_, x) => 4 * (y * thumbnail.width + x)).some(
        (at) => (streams?.pathology.data[at] ?? 0) > (streams?.pathology.data[at + 2] ?? 0),
      ),
    );
    expect(marked.slice(0, thumbnail.height / 2)).toContain(true);
    expect(marked.slice(-thumbnail.height / 5)).not.toContain(true);
  });

  it('makes no twin of a donor without opacity', async () => {
    const { studio, asked, source } = studioOf([0, 0, 0, 0, 0, 0]);
    expect((await openDonor(studio, source)).streams).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
