/** A language model on sentences with their meaning: the figures that say whether a model of that size is worth asking. */

import { readFileSync } from 'node:fs';
import { byRules, type ReadReport, type ReportItem } from '../src/findings/report/extractor';
import { byModel } from '../src/findings/report/model/byModel';
import { askOpenAi } from '../src/findings/report/model/openAi';
import type { Certainty } from '../src/findings/statement';
import type { Finding, Place } from '../src/findings/vocabulary';

/** One line of the file; only what reports say is asked, no edits. */
interface Sentence {
  readonly mode: string;
  readonly text: string;
  readonly expect: readonly {
    readonly finding: Finding;
    readonly certainty: Certainty;
    readonly places?: readonly Place[];
    readonly severity?: number;
  }[];
}

/** @returns the exit status */
export async function readByModel(base: string, file: string, model?: string): Promise<number> {
  const sentences = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Sentence)
    .filter(({ mode }) => mode === 'report');
  const reader = byModel('remote', askOpenAi({ base, seconds: 600, ...(model === undefined ? {} : { model }) }));
  const counts = { rules: 0, model: 0, failed: 0, leftOut: 0, answered: 0 };
  const from = Date.now();
  for (const { text, expect } of sentences) {
    const right = ({ items }: ReadReport): boolean => readRightly(items, expect);
    if (right(byRules.read(text))) counts.rules += 1;
    const read = await reader.read(text).catch((error: unknown) => {
      console.error(`${text}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    if (read === undefined) counts.failed += 1;
    else {
      counts.answered += 1;
      counts.leftOut += read.leftOut?.length ?? 0;
      if (right(read)) counts.model += 1;
    }
  }
  const seconds = (Date.now() - from) / 1000 / Math.max(1, sentences.length);
  console.log(
    `${String(sentences.length)} sentences: rules ${String(counts.rules)} right, model ${String(counts.model)} right, ` +
      `${String(counts.failed)} without a readable answer, ${String(counts.leftOut)} parts left out; ${seconds.toFixed(1)} s a sentence`,
  );
  return counts.answered > 0 ? 0 : 1;
}

/** All that is meant is read, and nothing is read for certain that is not; what is denied or suspected besides is let pass. */
function readRightly(items: readonly ReportItem[], expect: Sentence['expect']): boolean {
  const all = expect.every(({ finding, certainty, places = [], severity }) =>
    items.some(
      (item) =>
        item.finding === finding &&
        item.certainty === certainty &&
        places.every((place) => item.places.includes(place)) &&
        (severity === undefined || item.severity === severity),
    ),
  );
  const sure = items.filter(({ certainty, finding }) => certainty === 'certain' && finding !== 'no_finding');
  return (
    all && sure.every(({ finding }) => expect.some((each) => each.finding === finding && each.certainty === 'certain'))
  );
}
