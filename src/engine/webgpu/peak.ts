/**
 * The most that this adapter does in a matrix product in float32: C [n,n] = Aᵀ [n,n] · B [n,n] by several plain kernels, of which the
 * fastest counts. What our networks reach is told as a share of it. No shortcut of a network's (nothing is padded, no edges), so
 * it is an upper bound by measurement and not by data sheet.
 */

import { EngineError } from '../errors';
import { unroll } from './wgsl/text';
import { BUFFER } from './weights';

export interface MatmulPeak {
  readonly gigaflops: number;
  /** The kernel that reached it, in words. */
  readonly variant: string;
  /** n. */
  readonly size: number;
  /** Of every kernel tried. */
  readonly tried: Readonly<Record<string, number>>;
}

/** Each invocation computes 4·rows × 4·columns numbers; across × down invocations form a workgroup. */
export interface MatmulVariant {
  readonly rows: number;
  readonly columns: number;
  readonly across: number;
  readonly down: number;
  /** Steps along k that are brought into workgroup memory at once; 0 reads through the cache. */
  readonly depth: number;
}

export const MATMUL_VARIANTS: readonly MatmulVariant[] = [
  { rows: 1, columns: 1, across: 8, down: 8, depth: 0 },
  { rows: 2, columns: 2, across: 8, down: 8, depth: 0 },
  { rows: 1, columns: 1, across: 16, down: 16, depth: 16 },
  { rows: 2, columns: 1, across: 16, down: 8, depth: 16 },
  { rows: 2, columns: 2, across: 8, down: 8, depth: 16 },
  { rows: 2, columns: 2, across: 16, down: 16, depth: 8 },
];

/** Multiples of every variant's tile. */
const SMALLEST = 256;
const LARGEST = 2048;

/** A product that takes less is tried in the next size: short ones measure the submission. */
const LONG_ENOUGH_MS = 8;

/** Below this rate an adapter computes in software, and further variants only cost time. */
const SOFTWARE_GIGAFLOPS = 20;

const TRIES = 5;

/** @throws EngineError 'backend-failed' where a kernel computes something else */
export async function measureMatmulPeak(
  device: GPUDevice,
  {
    variants = MATMUL_VARIANTS,
    now = () => performance.now(),
  }: { variants?: readonly MatmulVariant[]; now?: () => number } = {},
): Promise<MatmulPeak> {
  const tried: Record<string, number> = {};
  let best = { gigaflops: 0, variant: '', size: SMALLEST };
  let size = SMALLEST;
  for (const variant of variants) {
    const name = nameOf(variant);
    for (;;) {
      const milliseconds = await timeProduct(device, variant, size, now);
      tried[name] = (2 * size ** 3) / milliseconds / 1e6;
      if (milliseconds >= LONG_ENOUGH_MS || size >= LARGEST) break;
      size *= 2;
    }
    const gigaflops = tried[name];
    if (gigaflops > best.gigaflops) best = { gigaflops, variant: name, size };
    if (best.gigaflops < SOFTWARE_GIGAFLOPS && Object.keys(tried).length > 1) break;
  }
  return { ...best, tried };
}

export function nameOf({ rows, columns, across, down, depth }: MatmulVariant): string {
  const where = depth > 0 ? `workgroup memory, ${depth} deep` : 'cache';
  return `${4 * rows}x${4 * columns} by ${across}x${down}, ${where}`;
}

async function timeProduct(
  device: GPUDevice,
  variant: MatmulVariant,
  size: number,
  now: () => number,
): Promise<number> {
  const bytes = 4 * size * size;
  const buffer = (usage: number) => device.createBuffer({ label: 'matmul peak', size: bytes, usage });
  const a = buffer(BUFFER.STORAGE | BUFFER.COPY_DST);
  const b = buffer(BUFFER.STORAGE | BUFFER.COPY_DST);
  const c = buffer(BUFFER.STORAGE | BUFFER.COPY_SRC);
  const row = device.createBuffer({ label: 'matmul peak', size: 4 * size, usage: BUFFER.MAP_READ | BUFFER.COPY_DST });
  try {
    device.queue.writeBuffer(a, 0, factor(size, LEFT));
    device.queue.writeBuffer(b, 0, factor(size, RIGHT));
    const module = device.createShaderModule({ label: nameOf(variant), code: matmulShader(variant, size) });
    const pipeline = await device.createComputePipelineAsync({
      label: nameOf(variant),
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    const group = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [a, b, c].map((each, binding) => ({ binding, resource: { buffer: each } })),
    });
    const submit = (copy: boolean) => {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      const { rows, columns, across, down } = variant;
      pass.dispatchWorkgroups(size / (4 * columns * across), size / (4 * rows * down));
      pass.end();
      if (copy) encoder.copyBufferToBuffer(c, CHECKED_ROW * size * 4, row, 0, 4 * size);
      device.queue.submit([encoder.finish()]);
    };
    submit(true);
    await row.mapAsync(1);
    check(new Float32Array(row.getMappedRange()), size, variant);
    const times: number[] = [];
    while (times.length < TRIES) {
      const started = now();
      submit(false);
      await device.queue.onSubmittedWorkDone();
      times.push(now() - started);
    }
    return Math.min(...times);
  } finally {
    for (const each of [a, b, c, row]) each.destroy();
  }
}

