/** One line of the receipt; its figures unfold. */

import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReceiptLine } from '../../counterfactual/receipt/line';
import * as say from '../../messages/en/receipt';
import { classes } from '../ui/classes';
import { MeasureUndo } from './MeasureUndo';
import styles from './ReceiptRow.module.css';
import { UNMEASURED_ICON, VERDICT_ICONS, VERDICT_WORDS } from './verdicts';

export function ReceiptRow({ line, versionId }: { readonly line: ReceiptLine; readonly versionId: string }) {
  const { id, question, verdict, reason, key, figures, onlyWarns } = line;
  const [open, setOpen] = useState(false);
  const figuresId = useId();
  const Icon = verdict === undefined ? UNMEASURED_ICON : VERDICT_ICONS[verdict];
  const word =
    verdict !== undefined
      ? VERDICT_WORDS[verdict]()
      : onlyWarns && key !== undefined
        ? say.noWarning()
        : say.notMeasured();
  return (
    <li className={styles.row} data-testid={`receipt-${id}`} data-verdict={verdict ?? 'none'}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={figuresId}
        disabled={figures.length === 0}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon
          className={classes(styles.icon, verdict === undefined ? styles.none : styles[verdict])}
          role="img"
          aria-label={word}
          size={15}
        />
        <span className={styles.words}>
          <span className={styles.question}>{question}</span>
          <span className={styles.reason}>{reason}</span>
        </span>
        <span className={styles.key} data-testid={id === 'outside' ? 'changed-outside' : undefined}>
          {key}
        </span>
        <ChevronRight aria-hidden size={13} className={styles.chevron} />
      </button>
      {id === 'undo' && verdict === undefined ? <MeasureUndo versionId={versionId} /> : null}
      {open ? (
        <dl id={figuresId} className={styles.figures}>
          {figures.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </li>
  );
}
