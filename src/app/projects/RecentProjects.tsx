/** On the start screen: the projects saved last. */

import * as say from '../../messages/en/projects';
import { actionShowProjects } from '../actions/projects';
import { openProject } from '../../state/commands/projects';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { projectFacts } from './projectFacts';
import styles from './RecentProjects.module.css';
import { savedWhen } from './savedWhen';

/** As many as fit beside each other. */
const SHOWN = 3;

export function RecentProjects() {
  const studio = useStudio();
  const projects = useStudioState((state) => state.storedProjects);
  if (projects.length === 0) return null;
  return (
    <section className={styles.recent} aria-labelledby="recent-projects">
      <header className={styles.header}>
        <h3 id="recent-projects" className={styles.heading}>
          {say.goOn()}
        </h3>
        {projects.length > SHOWN ? (
          <Button size="small" tone="quiet" onClick={() => void actionShowProjects.perform(studio)}>
            {say.all({ count: projects.length })}
          </Button>
        ) : null}
      </header>
      <ul className={styles.list}>
        {projects.slice(0, SHOWN).map((project) => (
          <li key={project.id}>
            <button type="button" className={styles.card} onClick={() => void openProject(studio, project.id)}>
              <span className={styles.name}>{project.title}</span>
              <span className={styles.facts} title={projectFacts(project)}>
                {say.whenAndFacts({ when: savedWhen(project.savedAt), facts: projectFacts(project) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
