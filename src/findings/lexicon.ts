/** Phrases the parser knows, in the normal form of `tokenise`, and what each means. */

import { BODY, SIDED } from './elsewhere';
import { knowledgeOf, type Level, type Side } from './knowledge';
import type { Span } from './match';
import { CHANGES, GONE, NEARLY_GONE, STATES } from './phrases/change';
import { NO_SIGN, NOT_SEEN } from './phrases/denial';
import {
  DOUBTED,
  HARD_TO_EXCLUDE,
  IF_IT_FITS,
  MAY_BE_SO,
  MAY_MEAN,
  NOT_EXCLUDE,
  NOT_EXCLUDED,
  RATHER_THAN,
} from './phrases/doubt';
import { SHADES } from './phrases/shades';
import { OVER, UNSAID, UNSAID_AFTER, UNSAID_EITHER } from './phrases/unsaid';
import type { Certainty } from './statement';
import { tokenise } from './tokenise';
import { meantWord } from './typos';
import { FINDINGS, type Finding } from './vocabulary';

/** `keep` and what it governs is left as it is; `move` takes a finding from one place to another. */
export type EditVerb = 'add' | 'remove' | 'grade' | 'keep' | 'move';

export type Concept =
  /** `inverted`: naming it means the finding is absent ("abnormality" against no_finding). */
  | {
      readonly kind: 'finding';
      readonly finding: Finding;
      readonly inverted?: boolean;
      readonly certainty?: Certainty;
      readonly severity?: number;
    }
  | { readonly kind: 'side'; readonly sides: readonly Side[] }
  | { readonly kind: 'level'; readonly levels: readonly Level[]; readonly sides?: readonly Side[] }
  | { readonly kind: 'mediastinum' }
  | { readonly kind: 'lung' }
  | { readonly kind: 'severity'; readonly value: number }
  | { readonly kind: 'severityNumber' }
  /**
   * before: applies to what follows; after: to what precedes; either: to what follows if anything does; near: to what stands
   * just before, else to what follows. `unsaid`: asked or remembered, not seen.
   */
  | {
      readonly kind: 'cue';
      readonly certainty: 'negated' | 'possible' | 'unsaid';
      readonly applies: 'before' | 'after' | 'either' | 'near';
    }
  | { readonly kind: 'join'; readonly word: 'and' | 'or' | 'versus' | 'comma' }
  | { readonly kind: 'preposition' }
  /** Ends the reach of cues and modifiers. */
  | { readonly kind: 'boundary' }
  | { readonly kind: 'sentenceEnd' }
  | { readonly kind: 'heart' }
  /** Of a costophrenic angle: the sign of a small effusion. */
  | { readonly kind: 'blunted' }
  | { readonly kind: 'enlarged' }
  | { readonly kind: 'normal' }
  | { readonly kind: 'verb'; readonly edit: EditVerb }
  /** A thing with a place of its own that the vocabulary does not hold. */
  | { readonly kind: 'other'; readonly abnormal: boolean; readonly sided?: boolean }
  /** Tells that what it stands with is there (`still`), or has changed: the start of a thought after a denial. */
  | { readonly kind: 'state'; readonly still: boolean }
  /** Places that are left out: "except the right base". `instead`: that is where it shall no longer be. */
  | { readonly kind: 'spared'; readonly places: readonly Span[]; readonly instead: boolean }
  | { readonly kind: 'neutral' };

const words = (text: string): readonly string[] =>
  text
    .split('|')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');

const BOTH: readonly Side[] = ['right', 'left'];
const ALL: readonly Level[] = ['upper', 'mid', 'lower'];

const SEVERITIES: readonly (readonly [number, string])[] = [
  [1, 'mild|slight|minimal|small|sm|minor|trace|tiny|subtle|faint|little|early|minimally|low grade|borderline|hazy'],
  [2, 'moderate|mod|medium|moderate sized|intermediate'],
  [3, 'severe|large|lg|marked|extensive|massive|gross|dense|advanced|huge|pronounced|considerable|heavy|very severe'],
];

const SIDES: readonly (readonly [readonly Side[], string])[] = [
  [['right'], 'right|right sided|right side|rt|r'],
  [['left'], 'left|left sided|left side|lt|l'],
  [
    BOTH,
    'bilateral|bilat|b/l|l>r|r>l|both|both side|left worse than right|right worse than left|left greater than right|right greater than left|left more than right|right more than left|left and right|right and left|either',
  ],
];

