import { describe, expect, it } from 'vitest';
import { formatEdits } from './editText';
import { DIAGNOSES } from './editNames';
import { parseEdits } from './parseEdits';

const read = (text: string): string => {
  const parsed = parseEdits(text);
  return parsed.understood ? formatEdits(parsed.edits) : parsed.reason;
};

describe('names that one asks by', () => {
  it.each([
    ['hyperinflated lungs', 'moderate emphysema'],
    ['severe hyperinflation', 'severe emphysema'],
    ['white out of the left lung', 'severe left lung opacity'],
    ['whiteout of the right lung', 'severe right lung opacity'],
    ['complete opacification of the right hemithorax', 'severe right lung opacity'],
    ['pulmonary vascular congestion', 'mild edema'],
    ['moderate pulmonary congestion', 'moderate edema'],
    ['left lower lobe collapse', 'moderate lobar left lower zone atelectasis'],
    ['cardiothoracic ratio 0.6', 'cardiomegaly in mediastinum with ratio 0.60'],
    ['CTR of 0.58', 'cardiomegaly in mediastinum with ratio 0.58'],
    ['pleural effusions', 'moderate bilateral lower zone effusion'],
    [
      'mild edema, cardiomegaly and small effusions',
      'mild edema; moderate cardiomegaly in mediastinum; mild bilateral lower zone effusion',
    ],
    [
      'right upper lobe collapse and a left lower zone nodule',
      'moderate lobar right upper zone atelectasis; moderate left lower zone nodule',
    ],
    ['left lower lobe collapse, no effusion', 'moderate lobar left lower zone atelectasis; remove effusion'],
    [
      'cardiomegaly and right upper lobe collapse',
      'moderate cardiomegaly in mediastinum; moderate lobar right upper zone atelectasis',
    ],
    [
      'CTR 0.6 and left upper zone nodule',
      'cardiomegaly in mediastinum with ratio 0.60; moderate left upper zone nodule',
    ],
    ['CTR 60 %', 'cardiomegaly in mediastinum with ratio 0.60'],
    ['cardiothoracic ratio of 55%', 'cardiomegaly in mediastinum with ratio 0.55'],
    ['overinflated lungs', 'moderate emphysema'],
    ['over-inflation', 'moderate emphysema'],
    ['hyper-inflated lungs', 'moderate emphysema'],
    ['collapsed left lower lobe', 'moderate lobar left lower zone atelectasis'],
    ['the right upper lobe is collapsed', 'moderate lobar right upper zone atelectasis'],
    ['volume loss in the right upper lobe', 'moderate lobar right upper zone atelectasis'],
    ['collapsed right lung', 'moderate lobar right lung atelectasis'],
    ['collapsed lung on the left', 'moderate left upper zone pneumothorax'],
    ['fibrosis with volume loss', 'moderate fibrosis'],
    ['cavity in the right upper lobe', 'moderate cavitating right upper zone nodule'],
    ['calcified granuloma in the left mid zone', 'moderate calcified left mid zone nodule'],
    ['reticulation at both bases', 'moderate bilateral lower zone fibrosis'],
    ['cephalization', 'mild edema'],
    ['flattened diaphragms', 'moderate emphysema'],
    ['fibrothorax on the right', 'severe right lower zone pleural thickening'],
    ['white lung on the left', 'severe left lung opacity'],
    ['deep sulcus sign on the left', 'moderate left upper zone pneumothorax'],
    ['enlarge the heart a bit', 'moderate cardiomegaly in mediastinum'],
    ['enlarge the heart to a ratio of 0.6', 'cardiomegaly in mediastinum with ratio 0.60'],
    ['no edema, one nodule in the left upper lobe', 'remove edema; moderate left upper zone nodule'],
    ['no effusion, tension pneumothorax left', 'remove effusion; moderate tension left upper zone pneumothorax'],
    ['no effusion or spiculated nodule', 'remove effusion; remove nodule'],
    ['left effusion without layering', 'moderate left lower zone effusion'],
    ['lungs free of effusion, many nodules', 'remove effusion; many moderate nodules'],
    ['bigger heart', 'change cardiomegaly in mediastinum to severe'],
    ['CTR of 0.58 without edema', 'cardiomegaly in mediastinum with ratio 0.58; remove edema'],
    ['healthy version of this patient', 'remove bilateral lung opacity'],
    ['make this patient healthy', 'remove bilateral lung opacity'],
    ['right apical nodule, not cavitating', 'moderate right upper zone nodule'],
    ['nodule without calcification in the left upper lobe', 'moderate left upper zone nodule'],
    ['cardiac enlargement to 65%', 'cardiomegaly in mediastinum with ratio 0.65'],
    // A number is of what it stands before, and of nothing else.
    ['three nodules in the left lung', 'three moderate left lung nodules'],
    ['multiple 15 mm nodules in both lungs', 'several 15 mm bilateral lung nodules'],
    ['two masses in the right lung', 'two moderate right lung masses'],
    ['solitary 2 cm nodule right upper lobe', '20 mm right upper zone nodule'],
    ['multiple opacities in the left lung', 'moderate left lung opacity'],
    [
      'left upper lobe nodule and two effusions at the right base',
      'moderate left upper zone nodule; moderate right lower zone effusion',
    ],
    ['remove multiple nodules', 'remove nodule'],
    ['2 nodules in the left lung', 'two moderate left lung nodules'],
    ['two 2 cm nodules in the left lung', 'two 20 mm left lung nodules'],
    ['two large spiculated right upper lobe nodules', 'two severe spiculated right upper zone nodules'],
    ['two cm nodule in the left upper lobe', '20 mm left upper zone nodule'],
    ['nodule in the right upper lobe for two weeks', 'moderate right upper zone nodule'],
    ['two weeks later, nodule in the right upper lobe', 'moderate right upper zone nodule'],
    ['nodule in the left upper lobe, many thanks', 'moderate left upper zone nodule'],
    ['nodule in the left upper lobe, several rib fractures', 'moderate left upper zone nodule'],
    ['three vessel disease with nodule in the left upper lobe', 'moderate left upper zone nodule'],
    // A collapse of less than a lobe is plates, and that of a vertebra or a patient is none.
    ['bibasal collapse', 'moderate bilateral lower zone atelectasis'],
    ['subsegmental collapse in the left lower lobe', 'moderate left lower zone atelectasis'],
    ['linear atelectasis left base, volume loss', 'moderate left lower zone atelectasis'],
    ['mild atelectasis at the left base, no volume loss', 'mild left lower zone atelectasis'],
    ['patient collapsed at home, left effusion', 'moderate left lower zone effusion'],
    ['large right pneumothorax and collapsed right lung', 'severe right lung pneumothorax'],
    ['ejection fraction 55%, cardiomegaly', 'moderate cardiomegaly in mediastinum'],
    ['cardiomegaly, 50% more', 'change cardiomegaly in mediastinum to severe'],
    // Beside fluid some of a lung is pressed together, and what is said of a look that is not there asks for none.
    ['passive atelectasis of the left lung', 'moderate left lung atelectasis'],
    ['passive collapse of the left lung', 'moderate left lung atelectasis'],
    ['compressive collapse of the right lower lobe', 'moderate lobar right lower zone atelectasis'],
    ['non-cavitating nodule in the left upper lobe', 'moderate left upper zone nodule'],
    ['noncalcified nodule in the left upper lobe', 'moderate left upper zone nodule'],
    // What has a number or a size of its own is there, whatever is denied before it; "or" goes on denying.
    ['no effusion, many nodules in the left lung', 'remove effusion; many moderate left lung nodules'],
    ['no effusion, 3 nodules in the left lung', 'remove effusion; three moderate left lung nodules'],
    ['no effusion, 4 cm mass in the left upper lobe', 'remove effusion; 40 mm left upper zone mass'],
    ['no effusion or many nodules', 'remove effusion; remove nodule'],
    ['a couple of nodules in the left lung', 'two moderate left lung nodules'],
    ['miliary nodules in the left lung', 'many moderate left lung nodules'],
    // What is named keeps its name.
    ['emphysema with hyperinflation', 'moderate emphysema'],
    ['right effusions', 'moderate right lower zone effusion'],
    ['remove the effusions', 'remove effusion'],
  ])('%s', (text, asked) => {
    expect(read(text)).toBe(asked);
  });

  it.each([
    ['two nodules in the right lung and three in the left', ['three']],
    ['3 nodules and 2 masses', []],
    ['noncavitating nodule in the left upper lobe', []],
    ['compressive atelectasis in the left lower lobe', []],
  ])('%s leaves what it cannot say', (text, left) => {
    expect(parseEdits(text).unrecognised.map((each) => each.text)).toEqual(left);
  });

  it.each(['collapsed vertebra', 'blood volume loss', 'air in the abdominal cavity'])('%s is none', (text) => {
    expect(parseEdits(text).understood).toBe(false);
  });

  it('writes a collapsed lobe by its grade, whatever millimetres of a plate stand for it', () => {
    const parsed = parseEdits('severe left lower lobe collapse');
    const edits = parsed.understood ? parsed.edits : [];
    const withMillimetres = edits.map((edit) => ({ ...edit, sketch: { ...edit.sketch, amount: 2.3 } }) as typeof edit);
    expect(formatEdits(withMillimetres)).not.toMatch(/mm/u);
  });

  it.each(['three moderate left lung nodules', 'several 15 mm bilateral lung nodules', 'many mild right lung masses'])(
    'writes numbers as it reads them: %s',
    (text) => {
      expect(read(text)).toBe(text);
    },
  );

  it('tells a diagnosis from a finding, and what to ask for is understood', () => {
    for (const [text, name] of [
      ['congestive heart failure', 'congestive heart failure'],
      ['tuberculosis', 'tuberculosis'],
      ['lung cancer on the left', 'lung cancer'],
      ['UIP pattern', 'UIP'],
    ] as const)
      expect(read(text), text).toBe(`“${name}” is a diagnosis, not a finding.`);
    for (const { looksLike } of DIAGNOSES) expect(parseEdits(looksLike).understood, looksLike).toBe(true);
    // A finding beside it is what is asked for.
    expect(read('right effusion in heart failure')).toBe('moderate right lower zone effusion');
  });
});
