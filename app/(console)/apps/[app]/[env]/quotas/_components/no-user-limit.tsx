import { Card, CardBody, CardHeader } from "@/components/ui/card";

/** What stands in Production where Development has its seats. */
export function NoUserLimit() {
  return (
    <Card aria-labelledby="users-quota">
      <CardHeader id="users-quota" title="Registered users" />
      <CardBody className="flex flex-col gap-1 text-13">
        <p className="font-semibold text-lg">No limit on registered users</p>
        <p className="max-w-prose text-ink-muted">
          Only Development is limited: it’s for tests, and you can delete its users to make room.
        </p>
      </CardBody>
    </Card>
  );
}
