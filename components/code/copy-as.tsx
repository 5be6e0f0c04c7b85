"use client";

import { Check, Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { useCopy } from "@/components/ui/copy-button";
import { type ApiPlace, useApiPlace } from "./api-place";
import { playwrightTest, type ServerApiCall, sdkCall } from "./server-api-calls";
import { signedCurl } from "./signed-curl";

/** The act at hand as what an app server would send: to be copied as curl, as a call of a v4 server SDK, or as a Playwright test. */
export function CopyAs({ call }: { call: ServerApiCall }) {
  const place = useApiPlace();
  return place === null ? null : <CopyAsAt place={place} call={call} />;
}

/** The same where no page is around it: in the toast after an act, where there is `little` room. */
export function CopyAsAt({ place, call, little = false }: { place: ApiPlace; call: ServerApiCall; little?: boolean }) {
  return (
    <div className={cn("flex flex-wrap items-center text-ink-muted text-xs", little ? "gap-0.5" : "gap-1.5")}>
      <span>Copy as</span>
      <CopyText little={little} text={signedCurl({ ...place, path: call.path, body: call.body })} what="curl" />
      <CopyText little={little} text={sdkCall(call)} what="SDK call" word={little ? "SDK" : "SDK call"} />
      <CopyText little={little} text={playwrightTest(call)} what="Playwright test" word="Playwright" />
    </div>
  );
}

interface CopyTextProps {
  text: string;
  what: string;
  /** On the button, where it is shorter than what it copies. */
  word?: string;
  little: boolean;
}

function CopyText({ text, what, word = what, little }: CopyTextProps) {
  const { copied, copy } = useCopy(text);
  return (
    <>
      <Button
        size="sm"
        variant={little ? "ghost" : "secondary"}
        icon={copied ? Check : little ? undefined : Copy}
        aria-label={`Copy as ${what}`}
        onClick={copy}
        className={little ? "px-1" : undefined}
      >
        {word}
      </Button>
      <span role="status" className="sr-only">
        {copied ? `Copied as ${what}` : ""}
      </span>
    </>
  );
}
