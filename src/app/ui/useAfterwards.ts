import { startTransition, useEffect, useState } from 'react';

/** False when first drawn, true once that is on the screen: for a part that would make one long task of what stands around it. */
export function useAfterwards(): boolean {
  const [due, setDue] = useState(false);
  useEffect(() => {
    startTransition(() => {
      setDue(true);
    });
  }, []);
  return due;
}
