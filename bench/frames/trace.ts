/** A Chromium trace -> what held the page's main thread up. Pure. */

export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds of processor time: what the task took, however busy the machine was. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface PhaseTasks {
  /** Milliseconds of processor time of the longest task, and on the clock. */
  readonly longestCpu: number;
  readonly longestClock: number;
  /** Tasks of more than 50 ms of processor time, and on the clock. */
  readonly longCpu: number;
  readonly longClock: number;
  readonly tasks: number;
  /** Milliseconds of processor time of all tasks together. */
  readonly totalCpu: number;
}

export const LONG_MILLISECONDS = 50;
const MARK = /^phase:(.+):(begin|end)$/;

/** Tasks of the page's main thread between the marks `phase:<name>:begin` and `phase:<name>:end`. */
export function tasksByPhase(events: readonly TraceEvent[]): Readonly<Record<string, PhaseTasks>> {
  const marks = events.flatMap((event) => {
    const [, phase, side] = MARK.exec(event.name) ?? [];
    return phase === undefined || side === undefined ? [] : [{ phase, side, event }];
  });
  const page = marks[0]?.event;
  if (page === undefined) return {};
  const main = events.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === page.pid && tid === page.tid,
  );
  const phases = new Set(marks.map(({ phase }) => phase));
  return Object.fromEntries(
    [...phases].map((phase) => {
      const times = marks.filter((mark) => mark.phase === phase);
      const begin = Math.min(...times.filter(({ side }) => side === 'begin').map(({ event }) => event.ts));
      const end = Math.max(...times.filter(({ side }) => side === 'end').map(({ event }) => event.ts));
      return [phase, summarise(main.filter(({ ts, dur = 0 }) => ts + dur > begin && ts < end))];
    }),
  );
}

function summarise(tasks: readonly TraceEvent[]): PhaseTasks {
  const clock = tasks.map(({ dur = 0 }) => dur / 1000);
  const cpu = tasks.map(({ dur = 0, tdur = dur }) => tdur / 1000);
  const greatest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);
  const long = (values: readonly number[]): number => values.filter((value) => value > LONG_MILLISECONDS).length;
  return {
    longestCpu: greatest(cpu),
    longestClock: greatest(clock),
    longCpu: long(cpu),
    longClock: long(clock),
    tasks: tasks.length,
    totalCpu: cpu.reduce((sum, value) => sum + value, 0),
  };
}

export interface FrameShare {
  readonly frames: number;
  /** Share of the frames that came later than one refresh after the one before. */
  readonly late: number;
  readonly p95: number;
}

/** A frame of 60 in a second, with what the clock of a frame may be off. */
const ON_TIME_MILLISECONDS = 17.5;

/** @param times of the frames, milliseconds */
export function frameShare(times: readonly number[]): FrameShare {
  const intervals = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const sorted = intervals.toSorted((a, b) => a - b);
  return {
    frames: intervals.length,
    late:
      intervals.length === 0
        ? 0
        : intervals.filter((interval) => interval > ON_TIME_MILLISECONDS).length / intervals.length,
    p95: sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))] ?? 0,
  };
}
