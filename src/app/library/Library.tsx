/** Left: the project, what is open in it and what came of that, and the samples. */

import { Plus } from 'lucide-react';
import * as say from '../../messages/en/library';
import { actionOpenFiles } from '../actions/files';
import { ProjectBar } from '../projects/ProjectBar';
import { useStudio } from '../StudioContext';
import { Button } from '../ui/Button';
import { Hint } from '../ui/Hint';
import { Section } from '../ui/Section';
import { useAfterwards } from '../ui/useAfterwards';
import { DocumentTree } from './DocumentTree';
import styles from './Library.module.css';
import { SampleSection } from './SampleSection';

export function Library() {
  const studio = useStudio();
  const due = useAfterwards();
  const open = (
    <Hint label={say.openHint()} shortcut="Mod+O">
      <Button size="small" tone="quiet" icon={Plus} onClick={() => void actionOpenFiles.perform(studio)}>
        {say.open()}
      </Button>
    </Hint>
  );
  return (
    <aside className={styles.library} aria-label={say.panel()}>
      {due ? (
        <>
          <ProjectBar />
          <Section title={say.images()} aside={open} className={styles.images}>
            <DocumentTree />
          </Section>
          <SampleSection />
        </>
      ) : null}
    </aside>
  );
}
