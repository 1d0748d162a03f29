/** Whether Command takes the place of Control. */
export const isApple: boolean = /Mac|iPhone|iPad/.test(navigator.userAgent);
