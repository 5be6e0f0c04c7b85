import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { bansList } from "./bans-list";

export default function BansLoading() {
  return <ListSkeleton list={bansList} />;
}
