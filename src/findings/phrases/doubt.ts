/** How it is left open whether something is there. */

import { each } from './each';

const EXCLUDE = ['exclude', 'rule out', 'dismiss', 'discount', 'eliminate'];
const EXCLUDED = ['excluded', 'ruled out', 'dismissed', 'discounted', 'disregarded', 'eliminated'];
const HARD = ['difficult to', 'hard to', 'impossible to', 'unable to', 'not possible to', 'not able to'];
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
/** What holds only if the patient's story fits: on either side, too. */
export const IF_IT_FITS = each(
  ['in the', 'given the', 'in an', 'with the'],
  ['appropriate', 'right', 'proper', 'correct', 'suitable', 'applicable'],
  ['clinical', 'patient', ''],
  ['setting', 'context', 'scenario', 'history'],
);
const MODALS = ['may', 'might', 'could', 'would', 'can'];
/** "May reflect", "raises the possibility of": said before the finding. */
export const MAY_MEAN = [
  ...each(
    MODALS,
    ['', 'also', 'well', 'still', 'simply'],
    [
      'represent',
      'reflect',
      'be',
      'indicate',
      'suggest',
      'have',
      'mean',
      'signify',
      'correspond to',
      'relate to',
      'be related to',
      'be due to',
      'be secondary to',
      'be from',
      'be caused by',
      'be explained by',
      'be consistent with',
      'be compatible with',
      'be a sign of',
      'be in keeping with',
      'point to',
      'hint at',
    ],
  ),
  ...each(
    ['raise', 'raising', ''],
    ['the', ''],
    [
      'question of',
      'possibility of',
      'suspicion of',
      'suspicion for',
      'concern for',
      'concern of',
      'likelihood of',
      'risk of',
    ],
  ),
  ...each(
    ['', 'most', 'highly', 'somewhat', 'mildly', 'vaguely', 'faintly'],
    ['suspicious', 'concerning', 'worrisome', 'suggestive', 'questionable'],
    ['for', 'of'],
  ),
  ...each(
    ['', 'faint', 'vague', 'subtle', 'slight', 'some'],
    ['suggestion', 'hint', 'suspicion', 'impression'],
    ['of'],
  ),
  ...each(
    [
      'the differential',
      'differential',
      'differential diagnosis',
      'differential consideration',
      'diagnostic consideration',
      'consideration',
    ],
    [
      'include',
      'including',
      'is',
      'are',
      'would include',
      'could include',
      'may include',
      'might include',
      'for this include',
      'of which include',
      'of which could include',
      'of which would include',
      'includes',
      ':',
    ],
  ),
  ...each(MODALS, ['', 'also'], ['include']),
  ...each(['question', 'questioning', 'concern is for', 'concern would be for', 'the question is']),
  ...each(
    ['', 'is', 'are', 'it is', 'remain', 'it remain'],
    [
      'unclear',
      'uncertain',
      'hard to say',
      'hard to tell',
      'difficult to say',
      'difficult to tell',
      'not clear',
      'not sure',
      'unsure',
      'not certain',
      'cannot say',
      'can not say',
      'cannot tell',
      'can not tell',
    ],
    ['if', 'whether', 'if there is', 'whether there is', 'if there are', 'whether there are'],
  ),
  ...each([
    'consider',
    'considering',
    'suspect',
    'suspecting',
    'suspicion of',
    'wonder about',
    'worry about',
    'think of',
  ]),
];
/** "Is in the differential", "should be considered": said after it. */
export const MAY_BE_SO = [
  ...each(
    [
      'is',
      'are',
      'was',
      'remain',
      'remains',
      'would be',
      'could be',
      'should be',
      'need to be',
      'has to be',
      'must be',
      'might be',
      'may be',
      'to be',
      'can be',
    ],
    ['', 'also', 'still', 'therefore', 'thus'],
    [
      'suspected',
      'questionable',
      'questioned',
      'possible',
      'a possibility',
      'a consideration',
      'another consideration',
      'a further consideration',
      'another possibility',
      'a further possibility',
      'a concern',
      'a differential',
      'a differential diagnosis',
      'considered',
      'in the differential',
      'in the differential diagnosis',
      'on the differential',
      'among the differential',
      'part of the differential',
      'favored',
      'suggested',
      'uncertain',
      'not certain',
      'equivocal',
      'conceivable',
      'likely',
      'probable',
      'presumed',
      'kept in mind',
      'borne in mind',
      'thought of',
    ],
  ),
  ...each(
    MODALS,
    ['', 'also', 'still', 'well'],
    ['be'],
    ['present', 'there', 'seen', 'developing', 'hidden', 'superimposed'],
  ),
];
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
  'thought less likely than',
  'favor',
  'favoring',
  'likely to represent',
  ...each(
    ['', 'is', 'are', 'was', 'were'],
    ['favored', 'felt', 'thought', 'presumed', 'believed', 'considered'],
    ['to represent', 'to be', 'to reflect', 'to be due to', 'as'],
  ).filter((phrase) => !/(felt|thought|believed|considered) as$/.test(phrase)),
];
/** One of two is the likelier: either may be the truth. */
export const RATHER_THAN = [
  'less likely than',
  'is less likely than',
  'thought less likely than',
  'is thought less likely than',
  'is thought more likely than',
  'is likelier than',
  'in preference to',
  'as opposed to',
  'favored over',
  'is favored over',
  'preferred over',
  'more likely than',
  'likelier than',
  'rather than',
  'is more likely than',
];
