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

/** @throws ZodError when the list is not one of ours */
export function parseSamples(list: unknown): readonly Sample[] {
  const parsed = listSchema.parse(list);
  return Array.isArray(parsed) ? parsed : parsed.samples;
}
