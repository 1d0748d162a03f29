/** A result in the columns of the table that its film came in: keys of its own, labels as they are now, all else as it was. Pure. */

import type { Finding } from '../../findings/vocabulary';
import { columnOf, type CarriedTable } from '../table/carry';
import { findingNamed } from './classNames';
import { columnKey, type Dialect, type Labels } from './dialect';
import { DIALECTS } from './index';

export interface Told {
  /** Where the picture is, relative to the top of the export. */
  readonly path: string;
  /** The same for no other result. */
  readonly id: string;
  readonly split: string | undefined;
  /** What is known of a finding now: there, not there, or nothing; undefined: as the table says. */
  readonly labels: (finding: Finding) => 1 | 0 | 'unknown' | undefined;
  /** Where what came lies, in pixels. */
  readonly boxes: readonly Box[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** @param rows what the table says of the film @returns what it says of the result, in the same columns */
export function rowsOfResult(
  { columns, dialect: id }: CarriedTable,
  rows: readonly (readonly string[])[],
  told: Told,
): readonly (readonly string[])[] {
  const dialect = DIALECTS.find((each) => each.id === id);
  if (dialect === undefined) return [];
  return labelled(dialect.labels, columns, rows, told).map((cells) => keyed(dialect, columns, cells, told));
}

/** Film, study and split; the patient stays. */
function keyed(dialect: Dialect, columns: readonly string[], cells: readonly string[], told: Told): readonly string[] {
  const out = [...cells];
  const set = (index: number, value: string): void => {
    if (index >= 0 && index < columns.length) out[index] = value;
  };
  const file = columnOf(columns, dialect.file);
  const patient = columnOf(columns, dialect.patient);
  const study = columnOf(columns, dialect.study);
  // Of a study of its own: else its labels would be the film's, too.
  if (study !== patient) set(study, told.id);
  if (dialect.role === 'studies') set(file, told.id);
  else set(file, shapedLike(cells[file] ?? '', told));
  const split = columnOf(columns, dialect.split);
  if (split !== file && told.split !== undefined) set(split, told.split);
  return out;
}

/** A path where there was one, else a file's name, with an ending where there was one. */
function shapedLike(before: string, { path, id }: Told): string {
  if (/[\\/]/.test(before)) return path;
  return /\.\w{2,5}$/.test(before) ? path.slice(path.lastIndexOf('/') + 1) : id;
}

function labelled(
  labels: Labels,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  told: Told,
): readonly (readonly string[])[] {
  switch (labels.kind) {
    case 'none':
      return rows;
    case 'columns':
      return rows.map((cells) => inColumns(labels.classes, columns, cells, told));
    case 'list':
      return rows.map((cells) => inList(labels, columns, cells, told));
    case 'flag':
      return flagged(labels, columns, rows, told);
    case 'marks':
      return marked(labels, columns, rows, told);
  }
}

type Kind<K extends Labels['kind']> = Extract<Labels, { kind: K }>;

function inColumns(
  classes: Kind<'columns'>['classes'],
  columns: readonly string[],
  cells: readonly string[],
  told: Told,
): readonly string[] {
  const known = classes === undefined ? undefined : new Set(Object.keys(classes).map(columnKey));
  const findings = columns.map((column) =>
    known === undefined || known.has(columnKey(column)) ? findingNamed(column) : undefined,
  );
  // "1.0" where the table writes so.
  const point = cells.some((cell, at) => findings[at] !== undefined && /^-?\d\.0$/.test(cell)) ? '.0' : '';
  const next = cells.map((cell, at) => {
    const finding = findings[at];
    const label = finding === undefined || finding === 'no_finding' ? undefined : told.labels(finding);
    return label === undefined ? cell : label === 'unknown' ? '' : `${String(label)}${point}`;
  });
  const isThere = next.some((cell, at) => isFinding(findings[at]) && /^1/.test(cell));
  // Of what may be there, too, "no finding" cannot stay.
  const isChanged = next.some(
    (cell, at) => cell !== cells[at] || (isFinding(findings[at]) && told.labels(findings[at]) === 'unknown'),
  );
  return next.map((cell, at) => (findings[at] === 'no_finding' && isChanged ? (isThere ? `0${point}` : '') : cell));
}

function inList(
  { columns: from, separator, classes }: Kind<'list'>,
  columns: readonly string[],
  cells: readonly string[],
  told: Told,
): readonly string[] {
  const index = columnOf(columns, { columns: from });
  const written = cells[index] ?? '';
  const terms = written
    .split(separator)
    .map((term) =>
      term
        .trim()
        .replaceAll(/^['"]|['"]$/g, '')
        .trim(),
    )
    .filter((term) => term !== '');
  const stays = terms.filter((term) => {
    const finding = findingNamed(term);
    if (finding === undefined) return true;
    if (finding === 'no_finding') return false;
    const label = told.labels(finding);
    return label === undefined || label === 1;
  });
  const has = new Set(stays.flatMap((term) => findingNamed(term) ?? []));
  const came = Object.entries(classes).flatMap(([name, finding]) =>
    finding !== undefined && finding !== 'no_finding' && !has.has(finding) && told.labels(finding) === 1
      ? [{ name, finding }]
      : [],
  );
  // The first spelling of each.
  const added = came.filter(({ finding }, at) => came.findIndex((each) => each.finding === finding) === at);
  const all = [...stays, ...added.map(({ name }) => name)];
  const isAsBefore = all.length === 0 && terms.length > 0 && terms.every((term) => findingNamed(term) === 'no_finding');
  const clear = Object.entries(classes).find(([, finding]) => finding === 'no_finding')?.[0] ?? '';
  const text =
    all.length > 0
      ? joined(all, written)
      : isUnclear(classes, told)
        ? ''
        : isAsBefore
          ? written
          : joined([clear], written);
  return cells.map((cell, at) => (at === index ? text : cell));
}

function isFinding(named: Finding | undefined): named is Finding {
  return named !== undefined && named !== 'no_finding';
}

/** Whether something may be there: then "no finding" cannot be said. */
function isUnclear(classes: Kind<'list'>['classes'], told: Told): boolean {
  return Object.values(classes).some((finding) => finding !== undefined && told.labels(finding) === 'unknown');
}

/** As the list was written: PadChest in brackets and quotes, others with what stands between two. */
function joined(terms: readonly string[], written: string): string {
  if (written.startsWith('[')) return `[${terms.map((term) => `'${term}'`).join(', ')}]`;
  const separator = /[|;,]/.exec(written)?.[0] ?? '|';
  return terms.join(separator);
}

/** A row a box where the table has boxes; what went has a row that says so. */
function flagged(
  { column, finding, negative }: Kind<'flag'>,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  told: Told,
): readonly (readonly string[])[] {
  const label = told.labels(finding);
  const [first] = rows;
  if (label === undefined || first === undefined) return rows;
  // A flag cannot say that nothing is known.
  if (label === 'unknown') return [];
  const flag = columnOf(columns, { columns: [column] });
  if (label === 1 && rows.some((cells) => !negative.test(cells[flag] ?? ''))) return rows;
  const corners = (['x', 'y', 'width', 'height'] as const).map((name) => columnOf(columns, { columns: [name] }));
  if (corners.some((at) => at < 0))
    // Run lengths of what came are told by masks/ and COCO; what went can be said.
    return label === 0 ? [first.map((cell, at) => (at === flag ? '-1' : cell))] : [];
  const row = (box: Box | undefined): readonly string[] => {
    const out = [...first];
    out[flag] = box === undefined ? '0' : '1';
    (['x', 'y', 'width', 'height'] as const).forEach((name, at) => {
      out[corners[at] ?? -1] = box === undefined ? '' : String(box[name]);
    });
    return out;
  };
  return label === 0 ? [row(undefined)] : told.boxes.map(row);
}

/** Marks of what stays, and a mark a box of what came, by a reader of its own. */
function marked(
  { column, reader, classes }: Kind<'marks'>,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  told: Told,
): readonly (readonly string[])[] {
  const at = columnOf(columns, { columns: [column] });
  const by = reader === undefined ? -1 : columnOf(columns, { columns: [reader] });
  const [first] = rows;
  if (first === undefined) return rows;
  const came = Object.entries(classes).flatMap(([name, finding]) =>
    finding !== undefined && finding !== 'no_finding' && told.labels(finding) === 1 ? [name] : [],
  );
  const stays = rows.filter((cells) => {
    const finding = findingNamed(cells[at] ?? '');
    if (finding === 'no_finding') return came.length === 0 && !isUnclear(classes, told);
    const label = finding === undefined ? undefined : told.labels(finding);
    return label === undefined || label === 1;
  });
  const isThere = (name: string): boolean => stays.some((cells) => columnKey(cells[at] ?? '') === columnKey(name));
  const corners: Readonly<Record<string, (box: Box) => number>> = {
    x_min: ({ x }) => x,
    y_min: ({ y }) => y,
    x_max: ({ x, width }) => x + width,
    y_max: ({ y, height }) => y + height,
  };
  const added = came
    .filter((name) => !isThere(name))
    .flatMap((name) =>
      told.boxes.map((box) =>
        columns.map((each, index) => {
          const corner = corners[columnKey(each)];
          if (index === at) return name;
          if (index === by) return 'counterpart';
          return corner === undefined ? (first[index] ?? '') : String(corner(box));
        }),
      ),
    );
  return [...stays, ...added];
}
