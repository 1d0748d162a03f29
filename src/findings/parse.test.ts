import { describe, expect, it } from 'vitest';
import { mergeStatement, parse } from './parse';

/** "finding@places severity certainty", shortened for reading. */
function read(text: string): readonly string[] {
  return parse(text).statement.items.map(({ finding, places, severity, certainty }) => {
    const where = places
      .map((place) =>
        place
          .split('_')
          .map((word) => word[0])
          .join(''),
      )
      .join('+');
    return `${finding}${where === '' ? '' : `@${where}`} ${severity}${certainty === 'certain' ? '' : ` ${certainty}`}`;
  });
}

describe('parse', () => {
  it.each([
    ['Severe left basal airspace opacities; no effusion', ['lung_opacity@ll 3', 'effusion 0 negated']],
    ['small left pleural effusion with adjacent atelectasis', ['effusion@ll 1', 'atelectasis@ll 2']],
    ['bilateral effusions and overlying consolidation', ['effusion@rl+ll 2', 'consolidation@rl+ll 2']],
    [
      'right effusion with compressive atelectasis and adjacent opacity',
      ['effusion@rl 2', 'atelectasis@rl 2', 'lung_opacity@rl 2'],
    ],
    ['large nodular opacities in the right upper lobe', ['lung_opacity@ru 3', 'nodule@ru 3 possible']],
    ['masslike opacity at the right base', ['lung_opacity@rl 2', 'mass@rl 2 possible']],
    ['Not only pneumonia but also a left effusion.', ['pneumonia 2', 'effusion@ll 2']],
    ['The right effusion has cleared, the left persists.', ['effusion@rl 0 negated', 'effusion@ll 2']],
    ['Right effusion is unchanged, the left has resolved.', ['effusion@rl 2', 'effusion@ll 0 negated']],
    ['No mass effect or midline shift.', []],
    ['Mass effect on the trachea by a left mass.', ['mass@lu+lm+ll 2']],
    ['The patient denies pneumonia. Small left effusion.', ['effusion@ll 1']],
    ['Emphysema, mass in the right lower lobe', ['emphysema@rl 2', 'mass@rl 2']],
    ['No nodular opacity', ['lung_opacity 0 negated', 'nodule 0 negated']],
    ['fibronodular scarring at the right apex', ['fibrosis@ru 2', 'nodule@ru 2 possible']],
    ['calcified nodule in the left mid lung', ['nodule@lm 2']],
    [
      'opacity in the right base which is compatible with pneumonia in the appropriate clinical setting',
      ['lung_opacity@rl 2', 'pneumonia@rl 2 possible'],
    ],
    ['scarring, alternatively a small effusion', ['fibrosis 2 possible', 'effusion 1 possible']],
    ['left effusion with adjacent left upper lobe mass', ['effusion@ll 2', 'mass@lu 2']],
    ['right pneumothorax with underlying atelectasis', ['pneumothorax@ru 2', 'atelectasis@ru+rm+rl 2']],
    ['PTX left apex', ['pneumothorax@lu 2']],
    ['perihilar oedema', ['edema@rm+lm 2']],
    ['perihilar edema', ['edema@rm+lm 2']],
    ['consolidation in the left lower lobe and right effusion', ['consolidation@ll 2', 'effusion@rl 2']],
    ['opacity in right upper and mid zones', ['lung_opacity@ru+rm 2']],
    ['ill-defined opacities in the left and right mid lung zones', ['lung_opacity@rm+lm 2']],
    ['retrocardiac consolidation and effusion', ['consolidation@ll 2', 'effusion@ll 2']],
    ['consolidation and effusion in the left base', ['consolidation@ll 2', 'effusion@ll 2']],
    ['mild bibasilar, right greater than left airspace disease', ['lung_opacity@rl+ll 1']],
    ['Heart is mildly enlarged.', ['cardiomegaly 1']],
    ['ground-glass opacities in both lungs', ['lung_opacity@ru+rm+rl+lu+lm+ll 2']],
    ['mild-to-moderate cardiomegaly', ['cardiomegaly 1.5']],
    ['lingular infiltrate', ['infiltration@lm 2']],
    ['severity 1.4 mass in the mediastinum', ['mass@m 1.4']],
  ])('finds what %j says', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    [
      'No effusion, pneumothorax, or consolidation.',
      ['effusion 0 negated', 'pneumothorax 0 negated', 'consolidation 0 negated'],
    ],
    ['No pneumothorax, mild left effusion', ['pneumothorax 0 negated', 'effusion@ll 1']],
    ['left effusion without pneumothorax', ['effusion@ll 2', 'pneumothorax 0 negated']],
    ['left-sided pneumothorax has resolved', ['pneumothorax@lu 0 negated']],
    ['Effusion or pneumothorax is not seen.', ['effusion 0 negated', 'pneumothorax 0 negated']],
    ['The right lung is clear.', ['lung_opacity@ru+rm+rl 0 negated']],
    ['Lungs are clear of focal airspace disease', ['lung_opacity 0 negated']],
    ['Heart size normal.', ['cardiomegaly 0 negated']],
    ['No change in the left effusion', ['effusion@ll 2']],
    ['No acute cardiopulmonary abnormality.', ['no_finding 3']],
    ['no edema, severe cardiomegaly', ['edema 0 negated', 'cardiomegaly 3']],
    ['no edema and severe cardiomegaly', ['edema 0 negated', 'cardiomegaly 3']],
    [
      'No consolidation, large effusion/pneumothorax',
      ['consolidation 0 negated', 'effusion 0 negated', 'pneumothorax 0 negated'],
    ],
    [
      'No effusion, large pneumothorax, or consolidation',
      ['effusion 0 negated', 'pneumothorax 0 negated', 'consolidation 0 negated'],
    ],
    ['no opacity but mild edema', ['lung_opacity 0 negated', 'edema 1']],
  ])('takes denials in %j at their reach', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['?pneumonia right base', ['pneumonia@rl 2 possible']],
    ['Cannot exclude lingular consolidation', ['consolidation@lm 2 possible']],
    ['A small effusion cannot be excluded.', ['effusion 1 possible']],
    ['left base opacity may represent atelectasis', ['lung_opacity@ll 2', 'atelectasis@ll 2 possible']],
    ['atelectasis versus infiltrate', ['atelectasis 2 possible', 'infiltration 2 possible']],
    ['blunting of the right costophrenic angle', ['effusion@rl 1 possible']],
  ])('keeps doubt in %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('gives things beside the findings neither their place nor their severity', () => {
    expect(read('Elevated left hemidiaphragm, severe aortic calcification and mild right basal atelectasis')).toEqual([
      'atelectasis@rl 1',
    ]);
  });

  it('reports what it does not understand, with its position', () => {
    const { statement, unrecognised } = parse('zebra stripes, left rib fracture');
    expect(statement.items).toEqual([]);
    expect(unrecognised).toEqual([
      { text: 'zebra', start: 0, end: 5, reason: 'unknown-word' },
      { text: 'stripes', start: 6, end: 13, reason: 'unknown-word' },
      { text: 'fracture', start: 24, end: 32, reason: 'outside-vocabulary' },
    ]);
  });

  it('merges a report: presence outweighs denial, and no normal chest beside a finding', () => {
    const report =
      'No acute disease. No effusion on the right. Small left effusion. Possible moderate left lower zone effusion.';
    expect(mergeStatement(parse(report).statement).items).toEqual([
      { finding: 'effusion', places: ['left_lower'], severity: 2, certainty: 'certain' },
    ]);
  });
});
