"use client";

import { Columns3 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuCheckbox, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { ColumnChoice } from "./use-columns";

interface ColumnsMenuProps {
  choice: ColumnChoice;
  /** The words of the columns, by their ids. */
  headers: ReadonlyMap<string, string>;
}

/** Which columns the list shows. Stays open while they are chosen. */
export function ColumnsMenu({ choice, headers }: ColumnsMenuProps) {
  return (
    <Menu
      label="Columns"
      trigger={
        <Button icon={Columns3} compact>
          Columns
        </Button>
      }
    >
      {choice.options.map(({ id, shown }) => (
        <MenuCheckbox key={id} checked={shown} onCheckedChange={(checked) => choice.toggle(id, checked)}>
          {headers.get(id) ?? id}
        </MenuCheckbox>
      ))}
      <MenuSeparator />
      <MenuItem disabled={choice.text === null} onSelect={choice.reset}>
        Show all columns
      </MenuItem>
    </Menu>
  );
}
