import { isRecord } from "@/lib/is-record";

/**
 * What was typed and is not saved, kept over a reload for a new version. Fields are told apart as people do: by the dialog
 * they stand in and their label. Never kept: passwords, and what stands in an element with `data-secret`.
 */

const KEY = "typed-before-reload";

interface KeptField {
  /** The title of the dialog; "" on the page itself. */
  readonly dialog: string;
  readonly label: string;
  /** Among the fields of that dialog with that label. */
  readonly index: number;
  /** Of a switch, tick box or radio button: "true" or "false". */
  readonly value: string;
}

const isKeptField = (stored: unknown): stored is KeptField =>
  isRecord(stored) &&
  typeof stored.dialog === "string" &&
  typeof stored.label === "string" &&
  typeof stored.index === "number" &&
  typeof stored.value === "string";

const FIELDS = "input, textarea, select, [role=switch], [role=checkbox], [role=radio]";
const TOGGLES = "[role=switch], [role=checkbox], [role=radio], input[type=checkbox], input[type=radio]";

const touched = new Set<Element>();

/** Remembers which fields somebody has used. Returns what ends it. */
export function watchInput(): () => void {
  const remember = ({ type, target }: Event) => {
    if (!(target instanceof Element)) return;
    const field = target.closest(FIELDS);
    if (field !== null && (type !== "click" || field.matches(TOGGLES))) touched.add(field);
  };
  document.addEventListener("input", remember, true);
  document.addEventListener("click", remember, true);
  return () => {
    document.removeEventListener("input", remember, true);
    document.removeEventListener("click", remember, true);
    touched.clear();
  };
}

const textOf = (ids: string | null) =>
  (ids ?? "")
    .split(" ")
    .map((id) => (id === "" ? "" : (document.getElementById(id)?.textContent ?? "")))
    .join(" ")
    .trim();

const dialogOf = (field: Element) => {
  const dialog = field.closest("[role=dialog], [role=alertdialog]");
  return dialog === null ? "" : textOf(dialog.getAttribute("aria-labelledby"));
};

function labelOf(field: Element): string {
  const labels = "labels" in field ? [...((field as HTMLInputElement).labels ?? [])] : [];
  const named = textOf(field.getAttribute("aria-labelledby")) || field.getAttribute("aria-label");
  return named || labels[0]?.textContent?.trim() || field.getAttribute("name") || field.getAttribute("value") || "";
}

function fieldsLike(dialog: string, label: string): Element[] {
  return [...document.querySelectorAll(FIELDS)].filter(
    (field) => dialogOf(field) === dialog && labelOf(field) === label,
  );
}

const isSecret = (field: Element) =>
  (field instanceof HTMLInputElement && (field.type === "password" || field.type === "file")) ||
  field.closest("[data-secret]") !== null;

function fieldValue(field: Element): string {
  if (field instanceof HTMLInputElement && field.matches(TOGGLES)) return String(field.checked);
  if (field.matches(TOGGLES)) return field.getAttribute("aria-checked") ?? "false";
  return (field as HTMLInputElement).value;
}

function keep(): void {
  const fields = [...touched]
    .filter((field) => field.isConnected && !isSecret(field))
    .map((field): KeptField => {
      const [dialog, label] = [dialogOf(field), labelOf(field)];
      return { dialog, label, index: fieldsLike(dialog, label).indexOf(field), value: fieldValue(field) };
    });
  if (fields.length === 0) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify({ path: window.location.pathname, fields }));
}

/** Loads the page anew, in the version that the server runs now; what was typed comes back. */
export function reloadKeepingInput(): void {
  keep();
  // What was typed is safe: nobody needs to ask before leaving.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
  window.location.reload();
}

function fill(field: Element, value: string): void {
  if (field.matches(TOGGLES)) {
    if (fieldValue(field) !== value) (field as HTMLElement).click();
    return;
  }
  // React reads a field's value by the setter that it has put before the element's own.
  const prototype = Object.getPrototypeOf(field) as object;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
}

interface Restoring {
  /** Titles of the dialogs that hold more of what was typed, once they are opened again. */
  readonly dialogs: readonly string[];
  readonly filled: number;
}

/**
 * Puts back what was typed before the reload: at once what is on the page, and in a dialog as soon as it is open. Tells
 * `onChange` each time. Returns what ends it; null when nothing was kept for this page.
 */
export function restoreInput(onChange: (state: Restoring) => void): (() => void) | null {
  const stored = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (stored === null) return null;
  const kept: unknown = JSON.parse(stored);
  if (!isRecord(kept) || kept.path !== window.location.pathname || !Array.isArray(kept.fields)) return null;
  let left = kept.fields.filter(isKeptField);
  let filled = 0;
  const look = () => {
    // Before the page's controls respond, what is put into them is lost.
    if (document.documentElement.dataset.hydrated !== "true") return;
    const before = left.length;
    left = left.filter(({ dialog, label, index, value }) => {
      const field = fieldsLike(dialog, label)[index];
      if (field === undefined) return true;
      fill(field, value);
      filled += 1;
      return false;
    });
    if (left.length === 0) observer.disconnect();
    if (left.length !== before || filled === 0)
      onChange({ filled, dialogs: [...new Set(left.map(({ dialog }) => dialog).filter((title) => title !== ""))] });
  };
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-hydrated"] });
  look();
  return () => observer.disconnect();
}
