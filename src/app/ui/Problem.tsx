/** What went wrong, what to do, and the details for a report. */

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import * as say from '../../messages/en/errors';
import { toldError } from '../../messages/language';
import { describeProblem, type Problem } from '../../record/problem';
import { useStudio } from '../StudioContext';
import { Button } from './Button';
import styles from './Problem.module.css';

export function ProblemText({ problem }: { readonly problem: Problem }) {
  const { message, advice } = toldError(problem);
  return (
    <div className={styles.problem}>
      <p className={styles.message}>{message}</p>
      <p className={styles.advice}>{advice}</p>
    </div>
  );
}

export function CopyDetails({ problems }: { readonly problems: readonly Problem[] }) {
  const { services } = useStudio();
  const [copied, setCopied] = useState<boolean | undefined>(undefined);
  const copy = async () => {
    try {
      await services.copyText(problems.map(describeProblem).join('\n\n'));
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <Button size="small" tone="quiet" icon={copied === true ? Check : Copy} onClick={() => void copy()}>
      {copied === undefined ? say.copy() : copied ? say.copied() : say.copyBlocked()}
    </Button>
  );
}
