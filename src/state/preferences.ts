/** What the studio remembers between visits. Read back field by field: one bad value never costs the others. */

import * as z from 'zod/mini';
import { between } from '../schemas/numbers';
import { VIEWPORT_TOOLS } from '../viewport/tools/kinds';

export const PREFERENCES_KEY = 'counterpart.preferences';

const preferencesSchema = z.object({
  version: z.catch(z.literal(1), 1),
  /** What is placed is of one request; another visit begins with looking. */
  tool: z.catch(z.enum(VIEWPORT_TOOLS.filter((tool) => tool !== 'place')), 'brush'),
  /** Pixels of the radiograph's grid of 256; see `brushRadiusPixels`. */
  brushRadius: z.catch(between(1, 64), 12),
  /** Share of the brush that paints in full. */
  brushHardness: z.catch(between(0, 1), 1),
  /** A pen's pressure narrows the brush. */
  penPressure: z.catch(z.boolean(), true),
  sampler: z.catch(z.enum(['auto', 'twin-flow', 'inpaint', 'sketch']), 'auto'),
  /** Single letters act as shortcuts (WCAG 2.1.4 asks for a way to turn them off). */
  singleKeys: z.catch(z.boolean(), true),
  zonesShown: z.catch(z.boolean(), false),
  /** The tour was taken or declined: it is not offered again. */
  tourSeen: z.catch(z.boolean(), false),
});

export type Preferences = z.infer<typeof preferencesSchema>;

export const DEFAULT_PREFERENCES: Preferences = preferencesSchema.parse({});

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** Never throws: storage that is blocked, empty or damaged yields the defaults. */
export function loadPreferences(storage: Store | undefined): Preferences {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(PREFERENCES_KEY) ?? '{}');
    const parsed = preferencesSchema.safeParse(stored);
    return parsed.success ? parsed.data : DEFAULT_PREFERENCES;
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

/** A full or blocked storage costs the memory of a preference, nothing else. */
export function savePreferences(storage: Store | undefined, preferences: Preferences): void {
  try {
    storage?.setItem(PREFERENCES_KEY, JSON.stringify(preferences));
  } catch {
    return;
  }
}
