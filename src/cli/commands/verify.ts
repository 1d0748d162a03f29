/** `counterpart verify`: whether a run is whole: every item once, every file there and readable, every result with its receipt. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod/mini';
import { madeOtherwise } from '../../counterfactual/madeOtherwise';
import { recipeSchema } from '../../counterfactual/recipe';
import { openRadiograph } from '../../dicom/open';
import { CounterpartError } from '../../errors';
import { decodePng } from '../../imaging/png';
import { itemsOfPlan } from '../../run/planned';
import { doneOf } from '../../run/review';
import type { Done } from '../../run/item';
import { EXIT, type CliContext } from '../context';
import { openRun } from '../../run/folder';
import { diskFiles } from '../node/files';

interface Fault {
  readonly id: string;
  readonly film: string;
  readonly request: string;
  readonly what: string;
}

export function addVerifyCommand(program: Command, { out }: CliContext, finish: (code: number) => void): void {
  program
    .command('verify')
    .description('Checks a run: every item of its plan, every file, every receipt. Nothing is changed.')
    .argument('<run>', 'the folder that was given to run with --out')
    .option('--json', 'one JSON object')
    .action(async (folder: string, { json = false }: { json?: boolean }) => {
      const { outcomes, plan } = await openRun(diskFiles(folder));
      const done = doneOf(outcomes.values());
      const faults: Fault[] = [];
      const notReached = plan === undefined ? [] : itemsOfPlan(plan).filter(({ id }) => !outcomes.has(id));
      for (const { id, film, request } of notReached)
        faults.push({ id, film, request, what: 'not made yet: run the plan again' });
      for (const outcome of outcomes.values())
        if (outcome.status === 'failed') {
          const { id, film, request } = outcome.item;
          faults.push({ id, film, request, what: outcome.error.message });
        }
      /** Of how many results each is. */
      const remarks = new Map<string, number>();
      const owner = new Map<string, string>();
      for (const each of done) {
        const { id, film, request } = each.item;
        for (const file of each.files) {
          const other = owner.get(file);
          if (other !== undefined) faults.push({ id, film, request, what: `${file} is also the file of ${other}` });
          owner.set(file, id);
        }
        const what = await faultOf(folder, each);
        for (const remark of await remarksOn(folder, each)) remarks.set(remark, (remarks.get(remark) ?? 0) + 1);
        if (what !== undefined) faults.push({ id, film, request, what });
      }
      if (json) out(`${JSON.stringify({ results: done.length, faults, remarks: Object.fromEntries(remarks) })}\n`);
      else {
        out(`${String(done.length)} results, ${String(faults.length)} faults\n`);
        for (const { id, film, request, what } of faults) out(`  ${id} ${film}, ${request}: ${what}\n`);
        for (const [remark, count] of remarks) out(`  of ${String(count)}: ${remark}\n`);
      }
      finish(faults.length === 0 ? EXIT.done : EXIT.failed);
    });
}

const madeBy = z.object({
  recipe: z.pick(recipeSchema, { edit: true, sampling: true, drawn: true, drawnBy: true, composedBy: true }),
});

/** What of its recipe this release makes otherwise: no fault of the result, which is as it was. */
async function remarksOn(folder: string, { files }: Done): Promise<readonly string[]> {
  const file = files.find((each) => each.startsWith('recipes/'));
  const text = file === undefined ? undefined : await readFile(join(folder, file), 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const read = madeBy.safeParse(jsonOf(text));
  return read.success ? madeOtherwise(read.data.recipe).map(({ message, advice }) => `${message}. ${advice}`) : [];
}

/** Undefined where it is damaged, which is told as a fault. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with the files of a result; undefined: nothing. */
async function faultOf(folder: string, { files, row }: Done): Promise<string | undefined> {
  for (const file of files) {
    const bytes = await readFile(join(folder, file)).catch(() => undefined);
    if (bytes === undefined) return `${file} is missing`;
    try {
      if (file.startsWith('recipes/')) {
        const { receipt } = JSON.parse(bytes.toString('utf8')) as { readonly receipt?: { readonly verdict?: unknown } };
        if (receipt?.verdict !== row['receipt']) return `${file} holds another receipt than the journal`;
      } else if (file.endsWith('.png')) decodePng(new Uint8Array(bytes), file);
      else await openRadiograph(new Uint8Array(bytes), file);
    } catch (error) {
      if (!(error instanceof CounterpartError) && !(error instanceof SyntaxError)) throw error;
      return `${file} is damaged`;
    }
  }
  return undefined;
}
