import { BackCrumb } from "@/components/data-table/back-crumb";

/** The way back to the list of users as it was left. */
export function ListCrumb({ base, userId }: { base: string; userId: string }) {
  return <BackCrumb list={{ label: "Users", href: `${base}/users` }} label={userId} />;
}
