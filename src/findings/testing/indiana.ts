/** What the MeSH codes of the Indiana (Open-i) reports mean in this vocabulary. */

import { type Finding, type Place } from '../vocabulary';

/** MeSH heading, and what its qualifiers must hold, for each finding. */
const HEADINGS: readonly (readonly [Finding, RegExp, RegExp?])[] = [
  ['lung_opacity', /^(Opacity|Airspace Disease)$/],
  ['lung_opacity', /^Density$/, /lung|retrocardiac|^$/],
  ['consolidation', /^Consolidation$/],
  ['infiltration', /^Infiltrate$/],
  ['atelectasis', /^Pulmonary Atelectasis$/],
  ['effusion', /^Pleural Effusion$/],
  ['pneumothorax', /^Pneumothorax$|^Hydropneumothorax$/],
  ['edema', /^Pulmonary Edema$/],
  ['emphysema', /^(Pulmonary |Bullous )?Emphysema$/],
  ['fibrosis', /^Pulmonary Fibrosis$/],
  ['fibrosis', /^Cicatrix$/, /lung|pulmonary|lobe|base|apex/],
  ['pleural_thickening', /^Thickening$/, /pleura/],
  ['nodule', /^Nodule$/],
  ['mass', /^Mass$/],
  ['cardiomegaly', /^Cardiomegaly$/],
  ['hernia', /^Hernia, (Hiatal|Diaphragmatic)$/],
  ['pneumonia', /^Pneumonia$/],
];

const SEVERITIES: Readonly<Record<string, number>> = {
  mild: 1,
  small: 1,
  borderline: 1,
  moderate: 2,
  severe: 3,
  large: 3,
  extensive: 3,
};

export interface Truth {
  readonly finding: Finding;
  readonly sides: ReadonlySet<string>;
  readonly levels: ReadonlySet<string>;
  readonly severity?: number;
}

export function truthOf(mesh: string): readonly Truth[] {
  return mesh.split(';').flatMap((term) => {
    const [heading = '', ...qualifiers] = term
      .trim()
      .split('/')
      .map((part) => part.trim());
    const found = HEADINGS.find(
      ([, name, needs]) => name.test(heading) && (needs === undefined || needs.test(qualifiers.join('/'))),
    );
    if (found === undefined) return [];
    const sides = new Set(
      qualifiers.flatMap((each) =>
        each === 'bilateral' ? ['right', 'left'] : each === 'right' || each === 'left' ? [each] : [],
      ),
    );
    const levels = new Set(
      qualifiers.flatMap((each) =>
        each === 'upper lobe' || each === 'apex'
          ? ['upper']
          : each === 'middle lobe' || each === 'lingula'
            ? ['mid']
            : ['base', 'lower lobe', 'retrocardiac', 'costophrenic angle'].includes(each)
              ? ['lower']
              : [],
      ),
    );
    if (qualifiers.includes('lingula') || qualifiers.includes('retrocardiac')) sides.add('left');
    const severity = qualifiers.map((each) => SEVERITIES[each]).find((value) => value !== undefined);
    return [{ finding: found[0], sides, levels, ...(severity === undefined ? {} : { severity }) }];
  });
}

export const sidesOf = (places: readonly Place[]): ReadonlySet<string> =>
  new Set(places.filter((place) => place !== 'mediastinum').map((place) => place.split('_')[0] ?? ''));
export const levelsOf = (places: readonly Place[]): ReadonlySet<string> =>
  new Set(places.filter((place) => place !== 'mediastinum').map((place) => place.split('_')[1] ?? ''));
export const same = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((each) => other.has(each));
export const union = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> =>
  new Set(sets.flatMap((set) => [...set]));
