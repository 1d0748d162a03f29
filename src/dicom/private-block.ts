/** Our private attributes: who reserves them, and the one that holds the recipe as JSON (VR UT). */

export const PRIVATE_CREATOR = 'COUNTERPART';
export const CREATOR_TAG = '00090010';
export const RECIPE_TAG = '00091001';
