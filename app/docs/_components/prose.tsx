import { Code } from "@/components/ui/id";

/** The Markdown that descriptions of endpoints use: paragraphs, and code between backticks. */
export function Prose({ text }: { text: string }) {
  return (
    <div className="flex max-w-prose flex-col gap-2 text-13">
      {text.split("\n\n").map((paragraph) => (
        <p key={paragraph}>
          {paragraph.split("`").map((part, index) =>
            index % 2 === 1 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which never change
              <Code key={index}>{part}</Code>
            ) : (
              part
            ),
          )}
        </p>
      ))}
    </div>
  );
}
