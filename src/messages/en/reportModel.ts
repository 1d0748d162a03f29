/** A second reading of a report by a language model: consent, waiting, disagreements. */

import { message } from '../message';

export const second = message('Second reading by a language model');
/** {host} is the address of a server, such as “localhost:11434”. */
export const offered = message('The studio may ask the model at {host}. You see what would be sent before it is.');
export const showWhat = message('See what would be sent');
export const wouldSend = message('This would be sent to {host}');
export const blankedFirst = message(
  'History and technique are left out; names, dates and numbers that were recognised are blanked (_). No rule finds every name: read it before you send it.',
);
/** The heading of instructions that go along with the report. */
export const allOfIt = message('All of it, with the instructions to the model');
export const send = message('Send');
export const doNotSend = message('Do not send');
export const asking = message('Waiting for the model at {host} …');
export const stop = message('Stop');
export const again = message('Ask again');

/** {file} is the name of a model's file, such as “medgemma-4b-Q4_K_M.gguf”. */
export const offeredHere = message('{file} reads on this computer: nothing leaves it.');
export const noneChosen = message(
  'A model in a file of yours (GGUF) can read the report on this computer: nothing leaves it. Small models read badly, and none overrules the rules.',
);
export const chooseFile = message('Choose a model …');
export const chooseOther = message('Choose another model …');
export const ask = message('Ask it');
export const askingHere = message('{file} is reading. A large model takes a minute or more, the first time longer.');

export const agreed = message('The model reads the report as the rules do.');
/** A heading over pairs of readings of one finding. */
export const disagree = message('Where rules and model disagree');
export const nobodyOverrules = message('The rules hold until you tick otherwise.');
export const byRules = message('Rules');
export const byModel = message('Model');
/** {reader} is “Rules” or “Model”. */
export const saysNothing = message('{reader}: nothing said');
/** {reading} is such as “mild left lower zone effusion”. */
export const readsAs = message('{reader}: {reading}');
/** Words of the report, in quotation marks, one or several. */
export const readFrom = message('from {words}');

export const outsideFindings = message('Left out of the model’s answer, as no finding of the studio: {words}.');
export const outsideZones = message('Left out of the model’s answer, as no zone of the chest: {words}.');
export const notInReport = message('Left out of the model’s answer, as the report does not say it: {words}.');
export const malformed = message(
  '{count, plural, one {# part of the model’s answer was malformed and left out.} other {# parts of the model’s answer were malformed and left out.}}',
);
