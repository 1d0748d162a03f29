/** What a plan would do, class by class, and how to run it. */

import type { Plan } from '../../dataset/plan/schema';
import * as say from '../../messages/en/dataset';
import { fixed, grouped, percent } from '../../messages/numbers';
import styles from './DatasetDialog.module.css';

const COMMAND = 'counterpart run FILMS --plan plan.jsonl --out SET';

export function PlanTable({ plan }: { readonly plan: Plan }) {
  const { classes, secondsAnItem, notes } = plan.header;
  const minutes = Math.ceil((plan.generated.length * secondsAnItem) / 60);
  return (
    <>
      <table className={styles.plan}>
        <thead>
          <tr>
            {[say.className, say.real, say.target, say.items, say.expected].map((words) => (
              <th key={words()} scope="col">
                {words()}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map(({ name, real, target, items, expected, acceptance }) => (
            <tr key={name}>
              <th scope="row">{name.replaceAll('_', ' ')}</th>
              <td>{grouped(real)}</td>
              <td>{grouped(target)}</td>
              <td>{grouped(items)}</td>
              <td>{say.expectedOf({ results: fixed(expected, 0), share: percent(acceptance) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.map((note) => (
        <p key={note} className={styles.quiet}>
          {note}
        </p>
      ))}
      <p className={styles.quiet}>
        {say.ways({
          drawn: plan.generated.filter(({ how }) => how === 'sketch').length,
          borrowed: plan.generated.filter(({ how }) => how === 'swap').length,
          kept: plan.generated.filter(({ how }) => how === 'keep').length,
          again: plan.generated.filter(({ variationOf }) => variationOf !== undefined).length,
        })}
      </p>
      <p className={styles.quiet}>{say.time({ items: plan.generated.length, minutes })}</p>
      <code className={styles.command}>{COMMAND}</code>
      <p className={styles.quiet}>{say.namesFilms()}</p>
    </>
  );
}
