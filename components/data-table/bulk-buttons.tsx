"use client";

import { Copy, Ellipsis, type LucideIcon } from "lucide-react";
import { useRef } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-button";
import { plural } from "@/components/ui/count-text";
import { Menu, MenuItem } from "@/components/ui/menu";
import { notify } from "@/components/ui/notify";
import type { Ticked } from "./list-definition";

export interface BulkButton {
  readonly key: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly danger?: boolean;
  /** Why this operator cannot do it; null: can. */
  readonly whyNot?: string | null;
  /** `opener` is where the focus returns to. */
  onClick(opener: HTMLElement): void;
}

/** As many stand side by side on anything narrower than a desk; the others are behind "More". */
const ALWAYS_SHOWN = 2;

/** The acts of a bulk bar, the usual ones first; Copy IDs comes after them. */
export function BulkButtons<Row>({ ticked, acts }: { ticked: Ticked<Row>; acts: readonly BulkButton[] }) {
  const more = useRef<HTMLButtonElement>(null);
  const { ids, everything } = ticked;
  const copyIds = async () => {
    if (await copyText(ids.join("\n"), `The IDs are ${ids.join(", ")}`))
      notify.success(`Copied ${plural(ids.length, "ID")}.`);
  };
  const all: BulkButton[] = [...acts];
  if (everything === null) all.push({ key: "copy", label: "Copy IDs", icon: Copy, onClick: () => void copyIds() });
  const behindMore = all.slice(ALWAYS_SHOWN);
  return (
    <>
      {all.map(({ key, label, icon, danger, whyNot = null, onClick }, index) => (
        <Button
          key={key}
          icon={icon}
          variant={danger ? "danger-quiet" : undefined}
          disabled={whyNot !== null}
          title={whyNot ?? undefined}
          className={index < ALWAYS_SHOWN ? undefined : "max-xl:hidden"}
          onClick={(event) => onClick(event.currentTarget)}
        >
          {label}
        </Button>
      ))}
      {behindMore.length === 0 ? null : (
        <Menu
          trigger={
            <IconButton ref={more} icon={Ellipsis} label="More actions" variant="secondary" className="xl:hidden" />
          }
        >
          {behindMore.map(({ key, label, icon, danger, whyNot = null, onClick }) => (
            <MenuItem
              key={key}
              icon={icon}
              danger={danger}
              disabled={whyNot !== null}
              reason={whyNot ?? undefined}
              onSelect={() => {
                if (more.current !== null) onClick(more.current);
              }}
            >
              {label}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  );
}
