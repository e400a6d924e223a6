import type { Conclusion } from '../../protocol/results';

/** The first sentence is the headline; the figures behind it follow in the size of a text. */
export function ConclusionText({ conclusion: { claim, caution }, headline }: { conclusion: Conclusion; headline: string }) {
  const end = claim.indexOf('. ');
  const [first, rest] = end < 0 ? [claim, ''] : [claim.slice(0, end + 1), claim.slice(end + 2)];
  return (
    <>
      <p className={headline}>{first}</p>
      {rest && <p>{rest}</p>}
      <p>{caution}</p>
    </>
  );
}
