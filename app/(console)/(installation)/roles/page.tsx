import { Check, Minus } from "lucide-react";
import { ROLE_WORDS } from "@/components/layout/frame-data";
import { cn } from "@/components/ui/class-names";
import { PageHeader } from "@/components/ui/page-header";
import { operatorPage } from "@/lib/console/page";
import { OPERATOR_ROLES, PERMISSIONS, type Permission, roleMay } from "@/lib/core/permissions";

export const metadata = { title: "What each role may do" };

const ALL = Object.keys(PERMISSIONS) as Permission[];
const AREAS = [...new Set(ALL.map((permission) => PERMISSIONS[permission].area))];

/** The core's table of permissions in words. */
export default async function RolesPage() {
  const { actor } = await operatorPage();
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="What each role may do"
        description={`Yours is ${ROLE_WORDS[actor.role].label}. A role covers all apps. An owner can change it under Operators.`}
      />
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Roles and permissions"
        className="focus-inset relative overflow-x-auto rounded-lg border bg-surface"
      >
        <table className="w-full border-separate border-spacing-0 text-13">
          <caption className="sr-only">Roles and permissions</caption>
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky left-0 z-10 h-9 border-b bg-surface pl-4 text-left font-normal text-ink-muted"
              >
                Permission
              </th>
              {OPERATOR_ROLES.map((role) => (
                <th
                  key={role}
                  scope="col"
                  className={cn(
                    "h-9 w-24 min-w-20 border-b px-2 text-center font-medium",
                    role === actor.role && "bg-accent-soft",
                  )}
                >
                  {ROLE_WORDS[role].label}
                  {role === actor.role ? <span className="font-normal text-ink-muted"> (you)</span> : null}
                </th>
              ))}
            </tr>
          </thead>
          {AREAS.map((area) => (
            <tbody key={area} className="last:[&>tr:last-child>*]:border-b-0">
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={OPERATOR_ROLES.length + 1}
                  className="h-9 border-b bg-sunken text-left font-medium"
                >
                  <span className="sticky left-0 inline-block pl-4">{area}</span>
                </th>
              </tr>
              {ALL.filter((permission) => PERMISSIONS[permission].area === area).map((permission) => (
                <tr key={permission} data-testid={`permission-${permission}`}>
                  <th
                    scope="row"
                    className="sticky left-0 z-10 h-9 min-w-44 border-b bg-surface py-1.5 pr-2 pl-4 text-left font-normal"
                  >
                    {PERMISSIONS[permission].words}
                  </th>
                  {OPERATOR_ROLES.map((role) => (
                    <Answer key={role} may={roleMay(role, permission)} own={role === actor.role} />
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
      <p className="mt-3 max-w-2xl text-13 text-ink-muted">
        Every operator can change their own password and end their own sessions. Whatever the role, only the Server API
        soft-deletes users, and only Development lets you delete test users.
      </p>
    </div>
  );
}

function Answer({ may, own }: { may: boolean; own: boolean }) {
  const Icon = may ? Check : Minus;
  return (
    <td className={cn("border-b px-2 text-center", own && "bg-accent-soft")}>
      <Icon aria-hidden className={cn("mx-auto size-4", may ? "text-ok-ink" : "text-ink-faint")} />
      <span className="sr-only">{may ? "Yes" : "No"}</span>
    </td>
  );
}
