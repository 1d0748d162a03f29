/** README.md as Hugging Face reads it (huggingface.co/docs/hub/datasets-cards): the parts, the columns' types, and words for people. */

import { countsOf, markdownTable } from '../counts';
import { isFirstOf, type ExportContext, type Summary, type Writer } from '../writer';
import { typeOf } from './columnTypes';
import { byFolder, columnsOf, TABLE } from './metadata';
import { originals } from './originals';
import { PICTURES } from './pictures';

const TYPES = { 'sc:Integer': 'int64', 'sc:Float': 'float64', 'sc:Text': 'string' } as const;

/** Of sets by their size, as the hub sorts them. */
const SIZES: readonly (readonly [number, string])[] = [
  [1_000, 'n<1K'],
  [10_000, '1K<n<10K'],
  [100_000, '10K<n<100K'],
  [1_000_000, '100K<n<1M'],
];

export const card: Writer = {
  id: 'card',
  extension: 'md',
  about: 'a data set card that Hugging Face reads (README.md)',
  begin: (context) => ({
    async finish(summary, sink) {
      const loads = !isFirstOf(context, PICTURES, 'dicom');
      await sink.text(
        'README.md',
        `---\n${frontMatter(summary, context.title, loads)}---\n\n${words(summary, context)}`,
      );
    },
  }),
};

function frontMatter({ items }: Summary, title: string, loads: boolean): string {
  const parts = [...byFolder(items)];
  const size = SIZES.find(([most]) => items.length < most)?.[1] ?? 'n>1M';
  const paths = (folder: string): string =>
    loads ? `        - "${folder}${TABLE}"\n        - "${folder}images/*"\n` : `        - "${folder}${TABLE}"\n`;
  return [
    `pretty_name: ${JSON.stringify(title)}\n`,
    'license: other\n',
    'task_categories:\n  - image-classification\n',
    'tags:\n  - medical\n  - chest-x-ray\n  - synthetic\n  - counterfactual\n',
    `size_categories:\n  - ${size}\n`,
    'configs:\n  - config_name: default\n    data_files:\n',
    ...parts.map(([folder]) => `      - split: ${splitName(folder)}\n        path:\n${paths(folder)}`),
    // Stated, not guessed from the rows: a column that is blank in one part would have another type there.
    ...(loads ? ['dataset_info:\n  features:\n', ...columnsOf(items).map(feature)] : []),
  ].join('');
}

/** The hub wants letters, digits and _; what belongs to no part is to train on. */
const splitName = (folder: string): string => (folder === '' ? 'train' : folder.slice(0, -1).replaceAll(/[^\w]/g, '_'));

function feature(column: string): string {
  const [, picture] = /^(?:(.+)_)?file_name$/.exec(column) ?? [column, undefined];
  if (/(?:^|_)file_name$/.test(column)) return `    - name: ${picture ?? 'image'}\n      dtype: image\n`;
  return `    - name: ${column}\n      dtype: ${TYPES[typeOf(column)]}\n`;
}

function words({ items, skipped }: Summary, { title, chosen }: ExportContext): string {
  const counts = countsOf(items.map(({ row }) => row));
  return `# ${title}

Synthetic counterfactual radiographs made with Counterpart: the same patient with one difference. For research and education;
not a medical device, and not for diagnosis.

${String(counts.results)} results of ${String(counts.patients)} patients${skipped.length === 0 ? '' : `; ${String(skipped.length)} were left out, see DATASHEET.md`}.

${markdownTable(
  ['finding', 'labelled there', 'labelled gone'],
  counts.findings.map(({ finding, there, gone }) => [finding, there, gone]),
)}

\`metadata.csv\` has a row a result. Finding columns are three-valued: 1 asked for and seen by the second reader, 0 asked to go
and no longer called by it, blank not known. \`patient\` stands for the radiograph that the picture was made from where no key
of the patient is known: keep the pictures of one on the same side of a split, and with the radiograph itself. \`receipt\` is
the worst line of the result's receipt, \`changed_as_asked\` the first. \`opacity_...\` (0 to 3) and \`read_...\` (probability) are
what the second reader sees. Look at the pictures before you train on them.
${chosen.includes(originals.id) ? '\n`originals/` holds the radiographs that the results were made from. They are *not* synthetic: whoever gets this folder gets them.\n' : ''}
The licence of the radiographs that the results were made from goes on to the results: state it in place of "other" before you
share this set.
`;
}
