/** Head, middle and tail as bars in a table: what is seen is what is read aloud. */

import type { ClassCount, Counts, Group } from '../../dataset/counts';
import * as say from '../../messages/en/dataset';
import { grouped } from '../../messages/numbers';
import styles from './ClassChart.module.css';

const GROUPS: Readonly<Record<Group, () => string>> = {
  head: say.head,
  mid: say.mid,
  tail: say.tail,
  absent: say.absent,
  normal: say.normal,
};

export function ClassChart({ counts }: { readonly counts: Counts }) {
  const { classes, learnt } = counts;
  const shown = (each: ClassCount): number => (learnt === undefined ? each.all : each.bySplit[learnt])?.positive ?? 0;
  const most = Math.max(1, ...classes.map(shown));
  return (
    <table className={styles.chart}>
      <thead>
        <tr>
          <th scope="col">{say.className()}</th>
          <th scope="col" colSpan={2}>
            {learnt === undefined ? say.films() : say.learnt({ split: learnt })}
          </th>
          <th scope="col" className={styles.with}>
            {say.oftenWith()}
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.map((each, index) => (
          <tr key={each.name} data-group={each.group}>
            <th scope="row">
              {each.name.replaceAll('_', ' ')} <small>{GROUPS[each.group]()}</small>
            </th>
            <td className={styles.cell}>
              <svg className={styles.bar} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden>
                <rect width={(100 * shown(each)) / most} height={1} />
              </svg>
            </td>
            <td className={styles.number}>{grouped(shown(each))}</td>
            <td className={styles.with}>{companion(counts, index)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The class that a class is most often seen with. */
function companion({ classes, together }: Counts, index: number): string {
  const row = together[index] ?? [];
  const others = row
    .map((films, other) => ({ films, other }))
    .filter(({ films, other }) => other !== index && films > 0);
  const best = others.sort((one, two) => two.films - one.films)[0];
  const name = best === undefined ? undefined : classes[best.other]?.name.replaceAll('_', ' ');
  return best === undefined || name === undefined ? '' : say.together({ other: name, films: grouped(best.films) });
}
