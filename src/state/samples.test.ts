import { describe, expect, it } from 'vitest';
import { openSample } from './commands/samples';
import { asSample, parseSamples, smallFile, type Sample } from './samples';
import { currentDocument } from './slices/documents';
import { fakeRadiograph, fakeStudio } from './testing/fakes';

const SYNTHETIC: Sample = {
  kind: 'synthetic',
  file: 'a.png',
  title: 'Right lower opacity',
  description: '',
  findings: [],
};
const FILM: Sample = {
  ...SYNTHETIC,
  kind: 'real',
  file: 'b.jpg',
  title: 'A film',
  credit: 'A hospital',
  licence: 'CC BY 3.0',
  changes: 'None.',
};

describe('samples', () => {
  it('are read from the list, whatever else the list says', () => {
    expect(
      parseSamples({ mark: 'x', samples: [{ kind: 'synthetic', file: 'a.png', title: 'Normal', seed: 3 }] }),
    ).toMatchObject([{ file: 'a.png', title: 'Normal', description: '', findings: [] }]);
  });

  it.each(['../secret.png', 'https://elsewhere/a.png', 'a.svg', 'small/a.jpg'])('may not point at %s', (file) => {
    expect(() => parseSamples({ samples: [{ ...SYNTHETIC, file }] })).toThrow();
  });

  it.each(['credit', 'licence', 'changes', 'kind'])('cannot be real films without their %s', (field) => {
    expect(parseSamples({ samples: [FILM] })).toHaveLength(1);
    expect(() => parseSamples({ samples: [{ ...FILM, [field]: undefined }] })).toThrow();
  });

  it('have a small picture for lists', () => {
    expect([SYNTHETIC, FILM].map(smallFile)).toEqual(['small/a.jpg', 'small/b.jpg']);
  });

  it('open under their title and marked as synthetic', async () => {
    const studio = fakeStudio();
    await openSample(studio, SYNTHETIC);
    expect(currentDocument(studio.store.getState())?.radiograph).toMatchObject({
      name: 'Right lower opacity',
      synthetic: true,
    });
    expect(currentDocument(studio.store.getState())?.radiograph).not.toHaveProperty('credit');
  });

  it('that are real films are not marked as synthetic, and name whom to credit', () => {
    expect(asSample(fakeRadiograph('b.jpg'), FILM)).toMatchObject({
      name: 'A film',
      synthetic: false,
      credit: 'A hospital (CC BY 3.0)',
    });
  });
});
