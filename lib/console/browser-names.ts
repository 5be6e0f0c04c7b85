/**
 * Names in a page's query string that only the browser reads, and changes without asking the server: which dialog or panel is
 * open, which columns are shown, whether pages are drawn for pictures. `proxy.ts` keeps them from the pages: Next takes a page
 * whose query string the server knows and its router does not for another page, reads it twice, and may show neither when it
 * is changed meanwhile.
 */
export const BROWSER_NAMES = ["dialog", "peek", "entry", "delivery", "operator", "cols", "visual"] as const;

export type BrowserName = (typeof BROWSER_NAMES)[number];

/** The panels about one row of a list. */
export type PanelName = Exclude<BrowserName, "dialog" | "cols" | "visual">;
