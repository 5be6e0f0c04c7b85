import type { MessageOptions } from "./message";

interface SaidOptions {
  readonly hasMetadata: boolean;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly needReadReceipt: 0 | 1;
  readonly disableUpdateLastMsg: boolean;
}

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
