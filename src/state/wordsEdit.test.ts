import { describe, expect, it } from 'vitest';
import { fakeAnalysis, fakeRadiograph } from './testing/fakes';
import { editOfWords } from './wordsEdit';

const { reading } = fakeAnalysis();
const film = { radiograph: fakeRadiograph('film.png'), reading, regions: () => new Float32Array(1024) };

describe('what words ask of a film that is read', () => {
  it('is refused where something comes and no place is named, also beside what has one', () => {
    for (const words of ['3 cm nodule', 'large effusion', 'severe consolidation', 'cardiomegaly and nodule'])
      expect(() => editOfWords(words, film)).toThrow(
        expect.objectContaining({ message: expect.stringMatching(/^No place is named for /) as string }),
      );
  });

  it('needs no place where the finding has its own', () => {
    expect(editOfWords('cardiomegaly', film).places).toEqual(['mediastinum']);
    expect(editOfWords('3 cm nodule in the right upper lobe', film).places).toEqual(['right_upper']);
  });
});
