/** What all journals of a folder tell, asked again and again while others write: each time only what has come since is read. */

import { journalsIn, type AttemptRecord, type RunFiles } from './folder';
import type { Outcome } from './item';
import { readHistory } from './journal';

/** Files that grow at their end. */
export interface GrowingFiles extends RunFiles {
  /** What stands in a file from that byte on; undefined: there is no such file, or it is shorter. */
  readFrom(path: string, from: number): Promise<Uint8Array | undefined>;
}

interface Read {
  bytes: number;
  lines: number;
  /** Of this journal alone, the last of each item. */
  readonly outcomes: Map<string, Outcome>;
  readonly failures: Map<string, number>;
}

const LINE_END = 0x0a;

export class Attempts {
  readonly #read = new Map<string, Read>();
  readonly #outcomes = new Map<string, Outcome>();
  readonly #failures = new Map<string, number>();

  constructor(private readonly files: GrowingFiles) {}

  /** As `attemptsIn` tells it; the same maps each time, brought up to date. @throws JournalInvalidError */
  async now(): Promise<AttemptRecord> {
    const names = await journalsIn(this.files);
    let isSame = [...this.#read.keys()].every((name) => names.includes(name));
    for (const name of names) isSame = isSame && (await this.#readOn(name));
    if (!isSame) {
      // A journal was taken away or replaced: what was read of it counts no more.
      for (const all of [this.#read, this.#outcomes, this.#failures]) all.clear();
      return this.now();
    }
    return { outcomes: this.#outcomes, failures: this.#failures };
  }

  /** @returns whether it goes on where it ended */
  async #readOn(name: string): Promise<boolean> {
    const before = this.#read.get(name);
    const bytes = await this.files.readFrom(name, before?.bytes ?? 0);
    if (bytes === undefined) return before === undefined;
    const read = before ?? {
      bytes: 0,
      lines: 0,
      outcomes: new Map<string, Outcome>(),
      failures: new Map<string, number>(),
    };
    this.#read.set(name, read);
    const end = bytes.lastIndexOf(LINE_END) + 1;
    this.#take(read, bytes.subarray(0, end));
    // Whoever wrote the last line may have been killed before its end; one that is cut short is none yet.
    const rest = bytes.subarray(end);
    if (rest.length > 0 && readHistory(textOf(rest)).outcomes.size > 0) this.#take(read, rest);
    return true;
  }

  #take(read: Read, bytes: Uint8Array): void {
    const text = textOf(bytes);
    const { outcomes, failures } = readHistory(text, read.lines);
    read.bytes += bytes.length;
    read.lines += text.split('\n').length - 1;
    for (const [id, outcome] of outcomes) read.outcomes.set(id, outcome);
    for (const [id, count] of failures) {
      read.failures.set(id, (read.failures.get(id) ?? 0) + count);
      this.#failures.set(id, (this.#failures.get(id) ?? 0) + count);
    }
    for (const id of outcomes.keys()) this.#settle(id);
  }

  /** One part may have failed where another has done it; else the last journal by name counts. */
  #settle(id: string): void {
    const each = [...this.#read]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, { outcomes }]) => outcomes.get(id) ?? []);
    const last = each.find(({ status }) => status === 'done') ?? each.at(-1);
    if (last !== undefined) this.#outcomes.set(id, last);
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
