/** Remembers the last call of a selector, compared argument by argument: a derived value keeps its identity while its sources keep theirs. */
export function memoised<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | null = null;
  return (...args) => {
    if (last && last.args.length === args.length && last.args.every((value, i) => Object.is(value, args[i]))) return last.result;
    last = { args, result: compute(...args) };
    return last.result;
  };
}
