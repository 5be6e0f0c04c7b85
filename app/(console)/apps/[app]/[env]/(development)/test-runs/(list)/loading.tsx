import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { testRunsList } from "./test-runs-list";

export default function TestRunsLoading() {
  return <ListSkeleton list={testRunsList} />;
}
