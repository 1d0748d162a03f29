/**
 * A matched blind sheet (docs/evaluation.md). In earlier sheets a real film was told by its tubes and other disease beside a
 * healthy chest that was drawn on; here both films of a pair are of one source, size, view and look, chosen from near ones by eye.
 */

import { parseArgs } from 'node:util';
import { candidates } from './candidates';
import { score } from './score';
import { sheet } from './sheet';

const USAGE = [
  'node bench/matched.mjs candidates --data FOLDER --out FOLDER [--source nih] [--findings effusion,edema] [--real 8] [--near 8] [--leave-out films.txt] [--seed 1]',
  '  a picture a real film: it first, then the films nearest to it without the finding; candidates.json has their paths',
  'node bench/matched.mjs sheet --data FOLDER --choice choice.json --out FOLDER [--seed 1]',
  '  pair-NN.png to be judged, answers.csv to be filled in, key.json; and real/ and made/ for the studio’s blind page',
  'node bench/matched.mjs score --out FOLDER',
  '  the share that was found out by finding, with Wilson’s 95 % interval',
].join('\n');

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  const { values } = parseArgs({
    args: [...rest],
    options: {
      data: { type: 'string' },
      source: { type: 'string', default: 'nih' },
      findings: { type: 'string', default: 'effusion,cardiomegaly,edema,pneumothorax,nodule,mass' },
      real: { type: 'string', default: '8' },
      near: { type: 'string', default: '8' },
      'leave-out': { type: 'string' },
      choice: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  const { data, out, choice } = values;
  const seed = Number(values.seed);
  if (out !== undefined) {
    if (command === 'score') return score(out);
    if (command === 'candidates' && data !== undefined)
      return candidates({
        data,
        out,
        seed,
        source: values.source,
        findings: values.findings.split(','),
        real: Number(values.real),
        near: Number(values.near),
        leaveOut: values['leave-out'],
      });
    if (command === 'sheet' && data !== undefined && choice !== undefined) return sheet({ data, out, choice, seed });
  }
  console.error(USAGE);
  return 2;
}
