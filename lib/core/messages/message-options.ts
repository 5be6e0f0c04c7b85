import type { MessageOptions } from "./message";
import type { MessageBody } from "./schema";

type SaidOptions = Pick<MessageBody, "hasMetadata" | "metadata" | "needReadReceipt" | "disableUpdateLastMsg">;

/** What goes with a message to its recipients; null when nothing does. Metadata count only where they were announced. */
export function optionsOf({
  hasMetadata,
  metadata,
  needReadReceipt,
  disableUpdateLastMsg,
}: SaidOptions): MessageOptions | null {
  const options: MessageOptions = {
    ...(hasMetadata && metadata !== undefined && { metadata }),
    ...(needReadReceipt === 1 && { needReadReceipt: true }),
    ...(disableUpdateLastMsg && { disableUpdateLastMsg: true }),
  };
  return Object.keys(options).length === 0 ? null : options;
}
