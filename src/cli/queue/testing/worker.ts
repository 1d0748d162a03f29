/** A worker of a queue as a process of its own, whose items take a moment and no network. */

import type { Counterfactual } from '../../../counterfactual/edit';
import { fakeRadiograph } from '../../../counterfactual/testing/fakes';
import { itemsOf } from '../../../run/item';
import { diskFiles } from '../../node/files';
import { runQueue } from '../runQueue';

export interface WorkerCase {
  readonly url: string;
  readonly folder: string;
  readonly films: readonly string[];
  readonly seeds: readonly number[];
  readonly milliseconds: number;
  readonly lock: number;
}

export const itemsOfCase = ({ films, seeds }: Pick<WorkerCase, 'films' | 'seeds'>) =>
  itemsOf(films, ['no opacity'], seeds);

/** Says `begun <id>` for each item, and at its end what it did. */
export async function main(given: WorkerCase): Promise<void> {
  const files = diskFiles(given.folder);
  const report = await runQueue(
    itemsOfCase(given),
    {
      files,
      films: { open: () => Promise.resolve(fakeRadiograph(8, 8, 8)) },
      method: {
        async make(image, { id }) {
          process.stdout.write(`begun ${id}\n`);
          await new Promise((resolve) => setTimeout(resolve, given.milliseconds));
          return { image } as Counterfactual;
        },
      },
      sink: {
        async write({ id }) {
          await files.write(`images/${id}.png`, new TextEncoder().encode(id));
          return { files: [`images/${id}.png`], row: { file_name: `images/${id}.png` } };
        },
      },
    },
    { url: given.url, lock: given.lock },
  );
  process.stdout.write(`${JSON.stringify({ ...report, outcomes: report.outcomes.length })}\n`);
}
