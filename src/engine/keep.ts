/** What the engine measured on this machine, kept between visits by whoever runs it; the engine itself keeps nothing. */

export interface EngineMemory {
  /** Undefined where there is nothing, or nothing can be read. Never rejects. */
  read(key: string): Promise<unknown>;
  /** @param value that can be cloned. Never rejects. */
  write(key: string, value: object): Promise<void>;
}
