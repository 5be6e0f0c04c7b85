/** Set in a browser in which the list of first steps is hidden, below the pages of one environment. Browser-safe. */
export const FIRST_STEPS_COOKIE = "first-steps";

export const FIRST_STEPS_HIDDEN = "hidden";
