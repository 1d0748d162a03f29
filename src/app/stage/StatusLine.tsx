/** The bottom line: what lies under the pointer, how it is shown, and what this product is not. */

import { currentDocument } from '../../state/slices/documents';
import { useStudioState } from '../StudioContext';
import { radiographFacts } from './radiographFacts';
import styles from './StatusLine.module.css';

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 0);
}

function Under() {
  const pointer = useStudioState((state) => state.pointer);
  const view = useStudioState((state) => state.view);
  const radiograph = useStudioState((state) => currentDocument(state)?.radiograph);
  if (radiograph === undefined || view === undefined) return <span>No picture</span>;
  return (
    <>
      <span className={styles.position}>
        {pointer === undefined ? 'x –  y –' : `x ${String(Math.floor(pointer.x))}  y ${String(Math.floor(pointer.y))}`}
      </span>
      <span className={styles.stored}>
        Stored <b>{pointer === undefined ? '–' : pointer.stored}</b>
      </span>
      <span>
        W <b>{number(view.window.windowWidth)}</b> L <b>{number(view.window.windowCenter)}</b>
      </span>
      <span>
        Zoom <b>{Math.round(view.scale * 100)} %</b>
      </span>
      {view.inverted ? <span>Inverted</span> : null}
      <span className={styles.facts}>{radiographFacts(radiograph)}</span>
    </>
  );
}

export function StatusLine() {
  return (
    <footer className={styles.line}>
      <div className={styles.values}>
        <Under />
      </div>
      <p className={styles.use}>Research use only, not a medical device</p>
    </footer>
  );
}
