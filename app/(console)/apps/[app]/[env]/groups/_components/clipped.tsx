/** A text that may be long, on one line; the whole of it in `title`. */
export function Clipped({ text }: { text: string }) {
  return (
    <span className="block truncate" title={text || undefined}>
      {text || <span className="text-ink-faint">None</span>}
    </span>
  );
}
