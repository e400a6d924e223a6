const shapes: Readonly<Record<string, string>> = {
  circle: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  square: 'M-3.6-3.6h7.2v7.2h-7.2z',
  diamond: 'M0-5L5 0L0 5L-5 0z',
  triangle: 'M0-5L4.8 3.6H-4.8z',
  cross: 'M-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z',
  star: 'M0-5.4L1.5-1.7L5.4-1.7L2.3 0.7L3.4 4.5L0 2.2L-3.4 4.5L-2.3 0.7L-5.4-1.7L-1.5-1.7z',
  wye: 'M0 0L-4.5-2.6L-3-5L0-3.2L3-5L4.5-2.6L1.6-0.9V4.6H-1.6V-0.9z',
};

/** A filled marker at a place. */
export function marker(shape: string, x: number, y: number, attributes = ''): string {
  return `<path d="${shapes[shape] ?? shapes.circle}" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" fill="currentColor"${attributes}/>`;
}
