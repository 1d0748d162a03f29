/** The first thing offered: an edit of a real film that works, by one press. */

import { Sparkles } from 'lucide-react';
import * as say from '../../messages/en/stage';
import { demonstrate } from '../../state/commands/demonstrate';
import { smallSampleAddress } from '../sampleAddress';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './Demonstration.module.css';

/** CSS pixels from which two pictures beside each other are large enough to compare. */
const TWO_PANES = 1400;

export function Demonstration() {
  const studio = useStudio();
  const sample = useStudioState(({ gallery }) =>
    gallery.status === 'ready'
      ? gallery.samples.find(({ kind, findings }) => kind === 'real' && findings.includes('lung_opacity'))
      : undefined,
  );
  const busy = useStudioState((state) => state.opening.length > 0);
  if (sample === undefined) return null;
  return (
    <section className={styles.offer} aria-labelledby="see-it-work">
      <img className={styles.picture} src={smallSampleAddress(sample)} alt="" width={88} height={88} />
      <div className={styles.words}>
        <h3 id="see-it-work" className={styles.title}>
          {say.seeItWork()}
        </h3>
        <p className={styles.detail}>{say.seeItWorkDetail({ title: sample.title })}</p>
      </div>
      <Button
        tone="primary"
        size="large"
        icon={Sparkles}
        disabled={busy}
        onClick={() => void demonstrate(studio, sample, window.innerWidth >= TWO_PANES ? 'sideBySide' : 'swipe')}
      >
        {say.eraseIt()}
      </Button>
    </section>
  );
}
