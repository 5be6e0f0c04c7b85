"use client";

import { Download } from "lucide-react";
import { useRef } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import type { ExportedList, ExportFormat } from "@/lib/core/exports/schema";

interface ExportMenuProps {
  list: ExportedList;
  /** What is exported: "24 users match", or the rows' plural while their number is not known. */
  what: string;
  /** What the list shows, as the server reads it. */
  filter: Readonly<Record<string, string | undefined>>;
}

/** Downloads all pages of the list as its address shows it: searched, filtered and sorted. */
export function ExportMenu({ list, what, filter }: ExportMenuProps) {
  const { scope, whyNot } = useEnvironmentScope();
  const link = useRef<HTMLAnchorElement>(null);
  const reason = whyNot("lists.export");
  const download = (format: ExportFormat) => {
    const given = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    const query = new URLSearchParams(given);
    query.set("format", format);
    if (link.current === null) return;
    link.current.href = `/api/apps/${scope.app}/${scope.env}/export/${list}?${query}`;
    link.current.click();
  };
  return (
    <>
      <Menu
        trigger={
          <Button icon={Download} compact>
            Export
          </Button>
        }
      >
        <MenuLabel>{what}, on all pages</MenuLabel>
        <MenuItem disabled={reason !== null} reason={reason} onSelect={() => download("csv")}>
          CSV, for spreadsheets
        </MenuItem>
        <MenuItem disabled={reason !== null} reason={reason} onSelect={() => download("json")}>
          JSON
        </MenuItem>
      </Menu>
      {/* biome-ignore lint/a11y/useAnchorContent: never seen; the menu's entries click it */}
      <a ref={link} download hidden aria-hidden tabIndex={-1} href="/" />
    </>
  );
}
