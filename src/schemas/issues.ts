/** zod/mini says no more than "Invalid input" by itself. */

import * as z from 'zod/mini';

/** For a parse whose first issue is shown: what is wrong, in words. */
export const IN_WORDS = { error: z.locales.en().localeError };
