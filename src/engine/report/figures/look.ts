import type { SeriesLook } from '../../../protocol/report';

/** How a method or a schedule is drawn: the page's own palette, passed in, since charts and engine don't know each other. */
export type LookOf = (id: string) => SeriesLook;

/** Style of a figure's series by class `s0`, `s1`, ...: a drawing stands in a page that it can't ask for its theme. */
export function seriesCss(looks: readonly SeriesLook[]): string {
  const rules = (scheme: 'light' | 'dark') => looks.map((look, i) => `.s${i}{color:${colour(look[scheme])}}`).join('');
  return `${rules('light')}@media (prefers-color-scheme:dark){${rules('dark')}}`;
}

/** @throws RangeError for anything else: it would end up in a style sheet */
function colour(text: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(text)) throw new RangeError(`${text} is no colour`);
  return text;
}

export function dashOf({ dash }: SeriesLook): string {
  return /^[\d .]+$/.test(dash) ? ` stroke-dasharray="${dash}"` : '';
}
