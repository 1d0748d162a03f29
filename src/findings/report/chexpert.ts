/**
 * Labels of a report in the convention of the CheXpert labeler (Irvin 2019, arXiv 1901.07031): 1 there, 0 denied, -1 uncertain, blank
 * not mentioned. Lung Lesion, Pleural Other and Lung Opacity gather several findings, as they do there.
 */

import type { Finding } from '../vocabulary';
import type { ReadReport, ReportItem } from './extractor';

/** Its columns in its order, each with the findings that it gathers. What the vocabulary has no finding for stays blank. */
export const CHEXPERT_COLUMNS: readonly (readonly [string, readonly Finding[]])[] = [
  ['No Finding', []],
  ['Enlarged Cardiomediastinum', []],
  ['Cardiomegaly', ['cardiomegaly']],
  ['Lung Lesion', ['nodule', 'mass']],
  ['Lung Opacity', ['lung_opacity', 'infiltration']],
  ['Edema', ['edema']],
  ['Consolidation', ['consolidation']],
  ['Pneumonia', ['pneumonia']],
  ['Atelectasis', ['atelectasis']],
  ['Pneumothorax', ['pneumothorax']],
  ['Pleural Effusion', ['effusion']],
  ['Pleural Other', ['pleural_thickening', 'fibrosis']],
  ['Fracture', []],
  ['Support Devices', []],
];

export type ChexpertLabel = '1' | '0' | '-1' | '';

/** One label a column. No Finding is 1 where no column is 1 or -1, as the labeler has it, and the text says anything of the chest. */
export function chexpertLabels({ items }: ReadReport): readonly ChexpertLabel[] {
  const labels = CHEXPERT_COLUMNS.map(([, findings]) =>
    labelOf(items.filter(({ finding }) => findings.includes(finding))),
  );
  const found = items.some(({ finding, certainty }) => finding !== 'no_finding' && certainty !== 'negated');
  return labels.map((label, column) => (column === 0 ? (!found && items.length > 0 ? '1' : '') : label));
}

/** Presence outweighs doubt, doubt outweighs denial. */
function labelOf(items: readonly ReportItem[]): ChexpertLabel {
  if (items.length === 0) return '';
  if (items.some(({ certainty }) => certainty === 'certain')) return '1';
  return items.some(({ certainty }) => certainty === 'possible') ? '-1' : '0';
}
