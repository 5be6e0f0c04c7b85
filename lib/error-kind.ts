const KIND: unique symbol = Symbol.for("im-user-service.error-kind");

/**
 * A class to extend instead of `Error`, so that `instanceof` asks an error what it is and not which constructor made it. The
 * built console holds a module once for each bundle that uses it, and what stands on `globalThis` (the context with its
 * way out) comes from another bundle than the action that uses it: its errors have another constructor of the same name.
 */
export function errorOfKind(kind: string) {
  return class extends Error {
    static override [Symbol.hasInstance](value: unknown): boolean {
      return typeof value === "object" && value !== null && KIND in value && value[KIND] === kind;
    }

    get [KIND](): string {
      return kind;
    }
  };
}
