/** Nothing is open: where to begin. */

import { FolderOpen, ShieldCheck } from 'lucide-react';
import { actionOpenFiles } from '../actions/openFiles';
import { RecentProjects } from '../projects/RecentProjects';
import { SampleGallery } from '../library/SampleGallery';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { TourInvitation } from '../tour/TourInvitation';
import styles from './EmptyStage.module.css';

export function EmptyStage() {
  const studio = useStudio();
  const opening = useStudioState((state) => state.opening);
  const [name] = opening;
  return (
    <div className={styles.stage}>
      <div className={styles.welcome}>
        <h2 className={styles.claim}>The same patient, in another world</h2>
        <p className={styles.how}>
          Open a chest radiograph. Say what should be different: paint it, choose a zone, or write it. The same anatomy comes back with that
          difference and nothing else changed.
        </p>
        <TourInvitation />
      </div>
      <div className={styles.drop}>
        <div className={styles.words}>
          <h3 className={styles.title}>{name === undefined ? 'Drop a chest radiograph here' : `Opening ${name}`}</h3>
          <p className={styles.formats}>DICOM, PNG with 8 or 16 bits, JPEG, or a project file. Several at once, or paste one.</p>
          <p className={styles.privacy}>
            <ShieldCheck aria-hidden size={15} strokeWidth={1.75} />
            Everything is computed in this browser. No pixel leaves this computer.
          </p>
        </div>
        <Button tone="primary" size="large" icon={FolderOpen} onClick={() => void actionOpenFiles.perform(studio)} disabled={name !== undefined}>
          Open radiographs
        </Button>
      </div>
      <RecentProjects />
      <section className={styles.samples} aria-labelledby="begin-with-a-sample">
        <h3 id="begin-with-a-sample" className={styles.or}>
          Or begin with a synthetic radiograph, of no patient
        </h3>
        <SampleGallery wide />
      </section>
    </div>
  );
}
