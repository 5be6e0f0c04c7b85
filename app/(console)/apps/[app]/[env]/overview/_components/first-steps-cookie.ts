/**
 * Set in a browser in which the list of first steps is hidden, below the pages of one environment. Apart, because the page
 * reads it on the server and the button sets it in the browser.
 */
export const FIRST_STEPS_COOKIE = "first-steps";

export const FIRST_STEPS_HIDDEN = "hidden";
