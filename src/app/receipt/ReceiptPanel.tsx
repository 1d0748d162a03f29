/** How far the result on the screen can be trusted: plain words first, figures on demand. */

import * as say from '../../messages/en/receipt';
import type { Version } from '../../record/studioDocument';
import { Origin } from './Origin';
import { ReportTexts } from './ReportTexts';
import { ReceiptRow } from './ReceiptRow';
import styles from './ReceiptPanel.module.css';
import { useReceipt } from './useReceipt';

export function ReceiptPanel({ version }: { readonly version: Version }) {
  const receipt = useReceipt(version);
  if (receipt === undefined) return null;
  return (
    <section className={styles.receipt} aria-label={say.panel()}>
      <ul className={styles.lines}>
        {receipt.lines.map((line) => (
          <ReceiptRow key={line.id} line={line} versionId={version.id} />
        ))}
        <Origin recipe={version.counterfactual.recipe} milliseconds={version.counterfactual.milliseconds} />
        <ReportTexts counterfactual={version.counterfactual} />
      </ul>
    </section>
  );
}
