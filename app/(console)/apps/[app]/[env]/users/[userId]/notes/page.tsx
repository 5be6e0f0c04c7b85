import { LoadError } from "@/components/layout/failures";
import { readForPage } from "@/lib/console/page";
import { listNotes } from "@/lib/core/notes/list-notes";
import { readUser, type UserPageParams } from "../read-user";
import { UserNotes } from "./_components/user-notes";

export default async function NotesTab({ params }: { params: Promise<UserPageParams> }) {
  const { context, actor, user, userId } = await readUser(params);
  if (user === null) return null;
  const notes = await readForPage(actor, () => listNotes(context, actor, { userId }));
  if (!notes.ok) return <LoadError what="the notes" error={notes.error} />;
  return (
    <UserNotes userId={userId} isSoftDeleted={user.status === "deleted"} ownId={actor.operatorId} notes={notes.data} />
  );
}
