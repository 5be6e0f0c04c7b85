"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useList } from "./list";

/** Reads the list again, and whatever else on the page was counted beside it. */
export function RefreshButton() {
  const { refresh, pending } = useList();
  const queries = useQueryClient();
  return (
    <Button
      icon={RotateCw}
      compact
      pending={pending}
      onClick={() => {
        refresh();
        void queries.invalidateQueries();
      }}
    >
      Refresh
    </Button>
  );
}
