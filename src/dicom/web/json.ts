/** Data sets as DICOM JSON (PS3.18 annex F): what archives answer. Values are checked here and nowhere else. */

import * as z from 'zod/mini';

const elementSchema = z.object({ vr: z.optional(z.string()), Value: z.optional(z.nullable(z.array(z.unknown()))) });
const dataSetSchema = z.record(z.string(), elementSchema);
export const dataSetsSchema = z.array(dataSetSchema);

export type JsonDataSet = z.infer<typeof dataSetSchema>;

const nameSchema = z.object({
  Alphabetic: z.optional(z.string()),
  Ideographic: z.optional(z.string()),
  Phonetic: z.optional(z.string()),
});

/** The values of an element as text, trimmed; a person's name as PS3.5 6.2 writes its groups; none when absent or of another kind. */
export function textsOf(dataSet: JsonDataSet, tag: string): readonly string[] {
  const values = dataSet[tag]?.Value ?? [];
  return values.flatMap((value) => {
    if (typeof value === 'string' || typeof value === 'number')
      return [String(value).trim()].filter((text) => text !== '');
    const name = nameSchema.safeParse(value).data;
    if (name === undefined) return [];
    const groups = [name.Alphabetic, name.Ideographic, name.Phonetic].map((group) => group?.trim() ?? '');
    const text = groups.join('=').replace(/=+$/, '');
    return text === '' ? [] : [text];
  });
}

export function textOf(dataSet: JsonDataSet, tag: string): string | undefined {
  return textsOf(dataSet, tag)[0];
}

/** Undefined also where the value is no number. */
export function numberOf(dataSet: JsonDataSet, tag: string): number | undefined {
  const value = Number(textOf(dataSet, tag) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** The items of a sequence; those that are no data sets are left out. */
export function itemsOf(dataSet: JsonDataSet, tag: string): readonly JsonDataSet[] {
  return (dataSet[tag]?.Value ?? []).flatMap((item) => {
    const parsed = dataSetSchema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}
