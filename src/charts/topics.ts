import type { SeriesStyle } from './palette';

/**
 * Colour and marker of the topics of a word cloud, in their order: no chart shows topics and methods together, and the cloud's legend says
 * that here a colour is a topic. Neighbours in colour, to whichever eye, differ in marker.
 */
const TOPICS: readonly Omit<SeriesStyle, 'dash'>[] = [
  { light: '#B5450B', dark: '#F58549', marker: 'circle' },
  { light: '#0B6E4F', dark: '#4CC9A0', marker: 'square' },
  { light: '#0068B0', dark: '#4FB0F5', marker: 'diamond' },
  { light: '#8F6F00', dark: '#E3C14B', marker: 'triangle' },
  { light: '#B8326A', dark: '#F077A5', marker: 'cross' },
  { light: '#39424E', dark: '#D3DAE3', marker: 'star' },
  { light: '#6A3FC0', dark: '#B794F6', marker: 'wye' },
  { light: '#0E7C86', dark: '#3CCFDB', marker: 'circle' },
  { light: '#A8322A', dark: '#FF8A80', marker: 'diamond' },
  { light: '#5E7A12', dark: '#B5D35A', marker: 'wye' },
];

export const topicStyles = TOPICS.length;

/** The style of the topic at a place of the list; a list that is longer begins again. */
export function topicStyle(place: number): Omit<SeriesStyle, 'dash'> {
  return TOPICS[place % TOPICS.length];
}
