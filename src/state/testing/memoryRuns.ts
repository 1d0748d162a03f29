/** Folders of runs in memory: what a browser keeps over visits. */

import { memoryFiles, type MemoryFiles } from '../../run/testing/memoryFiles';
import { RunOpenElsewhereError, RunPlaceError, type KnownRun, type RunPlace, type RunPlaces } from '../run/places';

export class MemoryRuns implements RunPlaces {
  readonly hasFolders = true;
  readonly folders = new Map<string, MemoryFiles>();
  readonly known = new Map<string, KnownRun>();
  readonly #open = new Set<string>();
  /** What the user chooses next. */
  chosen: string | undefined = 'chosen';

  list(): Promise<readonly KnownRun[]> {
    return Promise.resolve([...this.known.values()].reverse());
  }

  async choose(): Promise<RunPlace | undefined> {
    return this.chosen === undefined ? undefined : this.#place(this.chosen, 'folder');
  }

  async make(name: string): Promise<RunPlace> {
    return this.#place(name, 'browser');
  }

  async reopen(id: string): Promise<RunPlace> {
    const known = this.known.get(id);
    if (known === undefined) throw new RunPlaceError(id);
    return this.#place(id, known.kind);
  }

  remember(run: KnownRun): Promise<void> {
    this.known.set(run.id, run);
    return Promise.resolve();
  }

  forget(id: string): Promise<void> {
    this.known.delete(id);
    return Promise.resolve();
  }

  /** As another visit finds it. */
  reload(): void {
    this.#open.clear();
  }

  #place(id: string, kind: RunPlace['kind']): RunPlace {
    if (this.#open.has(id)) throw new RunOpenElsewhereError(id);
    this.#open.add(id);
    const files = this.folders.get(id) ?? memoryFiles(id);
    this.folders.set(id, files);
    return { id, name: id, kind, files, release: () => this.#open.delete(id) };
  }
}
