/** Every message there is, by the part of the screen that it is for. */

export * as actions from './en/actions';
export * as bench from './en/bench';
export * as candidates from './en/candidates';
export * as device from './en/device';
export * as diagnostics from './en/diagnostics';
export * as dialogs from './en/dialogs';
export * as errors from './en/errors';
export * as findings from './en/findings';
export * as header from './en/header';
export * as library from './en/library';
export * as masks from './en/masks';
export * as names from './en/names';
export * as notices from './en/notices';
export * as offline from './en/offline';
export * as opening from './en/opening';
export * as projects from './en/projects';
export * as queue from './en/queue';
export * as reading from './en/reading';
export * as reasons from './en/reasons';
export * as receipt from './en/receipt';
export * as request from './en/request';
export * as stage from './en/stage';
export * as swap from './en/swap';
export * as tour from './en/tour';
export * as units from './en/units';
export * as viewport from './en/viewport';
