/** Less than any value that a network takes the largest of, and finite: 0 times it is 0. */
export const noValue = -3e38;
