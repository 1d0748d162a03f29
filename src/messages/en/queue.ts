/** Work for the networks: what kind it is, how far, and what can be done about it. */

import { message } from '../message';

export const single = message('One result');
export const candidates = message('{count, plural, one {# seed} other {# seeds}}');
export const explore = message('Explore');
export const sweep = message('Severity sweep');
export const undo = message('Undo, for the receipt');

export const button = message('Queue <count></count>');
export const title = message('Queue');
export const jobs = message('Jobs');
export const note = message('One at a time. What is finished is kept, whatever becomes of the rest.');
export const closed = message('closed');
/** A kind of work before the request in words. */
export const jobNamed = message('{kind}: {request}');
export const jobOf = message('{kind} · {radiograph}');
export const earlier = message('Earlier');
export const later = message('Later');
export const pauseAfterStep = message('Pause after this step');
export const goOn = message('Go on');
export const tryAgain = message('Try again');
export const remove = message('Remove');
export const cancel = message('Cancel');

export const waiting = message('Waiting');
export const failed = message('Failed: {why}');
export const paused = message('Paused');
export const stopping = message('Stopping');
export const starting = message('Starting');
/** {done} of {parts} are done; {status} is one of the above or a share with the time left. */
export const withDone = message('{status}, {done} of {parts} done');
export const failedDone = message('Failed, {done} of {parts} done: {why}');
export const runningDone = message('{share}, about {time} left');
