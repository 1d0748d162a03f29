/** Text to words with positions, in the parser's normal form: lower case, singular, American spelling. */

export interface Token {
  /** Normal form. */
  readonly word: string;
  /** Offsets into the text as given: [start, end). */
  readonly start: number;
  readonly end: number;
}

const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    opacities: 'opacity',
    densities: 'density',
    abnormalities: 'abnormality',
    bases: 'base',
    apices: 'apex',
    apexes: 'apex',
    apically: 'apical',
    masses: 'mass',
    pneumothoraces: 'pneumothorax',
    pneumothoraxes: 'pneumothorax',
    infiltrates: 'infiltrate',
    lobes: 'lobe',
    hila: 'hilum',
    oedema: 'edema',
    oedematous: 'edematous',
    tumour: 'tumor',
    tumours: 'tumor',
    haemothorax: 'hemothorax',
    haemothoraces: 'hemothorax',
    hemithoraces: 'hemithorax',
    areas: 'area',
    centre: 'center',
    grey: 'gray',
    colour: 'color',
    bilaterally: 'bilateral',
    moderately: 'moderate',
    mildly: 'mild',
    severely: 'severe',
    slightly: 'slight',
    minimally: 'minimal',
    markedly: 'marked',
    grossly: 'grossly',
    extensively: 'extensive',
    predominantly: 'predominantly',
    foci: 'focus',
    processes: 'process',
    diseases: 'disease',
    has: 'has',
    this: 'this',
    is: 'is',
    was: 'was',
    as: 'as',
    xs: 'xs',
    lungs: 'lung',
    cxr: 'cxr',
  }),
);

/** Words that end in s and are singular. */
const SINGULAR = /(ss|us|is|ous|thorax)$/;

function normalForm(raw: string): string {
  const word = raw.toLowerCase().replace('’', "'").replace(/'s$/, '');
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length > 3 && word.endsWith('s') && !SINGULAR.test(word)) return word.slice(0, -1);
  return word;
}

/** Hyphens separate words; a decimal point stays inside its number. */
const PATTERN = /(?<![\p{L}\d])w\/(?:o(?!\p{L}))?|\d+(?:\.\d+)?|[\p{L}]+(?:['’][\p{L}]+)?|[^\s\p{L}\d-]|\n/gu;
/** "isn't" is two words. */
const SHORT_NOT = /^(is|are|was|were|do|does|did|has|have|had|could|should|would)n['’]t$/i;

export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PATTERN)) {
    const verb = SHORT_NOT.exec(match[0])?.[1];
    if (verb !== undefined) {
      const cut = match.index + verb.length;
      tokens.push({ word: normalForm(verb), start: match.index, end: cut });
      tokens.push({ word: 'not', start: cut, end: match.index + match[0].length });
      continue;
    }
    if (/^w\//i.test(match[0])) {
      const word = match[0].length > 2 ? 'without' : 'with';
      tokens.push({ word, start: match.index, end: match.index + match[0].length });
      continue;
    }
    tokens.push({ word: normalForm(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}