const LEVELS: readonly (readonly [readonly Level[], readonly Side[] | undefined, string])[] = [
  [['upper'], undefined, 'upper|apex|apical|apicolateral|top|suprahilar|superior'],
  [['upper'], BOTH, 'biapical|bi apical'],
  [['mid'], undefined, 'mid|middle|midlung|midzone|perihilar|hilar|hilum|parahilar|central lung|central lung zone'],
  [['mid'], ['right'], 'right middle lobe|middle lobe|rml'],
  [
    ['lower'],
    undefined,
    'lower|base|basal|basilar|lung base|inferior|infrahilar|costophrenic|costophrenic angle|costophrenic sulcus|costophrenic sulci|costophrenic recess|cp angle|cp sulcus|cp recess|cpa|bottom|supradiaphragmatic|cardiophrenic|cardiophrenic angle|cardiophrenic sulcus|cardiophrenic recess',
  ],
  [['lower'], BOTH, 'bibasilar|bibasal|bi basilar|bi basal|biasilar'],
  [['upper'], ['right'], 'rul|ruz|zone a|brixia a|brixia zone a'],
  [['mid'], ['right'], 'rmz|zone b|brixia b|brixia zone b'],
  [['lower'], ['right'], 'rll|rlz|zone c|brixia c|brixia zone c'],
  [['upper'], ['left'], 'lul|luz|zone d|brixia d|brixia zone d'],
  [['mid'], ['left'], 'lmz|zone e|brixia e|brixia zone e'],
  [
    ['lower'],
    ['left'],
    'llz|zone f|brixia f|brixia zone f|lll|retrocardiac|left retrocardiac|behind the heart|posterior to the heart|retro cardiac',
  ],
  [['mid'], ['left'], 'lingula|lingular'],
  [ALL, BOTH, 'diffuse|diffusely|throughout|everywhere|generalized|generalised|all zone|all lung zone|panlobar'],
];

type Cue = Extract<Concept, { kind: 'cue' }>;
const CUES: readonly (readonly [Cue['certainty'], Cue['applies'], string])[] = [
  ['negated', 'before', NO_SIGN.join('|')],
  ['negated', 'after', NOT_SEEN.join('|')],
  ['possible', 'before', MAY_MEAN.join('|')],
  ['possible', 'after', MAY_BE_SO.join('|')],
  [
    'negated',
    'before',
    `no|not|without|free of|clear of|negative for|no evidence of|no evidence for|without evidence of|no definite|no sign of|no longer|absence of|absent of|
     no radiographic evidence of|no finding of|no finding to suggest|ruled out for|resolution of|complete resolution of|interval resolution of|disappearance of|free from|clear from|no suggestion of|no suspicion of|no concern for|nor|neither|no new|never|none of|no visible|devoid of|no convincing|no significant|clearing of|without any|w o|fails to show|
     do not see|not see`.replaceAll('\n', ' '),
  ],
  [
    'negated',
    'after',
    `is not seen|not seen|not identified|not present|not visible|not demonstrated|not visualized|not visualised|not evident|not appreciated|absent|none|nil|ruled out|is absent|are absent|is excluded|are excluded|is ruled out|not found|none seen|none identified|none visible|is negative|not noted|not suspected|not detected|excluded|
     unlikely|not apparent|disappeared|no longer seen|no longer visible|no longer present|not detected|completely resolved`.replaceAll(
      '\n',
      ' ',
    ),
  ],
  [
    'possible',
    'before',
    `cannot exclude|can not exclude|cannot rule out|can not rule out|could represent|may represent|might represent|may be|could be|might be|may indicate|may reflect|could reflect|may suggest|suspicious for|suspicion of|suspicion for|concerning for|concern for|worrisome for|
     suggestive of|suggest|suggesting|question of|questionable|query|may relate to|may be related to|may have|possibly representing|likely representing|probably representing|not exclude|difficult to exclude|may be due to|may also represent|
     could indicate|could suggest|may be secondary to|possibility of`.replaceAll('\n', ' '),
  ],
  [
    'possible',
    'either',
    'possible|possibly|probable|probably|likely|most likely|presumed|presumably|suspected|potential|potentially|perhaps|equivocal|indeterminate|?|maybe',
  ],
  [
    'possible',
    'after',
    'is favored|are favored|favored|is suggested|is questionable|is not certain|is uncertain|uncertain|is possible|is suspected|is a possibility|is a consideration|is questioned',
  ],
  ['possible', 'after', NOT_EXCLUDED.join('|')],
  ['possible', 'before', [...NOT_EXCLUDE, ...DOUBTED].join('|')],
  ['possible', 'either', [...HARD_TO_EXCLUDE, ...IF_IT_FITS].join('|')],
  ['negated', 'near', GONE.join('|')],
  ['unsaid', 'before', UNSAID.join('|')],
  ['unsaid', 'after', UNSAID_AFTER.join('|')],
  ['unsaid', 'either', UNSAID_EITHER.join('|')],
];

