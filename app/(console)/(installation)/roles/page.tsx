import { ROLE_WORDS } from "@/components/layout/frame-data";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { operatorPage } from "@/lib/console/page";
import { OPERATOR_ROLES, PERMISSIONS, type Permission, roleMay } from "@/lib/core/permissions";
import { PermissionTable } from "../_permissions/permission-table";
import { YesOrNo } from "../_permissions/yes-or-no";

export const metadata = { title: "What each role may do" };

const ALL = Object.keys(PERMISSIONS) as Permission[];

/** The core's table of permissions in words. */
export default async function RolesPage() {
  const { actor } = await operatorPage();
  return (
    <div className="max-w-4xl">
      <PageHeader
        title="What each role may do"
        description={
          <>
            Yours is {ROLE_WORDS[actor.role].label}. A role covers all apps, but an owner can give you another one in
            Development or Production of single apps.{" "}
            <Link href={`/operators/${actor.operatorId}`} className="font-medium text-accent-ink hover:underline">
              What you may do
            </Link>
          </>
        }
      />
      <PermissionTable
        caption="Roles and permissions"
        permissions={ALL}
        columns={OPERATOR_ROLES.map((role) => ({
          id: role,
          marked: role === actor.role,
          header: (
            <>
              {ROLE_WORDS[role].label}
              {role === actor.role ? <span className="font-normal text-ink-muted"> (you)</span> : null}
            </>
          ),
          cell: (permission) => <YesOrNo yes={roleMay(role, permission)} />,
        }))}
      />
      <p className="mt-3 max-w-2xl text-13 text-ink-muted">
        Every operator can change their own password and end their own sessions. Whatever the role, only the Server API
        soft-deletes users, and only Development lets you delete test users.
      </p>
    </div>
  );
}
