import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { countText, formatCount, plural } from "@/components/ui/count-text";
import { KeyValueList } from "@/components/ui/key-value-list";
import { MAX_BLOCKED } from "@/lib/core/blocklist/schema";
import { MAX_FRIENDS } from "@/lib/core/friends/schema";
import { GROUP_MEMBER_LIMIT } from "@/lib/core/groups/facts";
import type { CappedCount } from "@/lib/core/paging/page-size";
import { CONNECTION_LIMITS } from "@/lib/core/presence/connection-limits";

interface ClientLimitsProps {
  /** Null: could not be counted. */
  online: { readonly users: CappedCount; readonly connections: CappedCount } | null;
  /** Sockets of one address a second; 0: any number. */
  connectsPerAddress: number;
  limited: boolean;
}

/** What connected clients may do, and what one user may have. */
export function ClientLimits({ online, connectsPerAddress, limited }: ClientLimitsProps) {
  const { ofUser, connectsOfUser, callsPerSecond, contentBytes } = CONNECTION_LIMITS;
  const ifLimited = (text: string) => (limited ? text : "No limit: limits are off");
  return (
    <>
      <Card aria-labelledby="client-limits">
        <CardHeader
          id="client-limits"
          title="Connections and messages"
          description="Each process of the service counts for itself. Only the limit per address can be set, by the installation."
        />
        <CardBody>
          <KeyValueList
            items={[
              {
                key: "Connected now",
                value:
                  online === null
                    ? "Unknown"
                    : `${countText(online.connections)} ${online.connections.count === 1 ? "connection" : "connections"} of ${countText(online.users)} ${online.users.count === 1 ? "user" : "users"}`,
              },
              { key: "Connections in total", value: "No limit" },
              { key: "Connections per user", value: `${ofUser} per process` },
              { key: "Connects per user", value: ifLimited(`${connectsOfUser} in 10 seconds`) },
              {
                key: "Connects per address",
                value:
                  connectsPerAddress === 0
                    ? "No limit"
                    : `${formatCount(connectsPerAddress)} a second, by CONNECTS_PER_ADDRESS`,
              },
              {
                key: "Calls and messages",
                value: ifLimited(
                  `${callsPerSecond} a second per connection, ${formatCount(callsPerSecond * 60)} a minute`,
                ),
              },
              { key: "Message content", value: `${contentBytes / 1024} KB` },
            ]}
          />
        </CardBody>
      </Card>
      <Card aria-labelledby="user-limits">
        <CardHeader
          id="user-limits"
          title="Limits per user"
          description="Fixed, so that lists of friends and members stay fast."
        />
        <CardBody>
          <KeyValueList
            items={[
              { key: "Friends", value: plural(MAX_FRIENDS, "friend") },
              { key: "Blocklist", value: plural(MAX_BLOCKED, "user") },
              { key: "Groups", value: "No limit" },
              { key: "Members per group", value: plural(GROUP_MEMBER_LIMIT, "user") },
            ]}
          />
        </CardBody>
      </Card>
    </>
  );
}
