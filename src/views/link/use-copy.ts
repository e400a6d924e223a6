import { useCallback, useState } from 'react';

export type Copied = 'not-yet' | 'copied' | 'refused';

/** Puts a text on the clipboard; a browser may refuse, and then it is for the visitor to copy by hand. */
export function useCopy() {
  const [copied, setCopied] = useState<Copied>('not-yet');
  const copy = useCallback(async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('copied');
    } catch {
      setCopied('refused');
    }
  }, []);
  return { copied, copy, forget: useCallback(() => setCopied('not-yet'), []) };
}
