/** What on the screen was not taken from the catalogue, while it speaks the made-up language: every word without accents. */

const SPOKEN = ['aria-label', 'aria-valuetext', 'aria-roledescription', 'title', 'placeholder', 'alt'];
/** Three letters in a row: no abbreviation of a unit, no axis, no key. */
const WORD = /[A-Za-z]{3,}/;

function textsIn(root: ParentNode): readonly string[] {
  const texts: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    for (const name of SPOKEN) texts.push(element.getAttribute(name) ?? '');
    for (const node of element.childNodes) if (node.nodeType === 3 && !['STYLE', 'SCRIPT'].includes(element.tagName)) texts.push(node.textContent ?? '');
  }
  return texts;
}

/** @param given what the user or a file brought: names, and requests in the statement language */
export function plainWords(root: ParentNode, given: readonly string[]): readonly string[] {
  const rest = (text: string): string => given.reduce((left, each) => left.replaceAll(each, ''), text);
  return [...new Set(textsIn(root).filter((text) => WORD.test(rest(text))))];
}
