"use client";

import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/count-text";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Link } from "@/components/ui/link";
import { AbsoluteTime } from "@/components/ui/time";
import { GROUP_MEMBER_LIMIT, GROUP_PERMISSION_WORDS, type GroupPermission } from "@/lib/core/groups/facts";
import type { Group } from "@/lib/core/groups/group";

const none = <span className="text-ink-faint">None</span>;
/** Written by users: line breaks are kept, and nothing in it is a link. */
const text = (value: string | undefined) =>
  value === undefined ? none : <span className="whitespace-pre-wrap">{value}</span>;

/** What the group is, and what its permissions let users do from their clients. */
export function GroupFacts({ group }: { group: Group }) {
  const { base } = useEnvironmentScope();
  const attributes = Object.entries(group.extended);
  const permissions = Object.keys(GROUP_PERMISSION_WORDS) as GroupPermission[];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card aria-labelledby="group-facts">
        <CardHeader id="group-facts" title="Group" description="What its members see." />
        <CardBody className="py-0">
          <KeyValueList
            items={[
              {
                key: "Owner",
                value: (
                  <Link
                    href={userHref(base, group.ownerId)}
                    className="rounded-sm font-medium text-accent-ink hover:underline"
                  >
                    {group.ownerId}
                  </Link>
                ),
              },
              { key: "Members", value: `${formatCount(group.memberCount)} of ${formatCount(GROUP_MEMBER_LIMIT)}` },
              { key: "Created", value: <AbsoluteTime date={group.createdAt} /> },
              { key: "Introduction", value: text(group.profile.introduction) },
              { key: "Announcement", value: text(group.profile.announcement) },
              { key: "Picture address", value: text(group.profile.portraitUrl) },
              ...attributes.map(([key, value]) => ({ key, value: text(value) })),
            ]}
          />
        </CardBody>
      </Card>
      <Card aria-labelledby="group-permissions">
        <CardHeader
          id="group-permissions"
          title="Permissions"
          description="Who may do what from a client. App servers and operators aren’t bound by this."
        />
        <CardBody className="py-0">
          <KeyValueList
            items={permissions.map((key) => ({
              key: GROUP_PERMISSION_WORDS[key].label,
              value: GROUP_PERMISSION_WORDS[key].values[group.permissions[key]] ?? String(group.permissions[key]),
            }))}
          />
        </CardBody>
      </Card>
    </div>
  );
}
