/**
 * Mends a project part by part, so that one bad value costs no more than the part that it is in: a probability its finding, a
 * version itself, a step its history. What is lost is told. The same is done to what is read and to what is about to be written:
 * what is written opens again.
 */

import * as losses from '../../messages/en/losses';
import { initialRequest } from '../editRequest';
import { LazyPixels } from '../pixels/lazyPixels';
import { soundVersions } from '../versionTree';
import { ProjectDamagedError } from './errors';
import type { Repaired } from './repaired';
import { issuesOf } from './schema';
import type { ProjectSnapshot } from './snapshot';
import { BLANK, thumbnailAnew } from './thumbnailAnew';

type Path = readonly PropertyKey[];

/** Stands for what goes until the lists that it is in are closed up. */
const GONE = Symbol('gone');

function isTree(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !(value instanceof LazyPixels);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => (isTree(part) ? part[key] : undefined), value);
}

/** The value with another in one place; GONE takes the key away. */
function put(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (value === GONE) return GONE;
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === key ? put(each, rest, replacement) : each));
  const fields = isTree(value) ? value : {};
  const inner = put(fields[key], rest, replacement);
  if (inner !== GONE) return { ...fields, [key]: inner };
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== key));
}

/** Lists without what has gone out of them. */
function closedUp(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== GONE).map(closedUp);
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closedUp(each)]));
}

interface Rule {
  /** Where something is wrong: names, `#` for any place in a list, `*` for any name; what follows does not matter. */
  readonly where: string;
  /** What takes the place of the part at `where`. */
  readonly mended: (part: unknown, project: unknown, path: Path) => unknown;
  /** What is lost, in words; absent: nothing that a user would miss. */
  readonly lost?: (part: unknown, radiograph: string) => string;
}

const textOf = (part: unknown, key: string): string => {
  const found = isTree(part) ? part[key] : undefined;
  return typeof found === 'string' && found !== '' ? found : losses.unnamed();
};
const gone = (): unknown => GONE;
const always = (value: unknown) => (): unknown => value;
const nothing = always(undefined);
const waiting = always({ status: 'waiting' });

const versionLost = (part: unknown, radiograph: string): string =>
  losses.version({ title: textOf(part, 'label'), radiograph });
const readingLost = (_: unknown, radiograph: string): string => losses.reading({ radiograph });

const severityLost = (_: unknown, radiograph: string): string => losses.severity({ radiograph });
const linkLost = (_: unknown, radiograph: string): string => losses.link({ radiograph });
const measuresLost = (_: unknown, radiograph: string): string => losses.measures({ radiograph });
/** 32 x 32 cells, of which nothing is known. */
const noOpacity = (): unknown => new Float32Array(1024);

/** Of a version, wherever it stands. */
const VERSION_RULES = (version: string): readonly Rule[] => [
  { where: `${version}.counterfactual.before.findings.*`, mended: gone, lost: readingLost },
  { where: `${version}.counterfactual.after.findings.*`, mended: gone, lost: readingLost },
  { where: `${version}.counterfactual.before.zoneSeverity.#`, mended: always(0), lost: severityLost },
  { where: `${version}.counterfactual.after.zoneSeverity.#`, mended: always(0), lost: severityLost },
  { where: `${version}.counterfactual.before.opacityMap`, mended: noOpacity, lost: measuresLost },
  { where: `${version}.counterfactual.after.opacityMap`, mended: noOpacity, lost: measuresLost },
  { where: `${version}.counterfactual.measures`, mended: gone, lost: measuresLost },
  { where: `${version}.counterfactual.milliseconds`, mended: always(0) },
  { where: `${version}.analysis`, mended: waiting },
  {
    where: `${version}.thumbnail`,
    mended: always(BLANK),
  },
  { where: `${version}.name`, mended: nothing, lost: (_, radiograph) => losses.name({ radiograph }) },
  { where: `${version}.label`, mended: always('') },
  { where: `${version}.pinned`, mended: always(false) },
  { where: `${version}.parentId`, mended: nothing },
  { where: `${version}.counterfactual.image.dicomReference`, mended: gone, lost: linkLost },
  { where: version, mended: gone, lost: versionLost },
];

