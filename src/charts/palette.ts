/**
 * One colour and one dash a method, on every chart and in every table: the chrome of the lab has no hue of its own, so that a hue always
 * means a method. Derived from Okabe and Ito's palette, each colour moved until it has 3:1 against both surfaces; the dashes
 * differ as well, and so do the markers, so that no difference rests on hue alone.
 */
export interface SeriesStyle {
  /** On the light surface. */
  light: string;
  /** On the dark surface. */
  dark: string;
  /** SVG `stroke-dasharray`; empty for a solid line. */
  dash: string;
  marker: Marker;
}

export type Marker = 'circle' | 'square' | 'diamond' | 'triangle' | 'cross' | 'star' | 'wye';
export type Scheme = 'light' | 'dark';

const METHODS: Readonly<Record<string, SeriesStyle>> = {
  full: { light: '#39424E', dark: '#D3DAE3', dash: '', marker: 'circle' },
  'low-rank': { light: '#0068B0', dark: '#4FB0F5', dash: '', marker: 'diamond' },
  'low-rank-weighted': { light: '#0B7F8C', dark: '#3CCFDB', dash: '10 3', marker: 'diamond' },
  'low-rank-weighted-quantized': { light: '#00695C', dark: '#5EE0B8', dash: '', marker: 'square' },
  'low-rank-direct': { light: '#27509A', dark: '#7D9BE8', dash: '8 3 2 3', marker: 'diamond' },
  'low-rank-8bit': { light: '#2F7DD1', dark: '#8CC6FF', dash: '2 2', marker: 'diamond' },
  'pre-compressed': { light: '#B5330A', dark: '#F2703A', dash: '7 4', marker: 'square' },
  'pre-compressed-frozen': { light: '#BB8200', dark: '#FFD057', dash: '2 3', marker: 'triangle' },
  'quantized-min-max': { light: '#007A5A', dark: '#25C795', dash: '10 3 2 3', marker: 'cross' },
  'quantized-mse': { light: '#BF3D8F', dark: '#EE78BD', dash: '5 2', marker: 'star' },
  codebook: { light: '#5A2BD8', dark: '#8A70FF', dash: '3 5', marker: 'wye' },
  'product-quantized': { light: '#8A4B2A', dark: '#DBA27F', dash: '12 4', marker: 'star' },
  random: { light: '#6F7782', dark: '#98A2AE', dash: '1 4', marker: 'circle' },
};

/** A schedule's colour, wherever schedules are set against each other: no such chart shows methods. */
const SCHEDULES: Readonly<Record<string, Pick<SeriesStyle, Scheme>>> = {
  calr: { light: '#0B6E4F', dark: '#4CC9A0' },
  clr: { light: '#B5450B', dark: '#F58549' },
  fixed: { light: '#39424E', dark: '#D3DAE3' },
  linear: { light: '#7A4FB5', dark: '#B794F6' },
  cosine: { light: '#0068B0', dark: '#4FB0F5' },
  'clr-triangular2': { light: '#8F6F00', dark: '#E3C14B' },
  'clr-exp-range': { light: '#B8326A', dark: '#F077A5' },
  sgdr: { light: '#0E7C86', dark: '#45C8D4' },
  step: { light: '#6B7280', dark: '#A3ADB9' },
  exponential: { light: '#8A4B2A', dark: '#DBA27F' },
  'one-cycle': { light: '#4B5BD6', dark: '#98A4FF' },
};

/** A lane's dash and marker: two lanes of one schedule have its colour, and differ by these. */
const LANES: Readonly<Record<string, Pick<SeriesStyle, 'dash' | 'marker'>>> = {
  a: { dash: '', marker: 'circle' },
  b: { dash: '8 4', marker: 'square' },
  c: { dash: '2 3', marker: 'diamond' },
  d: { dash: '10 3 2 3', marker: 'triangle' },
  e: { dash: '5 2', marker: 'star' },
  f: { dash: '12 4 4 4', marker: 'wye' },
};

const DASHES = ['6 3', '3 3', '9 3 3 3', '1 3', '12 3', '4 2 1 2'];
const MARKERS: Marker[] = ['circle', 'square', 'diamond', 'triangle', 'cross', 'star', 'wye'];

/** A method's style; an unknown id (a method added later) always gets the same one, computed from its letters. */
export function styleOf(method: string): SeriesStyle {
  const known = METHODS[method];
  if (known) return known;
  const hash = [...method].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
  const hue = hash % 360;
  return {
    light: hslToHex(hue, 0.62, lightnessFor(hue, 0.62, '#FFFFFF', -1)),
    dark: hslToHex(hue, 0.6, lightnessFor(hue, 0.6, '#14181D', 1)),
    dash: DASHES[hash % DASHES.length],
    marker: MARKERS[hash % MARKERS.length],
  };
}

export function colorOf(method: string, scheme: Scheme): string {
  return styleOf(method)[scheme];
}

/** The style of a lane: the colour is its schedule's, dash and marker are its own. */
export function laneStyle(lane: string, schedule: string): SeriesStyle {
  const { light, dark } = SCHEDULES[schedule] ?? styleOf(schedule);
  return { light, dark, ...(LANES[lane] ?? LANES.a) };
}

/** The style of a schedule by itself. */
export function scheduleStyle(schedule: string): SeriesStyle {
  return laneStyle('a', schedule);
}

export const knownSchedules: readonly string[] = Object.keys(SCHEDULES);

export const knownMethods: readonly string[] = Object.keys(METHODS);

/** WCAG contrast of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

export function toRgb(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as [number, number, number];
}

function luminance(hex: string): number {
  const [r, g, b] = toRgb(hex).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Moves away from the surface until the contrast is comfortable. */
function lightnessFor(hue: number, saturation: number, surface: string, direction: 1 | -1): number {
  let lightness = 0.5;
  while (contrast(hslToHex(hue, saturation, lightness), surface) < 4.5 && lightness > 0.1 && lightness < 0.9) lightness += 0.02 * direction;
  return lightness;
}

function hslToHex(hue: number, saturation: number, lightness: number): string {
  const amplitude = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value = lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`.toUpperCase();
}
