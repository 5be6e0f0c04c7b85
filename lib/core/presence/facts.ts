/** Kinds of devices that connect. Browser-safe. */
export const PLATFORMS = ["Android", "iOS", "HarmonyOS", "Web", "PC", "MiniProgram"] as const;
