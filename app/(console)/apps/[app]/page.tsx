import { redirect } from "next/navigation";

/** An app's address without an environment leads to its Development. */
export default async function AppPage({ params }: { params: Promise<{ app: string }> }) {
  redirect(`/apps/${(await params).app}/development/overview`);
}
