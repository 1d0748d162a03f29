/** How far the result on the screen can be trusted: plain words first, figures on demand. */

import type { Receipt } from '../../counterfactual/receipt/receipt';
import * as say from '../../messages/en/receipt';
import type { Version } from '../../record/studioDocument';
import { classes } from '../ui/classes';
import { Origin } from './Origin';
import { ReceiptRow } from './ReceiptRow';
import styles from './ReceiptPanel.module.css';
import { useReceipt } from './useReceipt';
import { VERDICT_ICONS, VERDICT_WORDS } from './verdicts';

function Overall({ receipt }: { readonly receipt: Receipt }) {
  const { verdict, lines } = receipt;
  const Icon = VERDICT_ICONS[verdict];
  const open = lines.filter((line) => line.verdict === undefined).length;
  return (
    <p className={classes(styles.overall, styles[verdict])} data-testid="receipt-verdict" data-verdict={verdict}>
      <Icon aria-hidden size={16} />
      <b>{VERDICT_WORDS[verdict]()}</b>
      {open === 0 ? null : <span>{say.openChecks({ count: open })}</span>}
    </p>
  );
}

export function ReceiptPanel({ version }: { readonly version: Version }) {
  const receipt = useReceipt(version);
  if (receipt === undefined) return null;
  return (
    <section className={styles.receipt} aria-label={say.panel()}>
      <Overall receipt={receipt} />
      <ul className={styles.lines}>
        {receipt.lines.map((line) => (
          <ReceiptRow key={line.id} line={line} versionId={version.id} />
        ))}
        <Origin recipe={version.counterfactual.recipe} milliseconds={version.counterfactual.milliseconds} />
      </ul>
    </section>
  );
}
