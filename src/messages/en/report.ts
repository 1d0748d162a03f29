/** A pasted report, what of it differs from what is seen, and reports written from a statement. */

import { message } from '../message';

export const title = message('From a report');
export const about = message(
  'Paste the findings of a report. Where it and what the reader sees differ, an edit is proposed; those that are ticked become the request. The text is not kept, and stays on this device unless you send it to be read a second time.',
);
export const reportText = message('Report');
export const placeholder = message(
  'FINDINGS: Small left pleural effusion. No pneumothorax. The heart is mildly enlarged.',
);
export const openFirst = message('Open a radiograph first, and let it be read.');
export const proposed = message('Proposed edits');
export const pasteFirst = message('Paste a report, and tick what shall change.');
export const noDifference = message('The report says nothing that differs from what the reader sees.');
export const nothingRead = message('No finding of the chest was read from this text.');
export const notUnderstood = message('Not understood, and left out: {words}.');
export const quoted = message('“{text}”');
/** {request} is in the statement language. */
export const request = message('Request: {request}');
export const useAsRequest = message('Use as request');
export const useAndGenerate = message('Use and generate');

/** Why each edit is proposed. */
export const comes = message('The report says it, the reader does not see it there');
export const unsure = message('The report only suspects it');
export const graded = message('The report gives another grade');
export const denied = message('The report denies it');
export const normal = message('The report calls the chest normal');
export const silent = message('Seen by the reader; the report says nothing of it');
export const maskAside = message('The painted mask is put aside: the report’s places say where. Undo brings it back.');