const VERBS: readonly (readonly [EditVerb, string])[] = [
  [
    'remove',
    'lose|banish|purge|abolish|scrap|dispel|resorb|absorb|dry up|dry out|aspirate|wipe out|wipe off|rub out|do away with|make disappear|cut out|extract|remove|erase|delete|wipe|wipe away|take away|take out|get rid of|undo|clear away|eliminate|clean|clear the|clear out|clear up|eradicate|heal|cure|resolve|dissolve|evacuate|drain the|drain all|drain away|drain off|drop the|suppress|strip|eradicate|re expand|reexpand|re inflate|reinflate',
  ],
  ['add', 'add|insert|paint|create|introduce|give|put|draw|place'],
  [
    'grade',
    'grade|bump|change|set|increase|decrease|worsen|reduce|make|turn|raise|lower the|adjust|improve|lessen|lighten|shrink|diminish|soften|weaken|fade|minimize|minimise|downgrade|tone down|turn down|scale down|cut down|make less|halve|ease|enlarge|grow|expand|intensify|strengthen|deepen|aggravate|exacerbate|upgrade|amplify|boost|scale up|turn up|make more|dial down|dial up|bump up|ramp up|crank up|step up|bring up|bring down|abate|alleviate|dampen|attenuate|swell|double|triple|calm|ease off|slow|mitigate|augment|accentuate|magnify|escalate|heighten|advance',
  ],
  [
    'keep',
    "keep|leave|preserve|retain|maintain|spare|sparing|protect|keeping|leaving|preserving|retaining|without touching|not touching|without changing|without affecting|without altering|do not touch|do not change|do not alter|do not remove|do not erase|do not delete|don't touch|don't change|don't alter|don't remove|hands off|hold|while keeping|while leaving|without disturbing|without removing|without moving|stay away from|conserve|save the|keep out of",
  ],
  ['move', 'move|relocate|transfer|shift the|migrate'],
];

const HEART =
  'heart|heart size|cardiac|cardiac silhouette|cardiac size|heart shadow|cardiac shadow|cardiac contour|cardiomediastinal silhouette|cardio mediastinal silhouette|cardiomediastinal|cardiomediastinal size|cardiac and mediastinal contour|heart and mediastinum|cardiac silhouette and mediastinum|cardiac and mediastinal silhouette';
const ENLARGED = 'enlarged|enlargement|is big|bigger|increased in size|is large|prominent in size|size is enlarged';
const NORMAL =
  'normal|within normal limit|unremarkable|normal in size|of normal size|normal size|upper limit of normal|upper limit normal|at the upper limit of normal|top normal|not enlarged|not significantly enlarged|is normal|are normal|normal for size|wnl|nl|nl size|nl in size|is wnl|are wnl';

/** Abnormal things the vocabulary does not hold: named to the user, never turned into a finding. */
const OUTSIDE =
  'mass effect|hilar retraction|architectural distortion|ett|ngt|cabg|peripheral edema|pedal edema|dependent edema|peripheral oedema|ascites|fracture|granuloma|calcified granuloma|calcification|calcified|calcified lymph node|lymphadenopathy|adenopathy|scoliosis|osteophyte|spondylosis|kyphosis|catheter|picc|picc line|central line|tube|pacemaker|pacer|icd|sternotomy|sternotomy wire|clip|surgical clip|stent|valve|port|device|hardware|copd|hyperinflation|hyperinflated|hyperexpanded|hyperexpansion|flattened|bronchiectasis|pneumoperitoneum|pneumomediastinum|subcutaneous emphysema|vascular congestion|pulmonary vascular congestion|pulmonary congestion|congestion|heart failure|chf|low lung volume|hypoinflated|hypoinflation|volume loss|eventration|tortuous|tortuosity|ectasia|ectatic|atherosclerosis|atherosclerotic|atherosclerotic change|degenerative|degenerative change|pericardial effusion|wire|lead|drain|foreign body|deformity|dislocation|osteopenia|bulla|bullae|bleb|bullous disease|bullous change|cyst|air fluid level|free air|fusion|prosthesis|bronchial wall thickening|peribronchial thickening|peribronchial cuffing|hemangioma|granulomatous infection|granulomatous disease|old granulomatous disease|old infection|thyroid mass|aneurysm|pectus';
