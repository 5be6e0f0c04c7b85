import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { auditList } from "./audit-list";

export default function AuditLogLoading() {
  return <ListSkeleton list={auditList} />;
}
