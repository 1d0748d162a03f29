/** Of which findings the words want less: "make the effusion and the edema smaller, and the nodule larger" of two. Pure. */

import { direction } from './editIdioms';
import { matchSentences, type Span } from './match';
import type { Finding } from './vocabulary';

/** What is made of it stands behind: "make the effusion and the edema smaller". */
const OPEN = /^(make|let|have|get|render|turn)$/;

interface Clause {
  readonly findings: readonly Finding[];
  readonly wants: 'less' | 'more' | undefined;
  readonly hasVerb: boolean;
}

/** A clause that says no direction and has no verb takes that of the nearest before it, else behind it. */
export function lessWanted(words: string): ReadonlySet<Finding> {
  const less = new Set<Finding>();
  for (const sentence of matchSentences(words)) {
    const clauses = clausesOf(sentence).map(clauseOf);
    clauses.forEach((clause, at) => {
      const wants = clause.wants ?? (clause.hasVerb ? undefined : beside(clauses, at));
      if (wants === 'less') for (const finding of clause.findings) less.add(finding);
    });
  }
  return less;
}

function beside(clauses: readonly Clause[], at: number): Clause['wants'] {
  const says = ({ wants }: Clause): boolean => wants !== undefined;
  return (clauses.slice(0, at).findLast(says) ?? clauses.slice(at + 1).find(says))?.wants;
}

function clauseOf(spans: readonly Span[]): Clause {
  return {
    findings: spans.flatMap(({ concept }) => (concept.kind === 'finding' ? [concept.finding] : [])),
    wants: direction(spans),
    hasVerb: spans.some(({ concept, phrase }) => concept.kind === 'verb' && !OPEN.test(phrase)),
  };
}

function clausesOf(sentence: readonly Span[]): readonly (readonly Span[])[] {
  const clauses: Span[][] = [[]];
  for (const span of sentence)
    if (span.concept.kind === 'join' || span.concept.kind === 'boundary') clauses.push([]);
    else clauses.at(-1)?.push(span);
  return clauses;
}
