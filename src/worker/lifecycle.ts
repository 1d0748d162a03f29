/** The method in use: opened, replaced when its GPU fails, and brought back to the GPU later. */

import type { BackendName } from '../engine/executor';
import type { Clock } from './clock';
import { type CrossedError, NotStartedError } from './errors';
import type { DeviceNote, DeviceReport } from './messages';
import type { JobOptions, Method, OpenMethod } from './method';
import { Recovery } from './recovery';

export class Lifecycle {
  #method: Method | undefined;
  #baseUrl = '';
  /** As asked for; undefined before the first start. */
  #prefer: BackendName | 'auto' | undefined;
  #recovery: Recovery;
  /** After a move to the CPU, or after asking for it: its failures are final. */
  #onCpu = false;
  #hidden = false;
  #due = false;
  #callOff: () => void = () => undefined;

  /** @param onReturnDue time to call `tryReturn`, between jobs */
  constructor(
    private readonly open: OpenMethod,
    private readonly onReturnDue: () => void,
    private readonly clock: Clock,
  ) {
    this.#recovery = new Recovery(() => clock.now());
  }

  /** @throws NotStartedError */
  get method(): Method {
    if (this.#method === undefined) throw new NotStartedError();
    return this.#method;
  }

  /** What `open` throws leaves nothing behind. */
  async start(prefer: BackendName | 'auto', baseUrl: string, { onProgress }: JobOptions): Promise<DeviceReport> {
    this.#callOff();
    this.#due = false;
    this.#baseUrl = baseUrl;
    this.#prefer = prefer;
    this.#recovery = new Recovery(() => this.clock.now());
    this.#onCpu = prefer === 'wasm';
    return (await this.#replace(prefer, onProgress)).report;
  }

  /**
   * Where nothing is open, as after a recovery that failed, opens anew: what was missing then, such as the network, may be back.
   * @returns where work goes on, if it had to be opened
   * @throws NotStartedError, and what `open` throws
   */
  async openIfClosed({ onProgress }: JobOptions): Promise<DeviceReport | undefined> {
    if (this.#method !== undefined) return undefined;
    if (this.#prefer === undefined) throw new NotStartedError();
    this.#onCpu = this.#prefer === 'wasm';
    return (await this.#replace(this.#prefer, onProgress)).report;
  }

  /**
   * Makes work possible again after a failure. Not while another job uses the method.
   * @returns where work goes on; undefined where the failure is not the GPU's, or nothing is left to try
   */
  async recover(error: CrossedError, { onProgress }: JobOptions): Promise<DeviceReport | undefined> {
    if (this.#method?.report.backend !== 'webgpu' || this.#onCpu) return undefined;
    const { code } = error;
    const remedy = this.#recovery.remedy(code);
    if (remedy === 'none') return undefined;
    const reopened =
      remedy === 'reopen' ? await this.#replace('webgpu', onProgress, true).catch(() => undefined) : undefined;
    if (reopened?.report.backend === 'webgpu') return this.#noted(reopened, { kind: 'reset', error });
    const method = reopened ?? (await this.#replace('wasm', onProgress));
    this.#onCpu = true;
    return this.#noted(method, { kind: 'moved', error, triedAgainIn: this.#plan(code) });
  }

  /** A page that nobody looks at is left where it computes: its GPU may be asleep. */
  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    if (!hidden && this.#due) this.onReturnDue();
  }

  /** Between two jobs. @returns where work goes on, if that has changed; the CPU's method stays while the GPU's is opened */
  async tryReturn(): Promise<DeviceReport | undefined> {
    if (!this.#due || this.#hidden) return undefined;
    this.#due = false;
    const before = this.#method;
    const next = await this.open('webgpu', this.#baseUrl, () => undefined, true).catch(() => undefined);
    if (next?.report.backend !== 'webgpu') {
      await next?.dispose();
      return before && this.#noted(before, { kind: 'not-yet', triedAgainIn: this.#plan('device-lost') });
    }
    await before?.dispose();
    this.#method = next;
    this.#onCpu = false;
    this.#recovery.returned();
    return this.#noted(next, { kind: 'returned' });
  }

  /** With nothing else to do. @returns whether there may be more */
  async rest(signal: AbortSignal): Promise<boolean> {
    if (this.#hidden || this.#method?.report.backend !== 'webgpu') return false;
    return (await this.#method.rest?.(signal)) ?? false;
  }

  /** Arranges the return. @returns milliseconds until then; undefined: there is none */
  #plan(code: string): number | undefined {
    const wait = this.#recovery.wait(code);
    if (wait === undefined) return undefined;
    this.#callOff();
    this.#callOff = this.clock.after(wait, () => {
      this.#due = true;
      if (!this.#hidden) this.onReturnDue();
    });
    return wait;
  }

  async #replace(prefer: BackendName | 'auto', onProgress: JobOptions['onProgress'], only = false): Promise<Method> {
    const before = this.#method;
    this.#method = undefined;
    // A method whose device is gone may not close in peace.
    await before?.dispose().catch(() => undefined);
    this.#method = await this.open(prefer, this.#baseUrl, onProgress, only);
    return this.#method;
  }

  #noted({ report }: Method, note: DeviceNote): DeviceReport {
    return { ...report, notes: [...report.notes, note] };
  }
}
