/** What stands against reading tables of films, planning from them and reviewing results. */

import { CounterpartError } from '../errors';

export class TableUnknownError extends CounterpartError {
  readonly code = 'table-unknown';
  constructor(name: string, header: readonly string[], known: readonly string[]) {
    super(
      `${name} is no table of films that is known: its columns are ${header.slice(0, 12).join(', ') || 'none'}.`,
      `Give it a column file_name and one column a finding (1, 0, -1 or blank), or use a table of ${known.join(', ')}.`,
    );
  }
}

export class TableBrokenError extends CounterpartError {
  readonly code = 'table-broken';
  constructor(name: string, row: number, reason: string, options?: ErrorOptions) {
    super(
      `${name} cannot be read from row ${String(row)} on: ${reason}.`,
      'Open it in a spreadsheet or an editor, mend that row, and save it as CSV.',
      options,
    );
  }
}

export class TableEmptyError extends CounterpartError {
  readonly code = 'table-empty';
  constructor(name: string) {
    super(`${name} holds no film.`, 'Check that it is the right file and was saved whole.');
  }
}

/** Labels of studies, without the table that says which films a study has. */
export class TablePartMissingError extends CounterpartError {
  readonly code = 'table-part-missing';
  constructor(name: string, title: string, needed: string) {
    super(`${name} (${title}) names no films.`, `Add ${needed} to the same command or drop.`);
  }
}

export class PlanInvalidError extends CounterpartError {
  readonly code = 'plan-invalid';
  constructor(name: string, line: number, reason: string) {
    super(
      `Line ${String(line)} of the plan ${name} cannot be read: ${reason}.`,
      'Make the plan anew from the table, or undo the last change that was made to it by hand.',
    );
  }
}

/** The file ends before its head says that it does. */
export class PlanCutError extends CounterpartError {
  readonly code = 'plan-cut';
  constructor(name: string, kind: 'items' | 'control', said: number, held: number) {
    const what = kind === 'items' ? 'items' : 'films of the control arm';
    super(
      `${name} is not whole: by its head it has ${String(said)} ${what}, and it holds ${String(held)}.`,
      'Copy it again, or make it anew from the table. Where lines were taken out or put in on purpose, say so in the head: “items” of each class counts its lines.',
    );
  }
}

export class PlanVersionError extends CounterpartError {
  readonly code = 'plan-version';
  constructor(name: string, version: number | string, known: number) {
    super(
      `${name} is a plan of version ${String(version)}; this release reads versions up to ${String(known)}.`,
      Number(version) > known ? 'Use a later release of Counterpart.' : 'Make the plan anew from the table.',
    );
  }
}

export class NothingToPlanError extends CounterpartError {
  readonly code = 'nothing-to-plan';
  constructor(reasons: readonly string[]) {
    super(
      `There is nothing to plan: ${reasons.map((reason) => reason.replace(/\.$/, '')).join('; ') || 'no class is rare'}.`,
      'Look at the counts. More is planned with a larger share of results, with more films without a finding, or, on the command line, with --tail, --to, --limit or --classes.',
    );
  }
}

export class ReviewInvalidError extends CounterpartError {
  readonly code = 'review-invalid';
  constructor(name: string, row: number, reason: string) {
    super(
      `Row ${String(row)} of ${name} is no decision: ${reason}. Nothing of it was taken over.`,
      'Each row needs an item (its id or its picture’s file name) and a decision: accept, reject, or blank for none.',
    );
  }
}
