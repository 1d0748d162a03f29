/** How surely a report says something, and of what: kinds of sentences that were misread, in words of our own. */

import { describe, expect, it } from 'vitest';
import { parse } from './parse';

/** "edema possible open". */
const told = (text: string): readonly string[] => {
  const { statement, evidence } = parse(text);
  return statement.items.map(({ finding, certainty }, at) =>
    [finding, certainty, evidence[at]?.doubt].filter((each) => each !== undefined).join(' '),
  );
};

describe('a doubt', () => {
  it.each([
    ['Probable edema.', ['edema possible likely']],
    ['Presumably a small nodule at the left apex.', ['nodule possible likely']],
    ['The opacity is felt to reflect atelectasis.', ['lung_opacity certain', 'atelectasis possible likely']],
    ['Findings most suggestive of edema.', ['edema possible likely']],
    ['Borderline heart size.', ['cardiomegaly possible likely']],
    ['Heart size is normal or slightly enlarged.', ['cardiomegaly possible likely']],
    ['Scarring or a nodule in the right apex.', ['fibrosis possible either', 'nodule possible either']],
    ['Left basal consolidation/atelectasis.', ['consolidation possible either', 'atelectasis possible either']],
    [
      'Edema, fibrosis, or pneumonia in both bases.',
      ['edema possible either', 'fibrosis possible either', 'pneumonia possible either'],
    ],
    ['Emphysema, a mass or a nodule.', ['emphysema certain', 'mass possible either', 'nodule possible either']],
    ['This may represent consolidation.', ['consolidation possible open']],
    ['Likely not edema.', ['edema possible open']],
    ['Edema is possible.', ['edema possible open']],
    ['Blunted left costophrenic angle.', ['effusion possible open']],
    ['A nodule can not be excluded.', ['nodule possible open']],
    // The greater of two doubts holds.
    ['Could represent edema or pneumonia.', ['edema possible open', 'pneumonia possible open']],
    ['Definite edema.', ['edema certain']],
    ['No edema.', ['edema negated']],
  ])('has a degree: %s', (text, expected) => expect(told(text)).toEqual(expected));

  it.each([
    ['Shadowing at the base, which may reflect a small effusion.', ['lung_opacity certain', 'effusion possible open']],
    ['Question small nodule at the right apex.', ['nodule possible open']],
    [
      'The differential includes fibrosis, edema, infection.',
      ['fibrosis possible open', 'edema possible open', 'pneumonia possible open'],
    ],
    ['Causes could include edema, and consolidation.', ['edema possible open', 'consolidation possible open']],
    ['Infection is another possibility.', ['pneumonia possible open']],
    ['Although scarring is possible, concern is for a mass.', ['fibrosis possible open', 'mass possible open']],
    ['Nodular left upper lobe opacity.', ['lung_opacity certain', 'nodule possible open']],
    ['Opacity, probably in keeping with infection.', ['lung_opacity certain', 'pneumonia possible likely']],
    ['Opacity, possibly in association with edema.', ['lung_opacity certain', 'edema possible open']],
    ['Likely at least a moderate effusion.', ['effusion possible likely']],
    ['Possible in left apex nodule.', ['nodule possible open']],
    ['Possible calcified granuloma versus mass.', ['mass possible open']],
    ['Probable volume loss and fibrosis.', ['fibrosis possible likely']],
    ['Nodule, possibly granuloma or mass.', ['nodule certain', 'mass possible open']],
    ['Possible congestion with edema and effusion.', ['edema possible open', 'effusion possible open']],
  ])('is read where it was passed over: %s', (text, expected) => expect(told(text)).toEqual(expected));

  it.each([
    ['Consolidation probably within the lingula.', ['consolidation certain']],
    ['Consolidation, likely at the right base, and effusion.', ['consolidation certain', 'effusion certain']],
    ['Mass, probably lymphadenopathy, and effusion.', ['mass certain', 'effusion certain']],
    ['Right hilar mass, possibly lymphadenopathy.', ['mass certain']],
    ['Volume loss with fibrosis, possibly related to radiation.', ['fibrosis certain']],
    ['Mild cardiomegaly with no heart failure or edema.', ['cardiomegaly certain', 'edema negated']],
    ['No change in the left effusion or pneumothorax.', ['effusion certain', 'pneumothorax certain']],
  ])('of something else leaves the finding as it is: %s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('a report', () => {
  it.each([
    ['Heart size is stable, enlarged and unfolded aorta.', []],
    ['The heart remains moderately large.', ['cardiomegaly certain']],
    ['Slight interval increase in cardiac size.', ['cardiomegaly certain']],
    ['No increase in heart size.', []],
    ['No the heart is of normal size.', ['cardiomegaly negated']],
    ['Cardiac silhouette is upper limits of normal to mildly enlarged.', ['cardiomegaly possible likely']],
    ['Heart size normal, enlarged thyroid.', ['cardiomegaly negated']],
  ])('tells of the heart: %s', (text, expected) => expect(told(text)).toEqual(expected));

  it.each([
    ['Calcified nodes from an old tuberculous infection.', []],
    ['Sequela of granulomatous disease lungs are low in volume with atelectasis.', ['atelectasis certain']],
    ['Follow up to ensure clearing and exclude a mass.', []],
    ['Correlate for infection.', []],
    ['Lungs are clear consolidation.', ['consolidation negated']],
    ['Lungs are clear consolidation or effusion.', ['consolidation negated', 'effusion negated']],
    ['Lungs are clear nodule is present.', ['lung_opacity negated', 'nodule certain']],
    ['Lungs are clear cardiomegaly.', ['lung_opacity negated', 'cardiomegaly certain']],
    ['Lungs are clear effusion and edema are seen.', ['lung_opacity negated', 'effusion certain', 'edema certain']],
    ['Lungs are otherwise clear fibrosis at the left apex.', ['lung_opacity negated', 'fibrosis certain']],
    ['Lungs clear, edema resolved.', ['lung_opacity negated', 'edema negated']],
    ['Lungs are clear and the effusion is gone.', ['lung_opacity negated', 'effusion negated']],
    ['Blunting of the right costophrenic angle without effusion.', ['effusion negated']],
    ['Obliteration of the left costophrenic sulcus.', ['effusion possible open']],
    ['Thickening of the minor fissure.', ['pleural_thickening certain']],
    ['Biapical pleural capping.', ['pleural_thickening certain']],
    ['Pneumothorax is not xxxx seen.', ['pneumothorax negated']],
  ])('is read as it is meant: %s', (text, expected) => expect(told(text)).toEqual(expected));
});
