import { describe, expect, it } from 'vitest';
import { openSample } from './commands/samples';
import { parseSamples } from './samples';
import { currentDocument } from './slices/documents';
import { fakeStudio } from './testing/fakes';

describe('samples', () => {
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
