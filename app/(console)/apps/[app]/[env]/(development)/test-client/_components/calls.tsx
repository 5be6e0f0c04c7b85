"use client";

import { messageCheckHref } from "@/components/layout/hrefs";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { Engine, Result } from "@/lib/client";
import type { Target, TestSession } from "./test-session";

interface Call {
  readonly label: string;
  /** "Block": what a refusal starts with */
  readonly name: string;
  run(engine: Engine): Promise<Result<unknown>>;
  said(data: unknown): string;
}

const call = <Data,>(
  label: string,
  name: string,
  run: (engine: Engine) => Promise<Result<Data>>,
  said: (data: Data | undefined) => string,
): Call => ({ label, name, run, said: (data) => said(data as Data | undefined) });

const WAITS_FOR_APPROVAL = 25461;

function callsAboutUser(id: string): readonly Call[] {
  return [
    call(
      "Add friend",
      `Add friend ${id}`,
      ({ userModule }) => userModule.addFriend({ userId: id }),
      (data) =>
        data?.processCode === WAITS_FOR_APPROVAL
          ? `Add friend ${id}: the request waits for approval.`
          : `Add friend ${id}: friends now.`,
    ),
    call(
      "Accept request",
      `Accept request of ${id}`,
      ({ userModule }) => userModule.acceptFriendApplication(id),
      () => `Accept request of ${id}: friends now.`,
    ),
    call(
      "Remove friend",
      `Remove friend ${id}`,
      ({ userModule }) => userModule.deleteFriends([id]),
      () => `Remove friend ${id}: done.`,
    ),
    call(
      "Check friendship",
      `Check friendship with ${id}`,
      ({ userModule }) => userModule.checkFriends([id]),
      (relations) => `Check friendship with ${id}: ${relations?.[0]?.relation === 3 ? "friends" : "not friends"}.`,
    ),
    call(
      "Block",
      `Block ${id}`,
      ({ userModule }) => userModule.addToBlocklist(id),
      () => `Block ${id}: done.`,
    ),
    call(
      "Unblock",
      `Unblock ${id}`,
      ({ userModule }) => userModule.removeFromBlocklist(id),
      () => `Unblock ${id}: done.`,
    ),
    call(
      "Check block",
      `Check block of ${id}`,
      ({ userModule }) => userModule.checkBlocked(id),
      (blocked) => `Check block of ${id}: ${blocked ? "blocked" : "not blocked"}.`,
    ),
  ];
}

function callsAboutGroup(id: string, other: string): readonly Call[] {
  const invite = call(
    `Invite ${other}`,
    `Invite ${other} to ${id}`,
    (engine) => engine.groupChannel(id).inviteUsers([other]),
    () => `Invite ${other} to ${id}: done.`,
  );
  return [
    call(
      "Create group",
      `Create group ${id}`,
      (engine) => engine.createGroup({ groupId: id, groupName: id }),
      () => `Create group ${id}: done.`,
    ),
    ...(other === "" ? [] : [invite]),
    call(
      "Join group",
      `Join group ${id}`,
      (engine) => engine.groupChannel(id).join(),
      (joined) => `Join group ${id}: ${joined?.processCode === 25424 ? "waits for approval" : "done"}.`,
    ),
    call(
      "Leave group",
      `Leave group ${id}`,
      (engine) => engine.groupChannel(id).leave(),
      () => `Leave group ${id}: done.`,
    ),
  ];
}

interface CallsProps {
  session: TestSession;
  target: Target;
  enabled: boolean;
  from: string;
  /** Who can be invited to a group. */
  other: string;
  who: string;
  base: string;
}

/** The client library's common calls about the one who is written to; their outcome stands in the conversation. */
export function Calls({ session, target, enabled, from, other, who, base }: CallsProps) {
  const about = "userId" in target ? target.userId : target.groupId;
  const calls = "userId" in target ? callsAboutUser(about) : callsAboutGroup(about, other);
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Calls of {who}</legend>
      {calls.map(({ label, name, run, said }) => (
        <Button
          key={label}
          size="sm"
          disabled={!enabled}
          aria-label={`${label} ${about}, as ${who}`}
          onClick={() => session.call(name, run, said)}
        >
          {label}
        </Button>
      ))}
      {"userId" in target && about !== "" ? (
        <Link
          href={messageCheckHref(base, { from, to: about })}
          className="px-1 font-medium text-13 text-accent-ink underline"
          aria-label={`Message check, ${who} to ${about}`}
        >
          Message check
        </Link>
      ) : null}
    </fieldset>
  );
}