/** Neutral anatomy that takes a side or a level of its own away from a finding. */
const ANATOMY =
  'hemidiaphragm|diaphragm|aorta|aortic|aortic arch|aortic knob|clavicle|rib|spine|thoracic spine|lower thoracic spine|mid thoracic spine|upper thoracic spine|vertebra|shoulder|humerus|trachea|carina|mainstem bronchus|bronchus|vascularity|pulmonary vascularity|vasculature|pulmonary vasculature|pulmonary vessel|vessel|bone|bony structure|osseous structure|soft tissue|chest wall|abdomen|upper abdomen|breast|nipple|stomach|ventricle|atrium|pulmonary artery|fissure|mediastinal contour|mediastinal silhouette|mediastinal structure|contour|artery|jugular|subclavian|svc|ij|axilla|neck|lymph node|gland|interstitial marking|lung marking|bronchovascular marking|marking|interstitium|quadrant|upper quadrant|endplate|disc|thoracic aorta|sulcus|upper extremity|lung volume|pulmonary interstitium|cavoatrial junction|caval atrial junction|humeral head|pulmonary arterial|hemidiaphragmatic|acromioclavicular|glenohumeral|view|subpulmonic process|lateral view|frontal view';

const NEUTRAL = `
  not only|not just|not merely|not simply|not solely|not alone|
  a|an|the|there|is|are|was|were|be|been|has|have|had|this|that|these|those|it|which|some|any|several|multiple|few|single|focal|multifocal|
  patchy|streaky|linear|platelike|plate|like|bandlike|band|ill|defined|confluent|scattered|stable|unchanged|new|old|chronic|acute|again|
  noted|note|seen|identified|present|demonstrated|visible|visualized|visualised|evident|appear|appearing|appearance|remain|remaining|residual|persistent|
  increased|decreased|increasing|decreasing|improved|improving|worsening|worsened|interval|development|developed|developing|change|lobe|lobar|zone|area|region|field|aspect|
  portion|part|segment|segmental|subsegmental|thorax|chest|x|ray|xray|film|radiograph|image|study|exam|examination|pa|ap|lateral|frontal|portable|
  posterior|anterior|medial|laterally|medially|peripheral|peripherally|pleural|pulmonary|parenchymal|parenchyma|interstitial|alveolar|airspace|space|air|reticular|nodular|rounded|round|irregular|
  adjacent|associated|underlying|overlying|related|secondary|due|compatible|consistent|representing|represent|reflecting|reflect|more|less|greater|than|most|mostly|
  also|other|otherwise|definite|discrete|significant|substantial|evidence|finding|findings|sign|superimposed|differential|patient|history|prior|previous|previously|comparison|compared|since|
  redemonstration|redemonstrated|volume|low|size|sized|amount|degree|cm|mm|approximately|at|least|i|we|as|well|please|my|same|now|one|two|three|pattern|process|disease|change|collection|
  component|layering|loculated|free|tension|apparent|aeration|expanded|mediastinal|silhouette|width|normal appearing|xxxx|only|so|if|can|could|may|might|would|will|do|does|did|show|shows|showing|reveal|
  obscuring|obscured|clinical|clinically|correlation|recommended|followup|follow|up|further|such|very|mainly|predominantly|predominant|both of|each|all|per|lesion|spiculated|cavitating|cavitary|solitary|asymmetric|symmetric|symmetrical|
  hemithoracic|alone|untouched|stay|as it is|as they are|as is|smaller|larger|fewer|milder|worse|stronger|heavier|fainter|weaker|=|bronchovascular|status|post|date|visualization|evaluation|limited|exclude|excluded|confirmed|known|mixed|scatter|them|its|their|when|again seen|seen in|then|currently|current|continued|grossly|in size|density|clear lung field|lung field|world|severity|present|positive|everything|every|whole|entire|overall|much|lot|bit|back|want|like|should|must|shall|need|go|going|gone away|away|disappear|vanish|just|all finding|every finding|healthy|clean|better|belong|side|take|get|let|brighten|whiten|darken|blacken|opacify|out|bring|carry|switch|swap|slide|push|shift|drag|pulm|lat|cxr|supine|upright|erect|semi upright|semi erect|yesterday|today|pls|me|anymore|any more|else|c/w|day|ago|particular|passive|compressive|relaxation|obstructive|resorptive|cicatricial|cicatrising|cicatrizing`;

