"use client";

import { useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { FrameEntry } from "./entries";
import { EntryClock } from "./entry-clock";
import { useStickToEnd } from "./use-stick-to-end";

interface FramesLogProps {
  frames: readonly FrameEntry[];
  who: string;
  onClear: () => void;
}

const WORDS = { in: "received", out: "sent" } as const;
const line = ({ at, direction, text }: FrameEntry) => `${new Date(at).toISOString()} ${WORDS[direction]} ${text}`;

/** Every frame as it passed, newest last; access tokens are masked by the client library. */
export function FramesLog({ frames, who, onClear }: FramesLogProps) {
  const [filter, setFilter] = useState("");
  const shown = filter === "" ? frames : frames.filter(({ text }) => text.toLowerCase().includes(filter.toLowerCase()));
  const box = useStickToEnd(shown);
  const state = frames.length === 0 ? "empty" : shown.length === 0 ? "no-match" : "ready";
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium text-13">Frames</h3>
        <span className="text-ink-muted text-xs tabular-nums">
          {shown.length === frames.length ? frames.length : `${shown.length} of ${frames.length}`}
        </span>
        <div className="ml-auto flex items-center gap-1.5">
          <Field label={`Filter frames of ${who}`} hideLabel>
            <Input
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
              placeholder="Filter"
              className="h-7 w-28 text-13"
            />
          </Field>
          {shown.length === 0 ? null : <CopyButton text={shown.map(line).join("\n")} label={`Copy frames of ${who}`} />}
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Clear frames of ${who}`}
            disabled={frames.length === 0}
            onClick={onClear}
          >
            Clear
          </Button>
        </div>
      </div>
      <div
        ref={box}
        role="log"
        // Read on demand: spoken one by one they would drown the conversation.
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        tabIndex={0}
        aria-label={`Frames of ${who}`}
        data-state={state}
        className="focus-inset h-48 overflow-auto rounded-lg border bg-sunken p-2"
      >
        {state === "ready" ? (
          <ul className="flex flex-col gap-1">
            {shown.map((frame) => (
              <li key={frame.id} data-direction={frame.direction} className="text-xs">
                <span className="mr-1.5 text-ink-muted">
                  <EntryClock at={frame.at} /> {WORDS[frame.direction]}
                </span>
                <code className="break-all">{frame.text}</code>
              </li>
            ))}
          </ul>
        ) : (
          <p className="p-2 text-13 text-ink-muted">
            {state === "empty" ? "No frames yet." : `No frames contain “${filter}”.`}
          </p>
        )}
      </div>
    </div>
  );
}
