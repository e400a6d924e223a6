/** For tests only: lines `CLASS<tab>PROBABILITY`, as the examples of exports print them. */
export function readExample(lines: readonly string[]): [string, number][] {
  return lines.map((line) => {
    const [name, share] = line.split('\t');
    return [name, Number(share)];
  });
}
