"use client";

import { useState } from "react";
import { RadioGroup } from "@/components/form/toggles";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code, CodeBlock } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import { curlDelivery, NODE_RECEIVER } from "./verify-code";

/** How a receiver checks that a delivery comes from here, as code to copy. */
export function VerifySnippet({ url, keysHref }: { url: string; keysHref: string }) {
  const [shown, setShown] = useState<"node" | "curl">("node");
  return (
    <Card aria-labelledby="verify">
      <CardHeader
        id="verify"
        title="Check the signature"
        description={
          <>
            Each delivery has <Code>nonce</Code>, <Code>signTimestamp</Code> and <Code>signature</Code> in its query.
            The signature is the SHA-1 of App Secret, nonce and signTimestamp, one after the other. You’ll find this
            environment’s App Secret under{" "}
            <Link href={keysHref} className="font-medium text-accent-ink underline">
              App Keys
            </Link>
            .
          </>
        }
      />
      <CardBody className="flex flex-col gap-3">
        <RadioGroup
          label="Example"
          value={shown}
          onValueChange={setShown}
          className="flex-row flex-wrap gap-x-6"
          options={[
            { value: "node", label: "Receiver in Node.js" },
            { value: "curl", label: "Delivery with curl" },
          ]}
        />
        {shown === "node" ? (
          <CodeBlock label="receiver in Node.js" code={NODE_RECEIVER} />
        ) : (
          <CodeBlock label="delivery with curl" code={curlDelivery(url === "" ? "http://localhost:8080/" : url)} />
        )}
      </CardBody>
    </Card>
  );
}
