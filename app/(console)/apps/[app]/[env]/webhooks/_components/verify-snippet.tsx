"use client";

import { useState } from "react";
import { RadioGroup } from "@/components/form/radio-group";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code, CodeBlock } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import { curlDelivery, NODE_RECEIVER, PYTHON_RECEIVER } from "./verify-code";

const EXAMPLES = {
  node: { label: "Receiver in Node.js", code: () => NODE_RECEIVER },
  python: { label: "Receiver in Python", code: () => PYTHON_RECEIVER },
  curl: { label: "Delivery with curl", code: curlDelivery },
} as const;

type Example = keyof typeof EXAMPLES;

/** How a receiver checks that a delivery comes from here, as code to copy. */
export function VerifySnippet({ url, keysHref }: { url: string; keysHref: string }) {
  const [shown, setShown] = useState<Example>("node");
  const { label, code } = EXAMPLES[shown];
  return (
    <Card aria-labelledby="verify">
      <CardHeader
        id="verify"
        title="Check the signature"
        description={
          <>
            <Code>webhook-signature</Code> is the HMAC-SHA-256 of <Code>webhook-id</Code>,{" "}
            <Code>webhook-timestamp</Code> and the body. Receivers written for the original API can check the query
            instead: <Code>signature</Code> is the SHA-1 of the{" "}
            <Link href={keysHref} className="font-medium text-accent-ink underline">
              App Secret
            </Link>
            , <Code>nonce</Code> and <Code>signTimestamp</Code>.
          </>
        }
      />
      <CardBody className="flex flex-col gap-3">
        <RadioGroup
          label="Example"
          value={shown}
          onValueChange={(value) => setShown(value as Example)}
          className="flex-row flex-wrap gap-x-6"
          options={Object.entries(EXAMPLES).map(([value, example]) => ({ value, label: example.label }))}
        />
        <CodeBlock
          label={label.charAt(0).toLowerCase() + label.slice(1)}
          code={code(url === "" ? "http://localhost:8080/" : url)}
        />
      </CardBody>
    </Card>
  );
}
