import { notFound, redirect } from "next/navigation";
import { pageActor } from "@/lib/console/page";

interface Props {
  params: Promise<{ app: string; env: string; unknown?: string[] }>;
}

/** An environment's own address leads to its overview; below it, what is no page is not found inside its menu and header. */
export default async function UnknownPage({ params }: Props) {
  const { unknown, ...scope } = await params;
  await pageActor(scope, "users.read");
  if (unknown !== undefined) notFound();
  redirect(`/apps/${scope.app}/${scope.env}/overview`);
}
