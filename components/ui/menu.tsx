"use client";

import { Check, type LucideIcon } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import { type ComponentProps, createContext, type ReactNode, useContext } from "react";
import { cn } from "./class-names";

export const menuBoxStyles =
  "z-50 min-w-44 max-w-[calc(100vw-1rem)] animate-pop-in rounded-lg bg-overlay p-1 shadow-overlay outline-none";

const itemStyles = cn(
  "flex min-h-8 select-none items-center gap-2 rounded-md px-2 py-1 text-13 text-ink outline-none [&_svg]:size-4 [&_svg]:shrink-0",
  "data-highlighted:bg-hover data-disabled:text-ink-faint",
);

/** Where menus open, below something that stands before the page; null: in the page. */
export const MenuContainer = createContext<HTMLElement | null>(null);

/** `<Menu trigger={<IconButton …/>}>` with MenuItem, MenuSeparator, MenuLabel, MenuRadio inside. */
export function Menu({
  trigger,
  align = "end",
  children,
  className,
  label,
}: {
  trigger: ReactNode;
  align?: "start" | "center" | "end";
  /** The menu's accessible name; without it the trigger's. */
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  const container = useContext(MenuContainer);
  // Into the main landmark: content outside of every landmark is skipped by people who move by landmarks.
  const landmark = typeof document === "undefined" ? null : document.getElementById("content");
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={container ?? landmark}>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn(menuBoxStyles, className)}
          {...(label ? { "aria-label": label } : {})}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export interface MenuItemProps extends Omit<ComponentProps<typeof Primitive.Item>, "children"> {
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
  const styles = cn(itemStyles, danger && "text-danger-ink data-highlighted:bg-danger-soft", className);
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
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
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
  return (
    <Primitive.RadioGroup value={value} onValueChange={(next) => onValueChange(next as V)} aria-label={label}>
      {options.map(({ value: option, label: text, icon: Icon }) => (
        <Primitive.RadioItem
          key={option}
          value={option}
          className={itemStyles}
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
  return (
    <Primitive.CheckboxItem
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
      className={itemStyles}
    >
      {Icon ? <Icon aria-hidden className="text-ink-muted" /> : null}
      {children}
      <Primitive.ItemIndicator className="ml-auto">
        <Check aria-hidden className="text-accent-ink" />
      </Primitive.ItemIndicator>
    </Primitive.CheckboxItem>
  );
}
