"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, BookmarkCheck, Pencil, Plus, Save, Trash2, Undo2 } from "lucide-react";
import { useRef } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { notify } from "@/components/ui/notify";
import { onIntent } from "@/components/ui/on-intent";
import { useOpenDialog } from "@/components/ui/use-open-dialog";
import type { KeptList, ShownView } from "@/lib/core/views/schema";
import { useKeptLists } from "./kept-lists";
import { useList } from "./list";
import type { ListDefinition, ListQuery } from "./list-definition";
import { showView, VIEW_PARAM, viewText, viewTextOf } from "./list-view";

const ViewDialog = onIntent(() => import("./view-dialogs").then((part) => part.ViewDialog));
const DeleteViewDialog = onIntent(() => import("./view-dialogs").then((part) => part.DeleteViewDialog));

interface ViewsMenuProps<Row, Query extends ListQuery, Given> {
  list: ListDefinition<Row, Query, Given> & { readonly kept: KeptList };
  query: Query;
  /** The chosen columns, as the address spells them. */
  columns: string | null;
}

type Dialog = { readonly kind: "save" } | { readonly kind: "change" | "delete"; readonly view: ShownView };

/** The views of a list: the operator's own and those that others share. Its button says which is open, and whether it was changed. */
export function ViewsMenu<Row, Query extends ListQuery, Given>(props: ViewsMenuProps<Row, Query, Given>) {
  const { list, query, columns } = props;
  const { scope, whyNot } = useEnvironmentScope();
  const { search, go } = useList();
  const kept = useKeptLists();
  const queries = useQueryClient();
  const button = useRef<HTMLButtonElement>(null);
  const dialog = useOpenDialog<Dialog>();
  const queryKey = ["views", scope.app, scope.env, list.kept];
  const { data: views = [], isError } = useQuery({
    queryKey,
    queryFn: ({ signal }) => fetchJson<ShownView[]>(`/api/apps/${scope.app}/${scope.env}/views/${list.kept}`, signal),
    staleTime: 60_000,
  });
  const openId = new URLSearchParams(search).get(VIEW_PARAM);
  const open = views.find(({ id }) => id === openId);
  const shown = viewText(list, query, columns);
  const changed = open !== undefined && viewTextOf(list, open.query) !== shown;
  const closed = whyNot("users.read");

  const reread = () => queries.invalidateQueries({ queryKey });
  const show = (view: ShownView | null) => go(showView(search, view));
  const saveChanges = async (view: ShownView) => {
    const { id: viewId, name, shared, version } = view;
    const result = await kept?.actions.changeView(scope, {
      list: list.kept,
      viewId,
      name,
      shared,
      version,
      query: shown,
    });
    await reread();
    if (result?.ok) notify.success(`View “${name}” saved.`);
    else notify.failure(`View “${name}” was not saved.`, { description: result?.error.message });
  };
  const items = (of: readonly ShownView[]) =>
    of.map((view) => (
      <MenuItem
        key={view.id}
        icon={view.id === openId ? BookmarkCheck : Bookmark}
        aria-current={view.id === openId ? "true" : undefined}
        aside={view.own && view.shared ? "Shared" : view.own ? undefined : view.owner.name}
        onSelect={() => show(view)}
      >
        {view.name}
      </MenuItem>
    ));
  const own = views.filter((view) => view.own);
  const others = views.filter((view) => !view.own);
  return (
    <>
      <Menu
        label="Views"
        align="start"
        className="max-h-(--radix-popper-available-height) max-w-80 overflow-y-auto"
        trigger={
          <Button ref={button} icon={open ? BookmarkCheck : Bookmark} compact={open === undefined} className="max-w-64">
            <span className="truncate">{open ? `View: ${open.name}` : "Views"}</span>
            {changed ? <span className="text-ink-muted">(changed)</span> : null}
          </Button>
        }
      >
        {own.length > 0 ? <MenuLabel>Your views</MenuLabel> : null}
        {items(own)}
        {others.length > 0 ? <MenuLabel>Shared by others</MenuLabel> : null}
        {items(others)}
        {isError ? <MenuLabel>Could not load the views.</MenuLabel> : null}
        {views.length > 0 ? <MenuSeparator /> : null}
        {open && changed ? (
          <>
            <MenuItem
              icon={Save}
              disabled={!open.mayChange || closed !== null}
              reason={open.mayChange ? closed : `Only ${open.owner.name} can change it.`}
              onSelect={() => void saveChanges(open)}
            >
              Save changes to “{open.name}”
            </MenuItem>
            <MenuItem icon={Undo2} onSelect={() => show(open)}>
              Discard changes
            </MenuItem>
          </>
        ) : null}
        <MenuItem
          icon={Plus}
          disabled={closed !== null}
          reason={closed}
          onSelect={() => dialog.show({ kind: "save" }, button.current)}
        >
          Save as a new view…
        </MenuItem>
        {open?.mayChange && closed === null ? (
          <>
            <MenuItem icon={Pencil} onSelect={() => dialog.show({ kind: "change", view: open }, button.current)}>
              Rename or share…
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={Trash2} danger onSelect={() => dialog.show({ kind: "delete", view: open }, button.current)}>
              Delete view…
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {dialog.open === null ? null : dialog.open.kind === "delete" ? (
        <DeleteViewDialog
          list={list.kept}
          view={dialog.open.view}
          onClose={dialog.close}
          onDone={() => {
            void reread();
            go({ [VIEW_PARAM]: null });
          }}
          returnFocusTo={button}
        />
      ) : (
        <ViewDialog
          list={list.kept}
          // As it stands now: another operator may have changed it while the dialog was open.
          view={dialog.open.kind === "change" ? dialog.open.view : null}
          query={dialog.open.kind === "change" ? dialog.open.view.query : shown}
          onClose={dialog.close}
          onDone={async (id) => {
            await reread();
            if (id !== null) go({ [VIEW_PARAM]: id }, "replace");
          }}
          returnFocusTo={button}
        />
      )}
    </>
  );
}
