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
    // What is named keeps its name.
    ['emphysema with hyperinflation', 'moderate emphysema'],
    ['right effusions', 'moderate right lower zone effusion'],
    ['remove the effusions', 'remove effusion'],
  ])('%s', (text, asked) => {
    expect(read(text)).toBe(asked);
  });

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
