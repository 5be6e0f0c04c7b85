/** Rows per page that a list of the console offers. */
export const PAGE_SIZES = [25, 50, 100] as const;

/** Where counting stops: beyond it an operator does not need the exact number, and the server not the work. */
export const COUNT_CAP = 10_000;
