import {
  ArrowRightLeft,
  Ban,
  BookOpen,
  Clock,
  CodeXml,
  FileUp,
  FlaskConical,
  History,
  Keyboard,
  KeyRound,
  LayoutGrid,
  LogOut,
  type LucideIcon,
  MessageCircleQuestionMark,
  Moon,
  Plus,
  RotateCcw,
  ShieldCheck,
  ShieldUser,
  SlidersHorizontal,
  Sun,
  SunMoon,
  TestTubes,
  Trash2,
  UserPlus,
  UserRound,
} from "lucide-react";
import {
  ENVIRONMENT_WORDS,
  entranceOf,
  type FrameApp,
  type FrameOperator,
  type FramePlace,
  placeBase,
  productionState,
} from "@/components/layout/frame-data";
import {
  messageCheckHref,
  ownActivityHref,
  type UserDialog,
  userDialogHref,
  userHref,
} from "@/components/layout/hrefs";
import { sectionsOf } from "@/components/layout/sections";
import type { Theme } from "@/components/layout/theme";
import { operatorMay, type Permission } from "@/lib/core/permissions";
import { SETTINGS } from "@/lib/core/settings/facts";

interface CommandWords {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keywords?: readonly string[];
}

/** Goes somewhere, does something, or asks first which user it is about and then goes somewhere. */
export type Command = CommandWords &
  (
    | { readonly href: string; readonly run?: undefined; readonly forUser?: undefined }
    | { readonly run: () => void; readonly href?: undefined; readonly forUser?: undefined }
    | { readonly forUser: (userId: string) => string; readonly href?: undefined; readonly run?: undefined }
  );

export interface CommandGroup {
  readonly label: string;
  readonly commands: readonly Command[];
  /** Only found by a text, never listed: there are too many, or they are no commands. */
  readonly searched?: boolean;
}

export interface CommandsInput {
  place: FramePlace | null;
  apps: readonly FrameApp[];
  operator: Pick<FrameOperator, "operatorId" | "role" | "holds">;
  setTheme: (theme: Theme) => void;
  signOut: () => void;
  showShortcuts: () => void;
}

/** What the palette offers at this place to this operator. It holds nothing that the menu or the screens do not have. */
export function commandsOf(input: CommandsInput): readonly CommandGroup[] {
  const { place, apps, operator, setTheme, signOut, showShortcuts } = input;
  const groups: CommandGroup[] = [
    {
      label: "Pages",
      commands: [
        ...sectionsOf(place, operator).flatMap((group) => group.sections),
        { label: "Account", icon: UserRound, keywords: ["password", "sessions"], href: "/account" },
        ...(place === null
          ? []
          : [
              {
                label: "What I did today",
                icon: History,
                keywords: ["own activity", "my activity", "shift", "audit log"],
                href: ownActivityHref(placeBase(place), operator.operatorId),
              },
            ]),
        { label: "What each role may do", icon: ShieldUser, keywords: ["permissions", "roles"], href: "/roles" },
        { label: "Server API reference", icon: BookOpen, keywords: ["openapi", "docs"], href: "/docs" },
        { label: "Testing this console", icon: FlaskConical, keywords: ["playwright", "qa"], href: "/testing" },
      ],
    },
    {
      label: "Actions",
      commands: [...(place ? userCommands(place, operator) : []), ...placeCommands(place, operator)],
    },
    { label: "Apps", searched: apps.length > 8, commands: apps.map(appCommand) },
    { label: "Settings", searched: true, commands: place ? settingCommands(place) : [] },
    {
      label: "Console",
      commands: [
        { label: "Theme: light", icon: Sun, run: () => setTheme("light") },
        { label: "Theme: dark", icon: Moon, run: () => setTheme("dark") },
        { label: "Theme: system", icon: SunMoon, run: () => setTheme("system") },
        { label: "Keyboard shortcuts", icon: Keyboard, run: showShortcuts },
        { label: "Sign out", icon: LogOut, keywords: ["log out"], run: signOut },
      ],
    },
  ];
  return groups.filter((group) => group.commands.length > 0);
}

