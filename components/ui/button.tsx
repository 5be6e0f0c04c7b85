import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle, type LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { cn } from "./class-names";

export const buttonStyles = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none",
    "transition-colors duration-100 [&_svg]:size-4 [&_svg]:shrink-0",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55",
  ],
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-accent-on not-disabled:hover:bg-accent-hover",
        secondary:
          "border-line bg-surface text-ink shadow-raised not-disabled:hover:bg-hover not-disabled:active:bg-pressed",
        ghost:
          "border-transparent text-ink-muted not-disabled:hover:bg-hover not-disabled:hover:text-ink not-disabled:active:bg-pressed",
        danger: "border-transparent bg-danger text-danger-on not-disabled:hover:bg-danger-hover",
        "danger-quiet":
          "border-line bg-surface text-danger-ink shadow-raised not-disabled:hover:border-danger-line not-disabled:hover:bg-danger-soft",
      },
      size: { sm: "h-7 px-2 text-13", md: "h-8 px-3 text-13", lg: "h-9 px-4 text-sm" },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonStyle = VariantProps<typeof buttonStyles>;

const COMPACT = "max-sm:w-8 max-sm:px-0";

export interface ButtonProps extends ComponentProps<"button">, ButtonStyle {
  /** Decoration before the text. */
  icon?: LucideIcon;
  /** On a narrow screen the icon alone is seen; the text stays the name. */
  compact?: boolean;
  /** Shows a spinner and refuses clicks until the server has answered. */
  pending?: boolean;
}

export function Button(props: ButtonProps) {
  const { variant, size, icon: Icon, compact, pending, className, children, disabled, ...rest } = props;
  return (
    <button
      type="button"
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      className={cn(buttonStyles({ variant, size }), compact && COMPACT, className)}
      {...rest}
    >
      {pending ? <Spinner /> : Icon ? <Icon aria-hidden /> : null}
      {compact ? <span className="max-sm:sr-only">{children}</span> : children}
    </button>
  );
}

export interface LinkButtonProps extends ComponentProps<typeof Link>, ButtonStyle {
  icon?: LucideIcon;
  /** As of Button. */
  compact?: boolean;
  children: ReactNode;
}

/** A link that looks like a button: for going somewhere, never for changing something. */
export function LinkButton({ variant, size, icon: Icon, compact, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link className={cn(buttonStyles({ variant, size }), compact && COMPACT, className)} {...rest}>
      {Icon ? <Icon aria-hidden /> : null}
      {compact ? <span className="max-sm:sr-only">{children}</span> : children}
    </Link>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label">, ButtonStyle {
  icon: LucideIcon;
  /** The accessible name, unique on the page: "Actions for alice". */
  label: string;
  pending?: boolean;
}

/** A square button whose name is `label`. */
export function IconButton({
  icon: Icon,
  label,
  variant,
  size,
  pending,
  className,
  disabled,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-busy={pending || undefined}
      disabled={disabled || pending}
      className={cn(
        buttonStyles({ variant: variant ?? "ghost", size }),
        size === "sm" ? "w-7" : size === "lg" ? "w-9" : "w-8",
        "px-0",
        className,
      )}
      {...rest}
    >
      {pending ? <Spinner /> : <Icon aria-hidden />}
    </button>
  );
}

/** Decoration beside a word that says what is going on; it has no text of its own. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />;
}
