/** Whether the user asked the system for less motion: then nothing moves that was not started by hand. */
export function prefersReducedMotion(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}
