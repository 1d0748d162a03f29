/** Requests as they are dictated or typed in haste, in words of our own. */

import { describe, expect, it } from 'vitest';
import { parse } from './parse';
import { parseEdits } from './parseEdits';

const short = (place: string): string =>
  place
    .split('_')
    .map((word) => word[0])
    .join('');
/** "add effusion ll=1", with the grade of each place. */
const asked = (text: string): readonly string[] => {
  const parsed = parseEdits(text);
  return parsed.understood
    ? parsed.edits.map(({ kind, finding, places, severity, severities }) =>
        `${kind} ${finding} ${places.map((place) => `${short(place)}=${String(severities?.[place] ?? severity)}`).join(' ')}`.trim(),
      )
    : ['not understood'];
};

describe('a request', () => {
  it.each([
    ['Reduce the left effusion by half', ['grade effusion ll=1']],
    ['Drop the right effusion by a third', ['grade effusion rl=1']],
    ['Partly resolve the left basal pneumonia', ['grade pneumonia ll=1']],
    ['Half the left pneumothorax', ['grade pneumothorax lu=1']],
    ['Less effusion on the left, more on the right', ['add effusion rl=3 ll=1']],
    ['Less fluid in the left base and more in the right base', ['add effusion rl=3 ll=1']],
    ['Cut the right effusion in half', ['grade effusion rl=1']],
    ['Shrink the severe right effusion to a moderate one', ['grade effusion rl=2']],
    ['Remove half the right effusion', ['grade effusion rl=1']],
    ['Remove a bit of the right effusion', ['grade effusion rl=1']],
    ['Remove the right effusion partly', ['grade effusion rl=1']],
    ['Partly clear the left lung', ['grade lung_opacity lu=1 lm=1 ll=1']],
    ['Make the left basal pneumonia half the size', ['grade pneumonia ll=1']],
    ['Reduce the severe right effusion by a quarter', ['grade effusion rl=1']],
    ['Worsen the mild right effusion', ['grade effusion rl=3']],
    ['Decrease the right effusion by 40 percent', ['grade effusion rl=1']],
    ['Decrease the right effusion by 5%', ['grade effusion rl=1']],
    ['Reduce the severe right effusion to moderate', ['grade effusion rl=2']],
  ])('for a part of it is no removal: %s', (text, expected) => expect(asked(text)).toEqual(expected));

  it.each([
    ['Erase the hernia and reduce the right effusion by half', ['remove hernia', 'grade effusion rl=1']],
    ['Partly resolve the right effusion, delete the mass', ['grade effusion rl=1', 'remove mass']],
    ['Delete the mass, partly resolve the right effusion', ['remove mass', 'grade effusion rl=1']],
    ['Remove the left effusion and partly the left basal mass', ['remove effusion ll=0', 'grade mass ll=1']],
  ])('lessens what its own verb governs: %s', (text, expected) => expect(asked(text)).toEqual(expected));

  it.each([
    ['Partial atelectasis in the left base', ['add atelectasis ll=2'], ['Partial']],
    [
      'Add incomplete left pneumothorax and remove the edema',
      ['add pneumothorax lu=2', 'remove edema'],
      ['incomplete'],
    ],
    ['Remove the partly loculated left effusion', ['remove effusion ll=0'], ['partly']],
    ['Partly calcified nodule in the right apex', ['add nodule ru=2'], ['Partly']],
    ['Increase the left effusion by a third', ['grade effusion ll=3'], ['by a third']],
  ])('tells of a part that has no effect: %s', (text, expected, told) => {
    expect(asked(text)).toEqual(expected);
    expect(parseEdits(text).unrecognised.map((each) => each.text)).toEqual(told);
  });

  it.each([
    ['Clear the lungs except for the left apical scar', ['remove lung_opacity ru=0 rm=0 rl=0 lu=0 lm=0 ll=0']],
    ['Erase everything but the hernia', ['remove lung_opacity ru=0 rm=0 rl=0 lu=0 lm=0 ll=0']],
    ['Remove the effusion but add edema', ['remove effusion', 'add edema']],
    ['All except the nodule', ['remove lung_opacity ru=0 rm=0 rl=0 lu=0 lm=0 ll=0']],
    ['Remove all except the mass but add edema', ['remove lung_opacity ru=0 rm=0 rl=0 lu=0 lm=0 ll=0', 'add edema']],
    ['Remove everything and add left opacity', ['add lung_opacity ru=0 rm=0 rl=0 lu=2 lm=2 ll=2']],
  ])('leaves what it excepts: %s', (text, expected) => expect(asked(text)).toEqual(expected));

  it.each([
    ['Turn the left basal consolidation into atelectasis', ['remove consolidation ll=0', 'add atelectasis ll=2']],
    ['Replace the mass in the right apex with a nodule', ['remove mass ru=0', 'add nodule ru=2']],
    ['Turn the severe left basal opacity into mild opacity', ['grade lung_opacity ll=1']],
    ['Change the right effusion to a large one', ['grade effusion rl=3']],
    ['Replace the small right effusion with a severe one', ['grade effusion rl=3']],
    ['Replace the nodule in the left apex with one in the right base', ['add nodule rl=2 lu=0']],
    ['Replace the right basal consolidation with healthy lung', ['remove consolidation rl=0']],
    ['Turn the severe right basal opacity into normal lung', ['remove lung_opacity rl=0']],
  ])('for one in place of another: %s', (text, expected) => expect(asked(text)).toEqual(expected));

  it.each([
    ['Take the mass out of the right apex and put one in the left apex', ['add mass ru=0 lu=2']],
    ['Take the nodule out of the left upper lobe and put a 1 cm one in the right lower', ['add nodule rl=0.667 lu=0']],
    ['Take the nodule out of the left upper lobe and put a 3 cm one in the right lower', ['add nodule rl=3 lu=0']],
    ['1 cm nodule in the left apex, 3 cm nodule in the right base', ['add nodule rl=3 lu=0.667']],
    ['Add a mass in the right apex and a small one in the left apex', ['add mass ru=2 lu=1']],
    ['Left upper lobe mass with ipsilateral effusion', ['add mass lu=2', 'add effusion ll=2']],
    ['Left upper lobe mass with contralateral effusion', ['add mass lu=2', 'add effusion rl=2']],
  ])('points back: %s', (text, expected) => expect(asked(text)).toEqual(expected));

  it.each([
    ['sm L eff w/ mod LLL consol', ['add effusion ll=1', 'add consolidation ll=2']],
    ['mod bilat effs, L>R', ['add effusion rl=2 ll=2']],
    ['R PNA w/o eff', ['add pneumonia ru=2 rm=2 rl=2', 'remove effusion']],
    ['3 L nodules', ['add nodule lu=2 lm=2 ll=2']],
    ['edema, 5 cm mass in the left lower lobe', ['add edema', 'add mass ll=1.25']],
  ])('is read in short: %s', (text, expected) => expect(asked(text)).toEqual(expected));

  it.each(['Erase all but one mass', 'Erase all masses but one'])('for all but one of them asks which: %s', (text) =>
    expect(parseEdits(text)).toMatchObject({
      understood: false,
      reason: 'Which mass is to stay is not said.',
    }),
  );

  it.each([
    ['fluid overload', 'fluid overload'],
    ['add fluid in the pericardium', 'fluid'],
    ['more abdominal fluid', 'fluid'],
  ])('for fluid of another place is told in its own words: %s', (text, word) => {
    const parsed = parseEdits(text);
    expect(parsed.understood).toBe(false);
    for (const each of parsed.unrecognised) expect(text).toContain(each.text);
    expect(parsed.unrecognised.map((each) => each.text).join(' ')).toContain(word);
  });

  it('without tension asks for none', () =>
    expect(parseEdits('left pneumothorax, no tension')).toMatchObject({ edits: [{ finding: 'pneumothorax' }] }));
});

