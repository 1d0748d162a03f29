/** How public data sets spell the findings of the vocabulary. */

import { meantWord } from '../../findings/typos';
import type { Finding } from '../../findings/vocabulary';

const SPELLINGS: Readonly<Record<Finding, readonly string[]>> = {
  lung_opacity: ['lung opacity', 'opacity', 'airspace opacity', 'air space opacity', 'alveolar pattern'],
  consolidation: ['consolidation'],
  infiltration: ['infiltration', 'infiltrate', 'infiltrates', 'infiltrat'],
  atelectasis: ['atelectasis', 'laminar atelectasis', 'lobar atelectasis', 'total atelectasis'],
  effusion: ['effusion', 'pleural effusion', 'effusions'],
  pneumothorax: ['pneumothorax'],
  edema: ['edema', 'pulmonary edema', 'oedema'],
  emphysema: ['emphysema', 'pulmonary emphysema'],
  fibrosis: ['fibrosis', 'pulmonary fibrosis'],
  pleural_thickening: ['pleural thickening', 'thickening of the pleura'],
  nodule: ['nodule', 'pulmonary nodule', 'lung nodule'],
  mass: ['mass', 'pulmonary mass', 'lung mass'],
  cardiomegaly: ['cardiomegaly'],
  hernia: ['hernia', 'hiatal hernia', 'hiatus hernia', 'hernia, hiatal'],
  pneumonia: ['pneumonia'],
  no_finding: ['no finding', 'no findings', 'normal', 'no_finding'],
};

const BY_SPELLING = new Map<string, Finding>(
  Object.entries(SPELLINGS).flatMap(([finding, names]) => names.map((name) => [name, finding as Finding] as const)),
);

/** Undefined: "Lung Lesion", "Nodule/Mass", "Support Devices", and all else that is not one finding of the vocabulary. */
export function findingNamed(name: string): Finding | undefined {
  return BY_SPELLING.get(
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[_\s]+/g, ' '),
  );
}

/** Of these names the only one that another is a slip of the keys away from; undefined where none or several are. */
export function nameMeant(name: string, names: readonly string[]): string | undefined {
  const plain = (each: string): string =>
    each
      .trim()
      .toLowerCase()
      .replaceAll(/[_\s]+/g, ' ');
  const meant = meantWord(plain(name), [...new Set(names.map(plain))]);
  return meant === undefined ? undefined : names.find((each) => plain(each) === meant);
}

/** Every spelling that names a finding. */
export const SPELT: readonly string[] = [...BY_SPELLING.keys()];

/** Names with the finding that each spells. */
export function classesNamed(...names: readonly string[]): Readonly<Record<string, Finding | undefined>> {
  return Object.fromEntries(names.map((name) => [name, findingNamed(name)]));
}
