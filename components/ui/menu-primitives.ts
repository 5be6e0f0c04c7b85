"use client";

import type { Menu } from "radix-ui/internal";
import { createContext, use } from "react";

export type MenuPrimitives = Pick<
  typeof Menu,
  "Item" | "CheckboxItem" | "RadioGroup" | "RadioItem" | "ItemIndicator" | "Separator" | "Label"
>;

/** Where menus open, below something that stands before the page; null: in the page. */
export const MenuContainer = createContext<HTMLElement | null>(null);

/** What an open menu gives to its entries, so that they need not be loaded before it. */
export const Primitives = createContext<MenuPrimitives | null>(null);

export function useMenuPrimitives(): MenuPrimitives {
  const given = use(Primitives);
  if (given === null) throw new Error("A menu's entry stands in a Menu.");
  return given;
}
