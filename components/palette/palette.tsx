"use client";

import { Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import * as Dialog from "radix-ui/dialog";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from "react";
import { leave } from "@/components/form/unsaved";
import { ENVIRONMENT_WORDS, type FramePlace } from "@/components/layout/frame-data";
import { Spinner } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { plural } from "@/components/ui/count-text";
import type { Command, CommandGroup } from "./commands";
import type { ChoiceGroup } from "./rank";
import type { TypedAhead } from "./typed-ahead";
import { type PaletteChoice, useChoices } from "./use-choices";

interface PaletteProps {
  place: FramePlace | null;
  commands: readonly CommandGroup[];
  /** What was typed before it was there; null where it was. */
  typed: TypedAhead | null;
  /** The command that asks which user it is about. */
  asking: Command | null;
  onAsk: (command: Command | null) => void;
  onClose: () => void;
  /** It closes because another page is opened. */
  onGo: () => void;
}

/**
 * The combobox of the palette. The first choice is the active one until an arrow key says otherwise. Enter takes the active
 * one; pressed before the server has answered, it waits for what will be the first.
 */
export function Palette({ place, commands, typed, asking, onAsk, onClose, onGo }: PaletteProps) {
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState("");
  const [moved, setMoved] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  // Its box has the focus by now, and the keys with it.
  useEffect(() => {
    const before = typed?.take();
    if (before === undefined || (before.text === "" && !before.entered)) return;
    setText(before.text);
    setWaiting(before.entered);
  }, [typed]);
  const { groups, settled, fetching, error } = useChoices({ place, commands, asking, text, hurry: waiting });
  const choices = groups.flatMap((group) => group.choices);
  const active = choices.find((choice) => choice.key === moved) ?? choices[0];

  const take = (choice: PaletteChoice) => {
    if ("ask" in choice.act) {
      onAsk(choice.act.ask);
      return;
    }
    if ("href" in choice.act) {
      const { href } = choice.act;
      onGo();
      leave(() => router.push(href));
    } else {
      onClose();
      choice.act.run();
    }
  };
  const takeFirst = useEffectEvent(() => {
    setWaiting(false);
    if (active !== undefined && error === null) take(active);
  });
  useEffect(() => {
    if (waiting && settled) takeFirst();
  }, [waiting, settled]);

  const move = (to: number) => {
    const choice = choices[(to + choices.length) % choices.length];
    setMoved(choice?.key ?? null);
    setWaiting(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys that compose a letter are the input method's.
    if (event.nativeEvent.isComposing) return;
    const index = active === undefined ? -1 : choices.indexOf(active);
    if (event.key === "ArrowDown") move(index + 1);
    else if (event.key === "ArrowUp") move(Math.max(index, 0) - 1);
    else if (event.key === "Enter") {
      if (active !== undefined && (settled || active.key === moved)) take(active);
      else setWaiting(!settled);
    } else if (event.key === "Backspace" && text === "" && asking !== null) onAsk(null);
    else return;
    event.preventDefault();
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2.5 border-b px-4">
        {fetching || waiting ? (
          <Spinner className="text-ink-faint" />
        ) : (
          <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        )}
        {asking === null ? null : (
          <button
            type="button"
            aria-label={`${asking.label} Choose another command`}
            onClick={() => onAsk(null)}
            className="flex h-6 min-w-0 items-center gap-1 rounded-md bg-accent-soft px-2 text-accent-ink text-xs"
          >
            <span className="truncate">{asking.label.replace("…", "")}</span>
            <X aria-hidden className="size-3 shrink-0" />
          </button>
        )}
        <input
          role="combobox"
          aria-label={asking?.label ?? "Search and commands"}
          aria-autocomplete="list"
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-activedescendant={active === undefined ? undefined : `${listId}-${choices.indexOf(active)}`}
          // biome-ignore lint/a11y/noAutofocus: the dialog is opened to type here
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={128}
          value={text}
          placeholder={placeholderOf(place, asking)}
          onChange={(event) => {
            setText(event.target.value);
            setMoved(null);
            setWaiting(false);
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-sm outline-none"
        />
        <Dialog.Close className="rounded-sm px-1 text-ink-muted text-xs hover:text-ink">Close</Dialog.Close>
      </div>
      <p role="status" className="sr-only">
        {statusOf(text, choices, settled, asking, place)}
      </p>
      <Choices id={listId} groups={groups} active={active} onTake={take} />
      {error === null ? null : (
        <p role="alert" className="px-4 py-2 text-13 text-danger-ink">
          {error}
        </p>
      )}
      {choices.length > 0 || error !== null ? null : (
        <p className="px-4 pb-8 text-center text-13 text-ink-muted">{emptyWords(text, settled, asking, place)}</p>
      )}
      <p className="border-t px-4 py-2 text-ink-faint text-xs max-sm:hidden">
        {asking === null
          ? "Enter opens the highlighted line. Start with > to search commands only."
          : "Enter chooses the highlighted user. Esc goes back."}
      </p>
    </div>
  );
}

interface ChoicesProps {
  id: string;
  groups: ReadonlyArray<ChoiceGroup<PaletteChoice>>;
  active: PaletteChoice | undefined;
  onTake: (choice: PaletteChoice) => void;
}

function Choices({ id, groups, active, onTake }: ChoicesProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another active line is to be seen
  useEffect(() => {
    const option = document.getElementById(id)?.querySelector("[aria-selected=true]");
    // The first line brings the heading above it along.
    (option?.previousElementSibling?.role === "presentation" ? option.parentElement : option)?.scrollIntoView({
      block: "nearest",
    });
  }, [id, active?.key]);
  const indexOf = new Map(groups.flatMap((group) => group.choices).map((choice, index) => [choice, index]));
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Results"
      className="min-h-0 overflow-y-auto p-1.5 not-empty:max-sm:flex-1 sm:max-h-96"
    >
      {groups.map((group, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a listbox
        <div key={group.label} role="group" aria-labelledby={`${id}-group-${index}`}>
          <p id={`${id}-group-${index}`} role="presentation" className="px-2.5 pt-2 pb-1 text-ink-faint text-xs">
            {group.label}
          </p>
          {group.choices.map((choice) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box; aria-activedescendant names the option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's
            <div
              key={choice.key}
              id={`${id}-${indexOf.get(choice)}`}
              role="option"
              aria-selected={choice === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTake(choice)}
              className={cn(
                "flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-md px-2.5 text-13 text-ink",
                "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-muted",
                choice === active ? "bg-pressed" : "hover:bg-hover",
              )}
            >
              {choice.line}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function placeholderOf(place: FramePlace | null, asking: Command | null): string {
  if (asking !== null) return "Which user? ID or name";
  return place ? "User by ID or name, page, action…" : "Page or action";
}

function emptyWords(text: string, settled: boolean, asking: Command | null, place: FramePlace | null): string {
  if (!settled) return "Searching…";
  if (text.trim() === "") return "Type an ID, the start of an ID, or a name.";
  const nothing = asking === null ? `Nothing matches “${text.trim()}”.` : `No such user: “${text.trim()}”.`;
  return `${nothing} ${searchedWords(text, asking, place)}`;
}

/** Where a text was looked for that has found nothing. */
function searchedWords(text: string, asking: Command | null, place: FramePlace | null): string {
  if (asking === null && text.startsWith(">")) return "Only commands were searched, because of the “>”.";
  if (place === null) return "Users are searched inside an app.";
  return `Users${asking === null ? " and groups" : ""} were searched in ${place.app.name}, ${ENVIRONMENT_WORDS[place.environment].label}.`;
}

/** What a screen reader is told about the choices. */
function statusOf(
  text: string,
  choices: readonly PaletteChoice[],
  settled: boolean,
  asking: Command | null,
  place: FramePlace | null,
): string {
  if (text.trim() === "") return "";
  const [first] = choices;
  if (!settled || first === undefined) return emptyWords(text, settled, asking, place);
  return `${plural(choices.length, "result")}, first ${first.label}`;
}
