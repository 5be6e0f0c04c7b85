"use client";

import { Clock, ShieldUser, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { type FramePlace, placeBase } from "@/components/layout/frame-data";
import { groupHref, operatorHref, userHref } from "@/components/layout/hrefs";
import { useSuggestions } from "@/components/layout/use-suggestions";
import { Name } from "@/components/ui/name";
import { SuggestedUserLine, useUserSuggestions } from "@/components/users/user-suggestions";
import type { SuggestedGroup } from "@/lib/core/groups/suggest-groups";
import type { SuggestedOperator } from "@/lib/core/operators/suggest-operators";
import type { Command, CommandGroup } from "./commands";
import { arranged, beginsWith, type Choice, type ChoiceGroup } from "./rank";
import { type Recents, useRecents } from "./recents";

/** One line of the palette. */
export interface PaletteChoice extends Choice {
  readonly line: ReactNode;
  readonly act: { readonly href: string } | { readonly run: () => void } | { readonly ask: Command };
}

type Group = ChoiceGroup<PaletteChoice>;

interface Asked {
  place: FramePlace | null;
  commands: readonly CommandGroup[];
  /** Set: only users are chosen, for this command. */
  asking: Command | null;
  text: string;
  /** Enter was pressed and waits. */
  hurry: boolean;
}

export interface Choices {
  readonly groups: readonly Group[];
  /** Whether the first choice will stay the first: no answer that may come before it is still on its way. */
  readonly settled: boolean;
  readonly fetching: boolean;
  readonly error: string | null;
}

/** What can be chosen for a text: users, groups and operators as the server finds them, and the console's own commands. */
export function useChoices({ place, commands, asking, text, hurry }: Asked): Choices {
  const recents = useRecents();
  const onlyCommands = asking === null && text.startsWith(">");
  const base = place === null ? null : placeBase(place);
  const enabled = !onlyCommands;
  const users = useUserSuggestions(base, text, { enabled, hurry });
  const others = { enabled: enabled && asking === null, hurry };
  const groups = useSuggestions<SuggestedGroup>(base && `/api${base}/groups/suggest`, text, {
    what: "Groups",
    ...others,
  });
  const operators = useSuggestions<SuggestedOperator>(base && `/api${base}/operators/suggest`, text, {
    what: "Operators",
    ...others,
  });

  if (onlyCommands) {
    const wanted = text.slice(1).trim();
    const own = commands.filter((group) => group.searched !== true).map(commandChoices);
    return { groups: wanted === "" ? own : arranged(wanted, own), settled: true, fetching: false, error: null };
  }
  const hrefOf = (userId: string) => asking?.forUser?.(userId) ?? userHref(base ?? "", userId);
  if (text.trim() === "") {
    return { groups: unasked(recents, commands, asking, hrefOf), settled: true, fetching: false, error: null };
  }
  const userChoices = users.found.map(
    (user): PaletteChoice => ({
      key: `user ${user.userId}`,
      label: user.name || user.userId,
      keywords: [user.userId],
      line: <SuggestedUserLine user={user} />,
      act: { href: hrefOf(user.userId) },
    }),
  );
  const found: Group[] = [
    { label: place ? `Users in ${place.environment}` : "Users", kind: "users", choices: userChoices },
    ...(asking === null
      ? [
          ...commands.map(commandChoices),
          { label: "Groups", kind: "found" as const, choices: groups.found.map((row) => groupChoice(base ?? "", row)) },
          { label: "Operators", kind: "found" as const, choices: operators.found.map(operatorChoice) },
        ]
      : []),
  ];
  const userComesFirst = userChoices.some((choice) => beginsWith(text, choice));
  return {
    groups: arranged(text, found),
    settled: users.answered && (userComesFirst || (groups.answered && operators.answered)),
    fetching: users.fetching || groups.fetching || operators.fetching,
    error: users.error ?? groups.error ?? operators.error,
  };
}

/** Before anything is typed: the recent users and places, then the commands. */
function unasked(
  recents: Recents,
  commands: readonly CommandGroup[],
  asking: Command | null,
  hrefOf: (userId: string) => string,
): Group[] {
  const users: Group = {
    label: "Recent users",
    kind: "own",
    choices: recents.users.map(({ userId, name }) => ({
      key: `recent user ${userId}`,
      label: name || userId,
      line: <SuggestedUserLine user={{ userId, name, avatarUrl: "", status: "active" }} />,
      act: { href: hrefOf(userId) },
    })),
  };
  const places: Group = {
    label: "Recent places",
    kind: "own",
    choices: recents.places.map(({ href, label }) => ({
      key: `recent place ${href}`,
      label,
      line: (
        <>
          <Clock aria-hidden /> <Name text={label} className="truncate" />
        </>
      ),
      act: { href },
    })),
  };
  const listed = commands.filter((group) => group.searched !== true).map(commandChoices);
  return [users, ...(asking === null ? [places, ...listed] : [])].filter((group) => group.choices.length > 0);
}

function commandChoices({ label, commands }: CommandGroup): Group {
  return {
    label,
    kind: "own",
    choices: commands.map((command) => {
      const { icon: Icon, keywords, href, run } = command;
      return {
        key: `${label} ${href ?? command.label}`,
        label: command.label,
        keywords,
        line: (
          <>
            <Icon aria-hidden /> <span className="truncate">{command.label}</span>
          </>
        ),
        act: href !== undefined ? { href } : run !== undefined ? { run } : { ask: command },
      };
    }),
  };
}

function groupChoice(base: string, { groupId, name }: SuggestedGroup): PaletteChoice {
  return {
    key: `group ${groupId}`,
    label: name || groupId,
    keywords: [groupId],
    line: (
      <>
        <UsersRound aria-hidden /> <Name text={name} className="truncate" />
        <code className="min-w-12 shrink-1000 truncate text-[0.92em] text-ink-muted">{groupId}</code>
      </>
    ),
    act: { href: groupHref(base, groupId) },
  };
}

function operatorChoice({ id, name, email }: SuggestedOperator): PaletteChoice {
  return {
    key: `operator ${id}`,
    label: name,
    keywords: [email],
    line: (
      <>
        <ShieldUser aria-hidden /> <Name text={name} className="truncate" />
        <span className="min-w-12 shrink-1000 truncate text-ink-muted">{email}</span>
      </>
    ),
    act: { href: operatorHref(email) },
  };
}
