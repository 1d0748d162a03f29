/** Two worlds that share most of themselves. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden>
      <circle cx="9" cy="12" r="6.6" stroke="#eceff1" strokeWidth="1.6" />
      <circle cx="15" cy="12" r="6.6" stroke="#3fc1d8" strokeWidth="1.6" />
      <path d="M12 6.12a6.6 6.6 0 0 1 0 11.76 6.6 6.6 0 0 1 0-11.76Z" fill="#3fc1d8" fillOpacity="0.28" />
    </svg>
  );
}
