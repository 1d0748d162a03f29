/** What was measured so far: a table of networks, one of edits, and a list of what could not be measured. */

import * as say from '../../messages/en/bench';
import * as units from '../../messages/en/units';
import { capital, fixed, listed, percent, seconds } from '../../messages/numbers';
import { OWN_ENGINES, OWN_KERNELS, type NetworkShare, type OwnEngine } from '../../worker/bench/measurements';
import type { EditSummary, NetworkSummary } from '../../worker/bench/summary';
import styles from './BenchPage.module.css';
import { nameOfEdit, nameOfEngine } from './names';
import type { Findings, Row } from './runBench';

interface Column<Summary> {
  readonly title: string;
  readonly cell: (result: Summary, ratio: number | undefined) => string;
  /** A sentence, which may take several lines. */
  readonly long?: true;
}

const NOTHING = '';

function time(milliseconds: number): string {
  if (milliseconds >= 1000) return seconds(milliseconds, 2);
  return units.milliseconds({ value: fixed(milliseconds, milliseconds < 10 ? 1 : 0) });
}

/** Both ends in the unit of the upper one. */
function range(fastestMs: number, slowestMs: number): string {
  const inSeconds = slowestMs >= 1000;
  const digits = inSeconds ? 2 : slowestMs < 10 ? 1 : 0;
  const number = (milliseconds: number): string => fixed(inSeconds ? milliseconds / 1000 : milliseconds, digits);
  const value = say.range({ fastest: number(fastestMs), slowest: number(slowestMs) });
  return inSeconds ? units.seconds({ value }) : units.milliseconds({ value });
}

function mebibytes(value: number | undefined): string {
  return value === undefined ? NOTHING : say.mebibytes({ value: fixed(value, 0) });
}

function common<Summary extends NetworkSummary | EditSummary>(): readonly Column<Summary>[] {
  return [
    { title: say.median(), cell: ({ medianMs }) => time(medianMs) },
    { title: say.spread(), cell: ({ fastestMs, slowestMs }) => range(fastestMs, slowestMs) },
    { title: say.ratio(), cell: (_, ratio) => (ratio === undefined ? NOTHING : say.times({ ratio: fixed(ratio, 2) })) },
  ];
}

function networkColumns(): readonly Column<NetworkSummary>[] {
  return [
    ...common<NetworkSummary>(),
    { title: say.rate(), cell: ({ gigaflops }) => fixed(gigaflops, 1) },
    { title: say.share(), cell: ({ shareOfPeak }) => (shareOfPeak === undefined ? NOTHING : percent(shareOfPeak)) },
    { title: say.processor(), cell: ({ cpuMs }) => (cpuMs === undefined ? NOTHING : time(cpuMs)) },
    { title: say.load(), cell: ({ loadMs }) => time(loadMs) },
    { title: say.first(), cell: ({ firstRunMs }) => time(firstRunMs) },
    { title: say.memory(), cell: ({ gpuMiB }) => mebibytes(gpuMiB) },
    { title: say.difference(), cell: ({ maxError }) => maxError.toExponential(1) },
  ];
}

function editColumns(): readonly Column<EditSummary>[] {
  return [
    ...common<EditSummary>(),
    { title: say.first(), cell: ({ firstMs }) => time(firstMs) },
    { title: say.memory(), cell: ({ gpuMiB }) => mebibytes(gpuMiB) },
    { title: say.where(), cell: ({ share, fastestMs }) => whereTimeGoes(share, fastestMs), long: true },
  ];
}

function whereTimeGoes(share: NetworkShare, total: number): string {
  const parts = Object.entries(share).toSorted(([, a], [, b]) => b.milliseconds - a.milliseconds);
  const rest = total - parts.reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0);
  const texts = parts.map(([network, { milliseconds }]) => say.part({ network, time: time(milliseconds) }));
  return listed([...texts, say.rest({ rest: time(Math.max(0, rest)) })]);
}

interface ResultTableProps<Name extends string, Summary> {
  readonly title: string;
  readonly subject: string;
  readonly rows: readonly Row<Name, Summary>[];
  readonly columns: readonly Column<Summary>[];
  readonly nameOf: (name: Name) => string;
}

/** May be wider than the screen, so it can be scrolled by keyboard. */
function ResultTable<Name extends string, Summary extends object>({
  title,
  subject,
  rows,
  columns,
  nameOf,
}: ResultTableProps<Name, Summary>) {
  const results = rows.flatMap(({ name, engines, ratios }) =>
    OWN_ENGINES.flatMap((engine) => {
      const result = engines[engine];
      return result === undefined || 'error' in result ? [] : [{ name, engine, result, ratio: ratios[engine] }];
    }),
  );
  const told = columns.filter(({ cell }) => results.some(({ result, ratio }) => cell(result, ratio) !== NOTHING));
  return (
    <section aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <div className={styles.wide} tabIndex={0} role="group" aria-label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{subject}</th>
              <th scope="col">{say.engine()}</th>
              {told.map((column) => (
                <th key={column.title} scope="col" data-long={column.long}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {results.map(({ name, engine, result, ratio }) => (
              <tr key={`${name} ${engine}`} data-own={OWN_KERNELS.some((own) => own === engine)}>
                <th scope="row">{nameOf(name)}</th>
                <td>{nameOfEngine(engine)}</td>
                {told.map((column) => (
                  <td key={column.title} data-long={column.long}>
                    {column.cell(result, ratio)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** One line for each engine and reason, however much it refused. */
function refusals({ peak, networks, edits }: Findings): readonly string[] {
  const subjects = new Map<string, { readonly engine: OwnEngine; readonly reason: string; readonly of: string[] }>();
  const note = <Name extends string>({ name, engines }: Row<Name, object>, nameOf: (name: Name) => string): void => {
    for (const engine of OWN_ENGINES) {
      const result = engines[engine];
      if (result === undefined || !('error' in result)) continue;
      const key = `${engine} ${result.error}`;
      const line = subjects.get(key) ?? { engine, reason: result.error, of: [] };
      line.of.push(nameOf(name));
      subjects.set(key, line);
    }
  };
  for (const row of networks) note(row, (name) => name);
  for (const row of edits) note(row, nameOfEdit);
  const ofPeak = peak && 'error' in peak ? [say.refusal({ what: capital(say.peak()), reason: peak.error })] : [];
  const ofRest = [...subjects.values()].map(({ engine, reason, of }) =>
    say.refusals({ engine: nameOfEngine(engine), reason, subjects: listed(of) }),
  );
  return [...ofPeak, ...ofRest];
}

export function ResultTables({ findings }: { readonly findings: Findings }) {
  const { peak, networks, edits } = findings;
  const refused = refusals(findings);
  return (
    <>
      {peak === undefined || 'error' in peak ? null : (
        <p className={styles.quiet}>{say.peakWas({ peak: fixed(peak.gigaflops, 1), variant: peak.variant })}</p>
      )}
      {networks.length === 0 ? null : (
        <ResultTable
          title={say.networkResults()}
          subject={say.network()}
          rows={networks}
          columns={networkColumns()}
          nameOf={(name) => name}
        />
      )}
      {edits.length === 0 ? null : (
        <ResultTable
          title={say.edits()}
          subject={say.edit()}
          rows={edits}
          columns={editColumns()}
          nameOf={nameOfEdit}
        />
      )}
      {refused.length === 0 ? null : (
        <section aria-label={say.notMeasured()}>
          <h2 className={styles.heading}>{say.notMeasured()}</h2>
          <ul className={styles.refusals}>
            {refused.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
