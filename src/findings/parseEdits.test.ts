import { describe, expect, it } from 'vitest';
import type { FindingChange } from './change';
import { parse } from './parse';
import { parseEdits } from './parseEdits';
import { ZONES } from './vocabulary';

const RIGHT = ['right_upper', 'right_mid', 'right_lower'];

const edits = (text: string): readonly FindingChange[] => {
  const parsed = parseEdits(text);
  return parsed.understood ? parsed.edits : [];
};

/** "add effusion@right_lower 1": what is asked of each finding, shortened for reading. */
const asked = (text: string): readonly string[] =>
  edits(text).map(({ kind, finding, places, severity, severities }) => {
    const where = places
      .map((place) => (severities === undefined ? place : `${place}=${String(severities[place])}`))
      .join('+');
    return `${kind} ${finding}${where === '' ? '' : `@${where}`} ${String(severity)}`;
  });

describe('a place', () => {
  it.each<[string, readonly string[]]>([
    ['emphysema, 4 cm mass in the right lower lobe', ['add emphysema 2', 'add mass@right_lower 0.643']],
    ['emphysema and a 4 cm mass in the right lower lobe', ['add emphysema 2', 'add mass@right_lower 0.643']],
    ['emphysema and a spiculated mass in the left upper zone', ['add emphysema 2', 'add mass@left_upper 2']],
    ['emphysema, mass in the right lower lobe', ['add emphysema 2', 'add mass@right_lower 2']],
    ['effusion and consolidation in the left base', ['add effusion@left_lower 2', 'add consolidation@left_lower 2']],
  ])('belongs to its own clause: “%s”', (text, expected) => {
    expect(asked(text)).toEqual(expected);
  });
});

describe('words that contradict each other', () => {
  it.each([
    'effusion, no effusion',
    'left effusion, remove the left effusion',
    'mild left effusion, severe left effusion',
    'cardiomegaly; no cardiomegaly',
  ])('are named: “%s”', (text) => {
    expect(parseEdits(text)).toMatchObject({
      understood: false,
      reason: expect.stringMatching(/contradict each other about/) as string,
    });
  });

  it.each(['no effusion but a left effusion', 'mild left and severe right effusion', 'effusion, mild left effusion'])(
    'are not these: “%s”',
    (text) => {
      expect(asked(text)).not.toEqual([]);
    },
  );
});

describe('words of another language', () => {
  it.each([
    ['kein Pneumothorax', 'German'],
    ['großer Pleuraerguss rechts', 'German'],
    ['aucun pneumothorax, épanchement pleural droit', 'French'],
    ['derrame pleural derecho sin neumotórax', 'Spanish'],
    ['versamento pleurico destro, senza pneumotorace', 'Italian'],
    ['derrame pleural à direita, sem pneumotórax', 'Portuguese'],
    ['geen pneumothorax, pleuravocht rechts', 'Dutch'],
    ['pas de pneumothorax', 'French'],
    ['pas d’épanchement', 'French'],
    ['sans pneumothorax', 'French'],
    ['ni pneumothorax ni effusion', 'French'],
    ['Pneumothorax ausgeschlossen', 'German'],
    ['weder Pneumothorax noch Konsolidierung', 'German'],
    ['mit keinem Pneumothorax', 'German'],
    ['right effusion, kein Pneumothorax', 'German'],
    ['ingen pneumothorax', 'Scandinavian'],
    ['inget edema', 'Scandinavian'],
    ['neumotórax'.normalize('NFD'), 'Spanish'],
    ['右侧胸腔积液', 'another script'],
    ['плевральный выпот справа', 'another script'],
    ['Sol akciğerde plevral efüzyon izlenmedi', 'do not look English'],
    ['Prawe płuco bez zmian, serce niepowiększone', 'do not look English'],
    ['Bukan pneumothorax pada paru kanan', 'do not look English'],
  ])('are not guessed at: “%s” is %s', (text, language) => {
    expect(parseEdits(text)).toMatchObject({
      understood: false,
      reason: expect.stringContaining(language) as string,
    });
    const { statement, unrecognised } = parse(text);
    expect([statement.items, unrecognised.map((each) => each.text)]).toEqual([[], [text]]);
  });

  it.each([
    'History: Sin Nombre hantavirus.\nBilateral edema, moderate right effusion.',
    'Edema. Sin Nombre virus.',
    'Edema, effusion. Dr. Herz',
    'Edema and a right effusion. Signed: A. Herz, MIT',
    'Edema with a right effusion. Prof. M. Lunge, Dr. Links',
    'Edema. Signed electronically: Wojciech Kowalczyk Malinowska',
  ])('are not a name in an English report: “%s”', (text) => {
    const { statement } = parse(text);
    expect(statement.items.map(({ finding }) => finding).slice(0, 1)).toEqual(['edema']);
  });
});

