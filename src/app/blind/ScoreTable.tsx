/** What could be told, over all and for each finding. */

import type { BlindScore } from '../../dataset/blind/reading';
import * as say from '../../messages/en/blind';
import { fixed, percent } from '../../messages/numbers';
import styles from './BlindPage.module.css';

export function ScoreTable({ scores }: { readonly scores: readonly BlindScore[] }) {
  return (
    <section>
      <h2>{say.result()}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            {[say.finding, say.answered, say.correct, say.accuracy, say.auc].map((head, index) => (
              <th key={index} scope="col">
                {head()}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scores.map(({ finding, answered, right, accuracy, interval, auc, aucInterval }) => (
            <tr key={finding}>
              <th scope="row">{finding === '' ? say.allFilms() : finding}</th>
              <td>{String(answered)}</td>
              <td>{String(right)}</td>
              <td>
                {say.withInterval({ value: percent(accuracy), low: percent(interval[0]), high: percent(interval[1]) })}
              </td>
              <td>
                {auc === undefined || aucInterval === undefined
                  ? ''
                  : say.withInterval({
                      value: fixed(auc, 2),
                      low: fixed(aucInterval[0], 2),
                      high: fixed(aucInterval[1], 2),
                    })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{say.oneHalf()}</p>
    </section>
  );
}
