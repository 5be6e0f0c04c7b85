import { ListSkeleton } from "@/components/data-table/list-skeleton";
import { deliveriesList } from "./deliveries-list";

export default function DeliveriesLoading() {
  return <ListSkeleton list={deliveriesList} />;
}
