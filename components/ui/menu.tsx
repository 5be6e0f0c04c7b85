"use client";

import { Check, type LucideIcon } from "lucide-react";
import { type ComponentProps, type ReactNode, useCallback, useState } from "react";
import { cn } from "./class-names";
import { type Late, useLate } from "./late";
import { menuItemStyles } from "./menu-look";
import { type MenuPrimitives, useMenuPrimitives } from "./menu-primitives";
import { onIntent } from "./on-intent";
import { type TriggerElement, useTrigger } from "./trigger";

const MenuBox = onIntent(() => import("./menu-box").then((part) => part.MenuBox));

/** `<Menu trigger={<IconButton …/>}>` with MenuItem, MenuSeparator, MenuLabel, MenuRadio inside. */
export function Menu({
  trigger,
  align = "end",
  children,
  className,
  label,
  entries = null,
  loads = [],
}: {
  trigger: TriggerElement;
  align?: "start" | "center" | "end";
  /** The menu's accessible name; without it the trigger's. */
  label?: string;
  className?: string;
  /** The part that its entries are, where they come late too. */
  entries?: Late | null;
  /** What its entries open. */
  loads?: readonly Late[];
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const ready = useLate(entries, open, close) !== null || entries === null;
  const { element, opened } = useTrigger(trigger, {
    kind: "menu",
    open,
    onOpenChange: setOpen,
    parts: [MenuBox, ...(entries ? [entries] : []), ...loads],
  });
  return (
    <>
      {element}
      {open && ready ? (
        <MenuBox opened={opened} align={align} label={label} className={className} onClose={close}>
          {children}
        </MenuBox>
      ) : null}
    </>
  );
}

export interface MenuItemProps extends Omit<ComponentProps<MenuPrimitives["Item"]>, "children"> {
  icon?: LucideIcon;
  /** Danger entries stand last, after a MenuSeparator, and open a dialog. */
  danger?: boolean;
  /** At the right: a shortcut or a word. */
  aside?: ReactNode;
  /** Under the text of a disabled entry: why it is disabled. */
  reason?: ReactNode;
  children: ReactNode;
}

/** With `asChild` give exactly one Link as the child and no icon. */
export function MenuItem({ icon: Icon, danger, aside, reason, className, children, asChild, ...rest }: MenuItemProps) {
  const Primitive = useMenuPrimitives();
  const styles = cn(menuItemStyles, danger && "text-danger-ink data-highlighted:bg-danger-soft", className);
  if (asChild) {
    return (
      <Primitive.Item asChild className={styles} {...rest}>
        {children}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item className={styles} {...rest}>
      {Icon ? <Icon aria-hidden className={danger ? "" : "text-ink-muted"} /> : null}
      <span className="flex min-w-0 flex-col">
        <span className="truncate">{children}</span>
        {reason ? <span className="text-ink-faint text-xs">{reason}</span> : null}
      </span>
      {aside ? <span className="ml-auto pl-4 text-ink-faint text-xs">{aside}</span> : null}
    </Primitive.Item>
  );
}

export function MenuSeparator() {
  const Primitive = useMenuPrimitives();
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const Primitive = useMenuPrimitives();
  return <Primitive.Label className="px-2 pt-1.5 pb-1 text-ink-faint text-xs">{children}</Primitive.Label>;
}

/** A choice of one inside a menu. */
export function MenuRadioGroup<V extends string>({
  label,
  value,
  onValueChange,
  options,
}: {
  label: string;
  value: V;
  onValueChange: (value: V) => void;
  options: ReadonlyArray<{ value: V; label: string; icon?: LucideIcon }>;
}) {
  const Primitive = useMenuPrimitives();
  return (
    <Primitive.RadioGroup value={value} onValueChange={(next) => onValueChange(next as V)} aria-label={label}>
      {options.map(({ value: option, label: text, icon: Icon }) => (
        <Primitive.RadioItem
          key={option}
          value={option}
          className={menuItemStyles}
          onSelect={(event) => event.preventDefault()}
        >
          {Icon ? <Icon aria-hidden className="text-ink-muted" /> : null}
          {text}
          <Primitive.ItemIndicator className="ml-auto">
            <Check aria-hidden className="text-accent-ink" />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

/** An on/off entry; the menu stays open. */
export function MenuCheckbox({
  checked,
  onCheckedChange,
  icon: Icon,
  children,
}: {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  icon?: LucideIcon;
  children: ReactNode;
}) {
  const Primitive = useMenuPrimitives();
  return (
    <Primitive.CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
      className={menuItemStyles}
    >
      {Icon ? <Icon aria-hidden className="text-ink-muted" /> : null}
      {children}
      <Primitive.ItemIndicator className="ml-auto">
        <Check aria-hidden className="text-accent-ink" />
      </Primitive.ItemIndicator>
    </Primitive.CheckboxItem>
  );
}
