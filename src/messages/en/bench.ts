/** The page that times the networks on a visitor's own computer. */

import { message } from '../message';

export const title = message('Benchmark');
export const about = message(
  'Times Counterpart’s networks on this computer with its own engine and with two others. Each must first give the recorded results. Inputs are random numbers and a synthetic radiograph: nothing of a patient takes part, and nothing is sent.',
);
export const back = message('Back to the studio');

export const scope = message('What to measure');
export const quick = message('One small network');
export const quickAbout = message('Under a minute on most computers.');
export const networks = message('All networks');
export const networksAbout = message('A few minutes.');
export const everything = message('All networks and whole edits');
export const everythingAbout = message('Long where there is no graphics processor.');

export const start = message('Start');
export const cancel = message('Cancel');
export const save = message('Save results');
export const idle = message('Close what else is busy, then start.');
/** {done} and {total} count measurements, {what} is the one under way. */
export const underWay = message('{done, number} of {total, number}: {what}');
export const peak = message('the adapter’s matrix product');
/** {subject} is a network or an edit, {engine} what runs it. */
export const on = message('{subject}, {engine}');
export const finished = message('Finished.');
export const cancelled = message('Cancelled. What was measured stays below.');
/** {peak} is a number of billions of operations a second, {variant} the kernel that reached it. */
export const peakWas = message('Fastest matrix product of this adapter: {peak} GFLOP/s ({variant}).');

export const ours = message('Counterpart on WebGPU');
export const oursOnCpu = message('Counterpart on WebAssembly');
export const tfjsWebgpu = message('TensorFlow.js on WebGPU');
export const erase = message('Erase an opacity');
export const add = message('Add an opacity');

export const network = message('Network');
export const edit = message('Edit');
export const networkResults = message('Networks');
export const edits = message('Edits');
export const engine = message('Engine');
export const median = message('Median');
export const spread = message('Spread');
export const ratio = message('Counterpart faster by');
export const rate = message('GFLOP/s');
export const share = message('Of the peak');
export const processor = message('CPU a run');
export const first = message('First run');
export const load = message('Load');
export const memory = message('GPU memory');
export const difference = message('Largest difference');
export const where = message('Where the time goes');
/** {rest} is what no network took. */
export const rest = message('rest {rest}');
/** {network} took {time}. */
export const part = message('{network} {time}');
export const notMeasured = message('Not measured');
/** {what} could not be measured because of {reason}, a sentence. */
export const refusal = message('{what}: {reason}');
/** {subjects} is a list of networks and edits, {engine} what did not run them, {reason} why: a sentence. */
export const refusals = message('{engine}: {reason} ({subjects})');
export const times = message('{ratio} ×');
export const mebibytes = message('{value} MiB');
/** From the fastest to the slowest. */
export const range = message('{fastest}–{slowest}');
