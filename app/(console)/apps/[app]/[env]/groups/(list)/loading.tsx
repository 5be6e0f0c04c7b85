import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { groupsList } from "./groups-list";

export default function GroupsLoading() {
  return <ListSkeleton list={groupsList} />;
}
