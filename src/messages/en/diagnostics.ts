/** What the studio runs on. */

import { message } from '../message';

export const title = message('Diagnostics');
export const about = message(
  'What the studio runs on. The report holds nothing of any radiograph: no names, no pixels, no readings of yours.',
);
export const testing = message('Testing…');
export const runTest = message('Run the self-test');
export const copyReport = message('Copy report');
/** Opens another page. */
export const benchmark = message('Time the networks on this computer (in a new tab)');
export const gathering = message('Being gathered…');
export const heading = message('Counterpart diagnostics');

export const versions = message('Versions');
export const engine = message('Engine');
export const graphics = message('Graphics');
export const browser = message('Browser');
export const storage = message('Storage');
export const selfTest = message('Self-test');

export const state = message('State');
export const gettingReady = message('getting ready');
/** {code} and {message} are of an error. */
export const notComputing = message('not computing: [{code}] {message}');
export const computesOn = message('Computes on');
/** WebGPU or WebAssembly, and the name of the device. */
export const backendDevice = message('{backend}, {device}');
export const kernels = message('Kernels');
export const kernelsOfOurs = message('the studio’s own');
export const kernelsOfTensorFlow = message('TensorFlow.js');
export const calibration = message('Calibration, {technology}');
export const notAvailable = message('not available');
export const latestEdit = message('Latest edit');
export const noneYet = message('none yet');
export const note = message('Note');
export const noWebGpu = message('not offered by this browser, or no adapter');
export const adapter = message('WebGPU adapter');
export const features = message('Features');
export const none = message('none');
export const studio = message('Studio');
export const networks = message('Networks');
export const notRead = message('not read');
/** {release} is a version number. */
export const releaseSize = message('{release}, {size}');
export const language = message('Language');
export const processors = message('Processors');
export const memory = message('Memory');
export const notTold = message('not told');
export const memorySize = message('{size} GB or more');
export const screen = message('Screen');
export const isolated = message('Isolated, so that threads work');
export const secure = message('Secure context');
export const used = message('Used');
export const usedOf = message('{used} of {allowed}');
export const kept = message('Kept when space runs low');
export const withoutServer = message('Works without a server');
export const yes = message('yes');
export const no = message('no');
export const ready = message('ready');
export const notYet = message('not yet');
export const notPossible = message('not possible');
export const notNamed = message('not named');
/** Width and height in pixels, and the ratio of device pixels. */
export const screenSize = message('{width} × {height} at {ratio}');

export const notRun = message('not run');
export const passed = message('passed');
export const failed = message('FAILED');
export const passedWith = message('passed: {detail}');
export const failedWith = message('FAILED: {detail}');
export const sample = message('A sample');
export const noSample = message('this installation ships none');
export const readsChest = message('Reads a chest');
export const frontal = message('Takes it for a frontal chest');
export const everyNumber = message('Every value is a number');
export const values = message('{count} values');
export const sameTwice = message('Reads the same twice');
export const largestDifference = message('largest difference {value}');
