// Set by next.config.ts while the console is built; tests have no build.
declare const __CONSOLE_VERSION__: string | undefined;

/** Names the build that this code belongs to, in the browser and on the server: the same for the same sources. */
export const CONSOLE_VERSION: string = typeof __CONSOLE_VERSION__ === "string" ? __CONSOLE_VERSION__ : "unbuilt";

/** The header in which every endpoint of the console names its version, so that an older page notices. */
export const VERSION_HEADER = "x-console-version";
