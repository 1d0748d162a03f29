/** Families of phrases that deny, doubt, leave open, or tell a change, spelt out from their parts. */

/** Every way to take one of each, joined by spaces; an empty part leaves no trace. */
function each(...parts: readonly (readonly string[])[]): readonly string[] {
  return parts.reduce<readonly string[]>(
    (firsts, next) => firsts.flatMap((first) => next.map((word) => `${first} ${word}`.trim())),
    [''],
  );
}

const EXCLUDE = ['exclude', 'rule out'];
const EXCLUDED = ['excluded', 'ruled out'];
const HARD = ['difficult to', 'hard to', 'impossible to', 'unable to', 'not possible to'];
const CANNOT = ['cannot', 'can not', "can't", 'could not', "couldn't", 'may not'];

/** "Cannot be excluded", "not ruled out": said after the finding. */
export const NOT_EXCLUDED = [
  ...each(CANNOT, ['be'], EXCLUDED),
  ...each(['', 'is', 'are', 'was', 'has', 'have'], ['not', 'not been', 'not be'], EXCLUDED),
];
/** "Cannot exclude", "does not rule out": said before it. */
export const NOT_EXCLUDE = [
  ...each(CANNOT, EXCLUDE),
  ...each(['do', 'does', 'did', ''], ['not'], EXCLUDE),
  ...each(['without excluding', 'not excluding']),
];
/** "Difficult to exclude": on either side. */
export const HARD_TO_EXCLUDE = each(['', 'is', 'are'], HARD, EXCLUDE);

const CHANGE = [
  'change',
  'improvement',
  'increase',
  'decrease',
  'reduction',
  'clearing',
  'resolution',
  'progression',
  'worsening',
  'growth',
  'enlargement',
];
const NOTABLE = [
  '',
  'interval',
  'significant',
  'significant interval',
  'substantial',
  'appreciable',
  'definite',
  'further',
  'meaningful',
  'relevant',
];
const CHANGED = [
  'improved',
  'increased',
  'decreased',
  'worse',
  'worsened',
  'reduced',
  'smaller',
  'larger',
  'resolved',
  'cleared',
  'changed',
  'progressed',
  'enlarged since',
];

/** What tells that a finding is still there, or there anew: a thought of its own. */
export const STATES = [
  ...each(['no', 'without', 'minimal', 'little', 'not much'], NOTABLE, CHANGE, [
    'in',
    'of',
    'in size of',
    'in the size of',
    'in size',
    '',
  ]).filter((phrase) => !/^without clearing$|^no (definite )?enlargement$/.test(phrase)),
  ...each(
    ['incomplete', 'partial', 'slow', 'some', 'ongoing', 'mild', 'moderate', 'slight', 'marked'],
    ['', 'interval'],
    CHANGE,
    ['in', 'of', ''],
  ),
  ...each(
    [
      'incompletely',
      'partially',
      'partly',
      'not',
      'has not',
      'have not',
      'not yet',
      'has partially',
      'mild',
      'slight',
      'moderate',
      'marked',
      'minimal',
      'minimally',
    ],
    CHANGED,
  ).filter((phrase) => !/changed$/.test(phrase) || phrase.startsWith('not')),
  ...[
    'stable',
    'unchanged',
    'persistent',
    'persisting',
    'persist',
    'known',
    'residual',
    'remaining',
    'unresolved',
    'ongoing',
    'redemonstrated',
    'redemonstration of',
    'again seen',
    'again noted',
    'similar',
    'continued',
    'longstanding',
    'long standing',
  ],
];
/** What tells of a change, but may stand in a denied list as well: "no effusion, new nodule, or mass". */
export const CHANGES = [
  'new',
  'increased',
  'increasing',
  'decreased',
  'decreasing',
  'worsening',
  'worsened',
  'improved',
  'improving',
  'enlarging',
  'resolving',
  'recurrent',
  'chronic',
  'evolving',
  'developing',
];

/** All but gone: there, and little. */
export const NEARLY_GONE = [
  ...each(
    ['nearly', 'almost', 'essentially', 'largely', 'mostly', 'virtually'],
    ['resolved', 'cleared', 'gone', 'disappeared'],
  ),
  ...each(
    ['near', 'near complete', 'near total', 'almost complete', 'nearly complete', 'virtually complete'],
    ['interval', ''],
    ['resolution', 'clearing'],
    ['of', ''],
  ),
];
/** Gone: of the finding just before, else of what follows. */
export const GONE = [
  'resolved',
  'cleared',
  'disappeared',
  'gone',
  'has resolved',
  'have resolved',
  'is resolved',
  'are resolved',
  'has cleared',
  'have cleared',
  'has gone',
  'is gone',
  'vanished',
  'no more',
];

/** What is asked, remembered, or cannot be judged is not said to be there. */
export const UNSAID = [
  ...each(
    [
      'evaluate',
      'evaluation',
      'evaluating',
      'assess',
      'assessment',
      'assessing',
      'screen',
      'screening',
      'sensitivity',
      'specificity',
      'detection',
      'look',
      'looking',
      'check',
      'checking',
      'workup',
      'work up',
    ],
    ['for', 'of'],
    ['', 'the presence of', 'possible', 'suspected', 'any'],
  ),
  ...each(
    ['sensitivity', 'ability', ''],
    ['to detect', 'to identify', 'in detecting', 'for detecting', 'for detection of', 'for the detection of'],
  ),
  ...each(['may', 'might', 'could', 'can'], ['obscure', 'mask', 'hide', 'conceal', 'mimic', 'simulate']),
  ...[
    'rule out',
    'r o',
    'history of',
    'h o',
    'hx of',
    'known history of',
    'prior history of',
    'remote history of',
    'previous history of',
    'past history of',
    'treated for',
    'being treated for',
    'query from referrer',
    'sequela of',
    'sequelae of',
  ],
];
export const UNSAID_AFTER = each(
  ['cannot be', 'can not be', 'could not be', 'is not', 'not'],
  ['assessed', 'evaluated'],
);

/** Doubt that leans to no. */
export const DOUBTED = [
  'less likely',
  'probably not',
  'likely not',
  'not likely',
  'most likely not',
  'possibly not',
  'presumably not',
  'unlikely to represent',
  'unlikely to be',
  'unlikely to reflect',
  'not typical of',
  'not typical for',
  'doubtful',
  'doubt',
  'favor',
  'favoring',
  'favored to represent',
  'favored to be',
  'felt to represent',
  'thought to represent',
  'likely to represent',
];
/** One of two is the likelier: either may be the truth. */
export const RATHER_THAN = [
  'favored over',
  'is favored over',
  'preferred over',
  'more likely than',
  'likelier than',
  'rather than',
  'is more likely than',
];
