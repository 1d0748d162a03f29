/** Words that speak of one opacity, not of a part of the lung: "remove the focal opacity". */

const SAID =
  /\b(?:the|an?|this|that|one|single|solitary|remove|erase|clear|delete)\s+(?:[a-z]+\s+){0,5}?(?:focal|round|rounded|circumscribed|coin)\s+(?:[a-z]+\s+)?(?:opacity|density|shadow|lesion|infiltrate|consolidation)\b/i;
/** Reports say "no focal opacity" of clear lungs: it denies opacity as a whole. */
const DENIED = /\b(?:no|any|without)\b/i;

export function saysFocal(text: string): boolean {
  const said = SAID.exec(text)?.[0];
  return said !== undefined && !DENIED.test(said);
}