const PREPOSITIONS =
  'in|within|at|of|on|over|involving|affecting|to|into|from|for|along|near|around|by|through|across|under|toward|towards|because of|instead of|in place of|in lieu of|excluding|outside|caused by|next to|beside|behind|above|below|onto';
const BOUNDARIES =
  'superimposed on|superimposed upon|on top of|on a background of|against a background of|in the setting of|besides|save for|excepting|except for|with the exception of|beyond|in addition to|nevertheless|but|however|although|though|except|aside from|apart from|while|whereas|other than|:|yet|there is|there are|there be|is seen|are seen|status post|s/p|impression colon|findings colon|conclusion colon';

/** Findings as they are written in haste. */
const SHORT: readonly (readonly [Finding, string])[] = [
  ['effusion', 'eff|pl eff|pleural eff'],
  ['consolidation', 'consol'],
  ['pneumonia', 'pna'],
  ['atelectasis', 'atel'],
  ['lung_opacity', 'opac'],
  ['infiltration', 'infilt'],
];

/** Say how surely something is the case, not what: they may stand inside a phrase. */
export const ADVERBS: ReadonlySet<string> = new Set([
  'entirely',
  'completely',
  'totally',
  'fully',
  'definitively',
  'definitely',
  'absolutely',
  'reliably',
  'confidently',
  'clearly',
  'readily',
  'safely',
  'otherwise',
  'currently',
  'now',
  'also',
  'fairly',
  'quite',
  'altogether',
  'largest',
  // What de-identified reports have in place of a word that was taken out.
  'xxxx',
]);

const normalised = (phrase: string): string =>
  tokenise(phrase)
    .map((token) => token.word)
    .join(' ');

