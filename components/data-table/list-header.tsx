import type { ReactNode } from "react";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import type { ListHeading } from "./list-definition";

interface ListHeaderProps {
  page: ListHeading;
  /** Beside the title: how many rows there are. */
  count?: string;
  /** Instead of the definition's words. */
  description?: ReactNode;
  actions?: ReactNode;
}

/** The heading of a page that is a list. */
export function ListHeader({ page, count, description = page.description, actions }: ListHeaderProps) {
  const { title, under } = page;
  return (
    <PageHeader
      title={title}
      count={count}
      description={description}
      breadcrumb={under === undefined ? undefined : <Breadcrumb crumbs={[{ label: under }, { label: title }]} />}
      actions={actions}
    />
  );
}
