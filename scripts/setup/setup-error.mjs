/** A set-up step that could not be done: what happened (message), which kind (code), and what to do next (advice). */
export class SetupError extends Error {
  /**
   * @param {'node-too-old' | 'install-failed' | 'build-failed' | 'pack-failed' | 'no-free-port' | 'bad-argument' | 'python-missing' | 'python-failed' | 'chromium-missing' | 'budget-exceeded'} code
   * @param {string} message
   * @param {string} advice
   */
  constructor(code, message, advice) {
    super(message);
    this.name = 'SetupError';
    this.code = code;
    this.advice = advice;
  }
}

/**
 * Says on stderr why a script stops, and sets the exit status to 1. An error nobody named keeps its stack.
 * @param {unknown} error
 */
export function reportFailure(error) {
  process.exitCode = 1;
  if (error instanceof SetupError) {
    console.error(`\ncounterpart: ${error.message} (${error.code})\n  What to do: ${error.advice}`);
  } else {
    console.error(error);
  }
}
