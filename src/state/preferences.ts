/** What the studio remembers between visits. Read back field by field: one bad value never costs the others. */

import { z } from 'zod';

export const PREFERENCES_KEY = 'counterpart.preferences';

const preferencesSchema = z.object({
  version: z.literal(1).catch(1),
  tool: z.enum(['window', 'pan', 'zoom', 'brush', 'eraser', 'lasso', 'polygon', 'ellipse', 'box']).catch('brush'),
  /** Pixels of the radiograph's grid of 256; see `brushRadiusPixels`. */
  brushRadius: z.number().min(1).max(64).catch(12),
  /** Share of the brush that paints in full. */
  brushHardness: z.number().min(0).max(1).catch(1),
  /** A pen's pressure narrows the brush. */
  penPressure: z.boolean().catch(true),
  sampler: z.enum(['auto', 'twin-flow', 'inpaint']).catch('auto'),
  /** Single letters act as shortcuts (WCAG 2.1.4 asks for a way to turn them off). */
  singleKeys: z.boolean().catch(true),
  zonesShown: z.boolean().catch(false),
  /** The tour was taken or declined: it is not offered again. */
  tourSeen: z.boolean().catch(false),
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
