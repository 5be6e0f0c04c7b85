import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { jobsList } from "./jobs-list";

export default function JobsLoading() {
  return <ListSkeleton list={jobsList} />;
}
