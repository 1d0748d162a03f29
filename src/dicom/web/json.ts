/** Data sets as DICOM JSON (PS3.18 annex F): what archives answer. Values are checked here and nowhere else. */

import * as z from 'zod/mini';

const elementSchema = z.object({
  vr: z.optional(z.string()),
  Value: z.optional(z.nullable(z.array(z.unknown()))),
  InlineBinary: z.optional(z.unknown()),
  BulkDataURI: z.optional(z.unknown()),
});
const dataSetSchema = z.record(z.string(), elementSchema);
export const dataSetsSchema = z.array(dataSetSchema);

export type JsonDataSet = z.infer<typeof dataSetSchema>;

const group = z.optional(z.nullable(z.string()));
const nameSchema = z.object({ Alphabetic: group, Ideographic: group, Phonetic: group });

/** Values are filled up to even lengths with spaces or, in UIDs and against the rules elsewhere, with NUL. */
const trimmed = (text: string): string => text.replace(/[\0\s]+$/, '').trimStart();

/** The values of an element as text, trimmed; a person's name as PS3.5 6.2 writes its groups; none when absent or of another kind. */
export function textsOf(dataSet: JsonDataSet, tag: string): readonly string[] {
  const values = dataSet[tag]?.Value ?? [];
  return values.flatMap((value) => textOfValue(value) ?? []).filter((text) => text !== '');
}

/** Undefined: it has none that can be read. */
function textOfValue(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return trimmed(String(value));
  const name = nameSchema.safeParse(value).data;
  if (name === undefined) return undefined;
  const groups = [name.Alphabetic, name.Ideographic, name.Phonetic].map((each) => trimmed(each ?? ''));
  return groups.join('=').replace(/=+$/, '');
}

/** The element says something, and not all of it is text. */
export function isUnreadable(dataSet: JsonDataSet, tag: string): boolean {
  const { Value, InlineBinary, BulkDataURI } = dataSet[tag] ?? {};
  const elsewhere = [InlineBinary, BulkDataURI].some((held) => held !== undefined && held !== null && held !== '');
  return elsewhere || (Value ?? []).some((value) => textOfValue(value) === undefined);
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
