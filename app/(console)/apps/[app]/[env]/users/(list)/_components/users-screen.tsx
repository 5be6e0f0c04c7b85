"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp, UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useRef } from "react";
import { isNarrowed, rowsMeant } from "@/components/data-table/list-address";
import { ListScreen } from "@/components/data-table/list-screen";
import { fetchJson } from "@/components/failure/fetch-json";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { quotaKey } from "@/components/layout/quota-query";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button, LinkButton } from "@/components/ui/button";
import { formatCount } from "@/components/ui/count-text";
import { onIntent } from "@/components/ui/on-intent";
import type { ActionResult } from "@/lib/console/action-result";
import type { CappedCount } from "@/lib/core/paging/page-size";
import type { UsersElsewhere } from "@/lib/core/users/count-users-elsewhere";
import type { UserListQuery, UserPage } from "@/lib/core/users/list-schema";
import { UserPeek } from "../../../_user-actions/peek/user-peek";
import { UserActionsProvider } from "../../../_user-actions/user-actions-provider";
import { indexingNote, usersList, usersNote } from "../users-list";
import { SearchElsewhere } from "./search-elsewhere";

const RegisterUserDialog = onIntent(() => import("./register-user-dialog").then((part) => part.RegisterUserDialog));

interface UsersProps {
  query: UserListQuery;
  page: ActionResult<UserPage>;
  /** Where the newest user was when the page was read; null: that could not be read. */
  newest: string | null;
  /** What a search that finds nobody here finds in the app's other environment; null: there is none. */
  elsewhere: UsersElsewhere | null;
}

/** The users of an environment: search, filter, sort, tick over pages, act. */
export function UsersScreen({ query, page, newest, elsewhere, ...scope }: EnvironmentScopeProps & UsersProps) {
  return (
    <EnvironmentScopeProvider {...scope}>
      <UserActionsProvider>
        <Users query={query} page={page} newest={newest} elsewhere={elsewhere} />
      </UserActionsProvider>
    </EnvironmentScopeProvider>
  );
}

function Users({ query, page, newest, elsewhere }: UsersProps) {
  const { scope, base, whyNot } = useEnvironmentScope();
  const router = useRouter();
  const queries = useQueryClient();
  const register = useAddressDialog("register");
  const registerButton = useRef<HTMLButtonElement>(null);
  const count = useUsersCount(query);
  const noRegister = whyNot("users.register");
  const notes = page.ok ? [usersNote(page.data, isNarrowed(usersList, query)), indexingNote(page.data)] : [];

  const registered = () => {
    startTransition(() => router.refresh());
    void queries.invalidateQueries({ queryKey: ["users"] });
    void queries.invalidateQueries({ queryKey: quotaKey(scope) });
  };
  return (
    <ListScreen
      list={usersList}
      query={query}
      page={page}
      count={count ?? null}
      countDetail={count === undefined || count.deleted === 0 ? "" : `, ${formatCount(count.deleted)} soft-deleted`}
      newest={newest}
      description={noRegister ? `You can’t register users. ${noRegister}` : undefined}
      notes={notes.map((note) =>
        note === null ? null : (
          <p key={note} className="text-ink-muted text-xs">
            {note}
          </p>
        ),
      )}
      actions={
        <LinkButton href={`${base}/import-users`} icon={FileUp} compact>
          Import
        </LinkButton>
      }
      elsewhere={<SearchElsewhere q={query.q} elsewhere={elsewhere} />}
      primary={
        <Button
          ref={registerButton}
          variant="primary"
          icon={UserPlus}
          onClick={register.show}
          disabled={noRegister !== null}
          title={noRegister ?? undefined}
        >
          Register user
        </Button>
      }
    >
      {register.open && noRegister === null ? (
        <RegisterUserDialog onClose={register.close} onRegistered={registered} returnFocusTo={registerButton} />
      ) : null}
      <UserPeek />
    </ListScreen>
  );
}

/** Registered and soft-deleted users together, and how many of them are soft-deleted. */
type UsersCount = CappedCount & { readonly deleted: number };

/** How many users search and filters leave, counted beside the page so that the rows do not wait for it. */
function useUsersCount(query: UserListQuery): UsersCount | undefined {
  const { scope } = useEnvironmentScope();
  const meant = rowsMeant(usersList, query);
  const { data } = useQuery({
    queryKey: ["users", scope.app, scope.env, "count", meant],
    queryFn: ({ signal }) => fetchJson<UsersCount>(`/api/apps/${scope.app}/${scope.env}/users/count?${meant}`, signal),
    staleTime: 15_000,
  });
  return data;
}
