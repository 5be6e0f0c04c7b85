import { notFound } from "next/navigation";
import { LoadError } from "@/components/layout/failures";
import { ENVIRONMENT_WORDS, ROLE_WORDS } from "@/components/layout/frame-data";
import { Alert } from "@/components/ui/alert";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import {
  decodeSegment,
  installationPage,
  operatorPage,
  type PageAccess,
  readForPage,
  type SearchParams,
} from "@/lib/console/page";
import { answerOf, getAccess, type OperatorAccess } from "@/lib/core/operators/get-access";
import { isEverywhere, operatorMay, PERMISSIONS, type Permission } from "@/lib/core/permissions";
import { PermissionTable } from "../../_permissions/permission-table";
import { YesOrNo } from "../../_permissions/yes-or-no";
import { AccessTable } from "./_components/access-table";
import { chosenPlace, type Place, placeWords, whyWords } from "./access";

export const metadata = { title: "What an operator may do" };

interface Props {
  params: Promise<{ operatorId: string }>;
  searchParams: SearchParams;
}

/** The own account is everybody's to look at, others' are for whoever sees operators. */
async function admitted(operatorId: string): Promise<PageAccess> {
  const access = await operatorPage();
  return access.actor.operatorId === operatorId ? access : installationPage("operators.read");
}

/** What one operator may do, where, and why: their roles by app and environment, and what those let them do at one place. */
export default async function OperatorAccessPage({ params, searchParams }: Props) {
  const operatorId = decodeSegment((await params).operatorId);
  const { context, actor } = await admitted(operatorId);
  const read = await readForPage(actor, () => getAccess(context, actor, { operatorId }));
  if (!read.ok) {
    if (read.error.code === "not_found" || read.error.code === "invalid_parameter") notFound();
    return <LoadError what="this operator" error={read.error} />;
  }
  const access = read.data;
  const own = access.id === actor.operatorId;
  const place = chosenPlace(access, await searchParams);
  const mayChange = operatorMay(actor, "operators.manage") && access.holds.everywhere !== "owner" && !access.test;
  return (
    <div className="max-w-4xl">
      <PageHeader
        breadcrumb={
          operatorMay(actor, "operators.read") ? (
            <Breadcrumb crumbs={[{ label: "Operators", href: "/operators" }, { label: access.name }]} />
          ) : undefined
        }
        title={own ? "What you may do" : `What ${access.name} may do`}
        description={`${ROLE_WORDS[access.holds.everywhere].label} wherever nothing else is said: ${lowerFirst(ROLE_WORDS[access.holds.everywhere].may)}.`}
      />
      <Notice access={access} own={own} />
      <AccessTable access={access} chosen={place} mayChange={mayChange} />
      <h2 className="mt-8 mb-3 font-semibold text-15">{placeWords(place)}</h2>
      <Permissions access={access} place={place} />
    </div>
  );
}

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

/** What the tables below cannot say. */
function Notice({ access, own }: { access: OperatorAccess; own: boolean }) {
  const words =
    access.disabledAt !== null
      ? `${access.name} is disabled and may do nothing until an owner enables them. This is what they may do then.`
      : access.test
        ? "A test operator acts in Development alone, and does nothing that outlasts it."
        : access.holds.everywhere === "owner"
          ? `${own ? "You are an owner, and owners" : "Owners"} may do everything in every app. Nothing takes that away but another role.`
          : null;
  return words === null ? null : <Alert className="mb-4">{words}</Alert>;
}

const ALL = Object.keys(PERMISSIONS) as Permission[];

/** Each permission that is asked at a place, with the answer and its reason. */
function Permissions({ access, place }: { access: OperatorAccess; place: Place | null }) {
  const answer = (permission: Permission) => answerOf(access.holds, permission, place);
  return (
    <PermissionTable
      caption={place === null ? "On the installation" : `${place.appName} ${ENVIRONMENT_WORDS[place.name].label}`}
      permissions={ALL.filter((permission) => isEverywhere(permission) === (place === null))}
      columns={[
        { id: "may", header: "May", cell: (permission) => <YesOrNo yes={answer(permission).may} /> },
        {
          id: "why",
          header: "Why",
          wide: true,
          cell: (permission) => whyWords(access, permission, answer(permission), place),
        },
      ]}
    />
  );
}