describe('a request for one finding', () => {
  it.each<[string, FindingChange]>([
    ['severe right lower zone opacity', { kind: 'add', finding: 'lung_opacity', places: ['right_lower'], severity: 3 }],
    ['remove the left lower opacity', { kind: 'remove', finding: 'lung_opacity', places: ['left_lower'], severity: 0 }],
    ['make the left effusion mild', { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 1 }],
    ['make the mild left effusion worse', { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 2 }],
    [
      'make the severe left effusion worse',
      { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 3 },
    ],
    [
      'make the mild left effusion worse, to severe',
      { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 3 },
    ],
    ['make the severe left effusion mild', { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 1 }],
    [
      'make the left effusion moderate to severe',
      { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 2.5 },
    ],
    [
      'make the moderate left effusion better',
      { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 1 },
    ],
    ['reduce the left effusion by 100 %', { kind: 'remove', finding: 'effusion', places: ['left_lower'], severity: 0 }],
    [
      'cut the left effusion by 100 percent',
      { kind: 'remove', finding: 'effusion', places: ['left_lower'], severity: 0 },
    ],
    [
      'increase the left effusion by 100 %',
      { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 3 },
    ],
    ['bullae in the right upper zone', { kind: 'add', finding: 'emphysema', places: ['right_upper'], severity: 2 }],
    [
      'severe bullous disease in the right upper zone',
      { kind: 'add', finding: 'emphysema', places: ['right_upper'], severity: 3 },
    ],
    ['left effusion, make it mild', { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 1 }],
    [
      'worsen bibasal consolidation',
      { kind: 'grade', finding: 'consolidation', places: ['right_lower', 'left_lower'], severity: 3 },
    ],
    ['enlarged heart', { kind: 'add', finding: 'cardiomegaly', places: ['mediastinum'], severity: 2 }],
    ['no left effusion', { kind: 'remove', finding: 'effusion', places: ['left_lower'], severity: 0 }],
    ['drain the left effusion to mild', { kind: 'grade', finding: 'effusion', places: ['left_lower'], severity: 1 }],
    ['drain the effusion', { kind: 'remove', finding: 'effusion', places: [], severity: 0 }],
    ['re-expand the right lung', { kind: 'remove', finding: 'pneumothorax', places: ['right_upper'], severity: 0 }],
    ['reinflate the lungs', { kind: 'remove', finding: 'pneumothorax', places: [], severity: 0 }],
    ['left effusion: remove', { kind: 'remove', finding: 'effusion', places: ['left_lower'], severity: 0 }],
  ])('is read from “%s”', (text, edit) => {
    expect(edits(text)).toEqual([edit]);
  });

  it.each([
    ['clear the right lung', RIGHT],
    ['clear right lung', RIGHT],
    ['clear the lungs', ZONES],
    ['normal chest', ZONES],
  ])('clears the lungs that “%s” means', (text, places) => {
    expect(edits(text)).toEqual([{ kind: 'remove', finding: 'lung_opacity', places, severity: 0 }]);
  });

  it.each([
    ['remove the catheter', 'No finding is named; unrecognised: “catheter”.'],
    ['', 'No finding is named.'],
    ['abnormal chest', 'No finding is named.'],
    ['normal chest with a small effusion', 'A normal chest excludes every finding: leave out one or the other.'],
  ])('is not made of “%s”', (text, reason) => {
    expect(parseEdits(text)).toMatchObject({ understood: false, reason });
  });

  it.each([
    ['severe left lower and mild right mid zone opacity', { left_lower: 3, right_mid: 1 }],
    ['severe opacity in the left lower zone and mild in the right mid zone', { left_lower: 3, right_mid: 1 }],
    ['mild to moderate right upper zone opacity; severe left upper zone opacity', { right_upper: 1.5, left_upper: 3 }],
    ['no right upper zone opacity, severe left lower zone opacity', { right_upper: 0, left_lower: 3 }],
    ['severe left basal opacity, no opacity in the right base', { left_lower: 3, right_lower: 0 }],
    ['severe left basal opacity, remove the opacity in the right base', { left_lower: 3, right_lower: 0 }],
    [
      'no opacity but a severe left lower zone opacity',
      { right_upper: 0, right_mid: 0, right_lower: 0, left_upper: 0, left_mid: 0, left_lower: 3 },
    ],
  ])('gives each place of “%s” its own severity', (text, severities) => {
    expect(edits(text)).toEqual([
      expect.objectContaining({ kind: 'add', finding: 'lung_opacity', severity: 3, severities }),
    ]);
  });

  it('takes one severity said twice for one request, and denials alone for a removal', () => {
    expect(edits('severe left upper zone opacity; severe right upper zone opacity')).toEqual([
      { kind: 'add', finding: 'lung_opacity', places: ['right_upper', 'left_upper'], severity: 3 },
    ]);
    expect(edits('no left upper zone opacity; no right mid zone opacity')).toEqual([
      { kind: 'remove', finding: 'lung_opacity', places: ['right_mid', 'left_upper'], severity: 0 },
    ]);
  });
});

