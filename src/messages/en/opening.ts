/** While files hover over the window. */

import { message } from '../message';

export const drop = message('Drop to open');
