"use client";

import { type FormEvent, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { useUnsaved } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/id";
import type { TriedCall } from "@/lib/server-api/try-call";
import { tryCallAction } from "../actions";
import type { Tryable } from "./tryable-apps";

interface Props {
  path: string;
  /** The body to begin with. */
  example: string;
  tryable: Tryable;
}

/** Sends the call, signed on the server, to a Development environment and shows the answer. */
export function TryCall({ path, example, tryable }: Props) {
  return (
    <section aria-labelledby="try" className="flex flex-col gap-3">
      <h2 id="try" className="font-semibold">
        Try it
      </h2>
      {"apps" in tryable ? (
        <TryForm path={path} example={example} apps={tryable.apps} />
      ) : (
        <p className="text-13 text-ink-muted">
          {tryable.whyNot === "signed_out" ? (
            <>
              <a href="/sign-in" className="text-accent-ink underline underline-offset-2">
                Sign in
              </a>{" "}
              to the console to send this call to a Development environment.
            </>
          ) : (
            tryable.whyNot
          )}
        </p>
      )}
    </section>
  );
}

function TryForm({ path, example, apps }: Pick<Props, "path" | "example"> & Extract<Tryable, { apps: unknown }>) {
  const [app, setApp] = useState(apps[0]?.id ?? "");
  const [body, setBody] = useState(example);
  const [sent, setSent] = useState(example);
  const [tried, setTried] = useState<TriedCall | null>(null);
  const send = useAction((call: { app: string; body: string }) =>
    tryCallAction({ app: call.app, env: "development" }, { path, body: call.body }),
  );
  useUnsaved(body !== sent);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (send.pending) return;
    const result = await send.run({ app, body });
    if (result.ok) setSent(body);
    setTried(result.ok ? result.data : null);
  };
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-3">
      <Field label="App" hint="The call goes to the app’s Development environment, and does there what it says.">
        <Select value={app} onValueChange={setApp} options={apps.map(({ id, name }) => ({ value: id, label: name }))} />
      </Field>
      <Field label="Body" error={send.error?.field === "body" ? send.error.message : undefined}>
        <Textarea
          value={body}
          rows={Math.min(16, body.split("\n").length + 1)}
          spellCheck={false}
          autoCapitalize="off"
          className="font-mono"
          onChange={(event) => setBody(event.target.value)}
        />
      </Field>
      <ActionErrorAlert error={send.error?.field ? null : send.error} />
      <Button type="submit" variant="primary" pending={send.pending} disabled={app === ""} className="self-start">
        Send call
      </Button>
      {tried === null ? null : (
        <section aria-label="Answer to your call" data-state="ready">
          <p role="status" className="mb-2 text-13">
            Status {tried.status} after {tried.took} ms. Request ID <code>{tried.requestId}</code>
          </p>
          <CodeBlock label="its body" code={tried.answer} />
        </section>
      )}
    </form>
  );
}