const said = (text: string): readonly string[] =>
  parse(text).statement.items.map(({ finding, places, certainty }) =>
    [finding, places.map(short).join('+'), certainty].filter((each) => each !== '').join(' '),
  );

describe('a report', () => {
  it.each([
    ['Sm L pl eff, unchgd. Heart wnl.', ['effusion ll certain', 'cardiomegaly negated']],
    ['Basal haze c/w edema. R/O PNA.', ['lung_opacity rl+ll certain', 'edema rl+ll certain']],
    ['Collapse of L1. 2 L of oxygen.', []],
    ['Kerley B lines.', ['edema possible']],
  ])('is read in short: %s', (text, expected) => expect(said(text)).toEqual(expected));

  it('is read as it was dictated', () => {
    expect(
      said('no effusion period heart is of normal size comma lungs clear period small nodule new line edema'),
    ).toEqual(['effusion negated', 'cardiomegaly negated', 'lung_opacity negated', 'nodule certain', 'edema certain']);
    expect(said('Unchanged over a period of years: left nodule.')).toEqual(['nodule lu+lm+ll certain']);
  });

  it('denies a normal heart by its own words alone', () => {
    expect(said('No effusion and heart size normal.')).toContain('cardiomegaly negated');
    expect(said('The heart is not normal.')).toEqual([]);
  });
});