/** The first that fits is applied, so inner parts stand before outer ones. */
const RULES: readonly Rule[] = [
  { where: 'documents.#.versions.order', mended: nothing },
  ...VERSION_RULES('documents.#.versions.#'),
  ...VERSION_RULES('documents.#.candidates.#.items.#'),
  { where: 'documents.#.candidates.#', mended: gone, lost: versionLost },
  { where: 'documents.#.candidates', mended: always([]), lost: (_, radiograph) => losses.candidates({ radiograph }) },
  {
    where: 'documents.#.masks.#',
    mended: gone,
    lost: (part, radiograph) => losses.mask({ name: textOf(part, 'name'), radiograph }),
  },
  { where: 'documents.#.masks', mended: always([]), lost: (_, radiograph) => losses.masks({ radiograph }) },
  {
    where: 'documents.#.history',
    mended: always({ past: [], future: [] }),
    lost: (_, radiograph) => losses.history({ radiograph }),
  },
  {
    where: 'documents.#.request',
    mended: () => initialRequest(),
    lost: (_, radiograph) => losses.request({ radiograph }),
  },
  { where: 'documents.#.analysis', mended: waiting },
  {
    where: 'documents.#.thumbnail',
    mended: (_, project, path) => thumbnailAnew(at(project, [...path.slice(0, -1), 'radiograph'])),
  },
  { where: 'documents.#.radiograph.dicomReference', mended: gone, lost: linkLost },
  { where: 'documents.#.acceptedAsFrontal', mended: always(false) },
  { where: 'documents.#.frontalDoubt', mended: nothing },
  { where: 'documents.#.activeMaskId', mended: nothing },
  { where: 'documents.#.shownSetId', mended: nothing },
  { where: 'documents.#.baseVersionId', mended: nothing },
  { where: 'documents.#.shownVersionId', mended: nothing },
  { where: 'documents.#', mended: gone, lost: (_, radiograph) => losses.radiograph({ radiograph }) },
  { where: 'jobs.#', mended: gone, lost: (part) => losses.job({ label: textOf(part, 'label') }) },
  { where: 'jobs', mended: always([]) },
  { where: 'name', mended: nothing },
  { where: 'createdAt', mended: () => new Date(0).toISOString() },
  { where: 'currentId', mended: nothing },
  { where: 'comparison', mended: always('source') },
  { where: 'comparedId', mended: nothing },
  { where: 'swipePosition', mended: always(0.5) },
  { where: 'view', mended: nothing },
];

function fits(where: readonly string[], path: Path): boolean {
  return (
    where.length <= path.length &&
    where.every(
      (name, index) => name === '*' || (name === '#' ? typeof path[index] === 'number' : name === path[index]),
    )
  );
}

function ruleFor(path: Path): { readonly rule: Rule; readonly part: Path } | undefined {
  for (const rule of RULES) {
    const where = rule.where.split('.');
    if (fits(where, path)) return { rule, part: path.slice(0, where.length) };
  }
  return undefined;
}

/** What radiograph a part belongs to, by name. */
function radiographOf(project: unknown, [list, index]: Path): string {
  return list === 'documents' ? textOf(at(project, ['documents', index ?? 0, 'radiograph']), 'name') : '';
}

/** A tree again, whatever was left out of it. */
function inOrder(project: unknown): unknown {
  const documents = at(project, ['documents']);
  if (!Array.isArray(documents)) return project;
  return put(
    project,
    ['documents'],
    documents.map((document: unknown) => {
      const versions = at(document, ['versions']);
      const sortable = Array.isArray(versions) && versions.every((each) => typeof at(each, ['id']) === 'string');
      return sortable ? put(document, ['versions'], soundVersions(versions as { readonly id: string }[])) : document;
    }),
  );
}

/** A part that was mended shows what is wrong in the next; nothing lies deeper than this. */
const ROUNDS = 8;

/**
 * @param name of the project, for messages
 * @throws ProjectDamagedError where what is wrong is no part that can go, or nothing is left
 */
export function repairProject(value: unknown, name: string): Repaired {
  let project = value;
  const lost = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const issues = issuesOf(project);
    // The schema names what can break the studio; the rest of the type is what the same code wrote.
    if (issues.length === 0)
      return { project: checkedForLife(project as ProjectSnapshot, value, name), losses: [...lost] };
    const whole = project;
    for (const { path, message } of issues) {
      const found = ruleFor(path);
      if (found === undefined) throw new ProjectDamagedError(name, `${path.join('.')}: ${message}`);
      const { rule, part } = found;
      const before = at(whole, part);
      if (rule.lost !== undefined) lost.add(rule.lost(before, radiographOf(whole, part)));
      if (part.at(-1) !== 'order') project = put(project, part, rule.mended(before, whole, part));
    }
    project = inOrder(closedUp(project));
  }
  throw new ProjectDamagedError(name, 'too much in it is not as expected');
}

/** A project that had radiographs and has none left is not opened as an empty one. */
function checkedForLife(project: ProjectSnapshot, before: unknown, name: string): ProjectSnapshot {
  const documents = at(before, ['documents']);
  if (project.documents.length === 0 && Array.isArray(documents) && documents.length > 0)
    throw new ProjectDamagedError(name, 'none of its radiographs can be read');
  return project;
}
