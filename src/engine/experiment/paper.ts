/** The rate that the paper's first claim is about (Acharya et al., AAAI 2019). */
export const paperRate = 0.9;

/** What its method loses there at most, as a fraction of test accuracy. */
export const paperLoss = 0.01;
