/** The gallery's list, models/samples/samples.json: pictures made by our own denoiser. */

import * as z from 'zod/mini';

const sampleSchema = z.looseObject({
  file: z.string().check(z.regex(/^[\w.-]+\.png$/, 'a plain PNG file name')),
  title: z.string().check(z.minLength(1)),
  description: z._default(z.string(), ''),
  /** Findings and zones that the sample was made to show; empty for clear lungs. */
  findings: z._default(z.array(z.string()), []),
});

export type Sample = z.infer<typeof sampleSchema>;

const listSchema = z.union([z.array(sampleSchema), z.looseObject({ samples: z.array(sampleSchema) })]);

/** @throws ZodError when the list is not one of ours */
export function parseSamples(list: unknown): readonly Sample[] {
  const parsed = listSchema.parse(list);
  return Array.isArray(parsed) ? parsed : parsed.samples;
}
