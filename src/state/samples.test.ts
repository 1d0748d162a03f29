import { describe, expect, it } from 'vitest';
import { openSample } from './commands/samples';
import { firstSamples, parseSamples } from './samples';
import { currentDocument } from './slices/documents';
import { fakeStudio } from './testing/fakes';

describe('samples', () => {
  it('begin with one clear chest and then with what can be erased', () => {
    const sample = (title: string, findings: string[]) => ({ file: 'a.png', title, description: '', findings });
    const listed = [sample('clear', []), sample('also clear', []), sample('opacity', ['lung_opacity']), sample('mass', ['mass'])];
    expect(firstSamples(listed, 3).map(({ title }) => title)).toEqual(['clear', 'opacity', 'mass']);
    expect(firstSamples(listed, 9)).toHaveLength(4);
  });

  it('are read from the list, whatever else the list says', () => {
    expect(parseSamples([{ file: 'a.png', title: 'Normal', findings: ['no_finding'] }])).toMatchObject([{ file: 'a.png', title: 'Normal', description: '' }]);
  });

  it.each(['../secret.png', 'https://elsewhere/a.png', 'a.svg'])('may not point at %s', (file) => {
    expect(() => parseSamples([{ file, title: 'x' }])).toThrow();
  });

  it('open under their title and marked as synthetic', async () => {
    const studio = fakeStudio();
    await openSample(studio, { file: 'a.png', title: 'Right lower opacity', description: '', findings: [] });
    expect(currentDocument(studio.store.getState())?.radiograph).toMatchObject({ name: 'Right lower opacity', synthetic: true });
  });
});
