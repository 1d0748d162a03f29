import { describe, expect, it } from 'vitest';
import { parseEdit } from './editText';
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
    ['small left pleural effusion with adjacent atelectasis', ['effusion@ll 1', 'atelectasis@lu+lm+ll 2']],
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

describe('parseEdit', () => {
  const ask = (text: string): unknown => {
    const parsed = parseEdit(text);
    return parsed.understood ? parsed.edit : parsed.reason;
  };
  const right = ['right_upper', 'right_mid', 'right_lower'];

  it('reads additions, removals and grades', () => {
    expect(ask('severe right lower zone opacity')).toEqual({
      kind: 'add',
      finding: 'lung_opacity',
      places: ['right_lower'],
      severity: 3,
    });
    expect(ask('remove the left lower opacity')).toEqual({
      kind: 'remove',
      finding: 'lung_opacity',
      places: ['left_lower'],
      severity: 0,
    });
    expect(ask('clear the right lung')).toEqual({
      kind: 'remove',
      finding: 'lung_opacity',
      places: right,
      severity: 0,
    });
    expect(ask('clear right lung')).toEqual({ kind: 'remove', finding: 'lung_opacity', places: right, severity: 0 });
    expect(ask('make the left effusion mild')).toEqual({
      kind: 'grade',
      finding: 'effusion',
      places: ['left_lower'],
      severity: 1,
    });
    expect(ask('worsen bibasal consolidation')).toEqual({
      kind: 'grade',
      finding: 'consolidation',
      places: ['right_lower', 'left_lower'],
      severity: 3,
    });
    expect(ask('enlarged heart')).toEqual({
      kind: 'add',
      finding: 'cardiomegaly',
      places: ['mediastinum'],
      severity: 2,
    });
    expect(ask('no left effusion')).toEqual({
      kind: 'remove',
      finding: 'effusion',
      places: ['left_lower'],
      severity: 0,
    });
  });

  it('makes no edit of a request it does not understand', () => {
    expect(ask('remove the catheter')).toBe('No finding is named; unrecognised: “catheter”.');
    expect(ask('')).toBe('No finding is named.');
  });

  it('names the findings it leaves out', () => {
    expect(parseEdit('mild left effusion and right consolidation')).toMatchObject({
      understood: true,
      ignored: ['consolidation'],
    });
  });

  it.each([
    ['severe left lower and mild right mid zone opacity', { left_lower: 3, right_mid: 1 }],
    ['severe opacity in the left lower zone and mild in the right mid zone', { left_lower: 3, right_mid: 1 }],
    ['mild to moderate right upper zone opacity; severe left upper zone opacity', { right_upper: 1.5, left_upper: 3 }],
    ['no right upper zone opacity, severe left lower zone opacity', { right_upper: 0, left_lower: 3 }],
    ['severe left basal opacity, no opacity in the right base', { left_lower: 3, right_lower: 0 }],
  ])('gives each place of %j its own severity', (text, severities) => {
    expect(parseEdit(text)).toMatchObject({
      edit: { kind: 'add', finding: 'lung_opacity', severity: 3, severities },
      unrecognised: [],
      ignored: [],
    });
  });

  it('takes one severity said twice for one request, and denials alone for a removal', () => {
    const both = parseEdit('severe left upper zone opacity; severe right upper zone opacity');
    expect(both).toMatchObject({ edit: { kind: 'add', places: ['right_upper', 'left_upper'], severity: 3 } });
    expect(both.understood && both.edit.severities).toBe(undefined);
    expect(parseEdit('no left upper zone opacity; no right mid zone opacity')).toMatchObject({
      edit: { kind: 'remove', places: ['right_mid', 'left_upper'], severity: 0 },
    });
  });

  it('names the other findings of a line, and says they are left out', () => {
    expect(parseEdit('severe left lower zone consolidation, mild right effusion, no pneumothorax')).toMatchObject({
      edit: { finding: 'consolidation', places: ['left_lower'], severity: 3 },
      ignored: ['effusion', 'pneumothorax'],
    });
  });
});
