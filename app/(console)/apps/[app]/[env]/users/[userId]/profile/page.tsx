import { ProfileForm } from "../_components/profile-form";
import { readUser, type UserPageParams } from "../read-user";

export default async function ProfileTab({ params }: { params: Promise<UserPageParams> }) {
  const { user } = await readUser(params);
  if (user === null) return null;
  // Saved values start the form anew, so that it never shows what the server does not have.
  return <ProfileForm key={`${user.name}\n${user.avatarUrl}`} user={user} />;
}
