import { notFound } from "next/navigation";
import type { ReactNode } from "react";

interface Props {
  params: Promise<{ app: string; env: string }>;
  children: ReactNode;
}

/** Everything below exists in development only. Said here, above the loading state, so that the answer is a real 404. */
export default async function DevelopmentLayout({ params, children }: Props) {
  if ((await params).env !== "development") notFound();
  return children;
}