const LEFT = { across: 3, down: 5, values: 7 } as const;
const RIGHT = { across: 7, down: 2, values: 5 } as const;
const CHECKED_ROW = 77;

/** Small whole numbers, so that every sum is exact. */
function entry(row: number, column: number, { across, down, values }: typeof LEFT | typeof RIGHT): number {
  return ((row * down + column * across) % values) - (values >> 1);
}

function factor(size: number, pattern: typeof LEFT | typeof RIGHT): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: size * size }, (_, i) => entry(Math.floor(i / size), i % size, pattern));
}

/** A is stored as [k, row], B as [k, column]. */
function check(row: Float32Array, size: number, variant: MatmulVariant): void {
  for (const column of [0, 1, size >> 1, size - 1]) {
    let expected = 0;
    for (let k = 0; k < size; k++) expected += entry(k, CHECKED_ROW, LEFT) * entry(k, column, RIGHT);
    if (row[column] !== expected)
      throw new EngineError(
        'backend-failed',
        `The matrix product by ${nameOf(variant)} is ${String(row[column])} instead of ${expected}.`,
      );
  }
}

/** WGSL for an n × n product; n must be a multiple of the tile. */
export function matmulShader(variant: MatmulVariant, size: number): string {
  const { rows, columns, across, down, depth } = variant;
  const fours = size / 4;
  const multiply = (a: (i: number) => string, b: (j: number) => string) =>
    [
      unroll(rows, (i) => `let a${i} = ${a(i)};`),
      unroll(columns, (j) => `let b${j} = ${b(j)};`),
      unroll(rows, (i) =>
        unroll(4, (lane) => unroll(columns, (j) => `c${4 * i + lane}_${j} += a${i}[${lane}] * b${j};`)),
      ),
    ].join('\n');
  const loop =
    depth === 0
      ? `for (var k = 0u; k < ${size}u; k++) {
    ${multiply(
      (i) => `a[k * ${fours}u + row + ${i}u]`,
      (j) => `b[k * ${fours}u + column + ${j}u]`,
    )}
  }`
      : tiledLoop(variant, size, multiply);
  const memory =
    depth === 0
      ? ''
      : `var<workgroup> as_: array<vec4<f32>, ${depth * down * rows}>;
var<workgroup> bs: array<vec4<f32>, ${depth * across * columns}>;`;
  return `
@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4<f32>>;
${memory}
@compute @workgroup_size(${across}, ${down})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let row = (group.y * ${down}u + local.y) * ${rows}u;
  let column = (group.x * ${across}u + local.x) * ${columns}u;
  ${unroll(4 * rows, (i) => unroll(columns, (j) => `var c${i}_${j} = vec4<f32>(0.0);`))}
  ${loop}
  ${unroll(4 * rows, (i) => unroll(columns, (j) => `c[(row * 4u + ${i}u) * ${fours}u + column + ${j}u] = c${i}_${j};`))}
}`;
}

function tiledLoop(
  { rows, columns, across, down, depth }: MatmulVariant,
  size: number,
  multiply: (a: (i: number) => string, b: (j: number) => string) => string,
): string {
  const fours = size / 4;
  const [high, wide, threads] = [down * rows, across * columns, across * down];
  const load = (name: string, from: string, width: number, start: string) =>
    `for (var i = thread; i < ${depth * width}u; i += ${threads}u) { ${name}[i] = ${from}[(k + i / ${width}u) * ${fours}u + ${start} + i % ${width}u]; }`;
  return `for (var k = 0u; k < ${size}u; k += ${depth}u) {
    ${load('as_', 'a', high, `group.y * ${high}u`)}
    ${load('bs', 'b', wide, `group.x * ${wide}u`)}
    workgroupBarrier();
    for (var d = 0u; d < ${depth}u; d++) {
      ${multiply(
        (i) => `as_[d * ${high}u + local.y * ${rows}u + ${i}u]`,
        (j) => `bs[d * ${wide}u + local.x * ${columns}u + ${j}u]`,
      )}
    }
    workgroupBarrier();
  }`;
}