/** What can be done with a user, who is then asked for. */
function userCommands(place: FramePlace, operator: CommandsInput["operator"]): Command[] {
  const base = placeBase(place);
  const development = place.environment === "development";
  // Nothing can be changed in a closed Production.
  const may = (permission: Permission) =>
    operatorMay(operator, permission) && (development || productionState(place.app) === "open");
  const dialog = (name: UserDialog) => (userId: string) => userDialogHref(base, userId, name);
  const commands: Array<Command | false> = [
    may("users.ban") && { label: "Ban a user…", icon: Ban, keywords: ["suspend"], forUser: dialog("ban") },
    may("users.ban") && { label: "Unban a user…", icon: ShieldCheck, keywords: ["lift"], forUser: dialog("unban") },
    may("users.invalidate_tokens") && {
      label: "Invalidate tokens of a user…",
      icon: KeyRound,
      keywords: ["revoke", "sign out"],
      forUser: dialog("invalidate"),
    },
    may("users.restore") && {
      label: "Restore a user…",
      icon: RotateCcw,
      keywords: ["undelete", "soft-deleted"],
      forUser: dialog("restore"),
    },
    development &&
      may("users.issue_test_token") && {
        label: "Issue a test token…",
        icon: KeyRound,
        keywords: ["access token"],
        forUser: (userId: string) => userHref(base, userId, "tokens"),
      },
    {
      label: "Check messages of a user…",
      icon: MessageCircleQuestionMark,
      keywords: ["message check", "reach"],
      forUser: (userId: string) => messageCheckHref(base, { from: userId }),
    },
    development &&
      may("users.delete_test") && {
        label: "Delete a test user…",
        icon: Trash2,
        keywords: ["remove"],
        forUser: dialog("delete"),
      },
  ];
  return commands.filter((command) => command !== false);
}

function placeCommands(place: FramePlace | null, operator: CommandsInput["operator"]): Command[] {
  const actions: Command[] = [];
  if (place && operatorMay(operator, "users.register")) {
    actions.push({
      label: "Register user",
      icon: UserPlus,
      keywords: ["create", "add", "new"],
      href: `${placeBase(place)}/users?dialog=register`,
    });
    actions.push({
      label: "Import users",
      icon: FileUp,
      keywords: ["csv", "json", "upload"],
      href: `${placeBase(place)}/import-users`,
    });
  }
  if (place?.environment === "development" && operatorMay(operator, "test_runs.start")) {
    actions.push({
      label: "Start test run",
      icon: TestTubes,
      keywords: ["ci", "playwright", "seats"],
      href: `${placeBase(place)}/test-runs?dialog=start`,
    });
  }
  if (place?.environment === "development" && operatorMay(operator, "clock.move")) {
    actions.push({
      label: "Move the test clock",
      icon: Clock,
      keywords: ["time", "advance", "travel"],
      href: `${placeBase(place)}/test-runs?dialog=clock`,
    });
  }
  if (place) {
    actions.push({
      label: "Soft-delete users (Server API)",
      icon: CodeXml,
      href: `${placeBase(place)}/deleted-users?dialog=soft-delete`,
    });
  }
  if (operatorMay(operator, "operators.manage")) {
    actions.push({ label: "Invite operator", icon: UserPlus, href: "/operators?dialog=invite" });
  }
  if (operatorMay(operator, "apps.create"))
    actions.push({ label: "Create app", icon: Plus, href: "/apps?dialog=create" });
  if (place) {
    const other = place.environment === "development" ? "production" : "development";
    if (place.app.reached.includes(other)) {
      actions.push({
        label: `Switch to ${ENVIRONMENT_WORDS[other].label}`,
        icon: ArrowRightLeft,
        href: `${placeBase({ app: place.app, environment: other })}/overview`,
      });
    }
  }
  return actions;
}

function appCommand(app: FrameApp): Command {
  return {
    label: app.name,
    icon: LayoutGrid,
    keywords: ["go to app", app.id],
    href: `${placeBase(entranceOf(app))}/overview`,
  };
}

function settingCommands(place: FramePlace): Command[] {
  return SETTINGS.map(({ key, label, group }) => ({
    label,
    icon: SlidersHorizontal,
    keywords: [key, group, "setting"],
    href: `${placeBase(place)}/chat/settings#${key}`,
  }));
}
