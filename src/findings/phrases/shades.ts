/** How lung is asked to be whiter or darker. */

import { each } from './each';

/** "More white", "less opaque": two words for one shade. */
export const SHADES = [
  ...each(
    ['more', 'less', 'too'],
    [
      'white',
      'opaque',
      'hazy',
      'dense',
      'cloudy',
      'bright',
      'foggy',
      'black',
      'dark',
      'lucent',
      'clear',
      'transparent',
    ],
  ),
  ...['whiter', 'brighter', 'denser', 'hazier', 'cloudier', 'foggier', 'opaquer', 'darker', 'blacker', 'clearer'],
  ...['thicker', 'thinner', 'wider', 'narrower', 'taller', 'higher', 'gentler', 'subtler', 'lighter', 'severer'],
];
