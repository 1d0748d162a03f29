/** The base of every error a user may see: what happened (message), which kind (code), and what to do next (advice). */
export abstract class CounterpartError extends Error {
  abstract readonly code: string;
  constructor(
    message: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
