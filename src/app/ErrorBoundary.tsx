/** In the place of the screen when it could not be drawn: a way to get the work out, and a way on. */

import { Component, useState, type ReactNode } from 'react';
import * as say from '../messages/en/projects';
import * as errors from '../messages/en/errors';
import { toldError } from '../messages/language';
import { saveCopy } from '../state/commands/projectFile';
import { startWithout } from '../state/commands/projects';
import { toProblem, type Problem } from '../record/problem';
import styles from './ErrorBoundary.module.css';
import { useStudio } from './StudioContext';
import { Button } from './ui/Button';
import { CopyDetails } from './ui/Problem';

interface StoppedProps {
  readonly problem: Problem;
  readonly onStart: () => void;
}

function Stopped({ problem, onStart }: StoppedProps) {
  const studio = useStudio();
  const [outcome, setOutcome] = useState<string>();
  const copy = async () => {
    try {
      await saveCopy(studio);
      setOutcome(say.copyHandedOut());
    } catch (error) {
      const told = toldError(toProblem(error, errors.savingProjectFile()));
      setOutcome(`${told.message} ${told.advice}`);
    }
  };
  return (
    <main className={styles.stopped} role="alert">
      <h1>{say.stoppedTitle()}</h1>
      <p>{say.stoppedText()}</p>
      <p className={styles.why}>{toldError(problem).message}</p>
      <div className={styles.buttons}>
        <Button tone="primary" onClick={() => void copy()}>
          {say.saveACopy()}
        </Button>
        <Button onClick={() => void startWithout(studio).then(onStart)}>{say.startWithout()}</Button>
        <CopyDetails problems={[problem]} />
      </div>
      <p role="status">{outcome}</p>
    </main>
  );
}

interface Props {
  readonly children: ReactNode;
}

/** Around the whole screen; React offers this to classes alone. */
export class ErrorBoundary extends Component<Props, { readonly problem: Problem | undefined }> {
  override state: { readonly problem: Problem | undefined } = { problem: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { problem: toProblem(error, errors.drawing()) };
  }

  override render() {
    const { problem } = this.state;
    return problem === undefined ? (
      this.props.children
    ) : (
      <Stopped
        problem={problem}
        onStart={() => {
          this.setState({ problem: undefined });
        }}
      />
    );
  }
}
