/** `counterpart swap`: what one patient's film shows, on the anatomy of others. */

import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { FINDINGS, type Finding } from '../../findings/vocabulary';
import { findingName } from '../../findings/words';
import { refusePlanned } from '../../run/folder';
import { itemId, shardOf, type RunDonor, type RunItem } from '../../run/item';
import type { CliContext } from '../context';
import { OptionInvalidError } from '../errors';
import { makeAll } from '../making';
import { filmsOf, resultFolder } from '../node/files';
import { addMakingOptions, makingIn, seedsIn, type MakingFlags } from './makingOptions';

interface SwapFlags extends MakingFlags {
  readonly from: string;
  readonly findings?: string;
  readonly keepOwn?: boolean;
}

export function addSwapCommand(program: Command, context: CliContext, finish: (code: number) => void): void {
  const command = program
    .command('swap')
    .description(
      'Sets what the reader sees in one film, the donor’s, into others: its own opacity, and its other findings by zones and grades.',
    )
    .argument('<films...>', 'the patients that get it: DICOM, PNG, JPEG or TIFF files, or folders of them')
    .requiredOption('--from <film>', 'the donor')
    .option(
      '--findings <list>',
      'these travel and no others, such as effusion,lung_opacity; unless said, all that the reader calls',
    )
    .option('--keep-own', 'the films’ own opacities stay where the donor has none');
  addMakingOptions(command).action(async (paths: string[], flags: SwapFlags) => {
    const making = makingIn(flags);
    const films = await filmsOf(paths);
    if ((await stat(flags.from).catch(() => undefined))?.isFile() !== true)
      throw new OptionInvalidError(`--from ${flags.from} is no film.`, 'Name the file of one film.');
    const donor: RunDonor = {
      // From where the films are, wherever it lies: their names are those that they have without it.
      film: relative(resolve(films.root), resolve(flags.from)).split(sep).join('/'),
      ...(flags.findings === undefined ? {} : { only: findingsIn(flags.findings) }),
      ...(flags.keepOwn === true ? { keepsOwn: true } : {}),
    };
    const takers = films.names.filter((name) => name !== donor.film);
    if (takers.length === 0)
      throw new OptionInvalidError(
        `${flags.from} is donor and recipient: from itself it gets nothing.`,
        'Name another film, or a folder of them.',
      );
    const all = itemsOfSwaps(takers, donor, seedsIn(flags.seeds));
    const items = shardOf(all, making.shard.index, making.shard.count);
    const folder = await resultFolder(flags.out);
    await refusePlanned(folder);
    finish(await makeAll({ items, films, folder }, making, context));
  });
}

/** Films x seeds. What is asked is part of an item's name: others may be asked of the same donor later. */
export function itemsOfSwaps(films: readonly string[], donor: RunDonor, seeds: readonly number[]): readonly RunItem[] {
  const what = donor.only?.map((finding) => findingName(finding)).join(', ') ?? 'all findings';
  const request = `${what} of another film${donor.keepsOwn === true ? ', beside its own' : ''}`;
  return films.flatMap((film) =>
    seeds.map((seed) => ({ id: itemId(film, request, seed, donor.film), film, request, seed, donor })),
  );
}

/** @throws OptionInvalidError */
function findingsIn(text: string): readonly Finding[] {
  return text.split(',').map((part) => {
    const name = part
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_');
    const finding = FINDINGS.find((each) => each === name && each !== 'no_finding');
    if (finding === undefined)
      throw new OptionInvalidError(
        `--findings ${text}: “${part.trim()}” is no finding.`,
        `Name some of ${FINDINGS.filter((each) => each !== 'no_finding').join(', ')}.`,
      );
    return finding;
  });
}
