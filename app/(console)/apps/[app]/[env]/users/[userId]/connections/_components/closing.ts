import type { ConnectionList } from "@/lib/core/presence/list-connections";
import type { Platform } from "@/lib/core/presence/schema";

type Row = ConnectionList["connections"][number];

/** Which of a user's connections are about to be closed. */
export type Closing =
  | { readonly which: "one"; readonly row: Row }
  | { readonly which: "others"; readonly row: Row }
  | { readonly which: "platform"; readonly platform: Platform }
  | { readonly which: "all" };

interface ClosingWords {
  readonly title: string;
  readonly effect: string;
  readonly confirmLabel: string;
}

/** The question, what follows from yes, and its button. */
export function closingWords(userId: string, closing: Closing): ClosingWords {
  switch (closing.which) {
    case "one":
      return {
        title: `Close the ${closing.row.platform} connection?`,
        effect: `The device at ${closing.row.ip} disconnects at once.`,
        confirmLabel: `Close ${closing.row.platform} connection`,
      };
    case "others":
      return {
        title: `Close all other connections of ${userId}?`,
        effect: `Every device but the ${closing.row.platform} one at ${closing.row.ip} disconnects at once.`,
        confirmLabel: "Close other connections",
      };
    case "platform":
      return {
        title: `Close the ${closing.platform} connections of ${userId}?`,
        effect: `Every ${closing.platform} device of this user disconnects at once.`,
        confirmLabel: `Close ${closing.platform} connections`,
      };
    case "all":
      return {
        title: `Close all connections of ${userId}?`,
        effect: "Every device of this user disconnects at once.",
        confirmLabel: "Close all connections",
      };
  }
}

/** What the server is asked to close. */
export function closingInput(userId: string, closing: Closing) {
  const connectionId = closing.which === "one" ? closing.row.id : null;
  return {
    userId,
    connectionId,
    ...(closing.which === "others" ? { exceptId: closing.row.id } : {}),
    ...(closing.which === "platform" ? { platform: closing.platform } : {}),
  };
}
