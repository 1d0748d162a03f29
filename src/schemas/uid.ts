/** Unique identifiers of DICOM (PS3.5 section 9), as they come in from outside. */

import * as z from 'zod/mini';

/** Zeros that lead a component are against the rules, and found. */
export const UID = /^(?=[\d.]{1,64}$)\d+(?:\.\d+)*$/;

export const uid = z.string().check(z.regex(UID));
