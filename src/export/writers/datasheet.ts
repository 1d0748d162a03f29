/** DATASHEET.md: the questions of "Datasheets for Datasets" (arXiv 1803.09010) as far as the set itself can answer them. */

import { countsOf, markdownTable } from '../counts';
import { CHECKSUMS } from './checksums';
import type { Summary, Writer } from '../writer';

export const datasheet: Writer = {
  id: 'datasheet',
  extension: 'md',
  about: 'what the set is, how it was made, what was left out and why (DATASHEET.md)',
  begin: ({ version, title }) => ({
    async finish(summary, sink) {
      await sink.text('DATASHEET.md', words(summary, version, title));
    },
  }),
};

/** Listed one by one; more are counted. */
const MOST_LISTED = 200;

function words({ items, skipped, files }: Summary, version: string, title: string): string {
  const { results, patients, findings, verdicts, splits } = countsOf(items.map(({ row }) => row));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const left = skipped.slice(0, MOST_LISTED).map(({ id, message }) => `- ${id}: ${message}`);
  const more = skipped.length - left.length;
  return `# Data sheet of ${title}

## Motivation
Made to enlarge or to test sets of chest radiographs in which some findings are rare. Who made it, and for whom: state it here.

## Composition
${String(results)} synthetic radiographs of ${String(patients)} patients (a radiograph counts as a patient where no key is known), ${String(files.length)} files, ${(bytes / 1e6).toFixed(1)} MB.

${markdownTable(
  ['part', 'results', 'patients'],
  splits.map(({ split, results: own, patients: of }) => [split, own, of]),
)}

No patient stands in two parts: this was checked by the patients' keys and by the pixels of the radiographs before anything
was written.

${markdownTable(
  ['finding', 'labelled there', 'labelled gone', 'not known'],
  findings.map(({ finding, there, gone }) => [finding, there, gone, results - there - gone]),
)}

${markdownTable(['receipt', 'results'], Object.entries(verdicts))}

Masks show where a picture may differ from its radiograph, not the outline of a finding. Annotations (COCO, YOLO, nnU-Net) are made
of them for findings that came; several findings that came together share one mask.

## Collection and processing
Every picture is a radiograph changed by the networks and sketches of release ${version} of Counterpart. The file in recipes/ says how,
with the hash of the radiograph's pixels, the seed and the versions of the networks; the same recipe makes the same pixels. Outside the mask the
stored values are the radiograph's.

Labels are not a radiologist's. 1 and 0 are what was asked for where a second network agrees; of all else nothing is stated.

## Left out
${skipped.length === 0 ? 'Nothing.' : left.join('\n')}${more > 0 ? `\n- and ${String(more)} more` : ''}

## Uses
For training and testing beside real radiographs, with a control arm of duplicated real ones. Not for diagnosis, and not as a
picture of any disease's course. What readers and edits can and cannot do is in the cards of the networks.

## Privacy
No name, identifier or file name of a patient was copied into pictures and recipes${items.some(({ row }) => row['source_file'] !== undefined) ? '; the column source_file names the files that the results were made from' : ''}. Pixels were not searched for burned-in text. A result shows
the anatomy of the patient it was made from, and is as sensitive as that radiograph.

## Distribution and maintenance
The licence of the radiographs goes on to the results: state it here. ${CHECKSUMS} has the SHA-256 of every file.
`;
}
