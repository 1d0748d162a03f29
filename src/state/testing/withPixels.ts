/** A value with its lazy pixels loaded, to be compared: of those that are not at hand only the size could be. */

import { LazyPixels } from '../../record/pixels/lazyPixels';

export async function withPixels(value: unknown): Promise<unknown> {
  if (value instanceof LazyPixels) return value.load();
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return Promise.all(value.map(withPixels));
  const fields = await Promise.all(Object.entries(value).map(async ([key, each]) => [key, await withPixels(each)]));
  return Object.fromEntries(fields as [string, unknown][]);
}
