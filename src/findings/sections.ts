/** Sections of a report: why and how a film was taken says nothing of what is seen on it. */

/** Words that make a heading one of what is seen, or of what is not; the latter in two ranks, as "exam findings" are findings. */
const SEEN =
  /\b(findings?|impressions?|impr?|conclusions?|reports?|results?|interpretation|opinion|summary|observations?|discussion|diagnos[ie]s|assessment|comments?)\b/i;
const NEVER_SEEN =
  /\b(indications?|history|hx|reason|clinical|complaints?|recommend\w*|questions?|requests?|requested|symptoms?|provisional|presenting|referr\w+|background|dictated|signed|transcribed|advice|plan|query|suspected)\b/i;
const RARELY_SEEN =
  /\b(techniques?|comparisons?|procedures?|protocol|exam|examinations?|study|studies|views?|prior|contrast|dose|exposure)\b/i;

/** A line or sentence that begins with up to six words and a colon, a dash with room around it, or nothing more. */
const HEADING =
  /(?<=^|[\n.;!?)]\s*|[\n#*•-]\s*)(?:\*\*|__|#+ ?)?([A-Za-z][A-Za-z]*(?:[ /&][A-Za-z]+){0,5})(?:\*\*|__)?\s*(?::(?:\*\*|__)?|[ \t][-–—](?=[ \t])|(?=[ \t]*(?:\n|$)))/g;

/** A heading even without a colon. */
const ALONE =
  /^(?:(?:clinical|medical|past medical|patient) )?(?:indications?|history|information|details|data|question|hx|complaints?|recommendations?|techniques?|comparisons?|findings?|impressions?|conclusions?|report|results?|interpretation|opinion|summary|observations?|reason(?: for (?:the )?(?:exam|examination|study))?)$/i;

interface Heading {
  readonly start: number;
  /** Where its text begins. */
  readonly end: number;
  readonly kind: 'seen' | 'unseen' | 'other';
}

/** The text with spaces for the sections that tell nothing seen, and for the names of the others. */
export function seenSections(text: string): string {
  const headings = headingsOf(text);
  return headings.reduce((left, heading, order) => {
    if (heading.kind === 'other') return left;
    if (heading.kind === 'seen') {
      // Its name says nothing; a colon ends it as a sentence does.
      const name = left.slice(heading.start, heading.end);
      return (
        left.slice(0, heading.start) + name.replaceAll(/[^\n:]/g, ' ').replaceAll(':', '.') + left.slice(heading.end)
      );
    }
    const until = endOf(text, heading, headings[order + 1]?.start ?? text.length);
    return (
      left.slice(0, heading.start) + left.slice(heading.start, until).replaceAll(/[^\n]/g, ' ') + left.slice(until)
    );
  }, text);
}

export function headingsOf(text: string): readonly Heading[] {
  return [...text.matchAll(HEADING)].flatMap((match): readonly Heading[] => {
    const name = match[1] ?? '';
    const kind = kindOf(name);
    const colon = match[0].includes(':');
    const start = match.index;
    const end = start + match[0].length;
    // Without a colon only words that are nothing but a heading, on a line of their own or before a dash.
    if (!colon && !(beginsLine(text, start) && ALONE.test(name.trim()))) return [];
    return [{ start, end, kind }];
  });
}

const beginsLine = (text: string, at: number): boolean => /(?:^|\n)[\s#*•-]*$/.test(text.slice(0, at));

function kindOf(name: string): Heading['kind'] {
  if (NEVER_SEEN.test(name)) return 'unseen';
  if (SEEN.test(name)) return 'seen';
  return RARELY_SEEN.test(name) ? 'unseen' : 'other';
}

/** With its line, or where the line holds nothing more, with the lines up to the next empty one; at the next heading in any case. */
function endOf(text: string, { end }: Heading, next: number): number {
  const line = text.indexOf('\n', end);
  if (line < 0 || line >= next) return next;
  if (text.slice(end, line).trim() !== '') return line;
  const content = text.slice(line).search(/\S/);
  if (content < 0) return next;
  const empty = text.slice(line + content).search(/\n[ \t]*\n/);
  return empty < 0 ? next : Math.min(next, line + content + empty);
}
