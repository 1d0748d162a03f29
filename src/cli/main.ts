/** `counterpart`: the studio's core without a screen. */

import { Command, CommanderError } from 'commander';
import { CounterpartError } from '../errors';
import { addCountCommand } from './commands/count';
import { addPlanCommand } from './commands/plan';
import { addDeidentifyCommand } from './commands/deidentify';
import { addExportCommand } from './commands/export';
import { addLabelCommand } from './commands/label';
import { addReadCommand } from './commands/read';
import { addReviewCommand } from './commands/review';
import { addRunCommand } from './commands/run';
import { addSwapCommand } from './commands/swap';
import { addVerifyCommand } from './commands/verify';
import { EXIT, type CliContext } from './context';

/** @returns the exit code */
export async function main(args: readonly string[], context: CliContext): Promise<number> {
  let code: number = EXIT.done;
  const program = new Command('counterpart')
    .description('Counterfactual chest radiographs without a screen. For research and education; not a medical device.')
    .version(context.version)
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .addHelpText('after', '\nExit codes: 0 all done, 1 something failed (named), 2 the command was not understood.');
  const finish = (result: number): void => {
    code = result;
  };
  addReadCommand(program, context, finish);
  addCountCommand(program, context, finish);
  addPlanCommand(program, context, finish);
  addLabelCommand(program, context, finish);
  addRunCommand(program, context, finish);
  addSwapCommand(program, context, finish);
  addReviewCommand(program, context, finish);
  addVerifyCommand(program, context, finish);
  addExportCommand(program, context, finish);
  addDeidentifyCommand(program, context, finish);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof CounterpartError)) throw error;
    context.err(`${error.message}\n${error.advice}\n`);
    return error.code === 'option-invalid' ? EXIT.usage : EXIT.failed;
  }
}
