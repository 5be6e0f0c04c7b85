import {
  ArrowRightLeft,
  BookOpen,
  CodeXml,
  Keyboard,
  LogOut,
  type LucideIcon,
  Moon,
  Plus,
  ShieldUser,
  Sun,
  SunMoon,
  UserPlus,
  UserRound,
} from "lucide-react";
import type { OperatorRole } from "@/lib/core/actor";
import { roleMay } from "@/lib/core/permissions";
import { ENVIRONMENT_WORDS, type FrameApp, type FramePlace, placeBase, productionState } from "./frame-data";
import { sectionsOf } from "./sections";
import type { Theme } from "./theme";

export type Command = {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keywords?: readonly string[];
} & ({ readonly href: string; readonly run?: undefined } | { readonly href?: undefined; readonly run: () => void });

export type Commands = ReadonlyArray<{ readonly label: string; readonly commands: readonly Command[] }>;

/** What the palette offers at this place to this role. It holds nothing that the menu or the screens do not have. */
export function commandsOf({
  place,
  apps,
  role,
  setTheme,
  signOut,
  showShortcuts,
}: {
  place: FramePlace | null;
  apps: readonly FrameApp[];
  role: OperatorRole;
  setTheme: (theme: Theme) => void;
  signOut: () => void;
  showShortcuts: () => void;
}): Commands {
  const actions: Command[] = [];
  if (place && roleMay(role, "users.register")) {
    actions.push({ label: "Register user", icon: UserPlus, href: `${placeBase(place)}/users?dialog=register` });
  }
  if (place) {
    actions.push({
      label: "Soft-delete users by API",
      icon: CodeXml,
      href: `${placeBase(place)}/deleted-users?dialog=soft-delete`,
    });
  }
  if (roleMay(role, "operators.manage")) {
    actions.push({ label: "Invite operator", icon: UserPlus, href: "/operators?dialog=invite" });
  }
  if (roleMay(role, "apps.create")) actions.push({ label: "Create app", icon: Plus, href: "/apps?dialog=create" });
  if (place) {
    const other = place.environment === "development" ? "production" : "development";
    if (other === "development" || productionState(place.app) !== "not-opened") {
      actions.push({
        label: `Switch to ${ENVIRONMENT_WORDS[other].label}`,
        icon: ArrowRightLeft,
        href: `${placeBase({ app: place.app, environment: other })}/overview`,
      });
    }
  }
  const goTo = apps
    .filter((app) => app.id !== place?.app.id)
    .map((app) => ({
      label: `Go to ${app.name}`,
      icon: ArrowRightLeft,
      keywords: [app.id],
      href: `${placeBase({ app, environment: "development" })}/overview`,
    }));
  return [
    {
      label: "Pages",
      commands: [
        ...sectionsOf(place, role).flatMap((group) => group.sections),
        { label: "Account", icon: UserRound, href: "/account" },
        { label: "What each role may do", icon: ShieldUser, keywords: ["permissions", "roles"], href: "/roles" },
        { label: "Server API reference", icon: BookOpen, keywords: ["openapi", "docs"], href: "/docs" },
      ],
    },
    { label: "Actions", commands: actions },
    { label: "Apps", commands: goTo },
    {
      label: "Console",
      commands: [
        { label: "Theme: light", icon: Sun, run: () => setTheme("light") },
        { label: "Theme: dark", icon: Moon, run: () => setTheme("dark") },
        { label: "Theme: as the system", icon: SunMoon, run: () => setTheme("system") },
        { label: "Keyboard shortcuts", icon: Keyboard, run: showShortcuts },
        { label: "Sign out", icon: LogOut, run: signOut },
      ],
    },
  ].filter((group) => group.commands.length > 0);
}
