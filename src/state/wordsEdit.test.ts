import { describe, expect, it } from 'vitest';
import { ZONES } from '../findings/vocabulary';
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

  it('lies where opacity is read, where that becomes less or another and no place is named', () => {
    const read = { ...film, reading: { ...reading, zoneSeverity: [0, 0, 2, 0, 0.5, 1.5] } };
    const less = editOfWords('reduce the consolidation by half', read);
    expect(less).toMatchObject({ kind: 'grade', finding: 'consolidation', places: ['right_lower', 'left_lower'] });
    const other = editOfWords('turn the consolidation into atelectasis', read);
    expect(other).toMatchObject({ finding: 'atelectasis', places: ['right_lower', 'left_lower'] });
    for (const words of ['add atelectasis', 'reduce the effusion by half'])
      expect(() => editOfWords(words, read)).toThrow(/^No place is named for /);
    const none = { ...film, reading: { ...reading, zoneSeverity: [0, 0, 0, 0, 0, 0] } };
    expect(() => editOfWords('reduce the consolidation by half', none)).toThrow(/^No place is named for /);
  });

  it('needs no place where the finding has its own', () => {
    expect(editOfWords('cardiomegaly', film).places).toEqual(['mediastinum']);
    expect(editOfWords('large hiatal hernia', film).places).toEqual(['mediastinum']);
    expect(editOfWords('many 12 mm nodules', film).places).toEqual([...ZONES]);
    expect(() => editOfWords('a 12 mm nodule', film)).toThrow(/No place/u);
    expect(editOfWords('moderate pulmonary fibrosis', film).places).toHaveLength(6);
    expect(editOfWords('fibrosis in the left upper zone', film).places).toEqual(['left_upper']);
    expect(editOfWords('3 cm nodule in the right upper lobe', film).places).toEqual(['right_upper']);
  });

  it('never grows where less is asked: what the reader sees less of is refused, and what to do is said', () => {
    const seen = (effusion: number) => ({
      ...film,
      reading: { ...reading, findings: { ...reading.findings, effusion } },
    });
    expect(() => editOfWords('make the right effusion smaller', seen(0.1))).toThrow(
      /^The reader sees less effusion than that already/,
    );
    expect(editOfWords('make the right effusion smaller', seen(0.9))).toMatchObject({ kind: 'grade', severity: 1 });
    expect(editOfWords('make the right effusion larger', seen(0.1))).toMatchObject({ kind: 'grade', severity: 3 });
    // Each of several, by what is wanted of it.
    for (const words of [
      'make the right effusion and the heart smaller',
      'add a nodule in the left upper zone and make the right effusion smaller',
      'reduce the cardiomegaly and the right effusion',
    ])
      expect(() => editOfWords(words, seen(0.1)), words).toThrow(/^The reader sees less /);
    for (const words of [
      'make the right effusion larger and remove the nodule in the left upper zone',
      'add a nodule in the left upper zone and increase the right effusion',
    ])
      expect(() => editOfWords(words, seen(0.1)), words).not.toThrow();
    expect(() =>
      editOfWords('make the right effusion smaller and the edema in both lower zones worse', seen(0.9)),
    ).not.toThrow();
  });
});
