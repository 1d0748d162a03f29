/** The tables of docs/evaluation.md, Realism. Pure. */

import { distanceOf, isKnown, type RealismTable } from '../../src/counterfactual/realism/distance';
import { REFERENCE } from '../../src/counterfactual/realism/reference';
import { THRESHOLDS } from '../../src/counterfactual/receipt/thresholds';
import { aurocOf, type Scored } from '../tail/auroc';
import { STRENGTHS } from './artefacts';
import { fitted } from './fit';
import type { Row } from './rows';

/** Mean opacity inside the mask at which a grade begins: severity is 2.75 times that, and grades meet half-way. */
const GRADES: readonly (readonly [string, number])[] = [
  ['clear', 0],
  ['mild', 0.5 / 2.75],
  ['moderate', 1.5 / 2.75],
  ['severe', 2.5 / 2.75],
];

/** How much farther from real lungs a part lies than another: what an edit is judged by. */
interface Farther {
  readonly row: Row;
  readonly by: number;
}

const gradeOf = ({ opacity }: Row): string => GRADES.findLast(([, from]) => opacity >= from)?.[0] ?? 'clear';
const two = (value: number): string => value.toFixed(2);
const share = (of: number, all: number): string =>
  all === 0 ? '' : `${String(of)} of ${String(all)} (${((100 * of) / all).toFixed(0)} %)`;
const tableOf = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const each = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? NaN;
}

/** The control of an edit: of two real parts of one film, either stands for the part before it, the other for the part after it. */
function pairs(real: readonly Row[], table: RealismTable): readonly Farther[] {
  const ofFilm = new Map<string, { readonly row: Row; readonly far: number }[]>();
  for (const row of real) {
    const known = ofFilm.get(row.film) ?? [];
    ofFilm.set(row.film, [...known, { row, far: distanceOf(row.measured, table) }]);
  }
  return [...ofFilm.values()].flatMap((parts) =>
    parts.flatMap(({ row, far }, at) =>
      parts.filter((_, other) => other !== at).map((other) => ({ row, by: far - other.far })),
    ),
  );
}

/** What was made, against the same part before. */
function changes(made: readonly Row[], before: (row: Row) => Row | undefined, table: RealismTable): readonly Farther[] {
  return made.flatMap((row) => {
    const was = before(row);
    const isTold = was !== undefined && isKnown(was.measured, table) && isKnown(row.measured, table);
    return !isTold ? [] : [{ row, by: distanceOf(row.measured, table) - distanceOf(was.measured, table) }];
  });
}

/** @param reference parts of real films that made the table @param judge parts of other films, with and without artefacts */
export function reportOf(reference: readonly Row[], judge: readonly Row[], edits: readonly Row[]): string {
  const { farther: limit } = THRESHOLDS.realism;
  const real = judge.filter(({ kind }) => kind === 'none');
  const untouched = new Map(real.map((row) => [`${row.film} ${row.shape}`, row]));
  const made = judge.filter(({ kind }) => kind !== 'none');
  const sources = each(real.map(({ source }) => source));
  const kinds = each(made.map(({ kind }) => kind));
  const isCalled = ({ by }: Farther): boolean => by > limit;
  const ofSource = (list: readonly Farther[], source: string): readonly Farther[] =>
    list.filter(({ row }) => row.source === source);
  const scored = (controls: readonly Farther[], artefacts: readonly Farther[]): readonly Scored[] => [
    ...controls.map(({ row, by }) => ({ value: by, positive: false, patient: row.patient })),
    ...artefacts.map(({ row, by }) => ({ value: by, positive: true, patient: row.patient })),
  ];
  const called = (list: readonly Farther[]): string => share(list.filter(isCalled).length, list.length);

  const controls = pairs(real, REFERENCE);
  const alarms = tableOf(
    ['source', ...GRADES.map(([name]) => name), 'all'],
    [...sources, 'all'].map((source) => {
      const own = source === 'all' ? controls : ofSource(controls, source);
      return [source, ...GRADES.map(([name]) => called(own.filter(({ row }) => gradeOf(row) === name))), called(own)];
    }),
  );
  const changed = changes(made, ({ film, shape }) => untouched.get(`${film} ${shape}`), REFERENCE);
  const artefacts = tableOf(
    ['artefact', 'strength', 'AUROC', ...sources, 'called'],
    kinds.flatMap((kind) =>
      STRENGTHS.map((strength) => {
        const own = changed.filter(({ row }) => row.kind === kind && row.strength === strength);
        const all = aurocOf(scored(controls, own));
        return [
          kind,
          strength,
          all === undefined ? '' : `${two(all.auroc)} [${two(all.interval[0])}, ${two(all.interval[1])}]`,
          ...sources.map((source) => {
            const found = aurocOf(scored(ofSource(controls, source), ofSource(own, source)));
            return found === undefined ? '' : two(found.auroc);
          }),
          called(own),
        ];
      }),
    ),
  );
  const without = tableOf(
    ['source left out', 'false alarms at the others’ limit', 'strong artefacts within it, AUROC: least, mean'],
    sources.map((source) => {
      const others = reference.filter((row) => row.source !== source);
      const table = fitted(others.map(({ measured }) => measured));
      const edge = quantile(
        pairs(others, table).map(({ by }) => by),
        LIMIT_AT,
      );
      const own = pairs(
        real.filter((row) => row.source === source),
        table,
      );
      const strong = changes(
        made.filter((row) => row.source === source && row.strength === 'strong'),
        ({ film, shape }) => untouched.get(`${film} ${shape}`),
        table,
      );
      const aurocs = kinds.flatMap(
        (kind) =>
          aurocOf(
            scored(
              own,
              strong.filter(({ row }) => row.kind === kind),
            ),
          )?.auroc ?? [],
      );
      return [
        source,
        share(own.filter(({ by }) => by > edge).length, own.length),
        `${two(Math.min(...aurocs))}, ${two(aurocs.reduce((sum, value) => sum + value, 0) / aurocs.length)}`,
      ];
    }),
  );
  const done = tableOf(
    ['edit', 'films', 'farther by, median', 'least and most', 'called'],
    each(edits.map(({ kind }) => kind).filter((kind) => !kind.startsWith('before '))).map((kind) => {
      const own = changes(
        edits.filter((row) => row.kind === kind),
        ({ film }) => edits.find((other) => other.kind === `before ${kind}` && other.film === film),
        REFERENCE,
      );
      const by = own.map((one) => one.by);
      return [
        kind,
        String(own.length),
        two(quantile(by, 0.5)),
        `${two(Math.min(...by))}, ${two(Math.max(...by))}`,
        called(own),
      ];
    }),
  );
  const spread = pairs(reference, REFERENCE).map(({ by }) => by);
  const quantiles = [0.5, 0.9, 0.95, LIMIT_AT, 0.99].map((at) => `${String(100 * at)} %: ${two(quantile(spread, at))}`);
  const head = `Reference: ${String(reference.length)} parts; of two parts of a film one is farther by ${quantiles.join(', ')}`;
  return [head, alarms, artefacts, without, done].join('\n\n');
}

/** Share of pairs of the reference that the limit leaves below it. */
const LIMIT_AT = 0.97;
