"use client";

import { CheckboxField } from "@/components/form/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useShortcutsEnabled } from "./shortcuts";

const SHORTCUTS: ReadonlyArray<{ title: string; keys: ReadonlyArray<{ keys: readonly string[]; what: string }> }> = [
  {
    title: "Everywhere",
    keys: [
      { keys: ["Ctrl / ⌘", "K"], what: "Search and commands" },
      { keys: ["/"], what: "Search and commands, on pages without a search of their own" },
      { keys: ["?"], what: "This list" },
      { keys: ["Esc"], what: "Close a dialog or menu" },
    ],
  },
  {
    title: "In lists",
    keys: [
      { keys: ["/"], what: "Go to the search, or the first filter" },
      { keys: ["↓"], what: "From the search into the rows" },
      { keys: ["j", "k"], what: "Next, previous row" },
      { keys: ["Enter"], what: "Open the row" },
      { keys: ["Space"], what: "Look at the row’s user beside the list; j and k move on" },
      { keys: ["x"], what: "Select the row" },
      { keys: ["Shift", "x"], what: "Select all rows from the last selected one" },
      { keys: ["b"], what: "From the rows to the bulk actions" },
      { keys: ["Esc"], what: "From the bulk actions back to the rows" },
    ],
  },
];

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [enabled, setEnabled] = useShortcutsEnabled();
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" size="sm">
      <div className="flex flex-col gap-5">
        {SHORTCUTS.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 font-medium text-ink-muted text-xs">{group.title}</h3>
            <dl className="divide-y">
              {group.keys.map((shortcut) => (
                <div key={shortcut.what} className="flex min-h-9 items-center justify-between gap-4 text-13">
                  <dt>{shortcut.what}</dt>
                  <dd className="flex gap-1">
                    {shortcut.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <CheckboxField
          label="Single-key shortcuts"
          hint="Turn them off if voice or switch control triggers them by mistake. Applies to this browser."
          checked={enabled}
          onCheckedChange={(checked) => setEnabled(checked === true)}
        />
      </div>
    </Dialog>
  );
}