describe('a request for several findings', () => {
  it.each<[string, readonly string[]]>([
    [
      'moderate left lower zone opacity and small right effusion',
      ['add lung_opacity@left_lower 2', 'add effusion@right_lower 1'],
    ],
    ['no edema, severe cardiomegaly', ['remove edema 0', 'add cardiomegaly@mediastinum 3']],
    ['severe cardiomegaly without edema', ['add cardiomegaly@mediastinum 3', 'remove edema 0']],
    [
      'Severe LLL consolidation. Small bilateral effusions. No pneumothorax.',
      ['add consolidation@left_lower 3', 'add effusion@right_lower+left_lower 1', 'remove pneumothorax 0'],
    ],
    ['PTX left apex plus big heart', ['add pneumothorax@left_upper 2', 'add cardiomegaly@mediastinum 2']],
    ['left basal opacity and cardiomegaly', ['add lung_opacity@left_lower 2', 'add cardiomegaly@mediastinum 2']],
    [
      'left basal opacity, cardiomegaly and effusion',
      ['add lung_opacity@left_lower 2', 'add cardiomegaly@mediastinum 2', 'add effusion 2'],
    ],
    [
      'mild left lower zone opacity with a small left effusion',
      ['add lung_opacity@left_lower 1', 'add effusion@left_lower 1'],
    ],
    ['consolidation and effusion in the left base', ['add consolidation@left_lower 2', 'add effusion@left_lower 2']],
    [
      'severe left lower and mild right mid zone opacity; mild right effusion',
      ['add lung_opacity@right_mid=1+left_lower=3 3', 'add effusion@right_lower 1'],
    ],
  ])('takes each of “%s”', (text, expected) => {
    expect(asked(text)).toEqual(expected);
    expect(parseEdits(text)).toMatchObject({ unrecognised: [] });
  });

  it.each<[string, readonly string[]]>([
    [
      'remove the left effusion and the right lower opacity',
      ['remove effusion@left_lower 0', 'remove lung_opacity@right_lower 0'],
    ],
    [
      'remove the left effusion and add a severe right lower opacity',
      ['remove effusion@left_lower 0', 'add lung_opacity@right_lower 3'],
    ],
    [
      'remove the left effusion, moderate right lower opacity',
      ['remove effusion@left_lower 0', 'add lung_opacity@right_lower 2'],
    ],
    [
      'remove the mild left effusion and the severe right lower opacity',
      ['remove effusion@left_lower 0', 'remove lung_opacity@right_lower 0'],
    ],
    ['remove left effusion; mild cardiomegaly', ['remove effusion@left_lower 0', 'add cardiomegaly@mediastinum 1']],
    [
      'worsen the left effusion and reduce the right lower opacity',
      ['grade effusion@left_lower 3', 'grade lung_opacity@right_lower 1'],
    ],
    [
      'change left effusion to mild and right lower zone opacity to severe',
      ['grade effusion@left_lower 1', 'grade lung_opacity@right_lower 3'],
    ],
    [
      'make the moderate left effusion better and the mild right lower opacity worse',
      ['grade effusion@left_lower 1', 'grade lung_opacity@right_lower 2'],
    ],
    [
      'make the mild left effusion and the moderate right lower opacity worse',
      ['grade effusion@left_lower 2', 'grade lung_opacity@right_lower 3'],
    ],
    [
      'clear the right lung and severe cardiomegaly',
      ['remove lung_opacity@right_upper+right_mid+right_lower 0', 'add cardiomegaly@mediastinum 3'],
    ],
    ['severe cardiomegaly, clear left effusion', ['add cardiomegaly@mediastinum 3', 'remove effusion@left_lower 0']],
    [
      'add a small left effusion and clear the right lung',
      ['add effusion@left_lower 1', 'remove lung_opacity@right_upper+right_mid+right_lower 0'],
    ],
  ])('lets each verb of “%s” govern its own', (text, expected) => {
    expect(asked(text)).toEqual(expected);
  });

  it('reports the words it does not understand where they stand, whatever phrase they are in', () => {
    const text = 'remove the fluffy opacity and add a zebra effusion';
    const { unrecognised } = parseEdits(text);
    expect(unrecognised.map(({ start, end }) => text.slice(start, end))).toEqual(['fluffy', 'zebra']);
  });

  it.each([
    'reduce the left effusion by 100 % and the right lower opacity by half',
    'reduce the left effusion by half and the right lower opacity by 100 %',
  ])('takes nothing away where “%s” lessens one of two, and says what it left out', (text) => {
    expect(asked(text)).toEqual(['grade effusion@left_lower 1', 'grade lung_opacity@right_lower 1']);
    expect(parseEdits(text)).toMatchObject({
      unrecognised: [{ reason: 'unknown-word', text: expect.stringContaining('100') as string }],
    });
  });
});
