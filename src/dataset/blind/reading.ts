/**
 * A blind reading: shuffled films, or pairs of a real and a made one, judged from the picture alone. What a reader can tell is
 * accuracy and the area under the curve of how sure they were; a value near one half means that they cannot.
 */

import { uniformWords } from './shuffle';

export type Truth = 'real' | 'made';

export interface BlindFilm {
  /** Path within the chosen folder: "made/effusion/film-1.png". */
  readonly path: string;
  readonly truth: Truth;
  /** The first folder: "real", "sketched", "sampled". */
  readonly group: string;
  /** The second folder where there is one, else ''. */
  readonly finding: string;
}

/** One film, or one real and one made film of the same finding beside each other. */
export type BlindCase =
  | { readonly kind: 'single'; readonly film: BlindFilm }
  | { readonly kind: 'pair'; readonly left: BlindFilm; readonly right: BlindFilm };

/** 0 real and sure, 1 real and unsure, 2 made and unsure, 3 made and sure; of a pair: of its right film. */
export type Belief = 0 | 1 | 2 | 3;

export interface BlindAnswer {
  readonly belief: Belief;
  /** What gave it away; '' for nothing. */
  readonly tell: string;
  readonly milliseconds: number;
}

export const REAL_FOLDER = 'real';

/** Films by their paths: the folder "real" holds real ones, every other folder made ones. Files outside of any are left out. */
export function filmsByPath(paths: readonly string[]): readonly BlindFilm[] {
  return paths.flatMap((path) => {
    const [group, ...rest] = path.split('/');
    if (group === undefined || rest.length === 0) return [];
    return [
      {
        path,
        group,
        truth: group.toLowerCase() === REAL_FOLDER ? ('real' as const) : ('made' as const),
        finding: rest.length > 1 ? (rest[0] ?? '') : '',
      },
    ];
  });
}

/** Every film once, in an order that the seed decides. */
export function singles(films: readonly BlindFilm[], seed: number): readonly BlindCase[] {
  return shuffled(films, seed).map((film) => ({ kind: 'single', film }));
}

/** As many pairs as each finding has of the rarer kind, sides and order by the seed. */
export function pairs(films: readonly BlindFilm[], seed: number): readonly BlindCase[] {
  const made = [...new Set(films.map(({ finding }) => finding))].sort().flatMap((finding, index) => {
    const of = (truth: Truth): readonly BlindFilm[] =>
      shuffled(
        films.filter((film) => film.finding === finding && film.truth === truth),
        seed + index + 1,
      );
    const [real, others] = [of('real'), of('made')];
    return real.slice(0, others.length).map((film, at) => [film, others[at] as BlindFilm] as const);
  });
  const sides = uniformWords(seed, made.length);
  return shuffled(
    made.map(([real, other], at): BlindCase =>
      (sides[at] ?? 0) < 0.5 ? { kind: 'pair', left: real, right: other } : { kind: 'pair', left: other, right: real },
    ),
    seed,
  );
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const order = uniformWords(seed, items.length);
  return items
    .map((item, at) => [order[at] ?? 0, item] as const)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}

/** What is true of the film that a belief is about. */
export function truthOf(item: BlindCase): Truth {
  return item.kind === 'single' ? item.film.truth : item.right.truth;
}

/** The made film of a case where there is one: whose finding and group the case counts for. */
export function subjectOf(item: BlindCase): BlindFilm {
  if (item.kind === 'single') return item.film;
  return item.left.truth === 'made' ? item.left : item.right;
}

export interface BlindScore {
  readonly finding: string;
  readonly answered: number;
  readonly right: number;
  readonly accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  readonly interval: readonly [number, number];
  /** Area under the curve of how surely a film was called made; undefined where all that was answered is of one kind. */
  readonly auc: number | undefined;
  /** 95 % interval after Hanley and McNeil (Radiology 1982). */
  readonly aucInterval: readonly [number, number] | undefined;
}

export interface Answered {
  readonly item: BlindCase;
  readonly answer: BlindAnswer;
}

/** All of it first ('' as its finding), then each finding that there is more than one of. */
export function scores(answered: readonly Answered[]): readonly BlindScore[] {
  const findings = [...new Set(answered.map(({ item }) => subjectOf(item).finding))].sort();
  const each =
    findings.length > 1
      ? findings.map((finding) =>
          score(
            finding,
            answered.filter(({ item }) => subjectOf(item).finding === finding),
          ),
        )
      : [];
  return [score('', answered), ...each];
}

function score(finding: string, answered: readonly Answered[]): BlindScore {
  const right = answered.filter(({ item, answer }) => answer.belief >= 2 === (truthOf(item) === 'made')).length;
  const belief = (truth: Truth): readonly number[] =>
    answered.filter(({ item }) => truthOf(item) === truth).map(({ answer }) => answer.belief);
  const auc = areaUnderCurve(belief('made'), belief('real'));
  return {
    finding,
    answered: answered.length,
    right,
    accuracy: right / Math.max(1, answered.length),
    interval: wilson(right, answered.length),
    auc,
    aucInterval: auc === undefined ? undefined : hanleyMcNeil(auc, belief('made').length, belief('real').length),
  };
}

const Z = 1.959964;

/** Wilson's interval of a share; [0, 1] of nothing. */
export function wilson(right: number, count: number): readonly [number, number] {
  if (count === 0) return [0, 1];
  const share = right / count;
  const centre = (share + (Z * Z) / (2 * count)) / (1 + (Z * Z) / count);
  const half = (Z / (1 + (Z * Z) / count)) * Math.sqrt((share * (1 - share)) / count + (Z * Z) / (4 * count * count));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** Mann and Whitney's statistic, ties as halves. */
function areaUnderCurve(made: readonly number[], real: readonly number[]): number | undefined {
  if (made.length === 0 || real.length === 0) return undefined;
  const won = made.reduce(
    (sum, one) => sum + real.reduce((more, other) => more + (one > other ? 1 : one === other ? 0.5 : 0), 0),
    0,
  );
  return won / (made.length * real.length);
}

function hanleyMcNeil(auc: number, made: number, real: number): readonly [number, number] {
  const [q1, q2] = [auc / (2 - auc), (2 * auc * auc) / (1 + auc)];
  const variance = (auc * (1 - auc) + (made - 1) * (q1 - auc * auc) + (real - 1) * (q2 - auc * auc)) / (made * real);
  const half = Z * Math.sqrt(Math.max(0, variance));
  return [Math.max(0, auc - half), Math.min(1, auc + half)];
}

export const BLIND_COLUMNS = [
  'number',
  'kind',
  'film',
  'other_film',
  'group',
  'finding',
  'truth',
  'answer',
  'sure',
  'right',
  'tell',
  'seconds',
] as const;

/** A row a case, in the order in which they were shown. Of a pair `film` is the right one. */
export function blindRows(answered: readonly Answered[]): readonly (readonly string[])[] {
  const rows = answered.map(({ item, answer }, index) => {
    const [film, other] = item.kind === 'single' ? [item.film, ''] : [item.right, item.left.path];
    const said = answer.belief >= 2 ? 'made' : 'real';
    return [
      String(index + 1),
      item.kind,
      film.path,
      other,
      subjectOf(item).group,
      subjectOf(item).finding,
      truthOf(item),
      said,
      answer.belief === 0 || answer.belief === 3 ? 'sure' : 'unsure',
      said === truthOf(item) ? '1' : '0',
      answer.tell,
      (answer.milliseconds / 1000).toFixed(1),
    ];
  });
  return [BLIND_COLUMNS, ...rows];
}
