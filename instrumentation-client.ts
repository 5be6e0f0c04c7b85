import { config } from "zod/v4/core";

// Next runs this before any other code of a page. zod tries, when the first schema is made, whether it may compile code: the
// policy of pages (lib/http/browser-policy.ts) forbids that, and browsers report each try.
config({ jitless: true });
