/** `counterpart run` (and `edit`, the same for few films): films x requests x seeds into a folder, to be gone on with at any time. */

import type { Command } from 'commander';
import { readPlan } from '../../dataset/plan/schema';
import { RequestNotUnderstoodError } from '../../run/errors';
import { keepPlan, refusePlanned } from '../../run/folder';
import { itemsOf, shardOf } from '../../run/item';
import { itemsOfPlan } from '../../run/planned';
import { remarksOnWords } from '../../state/wordsEdit';
import type { CliContext } from '../context';
import { OptionInvalidError } from '../errors';
import { makeAll } from '../making';
import { filmsOf, frameIn, resultFolder } from '../node/files';
import { textIn } from '../node/tables';
import { addMakingOptions, makingIn, seedsIn, type MakingFlags } from './makingOptions';

interface RunFlags extends MakingFlags {
  readonly say: readonly string[];
  readonly plan?: string;
  readonly frame?: string;
}

export function addRunCommand(program: Command, context: CliContext, finish: (code: number) => void): void {
  const command = program
    .command('run')
    .alias('edit')
    .description(
      'Makes counterfactuals of films: every request on every film with every seed. The same command goes on where it was stopped.',
    )
    .argument('<films...>', 'DICOM, PNG, JPEG or TIFF files, or folders of them')
    .option(
      '--say <words>',
      'what shall be there, such as "large right effusion"; may be given several times',
      gathered,
      [],
    )
    .option('--plan <file>', 'what “counterpart plan” wrote, in place of --say and --seeds')
    .option('--frame <n>', 'of DICOM files of several frames; the first unless said');
  addMakingOptions(command).action(async (paths: string[], flags: RunFlags) => {
    const making = makingIn(flags);
    if ((flags.say.length === 0) === (flags.plan === undefined))
      throw new OptionInvalidError(
        flags.plan === undefined ? 'Nothing is asked: --say is missing.' : '--say and --plan are both given.',
        'Say what shall be there, such as --say "large right effusion", or give a plan with --plan.',
      );
    for (const words of flags.say) for (const remark of remarksOn(words)) context.err(`--say "${words}": ${remark}\n`);
    const plan = flags.plan === undefined ? undefined : readPlan(await textIn(flags.plan), flags.plan);
    if (flags.plan !== undefined && flags.frame !== undefined)
      throw new OptionInvalidError(
        '--plan and --frame are both given.',
        'A plan names its films: write film.dcm#2 there for the second frame.',
      );
    const films = await filmsOf(paths, frameIn(flags.frame));
    const all = plan === undefined ? itemsOf(films.names, flags.say, seedsIn(flags.seeds)) : itemsOfPlan(plan);
    const items = shardOf(all, making.shard.index, making.shard.count);
    const folder = await resultFolder(flags.out);
    if (flags.plan === undefined) await refusePlanned(folder);
    else await keepPlan(folder, await textIn(flags.plan));
    finish(await makeAll({ items, films, folder, plan }, making, context));
  });
}

/** What no film can change is said before any is opened. @throws OptionInvalidError */
function remarksOn(words: string): readonly string[] {
  try {
    return remarksOnWords(words);
  } catch (error) {
    if (!(error instanceof RequestNotUnderstoodError)) throw error;
    throw new OptionInvalidError(`--say "${words}": ${error.message}`, error.advice, { cause: error });
  }
}

const gathered = (value: string, before: readonly string[]): readonly string[] => [...before, value];
