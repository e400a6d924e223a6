/** What the lab takes of jstat, which brings no types. */
declare module 'jstat' {
  const jstat: {
    studentt: {
      /** P(T <= x). */
      cdf(x: number, degrees: number): number;
      /** Its inverse. */
      inv(p: number, degrees: number): number;
    };
  };
  export default jstat;
}
