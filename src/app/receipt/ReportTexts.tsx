/** The findings in words, before and after, to copy: a synthetic report beside a synthetic picture. */

import { Check, ChevronRight, Copy, FileText } from 'lucide-react';
import { useId, useState } from 'react';
import { reportTexts } from '../../counterfactual/report';
import { counterfactualReport } from '../../findings/report/sentences';
import * as errors from '../../messages/en/errors';
import * as say from '../../messages/en/receipt';
import type { Version } from '../../record/studioDocument';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './ReceiptRow.module.css';

export function ReportTexts({ counterfactual }: Pick<Version, 'counterfactual'>) {
  const { services } = useStudio();
  const thresholds = useStudioState((state) => state.release?.rulers.thresholds);
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState<boolean | undefined>(undefined);
  const textsId = useId();
  const { before, after } = reportTexts(counterfactual, thresholds ?? {});
  const copy = async () => {
    try {
      await services.copyText(counterfactualReport({ before, after }));
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <li className={styles.row} data-testid="receipt-report">
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={textsId}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <FileText className={styles.icon} aria-hidden size={15} />
        <span className={styles.words}>
          <span className={styles.question}>{say.inReportWords()}</span>
          <span className={styles.reason}>{after}</span>
        </span>
        <span className={styles.key} />
        <ChevronRight aria-hidden size={13} className={styles.chevron} />
      </button>
      {open ? (
        <div id={textsId}>
          <dl className={styles.texts}>
            <dt>{say.reportBefore()}</dt>
            <dd>{before}</dd>
            <dt>{say.reportAfter()}</dt>
            <dd>{after}</dd>
          </dl>
          <div className={styles.measure}>
            <Button size="small" icon={copied === true ? Check : Copy} onClick={() => void copy()}>
              {copied === undefined ? say.copyReport() : copied ? errors.copied() : errors.copyBlocked()}
            </Button>
          </div>
        </div>
      ) : null}
    </li>
  );
}
