/** Nothing is open: where to begin. */

import { CloudDownload, FolderOpen, ShieldCheck } from 'lucide-react';
import * as say from '../../messages/en/stage';
import { actionOpenArchive } from '../actions/archive';
import { actionOpenFiles } from '../actions/files';
import { RecentProjects } from '../projects/RecentProjects';
import { SampleGallery } from '../library/SampleGallery';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { TourInvitation } from '../tour/TourInvitation';
import { Demonstration } from './Demonstration';
import styles from './EmptyStage.module.css';

export function EmptyStage() {
  const studio = useStudio();
  const opening = useStudioState((state) => state.opening);
  const archived = useStudioState((state) => state.archive !== undefined);
  const [name] = opening;
  return (
    <div className={styles.stage}>
      <div className={styles.welcome}>
        <h2 className={styles.claim}>{say.claim()}</h2>
        <p className={styles.how}>{say.how()}</p>
        <TourInvitation />
      </div>
      <Demonstration />
      <div className={styles.drop}>
        <div className={styles.words}>
          <h3 className={styles.title}>{name === undefined ? say.dropHere() : say.opening({ name })}</h3>
          <p className={styles.formats}>{say.formats()}</p>
          <p className={styles.privacy}>
            <ShieldCheck aria-hidden size={15} strokeWidth={1.75} />
            {archived ? say.privacyArchive() : say.privacy()}
          </p>
        </div>
        <div className={styles.buttons}>
          <Button
            size="large"
            icon={FolderOpen}
            onClick={() => void actionOpenFiles.perform(studio)}
            disabled={name !== undefined}
          >
            {say.open()}
          </Button>
          {archived ? (
            <Button
              size="large"
              icon={CloudDownload}
              onClick={() => void actionOpenArchive.perform(studio)}
              disabled={name !== undefined}
            >
              {actionOpenArchive.label()}
            </Button>
          ) : null}
        </div>
      </div>
      <RecentProjects />
      <section className={styles.samples} aria-labelledby="begin-with-a-sample">
        <h3 id="begin-with-a-sample" className={styles.or}>
          {say.orSample()}
        </h3>
        <SampleGallery wide />
      </section>
    </div>
  );
}
