import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { usersList } from "./users-list";

export default function UsersLoading() {
  return <ListSkeleton list={usersList} />;
}
