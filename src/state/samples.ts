/** The gallery's list, models/samples/samples.json: openly licensed films, and pictures made by our own denoiser. */

import * as z from 'zod/mini';
import type { Radiograph } from '../imaging/radiograph';

const words = z.string().check(z.minLength(1));

const described = {
  file: z.string().check(z.regex(/^[\w-]+\.(?:png|jpg)$/, 'a plain PNG or JPEG file name')),
  title: words,
  description: z._default(z.string(), ''),
  /** Findings that the film is labelled with or the sample was made to show; empty for clear lungs. */
  findings: z._default(z.array(z.string()), []),
};

const sampleSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('real'),
    ...described,
    /** Whom the licence wants named wherever the film is shown. */
    credit: words,
    licence: words,
    /** What was done to the published film. */
    changes: words,
  }),
  z.looseObject({ kind: z.literal('synthetic'), ...described }),
]);

export type Sample = z.infer<typeof sampleSchema>;

const listSchema = z.looseObject({ samples: z.array(sampleSchema) });

/** @throws ZodError when the list is not one of ours */
export function parseSamples(list: unknown): readonly Sample[] {
  return listSchema.parse(list).samples;
}

/** The small picture of a sample for lists, beside its file. */
export function smallFile({ file }: Sample): string {
  return `small/${file.replace(/\.\w+$/, '')}.jpg`;
}

/** Who took the film and on what terms it is shown, in one line; none for what we made ourselves. */
export function creditOf(sample: Sample): string | undefined {
  if (sample.kind === 'synthetic') return undefined;
  return `${sample.credit} (${sample.licence})`;
}

/** The sample's radiograph under its title, marked for what it is. */
export function asSample(radiograph: Radiograph, sample: Sample): Radiograph {
  const credit = creditOf(sample);
  return {
    ...radiograph,
    name: sample.title,
    synthetic: sample.kind === 'synthetic',
    ...(credit === undefined ? {} : { credit }),
  };
}
