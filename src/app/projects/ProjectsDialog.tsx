/** All projects kept in this browser: open one, delete one, begin a new one. */

import { FilePlus2, FileUp, History, Trash2 } from 'lucide-react';
import { useState } from 'react';
import * as say from '../../messages/en/projects';
import { whyNotLeave } from '../../state/commands/leave';
import { deleteProject, openEarlierSave, openProject } from '../../state/commands/projects';
import type { ProjectSummary } from '../../record/project/projectStorage';
import { isEnabled, type Action } from '../actions/action';
import { actionNewProject, actionOpenProjectFile } from '../actions/projects';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { ConfirmDelete } from './ConfirmDelete';
import { projectFacts } from './projectFacts';
import styles from './ProjectsDialog.module.css';
import { savedWhen } from './savedWhen';

interface LineProps {
  readonly project: ProjectSummary;
  readonly onDelete: () => void;
}

function Line({ project, onDelete }: LineProps) {
  const studio = useStudio();
  const isOpen = useStudioState((state) => state.project.id === project.id);
  const busy = useStudioState(whyNotLeave);
  const setDialog = useStudioState((state) => state.setDialog);
  return (
    <li className={styles.line} data-open={isOpen}>
      <button
        type="button"
        className={styles.open}
        aria-current={isOpen ? 'true' : undefined}
        aria-disabled={busy !== undefined && !isOpen}
        title={isOpen ? undefined : busy}
        onClick={() => {
          if (busy !== undefined && !isOpen) return;
          setDialog(undefined);
          void openProject(studio, project.id);
        }}
      >
        <span className={styles.name}>{project.title}</span>
        <span className={styles.facts}>{projectFacts(project)}</span>
        <span className={styles.when}>{isOpen ? say.openNow() : savedWhen(project.savedAt)}</span>
      </button>
      {project.earlier === undefined ? null : (
        <button
          type="button"
          className={styles.remove}
          aria-label={say.openEarlier({ title: project.title, when: savedWhen(project.earlier) })}
          aria-disabled={busy !== undefined}
          title={busy ?? say.openEarlier({ title: project.title, when: savedWhen(project.earlier) })}
          onClick={() => {
            if (busy !== undefined) return;
            setDialog(undefined);
            void openEarlierSave(studio, project.id);
          }}
        >
          <History aria-hidden size={15} />
        </button>
      )}
      <button
        type="button"
        className={styles.remove}
        aria-label={say.deleteNamed({ title: project.title })}
        aria-disabled={isOpen && busy !== undefined}
        title={isOpen ? busy : undefined}
        onClick={() => {
          if (!isOpen || busy === undefined) onDelete();
        }}
      >
        <Trash2 aria-hidden size={15} />
      </button>
    </li>
  );
}

function FootButton({ action, icon }: { readonly action: Action; readonly icon: typeof FileUp }) {
  const studio = useStudio();
  const enabled = useStudioState((state) => isEnabled(action, state));
  const setDialog = useStudioState((state) => state.setDialog);
  return (
    <Button
      icon={icon}
      disabled={!enabled}
      onClick={() => {
        setDialog(undefined);
        void action.perform(studio);
      }}
    >
      {action.label()}
    </Button>
  );
}

export default function ProjectsDialog() {
  const studio = useStudio();
  const projects = useStudioState((state) => state.storedProjects);
  const [deleting, setDeleting] = useState<ProjectSummary>();
  return (
    <Sheet
      name="projects"
      title={say.title()}
      about={say.about()}
      narrow
      foot={
        <>
          <FootButton action={actionNewProject} icon={FilePlus2} />
          <FootButton action={actionOpenProjectFile} icon={FileUp} />
        </>
      }
    >
      {projects.length === 0 ? (
        <p className={styles.none}>{say.none()}</p>
      ) : (
        <ul aria-label={say.list()}>
          {projects.map((project) => (
            <Line
              key={project.id}
              project={project}
              onDelete={() => {
                setDeleting(project);
              }}
            />
          ))}
        </ul>
      )}
      <ConfirmDelete
        title={deleting?.title}
        onCancel={() => {
          setDeleting(undefined);
        }}
        onConfirm={() => {
          setDeleting(undefined);
          if (deleting !== undefined) void deleteProject(studio, deleting.id);
        }}
      />
    </Sheet>
  );
}
