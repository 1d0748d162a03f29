/** Places of reports, in words of our own: said before, said of a part of a lobe, said in another sentence. */

import { describe, expect, it } from 'vitest';
import { parse } from './parse';

const short = (place: string): string =>
  place
    .split('_')
    .map((word) => word[0])
    .join('');
const said = (text: string): readonly string[] =>
  parse(text).statement.items.map(({ finding, places }) => `${finding} ${places.map(short).join('+')}`.trim());

describe('a place', () => {
  it.each([
    ['In the right upper lobe there is a consolidation.', ['consolidation ru']],
    ['At both bases there are opacities and atelectasis.', ['lung_opacity rl+ll', 'atelectasis rl+ll']],
    ['Left apex: there is a mass.', ['mass lu']],
    ['On the left there is an effusion and on the right there is a pneumothorax.', ['effusion ll', 'pneumothorax ru']],
    ['A nodule in the left apex. There is atelectasis.', ['nodule lu', 'atelectasis']],
    ['Consolidation in the right base, and there is edema.', ['consolidation rl', 'edema']],
  ])('stands before what is there: %s', (text, expected) => expect(said(text)).toEqual(expected));

  it.each([
    ['Opacity of the superior segment of the right lower lobe.', ['lung_opacity rl']],
    ['Atelectasis in the basilar part of the left upper lobe.', ['atelectasis lu']],
    ['Scarring in the lower portion of the right lung.', ['fibrosis rl']],
    ['Opacities of the central lungs.', ['lung_opacity rm+lm']],
    ['A scar in the right cardiophrenic angle.', ['fibrosis rl']],
    ['Lingular and retrocardiac atelectasis.', ['atelectasis lm+ll']],
    ['Biapical scarring, bibasilar atelectasis.', ['fibrosis ru+lu', 'atelectasis rl+ll']],
    ['Perihilar opacity in the left midlung.', ['lung_opacity lm']],
  ])('is a part of a lobe or of the lungs: %s', (text, expected) => expect(said(text)).toEqual(expected));

  it.each([
    ['Consolidation in the left base, either pneumonia or infarct.', ['consolidation ll', 'pneumonia ll']],
    ['Left lower lobe volume loss and fibrosis.', ['fibrosis ll']],
    ['Left rib fracture and opacity.', ['lung_opacity']],
    ['Opacity in either apex.', ['lung_opacity ru+lu']],
    ['Effusions, left worse than right.', ['effusion rl+ll']],
    ['A left upper mediastinal opacity.', []],
    ['Density in the right apex, which reflects an old granuloma.', ['lung_opacity ru']],
    ['Opacity consistent with scarring in the left apex.', ['lung_opacity lu', 'fibrosis lu']],
    ['Small left effusion with adjacent opacity or atelectasis.', ['effusion ll', 'lung_opacity ll', 'atelectasis ll']],
    ['Right effusion, biapical opacities with hilar retraction.', ['effusion rl', 'lung_opacity ru+lu']],
  ])('is of what it is said of: %s', (text, expected) => expect(said(text)).toEqual(expected));
});

describe('a place of another sentence', () => {
  it.each([
    ['Left apical consolidation. This may represent pneumonia.', ['consolidation lu', 'pneumonia lu']],
    ['Right basal opacity. This is consistent with atelectasis.', ['lung_opacity rl', 'atelectasis rl']],
    ['A mass in the right apex. Surrounding opacity is noted.', ['mass ru', 'lung_opacity ru']],
    [
      'Right apical mass. There is surrounding opacity or atelectasis.',
      ['mass ru', 'lung_opacity ru', 'atelectasis ru'],
    ],
  ])('is pointed back to: %s', (text, expected) => expect(said(text)).toEqual(expected));

  it.each([
    ['Left apical consolidation. There is atelectasis.', ['consolidation lu', 'atelectasis']],
    ['No consolidation in the left apex. This may represent pneumonia.', ['consolidation lu', 'pneumonia']],
    [
      'Left apical nodule. Heart size is normal. This may represent pneumonia.',
      ['nodule lu', 'cardiomegaly', 'pneumonia'],
    ],
    ['Left apical nodule. This may represent edema.', ['nodule lu', 'edema']],
  ])('is not taken where nothing points to it: %s', (text, expected) => expect(said(text)).toEqual(expected));

  it.each([
    ['Right-sided scarring. Scarring in the right apex.', ['fibrosis ru', 'fibrosis ru']],
    ['Left basal mass. Right apical mass. Bilateral masses.', ['mass ll', 'mass ru', 'mass ru+ll']],
    ['Right opacities. Opacity in the left base.', ['lung_opacity ru+rm+rl', 'lung_opacity ll']],
    ['Opacities throughout the left lung. Opacity in the left base.', ['lung_opacity lu+lm+ll', 'lung_opacity ll']],
    ['Right opacity. No opacity in the right apex.', ['lung_opacity ru+rm+rl', 'lung_opacity ru']],
  ])('tells the level of a side alone: %s', (text, expected) => expect(said(text)).toEqual(expected));
});
