"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { Scope } from "@/components/layout/quota-query";
import { notify } from "@/components/ui/notify";
import type { ActionResult } from "@/lib/console/action-result";
import type {
  ChangeViewInput,
  ChooseColumnsInput,
  ChosenColumns,
  KeptList,
  SaveViewInput,
  ViewKey,
} from "@/lib/core/views/schema";

/** The server actions of views and columns, which the layout hands in: this folder knows no section. */
export interface KeptActions {
  saveView(scope: Scope, input: SaveViewInput): Promise<ActionResult<{ id: string }>>;
  changeView(scope: Scope, input: ChangeViewInput): Promise<ActionResult<void>>;
  deleteView(scope: Scope, input: ViewKey): Promise<ActionResult<void>>;
  chooseColumns(input: ChooseColumnsInput): Promise<ActionResult<void>>;
}

interface KeptLists {
  readonly columns: ChosenColumns;
  readonly actions: KeptActions;
  /** Keeps which columns of a list the operator wants to see; null: its own. */
  choose(list: KeptList, columns: readonly string[] | null): void;
}

const Context = createContext<KeptLists | null>(null);

interface KeptListsProviderProps {
  /** As they were when the page was read. */
  columns: ChosenColumns;
  actions: KeptActions;
  children: ReactNode;
}

/** What the operator keeps of the lists below: which columns they want to see, and views. */
export function KeptListsProvider({ columns: initial, actions, children }: KeptListsProviderProps) {
  const [columns, setColumns] = useState(initial);
  const choose = useCallback(
    (list: KeptList, chosen: readonly string[] | null) => {
      setColumns(({ [list]: _, ...others }) => (chosen === null ? others : { ...others, [list]: chosen }));
      // The address shows them already. Only that they come again is not said before it is so.
      void actions
        .chooseColumns({ list, columns: chosen === null ? null : [...chosen] })
        .then((result) => (result.ok ? null : result.error.message))
        .catch(() => "The server could not be reached.")
        .then((problem) => {
          if (problem !== null) notify.failure("Your choice of columns was not saved.", { description: problem });
        });
    },
    [actions],
  );
  const value = useMemo(() => ({ columns, actions, choose }), [columns, actions, choose]);
  return <Context value={value}>{children}</Context>;
}

/** Null where nothing is kept, as on the pages of the installation. */
export const useKeptLists = () => useContext(Context);
