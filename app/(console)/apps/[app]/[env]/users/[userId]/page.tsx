import { redirect } from "next/navigation";
import type { UserPageParams } from "./read-user";

export default async function UserPage({ params }: { params: Promise<UserPageParams> }) {
  const { app, env, userId } = await params;
  redirect(`/apps/${app}/${env}/users/${userId}/profile`);
}
