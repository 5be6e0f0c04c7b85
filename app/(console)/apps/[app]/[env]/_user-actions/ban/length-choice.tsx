import { cn } from "@/components/ui/class-names";

interface LengthChoiceProps {
  /** Unique on the page. */
  name: string;
  options: ReadonlyArray<{ readonly value: string; readonly label: string; readonly disabled?: boolean }>;
  value: string;
  onChange: (value: string) => void;
}

/** Radio buttons that look like a row of buttons. They stand in a fieldset. */
export function LengthChoice({ name, options, value, onChange }: LengthChoiceProps) {
  return (
    <div className="grid grid-cols-3 gap-1.5 sm:grid-cols-5">
      {options.map((option) => (
        <label
          key={option.value}
          htmlFor={`${name}-${option.value}`}
          title={option.disabled ? "A ban ends 30 days from now at the latest." : undefined}
          className={cn(
            "relative flex h-8 cursor-pointer items-center justify-center rounded-md border text-13 has-disabled:cursor-not-allowed has-disabled:text-ink-faint has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
            option.value === value
              ? "border-accent bg-accent-soft font-medium text-accent-ink"
              : "bg-surface hover:bg-hover",
          )}
        >
          <input
            id={`${name}-${option.value}`}
            type="radio"
            name={`${name}-length`}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            className="absolute inset-0 m-0 cursor-pointer opacity-0 disabled:cursor-not-allowed"
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
