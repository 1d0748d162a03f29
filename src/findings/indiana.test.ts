/** The parser against 3,080 Indiana (Open-i) reports, whose MeSH column codes finding, place and severity by hand. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeStatement, parse } from './parse';
import type { StatementItem } from './statement';
import { levelsOf, same, sidesOf, truthOf, union, type Truth } from './testing/indiana';
import { FINDINGS, ZONES, type Finding } from './vocabulary';

const FILE = join(process.env['COUNTERPART_DATA'] ?? '../shared/data', 'reports/indiana_reports.csv');
const REASON = existsSync(FILE) ? '' : ` (skipped: ${FILE} is absent; set COUNTERPART_DATA)`;

/** RFC 4180 with quoted fields. */
function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^,\n\r]*)(,|\r?\n|$)/g)) {
    const field = match[1] ?? '';
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (match[2] !== ',') rows.push([]);
  }
  const [header = [], ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}

interface Score {
  hit: number;
  spurious: number;
  missed: number;
  /** Hits and spurious among those read as certain. */
  sureHit: number;
  sureSpurious: number;
}

describe.skipIf(REASON !== '')(`parser on Indiana reports${REASON}`, () => {
  it('agrees with the hand-made codes on findings, sides, levels and severities', () => {
    const scores = new Map<Finding, Score>(
      FINDINGS.map((finding) => [finding, { hit: 0, spurious: 0, missed: 0, sureHit: 0, sureSpurious: 0 }]),
    );
    const agreement = { side: [0, 0], level: [0, 0], severity: [0, 0] } satisfies Record<string, [number, number]>;
    const count = (name: keyof typeof agreement, right: boolean): void => {
      agreement[name][0] = agreement[name][0] + (right ? 1 : 0);
      agreement[name][1] = agreement[name][1] + 1;
    };
    const wrong: string[] = [];
    for (const row of readCsv(readFileSync(FILE, 'utf8'))) {
      if (row['MeSH'] === 'No Indexing' || `${row['findings']}${row['impression']}`.trim() === '') continue;
      const text = `${row['findings'] ?? ''}\n${row['impression'] ?? ''}`;
      const parsed = parse(text);
      const merged = mergeStatement(parsed.statement).items.filter((item) => item.certainty !== 'negated');
      const coded = truthOf(row['MeSH'] ?? '');
      // A normal chest in this vocabulary: none of the other findings is coded (a healed rib fracture may be).
      const truth =
        coded.length > 0
          ? coded
          : [{ finding: 'no_finding' as const, sides: new Set<string>(), levels: new Set<string>() }];
      for (const finding of FINDINGS) {
        const sought = truth.filter((each) => each.finding === finding);
        const read = merged.find((item) => item.finding === finding);
        const score = scores.get(finding);
        if (score === undefined) continue;
        if (read !== undefined && sought.length > 0) score.hit += 1;
        else if (read !== undefined) score.spurious += 1;
        else if (sought.length > 0) score.missed += 1;
        if (read?.certainty === 'certain') {
          if (sought.length > 0) score.sureHit += 1;
          else score.sureSpurious += 1;
        }
        if ((read === undefined) !== (sought.length === 0))
          wrong.push(
            `${read === undefined ? 'MISS' : 'SPUR'} ${finding} | ${row['MeSH']} | ${text.replaceAll('\n', ' // ')}`,
          );
        if (read !== undefined && sought.length > 0)
          comparePlaces(read, sought, parsed.statement.items, count, (why) =>
            wrong.push(`${why} | ${row['MeSH']} | ${text.replaceAll('\n', ' // ')}`),
          );
      }
    }
    const table = [...scores].map(([finding, { hit, spurious, missed, sureHit, sureSpurious }]) => ({
      finding,
      coded: hit + missed,
      precision: Number((hit / Math.max(1, hit + spurious)).toFixed(3)),
      precisionOfCertain: Number((sureHit / Math.max(1, sureHit + sureSpurious)).toFixed(3)),
      recall: Number((hit / Math.max(1, hit + missed)).toFixed(3)),
    }));
    if (process.env['INDIANA_VERBOSE'] !== undefined) {
      console.warn(
        [...table, agreement, ...wrong]
          .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
          .join('\n'),
      );
    }
    const total = [...scores.values()].reduce((sum, each) => ({
      ...sum,
      hit: sum.hit + each.hit,
      spurious: sum.spurious + each.spurious,
      missed: sum.missed + each.missed,
    }));
    expect(total.hit / (total.hit + total.spurious)).toBeGreaterThan(0.88);
    expect(total.hit / (total.hit + total.missed)).toBeGreaterThan(0.87);
    for (const { finding, coded, precisionOfCertain, recall } of table) {
      if (coded < 100) continue;
      // A possible finding speaks against a normal chest here, and seldom in the codes.
      const least = finding === 'no_finding' ? 0.79 : 0.96;
      expect([finding, precisionOfCertain > 0.9, recall > least]).toEqual([finding, true, true]);
    }
    expect(agreement.side[0] / agreement.side[1]).toBeGreaterThan(0.93);
    expect(agreement.level[0] / agreement.level[1]).toBeGreaterThan(0.91);
    expect(agreement.severity[0] / agreement.severity[1]).toBeGreaterThan(0.9);
  }, 60_000);
});

/** Counted only where both say it: the code and the text. */
function comparePlaces(
  read: StatementItem,
  coded: readonly Truth[],
  items: readonly StatementItem[],
  count: (name: 'side' | 'level' | 'severity', right: boolean) => void,
  tell: (why: string) => void,
): void {
  const sides = union(coded.map((each) => each.sides));
  const levels = union(coded.map((each) => each.levels));
  const placed = read.places.filter((place) => ZONES.some((zone) => zone === place));
  if (sides.size > 0) {
    count('side', same(sides, sidesOf(placed)));
    if (!same(sides, sidesOf(placed))) tell(`SIDE ${read.finding} ${placed.join()}`);
  }
  if (levels.size > 0) {
    count('level', same(levels, levelsOf(placed)));
    if (!same(levels, levelsOf(placed))) tell(`LEVEL ${read.finding} ${placed.join()}`);
  }
  const degrees = coded.flatMap((each) => (each.severity === undefined ? [] : [each.severity]));
  if (degrees.length > 0) {
    const said = items
      .filter((item) => item.finding === read.finding && item.certainty !== 'negated')
      .map((item) => item.severity);
    const right = degrees.every((degree) => said.some((value) => Math.abs(value - degree) <= 0.5));
    count('severity', right);
    if (!right) tell(`DEGREE ${read.finding} ${said.join()}`);
  }
}
