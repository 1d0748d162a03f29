/** Beside the picture: the named masks of the radiograph, where masks come from, and what can be done to the one in use. */

import { Plus } from 'lucide-react';
import * as say from '../../messages/en/masks';
import { actionNewMask, actionToggleMasksPanel } from '../actions/masks';
import { useStudio } from '../StudioContext';
import { Button } from '../ui/Button';
import { CrossButton } from '../ui/CrossButton';
import { Section } from '../ui/Section';
import { AnatomyMasks } from './AnatomyMasks';
import { LesionProposal } from './LesionProposal';
import { MaskFiles } from './MaskFiles';
import { MaskList } from './MaskList';
import styles from './MasksPanel.module.css';
import { MaskShape } from './MaskShape';

export function MasksPanel() {
  const studio = useStudio();
  return (
    <aside className={styles.panel} aria-label={say.panel()}>
      <Section
        title={say.panel()}
        className={styles.section}
        aside={
          <span className={styles.heading}>
            <Button size="small" tone="quiet" icon={Plus} onClick={() => void actionNewMask.perform(studio)}>
              {say.newMask()}
            </Button>
            <CrossButton label={say.close()} onClick={() => void actionToggleMasksPanel.perform(studio)} />
          </span>
        }
      >
        <MaskList />
      </Section>
      <Section title={say.fromAnatomy()} className={styles.section}>
        <AnatomyMasks />
      </Section>
      <Section title={say.lesion()} className={styles.section}>
        <LesionProposal />
      </Section>
      <Section title={say.shape()} className={styles.section}>
        <MaskShape />
      </Section>
      <Section title={say.files()} className={styles.section}>
        <MaskFiles />
      </Section>
    </aside>
  );
}
