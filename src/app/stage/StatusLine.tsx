/** The bottom line: what lies under the pointer, how it is shown, and what this product is not. */

import * as say from '../../messages/en/stage';
import type { Radiograph } from '../../imaging/radiograph';
import { fixed, percent } from '../../messages/numbers';
import { currentDocument } from '../../state/slices/documents';
import { useStudioState } from '../StudioContext';
import { Rich } from '../ui/Rich';
import { radiographFacts } from './radiographFacts';
import styles from './StatusLine.module.css';
import type { ReactNode } from 'react';

const BOLD = { b: (words: ReactNode) => <b>{words}</b> };

function number(value: number): string {
  return fixed(value, Number.isInteger(value) || Math.abs(value) >= 10 ? 0 : 2);
}

function Under() {
  const pointer = useStudioState((state) => state.pointer);
  const view = useStudioState((state) => state.view);
  const radiograph = useStudioState((state) => currentDocument(state)?.radiograph);
  if (radiograph === undefined || view === undefined) return <span>{say.noPicture()}</span>;
  return (
    <>
      <span className={styles.position}>
        {pointer === undefined ? say.nowhere() : say.position({ x: Math.floor(pointer.x), y: Math.floor(pointer.y) })}
      </span>
      <span className={styles.stored}>
        <Rich message={say.stored} values={{ value: pointer === undefined ? '–' : pointer.stored }} tags={BOLD} />
      </span>
      <span>
        <Rich
          message={say.windowLevel}
          values={{ width: number(view.window.windowWidth), centre: number(view.window.windowCenter) }}
          tags={BOLD}
        />
      </span>
      <span data-testid="zoom">
        <Rich message={say.zoom} values={{ share: percent(view.scale) }} tags={BOLD} />
      </span>
      {view.inverted ? <span>{say.inverted()}</span> : null}
      <Facts radiograph={radiograph} />
    </>
  );
}

/** What was mended on opening stays to be read when its first notice is gone. */
function Facts({ radiograph }: { readonly radiograph: Radiograph }) {
  const setDialog = useStudioState((state) => state.setDialog);
  const words = say.factsWithNotes({ facts: radiographFacts(radiograph), count: new Set(radiograph.notes).size });
  return (
    <button
      type="button"
      className={styles.facts}
      aria-label={say.showFacts({ facts: words })}
      onClick={() => {
        setDialog('details');
      }}
    >
      {words}
    </button>
  );
}

export function StatusLine() {
  return (
    <footer className={styles.line}>
      <div className={styles.values}>
        <Under />
      </div>
      <p className={styles.use}>{say.researchOnly()}</p>
    </footer>
  );
}
