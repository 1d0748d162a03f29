/** `commandLine`: what to do next where there is no screen, by the names of its flags; absent: the same. */
export interface CounterpartErrorOptions extends ErrorOptions {
  readonly commandLine?: string;
}

/** The base of every error a user may see: what happened (message), which kind (code), and what to do next (advice). */
export abstract class CounterpartError extends Error {
  abstract readonly code: string;
  readonly commandLine: string | undefined;
  constructor(
    message: string,
    readonly advice: string,
    options?: CounterpartErrorOptions,
  ) {
    super(message, options);
    this.commandLine = options?.commandLine;
    this.name = new.target.name;
  }
}
