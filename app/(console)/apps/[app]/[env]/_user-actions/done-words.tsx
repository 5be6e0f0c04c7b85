import type { ReactNode } from "react";
import type { ApiPlace } from "@/components/code/api-place";
import { CopyAsAt } from "@/components/code/copy-as";
import type { ServerApiCall } from "@/components/code/server-api-calls";

/** What a toast says of an act that is done, and the act as a call to be copied. `call` null: for too many users for one. */
export function doneWords(words: ReactNode, place: ApiPlace | null, call: ServerApiCall | null): ReactNode {
  if (place === null || call === null) return words;
  return (
    <div className="flex flex-col gap-1.5">
      {words ? <span>{words}</span> : null}
      <CopyAsAt place={place} call={call} little />
    </div>
  );
}
