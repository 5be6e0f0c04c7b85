/** Either what was found, one line each, or why nothing was checked. */
type Look =
  | { readonly findings: string[]; readonly unchecked?: undefined }
  | { readonly unchecked: string; readonly findings?: undefined };
/** What `npm audit signatures --json` wrote: the packages whose signature is wrong or missing, or why nothing was checked. */
export function readSignatures(text: string): Look;
/** What `npm audit --json` wrote: the packages with advisories, or why nothing was checked. */
export function readAdvisories(text: string): Look;
