/**
 * Brings projects of older formats up to date, one format number at a time. Whoever raises PROJECT_VERSION adds
 * `MIGRATIONS[old]`, which gets the parsed JSON (arrays still taken out) of format `old` and returns that of `old + 1`.
 */

import { ProjectDamagedError, ProjectNewerError } from './errors';
import { PROJECT_VERSION } from './snapshot';

export type Json = Readonly<Record<string, unknown>>;
export type Migrations = Readonly<Record<number, (project: Json) => Json>>;

const MIGRATIONS: Migrations = { 1: (project) => changed(project, withNamedBounds) as Json };

/** A value with every object in it changed, innermost first. */
function changed(value: unknown, change: (object: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((each) => changed(each, change));
  if (!isJson(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each, change)])));
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Format 1, recipes: bounds were called after what they do to an erasure, were only kept in one, and were noted for additions too. */
function withNamedBounds(object: Json): Json {
  const { edit, sampling } = object;
  if (!isJson(edit) || !isJson(sampling) || !('darker' in sampling)) return object;
  const { darker, brighter, ...rest } = sampling;
  return { ...object, sampling: edit['kind'] === 'add' ? rest : { ...rest, overshoot: darker, undershoot: brighter } };
}

/**
 * @param name the project's, for messages
 * @throws ProjectNewerError, ProjectDamagedError
 */
export function migrate(project: Json, name: string, migrations = MIGRATIONS, current: number = PROJECT_VERSION): Json {
  const { version } = project;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new ProjectDamagedError(name, 'it does not say in which format it is');
  }
  if (version > current) throw new ProjectNewerError(name, version, current);
  let upToDate = project;
  for (let from = version; from < current; from++) {
    const step = migrations[from];
    if (step === undefined) throw new ProjectDamagedError(name, `nothing is known of its format ${String(from)}`);
    upToDate = { ...step(upToDate), version: from + 1 };
  }
  return upToDate;
}
