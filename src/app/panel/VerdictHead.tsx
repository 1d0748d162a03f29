/** How far the result on the screen can be trusted, in two lines that never scroll away. A press leads to the whole receipt. */

import { ChevronRight } from 'lucide-react';
import * as say from '../../messages/en/receipt';
import { currentVersion } from '../../state/slices/documents';
import type { Version } from '../../record/studioDocument';
import { useReceipt } from '../receipt/useReceipt';
import { VERDICT_ICONS, VERDICT_WORDS } from '../receipt/verdicts';
import { useStudioState } from '../StudioContext';
import { classes } from '../ui/classes';
import { headLines, openChecks } from './headLines';
import styles from './VerdictHead.module.css';

function Head({ version }: { readonly version: Version }) {
  const receipt = useReceipt(version);
  const setTab = useStudioState((state) => state.setPanelTab);
  if (receipt === undefined) return null;
  const { verdict } = receipt;
  const Icon = VERDICT_ICONS[verdict];
  const open = openChecks(receipt);
  return (
    <button
      type="button"
      className={classes(styles.head, styles[verdict])}
      data-testid="receipt-verdict"
      data-verdict={verdict}
      title={say.wholeReceipt()}
      onClick={() => {
        setTab('verdict');
      }}
    >
      <Icon aria-hidden size={20} className={styles.icon} />
      <span className={styles.words}>
        <span className={styles.title}>
          <b>{VERDICT_WORDS[verdict]()}</b>
          {open === 0 ? null : <span className={styles.open}>{say.openChecks({ count: open })}</span>}
        </span>
        {headLines(receipt).map(({ id, reason, key }) => (
          <span key={id} className={styles.line}>
            <span>{reason}</span>
            <span className={styles.key}>{key}</span>
          </span>
        ))}
      </span>
      <ChevronRight aria-hidden size={14} />
    </button>
  );
}

export function VerdictHead() {
  const version = useStudioState(currentVersion);
  return (
    <div className={styles.place} role="status">
      {version === undefined ? null : <Head version={version} />}
    </div>
  );
}
