"use client";

import { Check, Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useCopy } from "@/components/ui/copy-button";
import { type ApiPlace, useApiPlace } from "./api-place";
import { playwrightTest, type ServerApiCall, sdkCall } from "./server-api-calls";
import { signedCurl } from "./signed-curl";

/** The act at hand as what an app server would send: to be copied as curl, as a call of a v4 server SDK, or as a Playwright test. */
export function CopyAs({ call }: { call: ServerApiCall }) {
  const place = useApiPlace();
  return place === null ? null : <CopyAsAt place={place} call={call} />;
}

/** The same where no page is around it: in the toast after an act. */
export function CopyAsAt({ place, call }: { place: ApiPlace; call: ServerApiCall }) {
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-ink-muted text-xs">
      <span>Copy as</span>
      <CopyText text={signedCurl({ ...place, path: call.path, body: call.body })} what="curl" />
      <CopyText text={sdkCall(call)} what="SDK call" />
      <CopyText text={playwrightTest(call)} what="Playwright test" />
    </div>
  );
}

function CopyText({ text, what }: { text: string; what: string }) {
  const { copied, copy } = useCopy(text);
  return (
    <>
      <Button size="sm" icon={copied ? Check : Copy} aria-label={`Copy as ${what}`} onClick={copy}>
        {what}
      </Button>
      <span role="status" className="sr-only">
        {copied ? `Copied as ${what}` : ""}
      </span>
    </>
  );
}
