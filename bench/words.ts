/** How sentences by template and the Indiana reports are read, by kind and by figure; beside it CheXpert's phrase lists and radlabels' aliases. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rowsOf } from '../src/dataset/csv';
import { mergeStatement, parse } from '../src/findings/parse';
import { parseEdits } from '../src/findings/parseEdits';
import { CHEXPERT_COLUMNS } from '../src/findings/report/chexpert';
import { levelsOf, same, sidesOf, truthOf, union } from '../src/findings/testing/indiana';
import { askedRightly, readRightly } from '../src/findings/testing/templates/judge';
import { editSentences, reportSentences } from '../src/findings/testing/templates/render';
import { FINDINGS, ZONES, type Finding } from '../src/findings/vocabulary';
import { readByModel } from './words-model';

/** Sentences a template. */
const DRAWS = 14;

/**
 * `[reports folder] [aliases.json]`, the latter the `ALIASES` of the PyPI package radlabels as JSON; or `--llm URL sentences.jsonl [model]`: how many sentences a language model reads right, beside the rules.
 * @returns the exit status
 */
export async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--llm') {
    const [, base = '', file = '', model] = args;
    return readByModel(base, file, model);
  }
  const [folder = join(process.env['COUNTERPART_DATA'] ?? '../shared/data', 'reports'), aliases] = args;
  templates();
  const file = join(folder, 'indiana_reports.csv');
  if (!existsSync(file)) {
    console.error(`${file} is absent: the figures on reports are left out.`);
    return 1;
  }
  const rows = rowsOf(readFileSync(file, 'utf8')).filter(
    (row) => row['MeSH'] !== 'No Indexing' && `${row['findings'] ?? ''}${row['impression'] ?? ''}`.trim() !== '',
  );
  for (const half of [0, 1])
    reports(
      rows.filter((row) => Number(row['uid']) % 2 === half),
      half === 0 ? 'even uid' : 'odd uid',
      folder,
      aliases === undefined ? new Map() : aliasLists(aliases),
    );
  return 0;
}

function templates(): void {
  const judged = [
    ...reportSentences(DRAWS).map((sentence) => ({
      ...sentence,
      right: readRightly(parse(sentence.text).statement.items, sentence),
    })),
    ...editSentences(DRAWS).map((sentence) => {
      const parsed = parseEdits(sentence.text, sentence.seen);
      return { ...sentence, right: askedRightly(parsed.understood ? parsed.edits : [], sentence) };
    }),
  ];
  console.log('kind                        worked from          held back');
  for (const kind of new Set(judged.map((each) => each.kind))) {
    const share = (half: string): string => {
      const own = judged.filter((each) => each.kind === kind && each.half === half);
      return `${(own.filter(({ right }) => right).length / own.length).toFixed(3)} of ${String(own.length)}`.padEnd(20);
    };
    console.log(`${kind.padEnd(27)} ${share('worked from')} ${share('held back')}`);
  }
}

type Row = Readonly<Record<string, string>>;

/** Findings that a report is read to hold, and to deny. */
interface Called {
  readonly there: ReadonlySet<Finding>;
  readonly denied: ReadonlySet<Finding>;
}

function reports(
  rows: readonly Row[],
  half: string,
  folder: string,
  aliases: ReadonlyMap<Finding, readonly string[]>,
): void {
  const phrases = phraseLists(folder);
  const texts = rows.map((row) => `${row['findings'] ?? ''}\n${row['impression'] ?? ''}`);
  const from = process.cpuUsage();
  const parsed = texts.map((text) => parse(text));
  const read = parsed.map(({ statement }) => statement);
  const spent = process.cpuUsage(from);
  const truths = rows.map((row) => truthOf(row['MeSH'] ?? ''));
  const rules = read.map((statement): Called => {
    const { items } = mergeStatement(statement);
    const of = (negated: boolean): ReadonlySet<Finding> =>
      new Set(items.filter(({ certainty }) => (certainty === 'negated') === negated).map(({ finding }) => finding));
    return { there: of(false), denied: of(true) };
  });
  const likely = parsed.map(({ statement, evidence }, index): Called => {
    const there = statement.items
      .filter(
        ({ certainty }, at) => certainty === 'certain' || (certainty === 'possible' && evidence[at]?.doubt !== 'open'),
      )
      .map(({ finding }) => finding);
    return { there: new Set(there), denied: rules[index]?.denied ?? new Set() };
  });
  const certain = read.map((statement, index): Called => {
    const { items } = mergeStatement(statement);
    const there = items.filter(({ certainty }) => certainty === 'certain').map(({ finding }) => finding);
    return { there: new Set(there), denied: rules[index]?.denied ?? new Set() };
  });
  const milliseconds = (spent.user + spent.system) / 1000 / rows.length;
  console.log(
    `\nIndiana reports, ${half}: ${String(rows.length)}; ${milliseconds.toFixed(2)} ms of processor time a report`,
  );
  const compared = FINDINGS.filter((finding) => phrases.has(finding));
  const all = FINDINGS.filter((finding) => finding !== 'no_finding');
  score('rules, all findings', rules, truths, all);
  score('rules, certain, likely, one of several', likely, truths, all);
  score('rules, what is said for certain', certain, truths, all);
  score('rules, findings of CheXpert', rules, truths, compared);
  score(
    'CheXpert phrase lists, plain negation',
    texts.map((text) => byPhrases(text, phrases)),
    truths,
    compared,
  );
  const aliased = FINDINGS.filter((finding) => aliases.has(finding));
  if (aliased.length > 0) {
    score(`rules, ${String(aliased.length)} findings of radlabels`, rules, truths, aliased);
    const byAliases = texts.map((text) => byPhrases(text, aliases));
    score('radlabels aliases, plain negation', byAliases, truths, aliased);
  }
  agreement(read, truths);
}

