/** Sections of a report: why and how a film was taken says nothing of what is seen on it. */

/** Sections that tell what is seen. */
const SEEN =
  'findings?|impressions?|conclusions?|report|results?|interpretation|opinion|summary|observations?|discussion|diagnos[ie]s|assessment';
/** Sections that do not. */
const UNSEEN =
  'indications?|clinical indications?|reason for (?:the )?(?:exam|examination|study)|history|clinical history|clinical information|clinical details|clinical data|clinical question|clinical statement|past medical history|patient history|comparisons?|comparison studies|techniques?|procedure|protocol|examination|exam|study|views?|referring diagnosis|reason|symptoms|requested by|recommendations?|dictated by|signed by';
const HEADING = new RegExp(`(?<=^|[\\n.;!]\\s*)(?:(${SEEN})|(${UNSEEN}))\\s*:`, 'gi');

/** The text with spaces for the sections that tell nothing seen: such a section ends at the next heading, or with its line. */
export function seenSections(text: string): string {
  const headings = [...text.matchAll(HEADING)];
  return headings.reduce((left, heading, order) => {
    if (heading[2] === undefined) return left;
    const from = heading.index;
    const line = text.indexOf('\n', from);
    const until = headings[order + 1]?.index ?? (line < 0 ? text.length : line);
    return left.slice(0, from) + left.slice(from, until).replaceAll(/[^\n]/g, ' ') + left.slice(until);
  }, text);
}
