import { ENVIRONMENT_WORDS, ROLE_WORDS } from "@/components/layout/frame-data";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import type { OperatorAccess, PlaceAccess } from "@/lib/core/operators/get-access";
import type { Place } from "../access";
import { ChangeAccess } from "./change-access";

interface AccessTableProps {
  access: OperatorAccess;
  /** Of which the table below tells. */
  chosen: Place | null;
  mayChange: boolean;
}

const ENVIRONMENTS = ["development", "production"] as const;
const cellStyles = "h-11 border-b px-3 py-1.5 text-left align-middle";

/** An operator's role in each environment of each app, and where it comes from; each leads to what it lets them do. */
export function AccessTable({ access, chosen, mayChange }: AccessTableProps) {
  const base = `/operators/${access.id}`;
  const { everywhere } = access.holds;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Roles by app"
      className="focus-inset relative overflow-x-auto rounded-lg border bg-surface"
    >
      <table className="w-full border-separate border-spacing-0 text-13">
        <caption className="sr-only">Roles by app</caption>
        <thead>
          <tr className="text-ink-muted">
            <th scope="col" className={cn(cellStyles, "h-9 pl-4 font-normal")}>
              App
            </th>
            {ENVIRONMENTS.map((name) => (
              <th key={name} scope="col" className={cn(cellStyles, "h-9 min-w-36 font-normal")}>
                {ENVIRONMENT_WORDS[name].label}
              </th>
            ))}
            <th scope="col" className={cn(cellStyles, "h-9")}>
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          <tr data-testid="access-row-installation">
            <th scope="row" className={cn(cellStyles, "pl-4 font-medium")}>
              The installation
            </th>
            <td colSpan={2} className={cn(cellStyles, chosen === null && "bg-accent-soft")}>
              <RoleLink href={base} current={chosen === null} label={ROLE_WORDS[everywhere].label} />
              <span className="block text-ink-faint text-xs">Counts in each app where nothing else is said</span>
            </td>
            <td className={cellStyles} />
          </tr>
          {access.apps.map((app) => (
            <tr key={app.id} data-testid={`access-row-${app.id}`} data-row-id={app.id}>
              <th scope="row" className={cn(cellStyles, "max-w-52 truncate pl-4 font-medium")}>
                {app.name}
              </th>
              {app.places.map((place) => {
                const current = chosen?.appId === app.id && chosen.name === place.environment;
                return (
                  <td key={place.environment} className={cn(cellStyles, current && "bg-accent-soft")}>
                    <RoleLink
                      href={`${base}?app=${app.id}&env=${place.environment}`}
                      current={current}
                      label={place.role === "guest" ? "No access" : ROLE_WORDS[place.role].label}
                    />
                    <span className="block text-ink-faint text-xs">{sourceOf(place)}</span>
                  </td>
                );
              })}
              <td className={cn(cellStyles, "text-right")}>
                {mayChange ? <ChangeAccess operator={access} app={app} /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function sourceOf({ grant, exists }: PlaceAccess): string {
  const from = grant === null ? "As everywhere" : `Given by ${grant.grantedBy}`;
  return exists ? from : `${from}. Not opened yet`;
}

function RoleLink({ href, current, label }: { href: string; current: boolean; label: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={current ? "true" : undefined}
      className="rounded-sm font-medium text-accent-ink hover:underline"
    >
      {label}
    </Link>
  );
}