function build(): ReadonlyMap<string, Concept> {
  const map = new Map<string, Concept>();
  const put = (list: string, concept: Concept): void => {
    for (const phrase of words(list)) map.set(normalised(phrase), concept);
  };
  put(NEUTRAL, { kind: 'neutral' });
  put([...ADVERBS].join('|'), { kind: 'neutral' });
  put(BODY, { kind: 'other', abnormal: false });
  put(ANATOMY, { kind: 'other', abnormal: false });
  put([OUTSIDE, ...OVER].join('|'), { kind: 'other', abnormal: true });
  put(SIDED, { kind: 'other', abnormal: true, sided: true });
  put(PREPOSITIONS, { kind: 'preposition' });
  put('with', { kind: 'preposition' });
  put(BOUNDARIES, { kind: 'boundary' });
  put('lung|hemithorax|lung field|pulmonary parenchyma|lung zone', { kind: 'lung' });
  put('mediastinum|mediastinal mass place|paramediastinal|paratracheal', { kind: 'mediastinum' });
  put(HEART, { kind: 'heart' });
  put(ENLARGED, { kind: 'enlarged' });
  put(NORMAL, { kind: 'normal' });
  put('and|plus|as well as|along with|&|+', { kind: 'join', word: 'and' });
  put('or|and or', { kind: 'join', word: 'or' });
  put(['versus|vs|/|versus less likely|alternatively|or alternatively', ...RATHER_THAN].join('|'), {
    kind: 'join',
    word: 'versus',
  });
  put(',|(|)', { kind: 'join', word: 'comma' });
  for (const end of ['.', ';', '!', '\n']) map.set(end, { kind: 'sentenceEnd' });
  put('severity|grade|severity of|of severity|level', { kind: 'severityNumber' });
  for (const [value, list] of SEVERITIES) put(list, { kind: 'severity', value });
  for (const [sides, list] of SIDES) put(list, { kind: 'side', sides });
  for (const [levels, sides, list] of LEVELS)
    put(list, sides === undefined ? { kind: 'level', levels } : { kind: 'level', levels, sides });
  for (const [certainty, applies, list] of CUES) put(list, { kind: 'cue', certainty, applies });
  put(STATES.join('|'), { kind: 'state', still: true });
  put(CHANGES.join('|'), { kind: 'state', still: false });
  put(NEARLY_GONE.join('|'), { kind: 'severity', value: 1 });
  for (const [edit, list] of VERBS) put(list, { kind: 'verb', edit });
  put('to suggest|to indicate|no further|yes|with regard to', { kind: 'neutral' });
  put(
    'incompletely|partially|partly|partial|incomplete|halfway|somewhat|by all|by half|in half|to half|half the|by a third|by a quarter|a bit|ipsilateral|contralateral|comma|full stop|new line|new paragraph|next line',
    { kind: 'neutral' },
  );
  put(SHADES.join('|'), { kind: 'neutral' });
  put('not changed|no acute change|not significantly changed', { kind: 'state', still: true });
  for (const finding of FINDINGS) {
    const { name, synonyms } = knowledgeOf(finding);
    for (const phrase of [name, ...synonyms]) map.set(normalised(phrase), { kind: 'finding', finding });
  }
  put(
    'abnormality|acute dz|acute cp dz|acute cardiopulmonary dz|acute abnormality|acute cardiopulmonary abnormality|acute cardiopulmonary disease|acute cardiopulmonary process|acute cardiopulmonary finding|acute pulmonary abnormality|acute pulmonary disease|acute pulmonary process|acute pulmonary finding|acute disease|active disease|active cardiopulmonary disease|acute process|cardiopulmonary abnormality|cardiopulmonary disease|acute radiographic cardiopulmonary process|acute finding|acute cardiac or pulmonary process|acute cardiopulmonary pathology|acute radiographic abnormality|acute cardiopulmonary abnormality identified|abnormal chest|acute intrathoracic process|acute intrathoracic abnormality|active pulmonary disease|acute cardiac or pulmonary disease|acute cardiac disease|acute cardiac abnormality',
    {
      kind: 'finding',
      finding: 'no_finding',
      inverted: true,
    },
  );
  for (const [finding, list] of SHORT) put(list, { kind: 'finding', finding });
  put('kerley line|kerley b line|kerley a line|septal line', {
    kind: 'finding',
    finding: 'edema',
    certainty: 'possible',
  });
  put('clear|well aerated|clear lung', { kind: 'finding', finding: 'lung_opacity', certainty: 'negated' });
  put('blunting|blunted|blunt|obliteration|obliterated|effacement|effaced', { kind: 'blunted' });
  return map;
}

const PHRASES = build();

/** Words of the longest phrase that begins with a word. */
const LONGEST = new Map<string, number>();
for (const phrase of PHRASES.keys()) {
  const words = phrase.split(' ');
  const [first = ''] = words;
  LONGEST.set(first, Math.max(words.length, LONGEST.get(first) ?? 0));
}

/** How many words a phrase that begins with this one may have; 0 where none does. */
export const longestFrom = (word: string): number => LONGEST.get(word) ?? 0;

const MENDABLE = new Set(['finding', 'side', 'level', 'severity', 'verb']);
/** Every word of the phrases: what is not among them is unknown. */
const ALL_WORDS: ReadonlySet<string> = new Set([...PHRASES.keys()].flatMap((phrase) => phrase.split(' ')));
/** Whether some phrase has the word, in its normal form. */
export const isKnownWord = (word: string): boolean => ALL_WORDS.has(word);
/** Words of findings, sides, levels, grades and verbs: what a slip of the keys may have meant. */
const SPELT_WORDS: readonly string[] = [
  ...new Set(
    [...PHRASES].flatMap(([phrase, { kind }]) =>
      MENDABLE.has(kind) ? phrase.split(' ').filter((word) => word.length >= 4) : [],
    ),
  ),
];
const MENDED = new Map<string, string | undefined>();

/** The known word that an unknown one was to be, one slip of the keys away; undefined for a known word, and where none or several are. */
export function mendedWord(word: string, raw: string): string | undefined {
  if (ALL_WORDS.has(word) || !/^[a-z]+$/.test(word)) return undefined;
  if (MENDED.has(raw)) return MENDED.get(raw);
  // "msas": its last letter was taken for a plural.
  const meant = meantWord(word, SPELT_WORDS) ?? (raw === word ? undefined : meantWord(raw, SPELT_WORDS));
  if (MENDED.size > 5000) MENDED.clear();
  MENDED.set(raw, meant);
  return meant;
}

export function conceptOf(phrase: string): Concept | undefined {
  return PHRASES.get(phrase);
}
