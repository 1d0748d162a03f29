/** A failure as data: what the screen shows and what 'copy details' copies. */

import { CounterpartError } from '../errors';
import * as errors from '../messages/en/errors';

export interface Problem {
  readonly code: string;
  /** What happened, naming the file or thing. */
  readonly message: string;
  /** What the user can do next. */
  readonly advice: string;
  /** Causes, innermost last; for a bug report, not for reading. */
  readonly details: readonly string[];
}

interface Advised {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

function isAdvised(error: unknown): error is Advised {
  if (error instanceof CounterpartError) return true;
  if (typeof error !== 'object' || error === null) return false;
  const fields = error as Partial<Record<keyof Advised, unknown>>;
  return typeof fields.code === 'string' && typeof fields.message === 'string' && typeof fields.advice === 'string';
}

function causes(error: unknown): string[] {
  const found: string[] = [];
  let current = error instanceof Error ? error.cause : undefined;
  while (current instanceof Error && found.length < 8) {
    found.push(`${current.name}: ${current.message}`);
    current = current.cause;
  }
  if (typeof current === 'string') found.push(current);
  return found;
}

/** Errors of the engine and of the worker carry the same three fields without sharing a class, so fields decide. */
export function toProblem(error: unknown, doing: string): Problem {
  if (isAdvised(error)) {
    return { code: error.code, message: error.message, advice: error.advice, details: causes(error) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'unexpected',
    message: errors.unexpected({ doing, message }),
    advice: errors.unexpectedAdvice(),
    details: error instanceof Error && error.stack !== undefined ? [error.stack, ...causes(error)] : causes(error),
  };
}

/** Cancelling is a wish, not a failure. */
export function isAbort(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'AbortError' || code === 'aborted' || code === 'cancelled';
}

/** Plain text for the clipboard. */
export function describeProblem(problem: Problem): string {
  return [`[${problem.code}] ${problem.message}`, problem.advice, ...problem.details].join('\n');
}
