"use client";

import { useRef, useState } from "react";
import { Checkbox } from "@/components/form/checkbox";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { Dialog } from "@/components/ui/dialog";
import { isSameSetting, SETTINGS, type SettingKey, settingValueText } from "@/lib/core/settings/facts";
import type { Settings } from "@/lib/core/settings/schema";
import { settingLabel } from "../../../_settings-actions/reviewed-changes";

interface Props {
  /** What is saved here, in Production. */
  saved: Settings;
  development: Settings;
  disabled: boolean;
  /** The chosen values, to be reviewed. */
  onChosen: (changes: Partial<Settings>) => void;
}

/** Where Development's settings differ, with a tick for each that Production is to have. Saves nothing. */
export function CopyFromDevelopment({ saved, development, disabled, onChosen }: Props) {
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<SettingKey>>(new Set());
  const differing = SETTINGS.map(({ key }) => key).filter((key) => !isSameSetting(saved[key], development[key]));
  const chosen = differing.filter((key) => !left.has(key));
  const tick = (keys: readonly SettingKey[], ticked: boolean) =>
    setLeft((before) => new Set(ticked ? [...before].filter((key) => !keys.includes(key)) : [...before, ...keys]));
  const close = () => setOpen(false);
  return (
    <>
      <Button
        ref={opener}
        disabled={disabled}
        onClick={() => {
          setLeft(new Set());
          setOpen(true);
        }}
      >
        Copy from Development…
      </Button>
      <Dialog
        open={open}
        onClose={close}
        size="lg"
        returnFocusTo={opener}
        title="Copy settings from Development"
        description={
          differing.length === 0 ? undefined : "Choose what to copy to Production. You review it before it’s saved."
        }
        footer={
          differing.length === 0 ? (
            <Button onClick={close}>Close</Button>
          ) : (
            <>
              <Button onClick={close}>Cancel</Button>
              <Button
                variant="primary"
                disabled={chosen.length === 0}
                onClick={() => {
                  close();
                  onChosen(Object.fromEntries(chosen.map((key) => [key, development[key]])));
                }}
              >
                {chosen.length === 0 ? "Review changes" : `Review ${plural(chosen.length, "change")}`}
              </Button>
            </>
          )
        }
      >
        {differing.length === 0 ? (
          <p className="text-13 text-ink-muted">Production and Development have the same settings.</p>
        ) : (
          <table className="w-full text-13">
            <caption className="sr-only">Settings that differ</caption>
            <thead>
              <tr className="border-b text-left text-ink-muted">
                <th scope="col" className="w-8 py-2">
                  <Checkbox
                    aria-label="Copy all"
                    checked={chosen.length === differing.length ? true : chosen.length === 0 ? false : "indeterminate"}
                    onCheckedChange={(ticked) => tick(differing, ticked === true)}
                  />
                </th>
                <th scope="col" className="w-2/5 py-2 pr-3 font-normal">
                  Setting
                </th>
                <th scope="col" className="py-2 pr-3 font-normal">
                  Production
                </th>
                <th scope="col" className="py-2 font-normal">
                  Development
                </th>
              </tr>
            </thead>
            <tbody>
              {differing.map((key) => (
                <tr key={key} className="border-b align-top">
                  <td className="py-2">
                    <Checkbox
                      aria-label={`Copy ${settingLabel(key)}`}
                      checked={!left.has(key)}
                      onCheckedChange={(ticked) => tick([key], ticked === true)}
                    />
                  </td>
                  <th scope="row" className="py-2 pr-3 text-left font-medium">
                    {settingLabel(key)}
                  </th>
                  <td className="py-2 pr-3 text-ink-muted [overflow-wrap:anywhere]">
                    {settingValueText(key, saved[key])}
                  </td>
                  <td className="py-2 [overflow-wrap:anywhere]">{settingValueText(key, development[key])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Dialog>
    </>
  );
}
