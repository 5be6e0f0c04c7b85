import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { LinkButton } from "@/components/ui/button";
import { countText } from "@/components/ui/count-text";
import type { UsersElsewhere } from "@/lib/core/users/count-users-elsewhere";

/** Where else a search that finds nobody may look: the app's other environment, and the ids of deleted users. */
export function SearchElsewhere({ q, elsewhere }: { q: string; elsewhere: UsersElsewhere | null }) {
  const { scope, base } = useEnvironmentScope();
  if (q === "") return null;
  const search = `?${new URLSearchParams({ q })}`;
  return (
    <>
      {elsewhere === null || elsewhere.count.count === 0 ? null : (
        <LinkButton href={`/apps/${scope.app}/${elsewhere.environment}/users${search}`}>
          {`${countText(elsewhere.count)} in ${elsewhere.environment === "production" ? "Production" : "Development"}`}
        </LinkButton>
      )}
      <LinkButton href={`${base}/deleted-users${search}`}>Search deleted users</LinkButton>
    </>
  );
}
