"use client";

import { Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { useTypedText } from "@/components/form/unsaved";
import { Button } from "@/components/ui/button";
import { Calls } from "./calls";
import type { Target, TestSession } from "./test-session";

interface SenderProps {
  session: TestSession;
  enabled: boolean;
  /** Who writes, once connected. */
  from: string;
  /** Ends the names of the controls. */
  who: string;
  /** Whom messages go to until another one is named. */
  other: string;
  base: string;
}

/** Writes to a user or to a group, and makes calls about the same one. */
export function Sender({ session, enabled, from, who, other, base }: SenderProps) {
  const [kind, setKind] = useState<"user" | "group">("user");
  /** null: the other pane's user, whoever that is. */
  const [typed, setTyped] = useState<string | null>(null);
  const [groupId, setGroupId] = useState("");
  const [text, setText] = useState("");
  const id = (kind === "user" ? (typed ?? other) : groupId).trim();
  const target: Target = kind === "user" ? { userId: id } : { groupId: id };
  const writing = useTypedText();
  const ready = enabled && id !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || text === "") return;
    setText("");
    void session.send(target, text);
  };
  return (
    <div className="flex flex-col gap-3">
      <form ref={writing.ref} onSubmit={submit} className="flex flex-col gap-2">
        <div className="flex flex-wrap gap-2">
          <Select
            label={`What ${who} writes to`}
            value={kind}
            onValueChange={setKind}
            options={[
              { value: "user", label: "To user" },
              { value: "group", label: "To group" },
            ]}
          />
          <Field
            label={`${kind === "user" ? "User" : "Group"} that ${who} writes to`}
            hideLabel
            className="min-w-32 flex-1"
          >
            <Input
              data-unguarded
              value={kind === "user" ? (typed ?? other) : groupId}
              onChange={({ target: { value } }) => (kind === "user" ? setTyped(value) : setGroupId(value))}
              placeholder={kind === "user" ? "User ID" : "Group ID"}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
            />
          </Field>
        </div>
        <div className="flex gap-2">
          <Field label={`Message of ${who}`} hideLabel className="min-w-0 flex-1">
            <Input
              value={text}
              onChange={(event) => setText(event.target.value)}
              placeholder={enabled ? "Message" : "Connect to write"}
              autoComplete="off"
            />
          </Field>
          <Button type="submit" icon={Send} aria-label={`Send as ${who}`} disabled={!ready || text === ""}>
            Send
          </Button>
        </div>
      </form>
      <Calls session={session} target={target} enabled={ready} from={from} other={other} who={who} base={base} />
    </div>
  );
}
