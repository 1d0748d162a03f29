/** The diagnostics as rows for the screen and as text for a bug report. Takes no radiograph, name or result: nothing of a patient can be in it. */

import type { EngineState } from '../../state/slices/engine';
import type { ModelRelease } from '../../state/release';
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

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

function engineRows(engine: EngineState, lastEdit: number | undefined): ReportSection['rows'] {
  if (engine.status === 'starting') return [['State', 'getting ready']];
  if (engine.status === 'failed') return [['State', `not computing: [${engine.problem.code}] ${engine.problem.message}`]];
  const { backend, device, calibration, notes } = engine.report;
  const timed = (milliseconds: number | undefined): string => (milliseconds === undefined ? 'not available' : `${milliseconds.toFixed(1)} ms`);
  return [
    ['Computes on', `${backend}, ${device}`],
    ['Calibration, WebGPU', timed(calibration.webgpu)],
    ['Calibration, WebAssembly', timed(calibration.wasm)],
    ['Latest edit', lastEdit === undefined ? 'none yet' : `${(lastEdit / 1000).toFixed(2)} s`],
    ...notes.map((note) => ['Note', note] as const),
  ];
}

function adapterRows({ adapter }: Environment): ReportSection['rows'] {
  if (adapter === undefined) return [['WebGPU', 'not offered by this browser, or no adapter']];
  return [
    ['WebGPU adapter', adapter.name],
    ...Object.entries(adapter.limits).map(([limit, value]) => [limit, value.toLocaleString('en')] as const),
    ['Features', adapter.features.join(', ') || 'none'],
  ];
}

export function reportSections({ version, environment, engine, release, lastEdit, selfTest }: Facts): readonly ReportSection[] {
  const { browser, language, processors, memory, screen, isolated, secure, storage, offline } = environment;
  return [
    {
      title: 'Versions',
      rows: [
        ['Studio', version],
        ['Networks', release === undefined ? 'not read' : `${release.release}, ${megabytes(release.bytes)}`],
      ],
    },
    { title: 'Engine', rows: engineRows(engine, lastEdit) },
    { title: 'Graphics', rows: adapterRows(environment) },
    {
      title: 'Browser',
      rows: [
        ['Browser', browser],
        ['Language', language],
        ['Processors', String(processors)],
        ['Memory', memory === undefined ? 'not told' : `${String(memory)} GB or more`],
        ['Screen', screen],
        ['Isolated, so that threads work', yesNo(isolated)],
        ['Secure context', yesNo(secure)],
      ],
    },
    {
      title: 'Storage',
      rows: [
        ['Used', storage === undefined ? 'not told' : `${megabytes(storage.used)} of ${megabytes(storage.allowed)}`],
        ['Kept when space runs low', storage === undefined ? 'not told' : yesNo(storage.kept)],
        ['Works without a server', offline],
      ],
    },
    { title: 'Self-test', rows: selfTest === undefined ? [['State', 'not run']] : selfTest.checks.map(({ name, passed, detail }) => [name, `${passed ? 'passed' : 'FAILED'}${detail === '' ? '' : `: ${detail}`}`]) },
  ];
}

export function reportText(facts: Facts): string {
  const sections = reportSections(facts).map(({ title, rows }) => [title, ...rows.map(([name, value]) => `  ${name}: ${value}`)].join('\n'));
  return ['Counterpart diagnostics', ...sections].join('\n\n');
}
