/** What was measured about the change itself: how much changed inside, and that nothing did outside. */

import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Version } from '../../state/studioDocument';
import styles from './ChangeReceipt.module.css';

export function ChangeReceipt({ version }: { readonly version: Version }) {
  const { counterfactual, changedOutside } = version;
  const { changedPixels, image } = counterfactual;
  const clean = changedOutside === 0;
  const Icon = clean ? CircleCheck : TriangleAlert;
  return (
    <dl className={styles.receipt} data-clean={clean}>
      <div>
        <dt>Changed outside the mask</dt>
        <dd data-testid="changed-outside">
          <Icon aria-hidden size={14} />
          {changedOutside.toLocaleString('en')} pixels
        </dd>
      </div>
      <div>
        <dt>Changed inside</dt>
        <dd>
          {changedPixels.toLocaleString('en')} <span>of {(image.width * image.height).toLocaleString('en')}</span>
        </dd>
      </div>
    </dl>
  );
}