function score(
  name: string,
  called: readonly Called[],
  truths: readonly ReturnType<typeof truthOf>[],
  findings: readonly Finding[],
): void {
  let [hit, spurious, missed, wrongly, coded] = [0, 0, 0, 0, 0];
  called.forEach(({ there, denied }, index) => {
    const truth = new Set(truths[index]?.map(({ finding }) => finding));
    for (const finding of findings) {
      if (truth.has(finding)) coded += 1;
      if (truth.has(finding) && denied.has(finding)) wrongly += 1;
      if (there.has(finding) && truth.has(finding)) hit += 1;
      else if (there.has(finding)) spurious += 1;
      else if (truth.has(finding)) missed += 1;
    }
  });
  const [precision, recall] = [hit / (hit + spurious), hit / (hit + missed)];
  const f1 = (2 * precision * recall) / (precision + recall);
  console.log(
    `${name.padEnd(41)} F1 ${f1.toFixed(3)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  denied though coded ${((100 * wrongly) / coded).toFixed(1)} % of ${String(coded)}`,
  );
}

function agreement(
  read: readonly ReturnType<typeof parse>['statement'][],
  truths: readonly ReturnType<typeof truthOf>[],
): void {
  const counts = { side: [0, 0], zone: [0, 0], severity: [0, 0] } satisfies Record<string, [number, number]>;
  const count = (name: keyof typeof counts, right: boolean): void => {
    counts[name][0] += right ? 1 : 0;
    counts[name][1] += 1;
  };
  read.forEach((statement, index) => {
    for (const item of mergeStatement(statement).items) {
      const coded = (truths[index] ?? []).filter(({ finding }) => finding === item.finding);
      if (item.certainty === 'negated' || coded.length === 0) continue;
      const placed = item.places.filter((place) => ZONES.some((zone) => zone === place));
      const [sides, levels] = [union(coded.map((each) => each.sides)), union(coded.map((each) => each.levels))];
      if (sides.size > 0) count('side', same(sides, sidesOf(placed)));
      if (levels.size > 0) count('zone', same(levels, levelsOf(placed)));
      const degrees = coded.flatMap((each) => (each.severity === undefined ? [] : [each.severity]));
      const said = statement.items
        .filter(({ finding, certainty }) => finding === item.finding && certainty !== 'negated')
        .map(({ severity }) => severity);
      if (degrees.length > 0)
        count(
          'severity',
          degrees.every((degree) => said.some((value) => Math.abs(value - degree) <= 0.5)),
        );
    }
  });
  console.log(
    Object.entries(counts)
      .map(([name, [right, of]]) => `${name} ${(right / of).toFixed(3)} of ${String(of)}`)
      .join('   '),
  );
}

/** The labeler's phrases of each finding that both know; Lung Lesion, Pleural Other and Lung Opacity gather several and are left out. */
function phraseLists(folder: string): ReadonlyMap<Finding, readonly string[]> {
  const mentions = join(folder, 'chexpert_labeler/phrases/mention');
  const known = existsSync(mentions) ? readdirSync(mentions) : [];
  return new Map(
    CHEXPERT_COLUMNS.flatMap(([column, [finding, ...others]]) => {
      const file = `${column.toLowerCase().replaceAll(' ', '_')}.txt`;
      if (finding === undefined || others.length > 0 || !known.includes(file)) return [];
      const phrases = readFileSync(join(mentions, file), 'utf8')
        .split('\n')
        .map((line) => line.trim().toLowerCase())
        .filter((line) => line !== '');
      return [[finding, phrases] as const];
    }),
  );
}

/** Labels of radlabels that name one finding of ours alone; those that gather several (air space opacity, nodule or mass) are left out. */
const RADLABELS: Readonly<Record<string, Finding>> = {
  atelectasis: 'atelectasis',
  cardiomegaly: 'cardiomegaly',
  consolidation: 'consolidation',
  emphysema: 'emphysema',
  hiatus_hernia: 'hernia',
  infiltration: 'infiltration',
  pleural_effusion: 'effusion',
  pleural_thickening: 'pleural_thickening',
  pneumonia: 'pneumonia',
  pneumothorax: 'pneumothorax',
  pulmonary_edema: 'edema',
  pulmonary_fibrosis: 'fibrosis',
};

/** Its aliases of each of those findings; the name of a label is an alias, as it has it. */
function aliasLists(file: string): ReadonlyMap<Finding, readonly string[]> {
  const labels = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly aliases: readonly string[] }>;
  return new Map(
    Object.entries(RADLABELS).map(([label, finding]) => [
      finding,
      [label.replaceAll('_', ' '), ...(labels[label]?.aliases ?? [])].map((alias) => alias.toLowerCase()),
    ]),
  );
}

const DENIAL =
  /\b(no|not|without|negative|free of|clear of|absence|absent|resolved|normal|unremarkable|within normal limits)\b/;

/** A finding whose phrase stands in a sentence without a word of denial. The labeler's own patterns work on parse trees, which are not here. */
function byPhrases(text: string, lists: ReadonlyMap<Finding, readonly string[]>): Called {
  const [there, denied] = [new Set<Finding>(), new Set<Finding>()];
  for (const sentence of text.toLowerCase().split(/[.;\n]/))
    for (const [finding, phrases] of lists)
      if (phrases.some((phrase) => sentence.includes(phrase))) (DENIAL.test(sentence) ? denied : there).add(finding);
  return { there, denied: new Set([...denied].filter((finding) => !there.has(finding))) };
}
