/** The gallery's list, models/samples/samples.json: pictures made by our own denoiser. */

import { z } from 'zod';

const sampleSchema = z.looseObject({
  file: z.string().regex(/^[\w.-]+\.png$/, 'a plain PNG file name'),
  title: z.string().min(1),
  description: z.string().default(''),
  /** Findings and zones that the sample was made to show; empty for clear lungs. */
  findings: z.array(z.string()).default([]),
});

export type Sample = z.infer<typeof sampleSchema>;

const listSchema = z.union([z.array(sampleSchema), z.looseObject({ samples: z.array(sampleSchema) })]);

/** The few to begin with: one with clear lungs, then those where there is something to see and to erase. */
export function firstSamples(samples: readonly Sample[], count: number): readonly Sample[] {
  const clear = samples.filter(({ findings }) => findings.length === 0);
  const abnormal = samples.filter(({ findings }) => findings.length > 0);
  return [...clear.slice(0, 1), ...abnormal, ...clear.slice(1)].slice(0, count);
}

/** @throws ZodError when the list is not one of ours */
export function parseSamples(list: unknown): readonly Sample[] {
  const parsed = listSchema.parse(list);
  return Array.isArray(parsed) ? parsed : parsed.samples;
}
