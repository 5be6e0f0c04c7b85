/** One thing that `doctor` has looked at. */
export interface Finding {
  readonly check: string;
  /** `note`: worth knowing, but nothing is broken. */
  readonly state: "ok" | "note" | "wrong";
  readonly detail: string;
}

export const ok = (check: string, detail: string): Finding => ({ check, state: "ok", detail });
export const note = (check: string, detail: string): Finding => ({ check, state: "note", detail });
export const wrong = (check: string, detail: string): Finding => ({ check, state: "wrong", detail });
