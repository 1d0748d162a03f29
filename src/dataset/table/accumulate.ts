/** Rows of one table into films with labels, by its dialect. */

import type { Finding } from '../../findings/vocabulary';
import { columnKey, type Dialect, type From } from '../dialects/dialect';
import { DIALECTS, dialectOf } from '../dialects';
import { TableUnknownError } from '../errors';
import { LABEL, Problems, type Film, type Label, type LabelClass } from '../filmTable';
import { labelReader, type LabelReader } from './labels';
import type { RowReader } from './rows';

/** What a row is asked for before anything is read of it. */
export interface Condition {
  readonly column: string;
  readonly is: string;
}

const PICTURE = /\.(?:png|jpe?g|tiff?|webp|bmp|dcm|dicom)$/i;

/** Columns of a Uint8Array that grows with the films. */
class Growing {
  #data = new Uint8Array(1024);
  get(at: number): Label {
    return (this.#data[at] ?? LABEL.blank) as Label;
  }
  raise(at: number, label: Label): void {
    if (at >= this.#data.length) {
      const next = new Uint8Array(Math.max(at + 1, this.#data.length * 2));
      next.set(this.#data);
      this.#data = next;
    }
    if (label > this.get(at)) this.#data[at] = label;
  }
  upTo(length: number): Uint8Array {
    const all = new Uint8Array(length);
    all.set(this.#data.subarray(0, length));
    return all;
  }
}

export class TableAccumulator implements RowReader {
  readonly films: Film[] = [];
  /** The key of each film's study; only where a dialect joins by it. */
  readonly studies: string[] = [];
  readonly #labels: Growing[] = [];
  readonly #classes: LabelClass[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #at = new Map<string, number>();
  readonly problems = new Problems();
  dialect: Dialect | undefined;
  #columns: readonly string[] = [];
  #reader: LabelReader | undefined;
  #conditions: readonly (Condition & { readonly index: number })[] = [];
  #cell: Readonly<Record<'file' | 'study' | 'patient' | 'split' | 'source', (cells: readonly string[]) => string>> = {
    file: none,
    study: none,
    patient: none,
    split: none,
    source: none,
  };
  #frontal: ((cells: readonly string[]) => boolean) | undefined;
  #listed: string | undefined;

  constructor(
    readonly name: string,
    private readonly where: readonly Condition[],
  ) {}

  header(columns: readonly string[]): void {
    const [only = ''] = columns;
    const isList = columns.length === 1 && PICTURE.test(only);
    this.#columns = isList ? ['file of a list'] : columns.map(columnKey);
    const dialect = dialectOf(new Set(isList ? [...this.#columns, 'split of a list'] : this.#columns));
    if (dialect === undefined)
      throw new TableUnknownError(
        this.name,
        columns,
        DIALECTS.filter(({ role }) => role === 'films').map(({ title }) => title),
      );
    this.dialect = dialect;
    const at = (from: From | undefined) => cellReader(this.#columns, from);
    this.#cell = {
      file: at(dialect.file),
      study: at(dialect.study),
      patient: at(dialect.patient),
      split: at(dialect.split),
      source: at(dialect.source),
    };
    const { frontal } = dialect;
    const view = frontal === undefined ? -1 : this.#columns.indexOf(frontal.column);
    if (frontal !== undefined && view >= 0) this.#frontal = (cells) => frontal.is.test(cells[view] ?? '');
    this.#conditions = this.where.map((condition) => ({
      ...condition,
      index: this.#columns.indexOf(columnKey(condition.column)),
    }));
    const declare = (name: string, finding: Finding | undefined): number => {
      const number = this.#numbers.get(name) ?? this.#classes.push({ name, finding }) - 1;
      this.#numbers.set(name, number);
      this.#labels[number] ??= new Growing();
      return number;
    };
    this.#reader = labelReader(dialect.labels, columns, this.#columns, declare, (remark) => {
      this.problems.add('class-misspelt', remark);
    });
    if (isList) {
      // train_val_list.txt and test_list.txt: only the name says it.
      this.#listed = /test/i.test(this.name)
        ? 'test'
        : /val(?!.*train)(?<!train_val)/i.test(this.name)
          ? 'val'
          : 'train';
      this.row(columns, 0);
    }
  }

  row(cells: readonly string[], number: number): void {
    const { dialect } = this;
    if (dialect === undefined) return;
    const where = (): string => `row ${String(number)}`;
    if (cells.length > this.#columns.length && cells.slice(this.#columns.length).some((cell) => cell !== '')) {
      this.problems.add('row-ragged', where());
      return;
    }
    if (this.#conditions.some(({ index, is }) => (cells[index] ?? '').toLowerCase() !== is.toLowerCase())) return;
    const file = this.#cell.file(cells).replaceAll('\\', '/');
    if (file === '') {
      this.problems.add('row-without-file', where());
      return;
    }
    if (this.#frontal?.(cells) === false) {
      this.problems.add('view-left-out', file);
      return;
    }
    const known = this.#at.get(file);
    const patient = this.#cell.patient(cells);
    const split = this.#listed ?? this.#cell.split(cells);
    if (known !== undefined && !this.#isSame(known, file, patient, dialect, cells)) return;
    const at = known ?? this.films.length;
    if (known === undefined) {
      this.#at.set(file, at);
      this.films.push({ file, patient, split, source: this.#cell.source(cells), row: number });
      if (dialect.study !== undefined) this.studies.push(this.#cell.study(cells));
    }
    this.#reader?.read(
      cells,
      file,
      (number, label) => this.#labels[number]?.raise(at, label),
      () => {
        this.problems.add('label-unreadable', `${where()}: ${file}`);
      },
    );
  }

  /** Whether another row of a film that is there already adds to it. */
  #isSame(known: number, file: string, patient: string, dialect: Dialect, cells: readonly string[]): boolean {
    if (patient !== this.films[known]?.patient) {
      this.problems.add('two-patients', `${file}: ${String(this.films[known]?.patient)} and ${patient}`);
      return false;
    }
    if (dialect.manyRows === true) return true;
    const labels: boolean[] = [];
    this.#reader?.read(
      cells,
      file,
      (each, label) => {
        labels.push(label === (this.#labels[each]?.get(known) ?? LABEL.blank));
      },
      () => undefined,
    );
    this.problems.add(labels.includes(false) ? 'contradicting-rows' : 'duplicate-row', file);
    return false;
  }

  /** What only the end tells: readers' votes, and what a list does not name. */
  finish(): { readonly classes: readonly LabelClass[]; readonly labels: ReadonlyMap<string, Uint8Array> } {
    this.#reader?.finish((number, file, label) => {
      const at = this.#at.get(file);
      if (at !== undefined) this.#labels[number]?.raise(at, label);
    });
    const columns = this.#labels.map((growing) => growing.upTo(this.films.length));
    if (this.#reader?.complete === true)
      for (const column of columns)
        for (let at = 0; at < column.length; at++) if (column[at] === LABEL.blank) column[at] = LABEL.negative;
    return {
      classes: this.#classes,
      labels: new Map(this.#classes.map(({ name }, number) => [name, columns[number] ?? new Uint8Array()] as const)),
    };
  }
}

const none = (): string => '';

function cellReader(columns: readonly string[], from: From | undefined): (cells: readonly string[]) => string {
  const index = (from?.columns ?? []).map((column) => columns.indexOf(column)).find((at) => at >= 0);
  if (from === undefined || index === undefined) return none;
  const { pattern } = from;
  if (pattern === undefined) return (cells) => cells[index] ?? '';
  return (cells) => pattern.exec(cells[index] ?? '')?.[1] ?? '';
}
