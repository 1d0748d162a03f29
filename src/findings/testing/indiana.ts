/** What the MeSH codes of the Indiana (Open-i) reports mean in this vocabulary. */

import { type Finding, type Place } from '../vocabulary';

/** Parts whose masses and densities are none of the lungs. */
const OUTSIDE = /breast|sternum|valve|heart|mediastin|paratracheal|pleura|thyroid|neck|abdomen/;
/** Scars of other parts; one without a part is of the lungs, as the text of such reports has it. */
const SCARS_ELSEWHERE = /rib|breast|skin|heart|aorta|diaphragm|cardiophrenic|mediastin|abdomen|vertebra/;

interface Heading {
  readonly finding: Finding;
  readonly name: RegExp;
  /** What its qualifiers must hold, and must not. */
  readonly needs?: RegExp;
  readonly not?: RegExp;
}

const HEADINGS: readonly Heading[] = [
  { finding: 'lung_opacity', name: /^Airspace Disease$/ },
  { finding: 'lung_opacity', name: /^(Opacity|Density)$/, not: OUTSIDE },
  { finding: 'consolidation', name: /^Consolidation$/ },
  { finding: 'infiltration', name: /^Infiltrate$/ },
  { finding: 'atelectasis', name: /^Pulmonary Atelectasis$/ },
  { finding: 'effusion', name: /^Pleural Effusion$|^Hydropneumothorax$/ },
  { finding: 'pneumothorax', name: /^Pneumothorax$|^Hydropneumothorax$/ },
  { finding: 'edema', name: /^Pulmonary Edema$/ },
  { finding: 'emphysema', name: /^(Pulmonary |Bullous )?Emphysema$/ },
  // Bullae: "bullous disease" is emphysema in the vocabulary.
  { finding: 'emphysema', name: /^Blister$/, needs: /lung/ },
  { finding: 'fibrosis', name: /^Pulmonary Fibrosis$/ },
  { finding: 'fibrosis', name: /^Cicatrix$/, not: SCARS_ELSEWHERE },
  { finding: 'pleural_thickening', name: /^Thickening$/, needs: /pleura/ },
  { finding: 'nodule', name: /^Nodule$/, not: /breast|thyroid|neck|abdomen/ },
  // "Right paratracheal mass": the mediastinum is a place of a mass.
  { finding: 'mass', name: /^Mass$/, not: /breast|thyroid|neck|abdomen/ },
  { finding: 'cardiomegaly', name: /^Cardiomegaly$/ },
  { finding: 'cardiomegaly', name: /^Cardiac Shadow$/, needs: /enlarged/ },
  { finding: 'hernia', name: /^Hernia, (Hiatal|Diaphragmatic)$/ },
  { finding: 'pneumonia', name: /^Pneumonia$/ },
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
    const qualified = qualifiers.join('/');
    const found = HEADINGS.filter(
      ({ name, needs, not }) => name.test(heading) && needs?.test(qualified) !== false && not?.test(qualified) !== true,
    );
    if (found.length === 0) return [];
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
    return found.map(({ finding }) => ({ finding, sides, levels, ...(severity === undefined ? {} : { severity }) }));
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
