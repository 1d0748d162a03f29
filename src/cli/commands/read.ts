/** `counterpart read`: what the readers see. */

import type { Command } from 'commander';
import { NotFrontalChestError } from '../../counterfactual/errors';
import { chestFault } from '../../counterfactual/plausible';
import { prepareSource } from '../../counterfactual/source';
import { CounterpartError } from '../../errors';
import * as reasons from '../../messages/en/reasons';
import { FINDINGS, ZONES } from '../../findings/vocabulary';
import { releaseOf } from '../../state/release';
import { EXIT, type CliContext } from '../context';
import { filmsOf, frameIn } from '../node/files';
import { openNetworks } from '../node/networks';

export function addReadCommand(program: Command, { root, out, err }: CliContext, finish: (code: number) => void): void {
  program
    .command('read')
    .description('Says what the first reader sees in films: a probability for each finding, a grade for each zone.')
    .argument('<films...>', 'DICOM, PNG, JPEG or TIFF files, or folders of them')
    .option('--frame <n>', 'of DICOM files of several frames; the first unless said')
    .option('--json', 'one JSON object a film and line')
    .action(async (paths: string[], { json = false, frame }: { json?: boolean; frame?: string }) => {
      const films = await filmsOf(paths, frameIn(frame));
      const networks = await openNetworks(root);
      const { thresholds, unreadable } = releaseOf(networks.suite.manifest);
      try {
        for (const film of films.names) {
          try {
            const source = await prepareSource(await films.open(film), networks.suite);
            const { reading, anatomy } = source;
            const mirrored = await source.mirrored();
            const fault = chestFault(anatomy);
            // What it reads in a knee is no finding.
            const note = fault === undefined ? undefined : new NotFrontalChestError(film, fault);
            const findings = Object.fromEntries(
              FINDINGS.filter((finding) => !unreadable.has(finding)).map((finding) => [
                finding,
                Number(reading.findings[finding].toFixed(4)),
              ]),
            );
            const zones = Object.fromEntries(
              ZONES.map((zone, index) => [zone, Number((reading.zoneSeverity[index] ?? 0).toFixed(2))]),
            );
            if (json)
              out(
                `${JSON.stringify({ film, frontalChest: Number(anatomy.frontalChest.toFixed(4)), findings, zones, notReadable: [...unreadable], ...(mirrored ? { warning: reasons.mirrored() } : {}), ...(note === undefined ? {} : { note: note.message }) })}\n`,
              );
            else {
              const called = FINDINGS.filter(
                (finding) => finding in findings && reading.findings[finding] >= (thresholds[finding] ?? 0.5),
              );
              out(
                `${film}\n${note === undefined ? '' : `  ${note.message} What follows says nothing.\n`}${mirrored ? `  ${reasons.mirrored()}\n` : ''}  called: ${called.join(', ') || 'nothing'}\n  zones:  ${Object.entries(
                  zones,
                )
                  .map(([zone, grade]) => `${zone} ${String(grade)}`)
                  .join(', ')}\n`,
              );
            }
          } catch (error) {
            if (!(error instanceof CounterpartError)) throw error;
            finish(EXIT.failed);
            if (json)
              out(
                `${JSON.stringify({ film, error: { code: error.code, message: error.message, advice: error.advice } })}\n`,
              );
            else err(`${error.message} ${error.advice}\n`);
          }
        }
      } finally {
        await networks.dispose();
      }
    });
}
