import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { deletedUsersList } from "./deleted-users-list";

export default function DeletedUsersLoading() {
  return <ListSkeleton list={deletedUsersList} />;
}
