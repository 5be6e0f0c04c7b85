import { cn } from "@/components/ui/class-names";
import { controlStyles } from "./input";

interface TypedPhraseProps {
  /** Of the input; the label's is this with "-label", for the button's `aria-describedby`. */
  readonly id: string;
  /** What has to be typed, to the letter. */
  readonly phrase: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string;
}

/** The field that asks to type a phrase before what cannot be undone; pasting is allowed. */
export function TypedPhrase({ id, phrase, value, onChange, className }: TypedPhraseProps) {
  return (
    <div data-unguarded className={cn("flex flex-col gap-1.5", className)}>
      <label id={`${id}-label`} htmlFor={id} className="text-13 text-ink">
        Type <code className="rounded-sm bg-sunken px-1 py-0.5 font-medium">{phrase}</code> to continue
      </label>
      <input
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className={cn(controlStyles, "h-8 font-mono text-13")}
      />
    </div>
  );
}
