/** The diagnostics as rows for the screen and as text for a bug report. Takes no radiograph, name or result: nothing of a patient can be in it. */

import * as say from '../../messages/en/diagnostics';
import * as units from '../../messages/en/units';
import { toldError } from '../../messages/language';
import { fixed, grouped, megabytes, seconds } from '../../messages/numbers';
import type { EngineState } from '../../state/slices/engine';
import type { ModelRelease } from '../../state/release';
import { deviceNoteText } from '../deviceNote';
import type { Environment } from './environment';
import type { SelfTest } from './selfTest';

export interface Facts {
  readonly version: string;
  readonly environment: Environment;
  readonly engine: EngineState;
  readonly release: ModelRelease | undefined;
  readonly lastEdit: number | undefined;
  readonly selfTest: SelfTest | undefined;
}

export interface ReportSection {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

const OFFLINE = { ready: say.ready, 'not yet': say.notYet, 'not possible': say.notPossible } as const;

function outcome(passed: boolean, detail: string): string {
  if (detail === '') return passed ? say.passed() : say.failed();
  return (passed ? say.passedWith : say.failedWith)({ detail });
}

const yesNo = (value: boolean): string => (value ? say.yes() : say.no());

function engineRows(engine: EngineState, lastEdit: number | undefined): ReportSection['rows'] {
  if (engine.status === 'starting') return [[say.state(), say.gettingReady()]];
  if (engine.status === 'failed')
    return [[say.state(), say.notComputing({ code: engine.problem.code, message: toldError(engine.problem).message })]];
  const { backend, kernels, device, calibration, notes } = engine.report;
  const timed = (milliseconds: number | undefined): string =>
    milliseconds === undefined ? say.notAvailable() : units.milliseconds({ value: fixed(milliseconds, 1) });
  return [
    [say.computesOn(), say.backendDevice({ backend, device })],
    ...(kernels === undefined
      ? []
      : [[say.kernels(), kernels === 'tfjs' ? say.kernelsOfTensorFlow() : say.kernelsOfOurs()] as const]),
    [say.calibration({ technology: 'WebGPU' }), timed(calibration.webgpu)],
    [say.calibration({ technology: 'WebAssembly' }), timed(calibration.wasm)],
    [say.latestEdit(), lastEdit === undefined ? say.noneYet() : seconds(lastEdit, 2)],
    ...notes.map((note) => [say.note(), deviceNoteText(note)] as const),
  ];
}

function adapterRows({ adapter }: Environment): ReportSection['rows'] {
  if (adapter === undefined) return [['WebGPU', say.noWebGpu()]];
  return [
    [say.adapter(), adapter.name],
    ...Object.entries(adapter.limits).map(([limit, value]) => [limit, grouped(value)] as const),
    [say.features(), adapter.features.join(', ') || say.none()],
  ];
}

export function reportSections({
  version,
  environment,
  engine,
  release,
  lastEdit,
  selfTest,
}: Facts): readonly ReportSection[] {
  const { browser, language, processors, memory, screen, isolated, secure, storage, offline } = environment;
  return [
    {
      title: say.versions(),
      rows: [
        [say.studio(), version],
        [
          say.networks(),
          release === undefined
            ? say.notRead()
            : say.releaseSize({ release: release.release, size: megabytes(release.bytes) }),
        ],
      ],
    },
    { title: say.engine(), rows: engineRows(engine, lastEdit) },
    { title: say.graphics(), rows: adapterRows(environment) },
    {
      title: say.browser(),
      rows: [
        [say.browser(), browser],
        [say.language(), language],
        [say.processors(), String(processors)],
        [say.memory(), memory === undefined ? say.notTold() : say.memorySize({ size: memory })],
        [say.screen(), screen],
        [say.isolated(), yesNo(isolated)],
        [say.secure(), yesNo(secure)],
      ],
    },
    {
      title: say.storage(),
      rows: [
        [
          say.used(),
          storage === undefined
            ? say.notTold()
            : say.usedOf({ used: megabytes(storage.used), allowed: megabytes(storage.allowed) }),
        ],
        [say.kept(), storage === undefined ? say.notTold() : yesNo(storage.kept)],
        [say.withoutServer(), OFFLINE[offline]()],
      ],
    },
    {
      title: say.selfTest(),
      rows:
        selfTest === undefined
          ? [[say.state(), say.notRun()]]
          : selfTest.checks.map(({ name, passed, detail }) => [name, outcome(passed, detail)]),
    },
  ];
}

export function reportText(facts: Facts): string {
  const sections = reportSections(facts).map(({ title, rows }) =>
    [title, ...rows.map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
  );
  return [say.heading(), ...sections].join('\n\n');
}
