/**
 * What on the screen was not taken from the catalogue, while it speaks the made-up language: every text with a word without
 * accents. Stands by itself, as journeys run it in the page.
 * @param given what the user, a file or the device brought: names, and requests in the statement language
 */
export function plainWords(given: readonly string[]): string[] {
  const spoken = ['aria-label', 'aria-valuetext', 'aria-roledescription', 'title', 'placeholder', 'alt'];
  const texts: string[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (['STYLE', 'SCRIPT', 'NOSCRIPT'].includes(element.tagName)) continue;
    for (const name of spoken) texts.push(element.getAttribute(name) ?? '');
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '');
  }
  const longestFirst = given.filter((each) => each !== '').sort((one, other) => other.length - one.length);
  const rest = (text: string): string => longestFirst.reduce((left, each) => left.replaceAll(each, ''), text);
  // Three letters in a row: no abbreviation of a unit, no axis, no key.
  return [...new Set(texts.filter((text) => /[A-Za-z]{3,}/.test(rest(text))))];
}
