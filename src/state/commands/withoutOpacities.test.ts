import { describe, expect, it, vi } from 'vitest';
import type { CounterfactualWorker } from '../services';
import { currentDocument } from '../slices/documents';
import { fakeAnalysis, fakeCounterfactual, fakeFile, fakeReading, fakeStudio } from '../testing/fakes';
import { openFiles } from './openFiles';
import { typeText } from './request';
import { startEngine } from './startEngine';
import { withoutOpacities } from './withoutOpacities';

async function studioWith(zoneSeverity: number[], worker: Partial<CounterfactualWorker> = {}) {
  const studio = fakeStudio({
    worker: { analyse: () => Promise.resolve(fakeAnalysis({ reading: fakeReading(0.2, zoneSeverity) })), ...worker },
  });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  return studio;
}

describe('a film without its opacities', () => {
  it('is one step: every zone that opacity is read in, and then the difference', async () => {
    const made = vi.fn<CounterfactualWorker['generate']>((source, edit, { seed }) =>
      Promise.resolve(fakeCounterfactual(source, edit, seed)),
    );
    const studio = await studioWith([0, 0.9, 0.2, 0, 0, 2.1], { generate: made });
    await withoutOpacities(studio);
    expect(made.mock.calls.map(([, edit]) => edit)).toEqual([
      { kind: 'remove', finding: 'lung_opacity', places: ['right_mid', 'left_lower'], severity: 0 },
    ]);
    const state = studio.store.getState();
    expect([state.comparison, currentDocument(state)?.versions.length]).toEqual(['difference', 1]);
  });

  it('is not made where none is read, and says so', async () => {
    const studio = await studioWith([0, 0, 0, 0, 0, 0.4]);
    const before = currentDocument(studio.store.getState())?.request;
    await withoutOpacities(studio);
    const after = studio.store.getState();
    expect(currentDocument(after)?.request).toBe(before);
    expect(after.notices.map(({ title }) => title)).toEqual([expect.stringMatching(/no opacity in any zone/)]);
  });

  it('shows no difference of what was not made', async () => {
    const studio = await studioWith([2, 0, 0, 0, 0, 0], { generate: () => Promise.reject(new Error('lost')) });
    await withoutOpacities(studio);
    expect(studio.store.getState().comparison).toBe('source');
  });
});
