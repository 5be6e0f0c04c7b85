/** A Chromium that starts here; undefined when there is none. */
export function findBrowser(): Promise<string | undefined>;
/** The Chromium for the end-to-end tests, installed when there is none. Throws with a sentence when that fails. */
export function ensureBrowser(): Promise<string>;
