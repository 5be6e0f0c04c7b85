import { listAuditEntries, listUserActivity } from "@/lib/core/audit/list-audit-entries";
import { listLatestActs } from "@/lib/core/audit/list-latest-acts";
import type { AuditFilterInput } from "@/lib/core/audit/list-schema";
import { countActiveBans, listBans, listBansOfUser, listUsualReasons } from "@/lib/core/bans/list-bans";
import type { BanListQueryInput } from "@/lib/core/bans/list-schema";
import { listGroups } from "@/lib/core/groups/list-groups";
import { GROUP_SORTS } from "@/lib/core/groups/list-schema";
import { suggestGroups } from "@/lib/core/groups/suggest-groups";
import { listJobItems } from "@/lib/core/jobs/list-job-items";
import { listJobs } from "@/lib/core/jobs/list-jobs";
import { listRunningJobs } from "@/lib/core/jobs/list-running-jobs";
import { countNewer, markNewest } from "@/lib/core/newer/newer-lists";
import { NEWER_LISTS } from "@/lib/core/newer/schema";
import { suggestOperators } from "@/lib/core/operators/suggest-operators";
import { getDailyFigures } from "@/lib/core/overview/get-daily-figures";
import { getFirstSteps } from "@/lib/core/overview/get-first-steps";
import {
  countBanned,
  countNewUsers,
  countOnlineNow,
  countRegistered,
  getBansEndingSoon,
} from "@/lib/core/overview/get-overview";
import { getApiUse } from "@/lib/core/quota/get-api-use";
import { getQuota, getQuotaUse } from "@/lib/core/quota/get-quota";
import { getSettingsImpact } from "@/lib/core/settings/get-settings-impact";
import { IMPACT_FIGURES } from "@/lib/core/settings/impact-schema";
import { countListedDeletedUsers, listDeletedUsers } from "@/lib/core/soft-delete/list-deleted-users";
import { listWaves } from "@/lib/core/waves/list-waves";
import type { DeliveryListQueryInput } from "@/lib/core/webhooks/delivery-schema";
import { countDeliveries, listDeliveries } from "@/lib/core/webhooks/list-deliveries";
import { type Case, one, pages } from "./case";
import type { Site } from "./site";

/** Everything of the console that is no list of users. */

const DAY_MS = 86_400_000;
const OVERVIEW_TARGET_MS = 50;
const grows = "counts up to its cap";
const SOME_USER = "user_000005005";

/** The reads of the overview, each of which is a card of its own. */
const CARDS: Readonly<Record<string, (site: Site) => Promise<unknown>>> = {
  registered: ({ context, actor }) => countRegistered(context, actor),
  "new users": ({ context, actor }) => countNewUsers(context, actor),
  online: ({ context, actor }) => countOnlineNow(context, actor),
  banned: ({ context, actor }) => countBanned(context, actor),
  "bans ending soon": ({ context, actor }) => getBansEndingSoon(context, actor),
  week: ({ context, actor }) => getDailyFigures(context, actor, { days: 8 }),
  "figures of 90 days": ({ context, actor }) => getDailyFigures(context, actor, { days: 180 }),
  "first steps": ({ context, actor }) => getFirstSteps(context, actor),
  "latest acts": ({ context, actor }) => listLatestActs(context, actor),
  "running jobs": ({ context, actor }) => listRunningJobs(context, actor),
  waves: ({ context, actor }) => listWaves(context, actor),
};

function overview(): Case[] {
  const cards = Object.entries(CARDS);
  return [
    one("overview, all of it", (site) => Promise.all(cards.map(([, read]) => read(site))), {
      target: OVERVIEW_TARGET_MS,
      grows,
    }),
    ...cards.map(([name, read]) => one(`overview, ${name}`, read, { grows })),
  ];
}

function bans(): Case[] {
  const list = (name: string, query: BanListQueryInput) => pages(`bans ${name}`, listBans, query);
  return [
    ...list("active", {}),
    ...list("ended", { tab: "ended" }),
    ...list("ending within 24 hours", { ends: "24h" }),
    ...list("ended in 7 days", { tab: "ended", ended: "7d" }),
    ...list("by operators", { tab: "ended", by: "operator" }),
    ...list("by app servers", { by: "app_server" }),
    ...list("by one operator", { tab: "ended", by: "op-bulk" }),
    ...list("for one reason", { reason: "Spam" }),
    ...list("search user", { q: SOME_USER }),
    ...list("search common", { q: "an" }),
    ...list("search common, ended", { q: "an", tab: "ended" }),
    ...list("search rare", { q: "zanbri" }),
    ...list("search reason", { q: "spam" }),
    ...list("search nobody", { q: "zzzz-nobody" }),
    one("bans, count", ({ context, actor }) => countActiveBans(context, actor), { grows }),
    one("bans, usual reasons", ({ context, actor }) => listUsualReasons(context, actor)),
    one("bans of a user", ({ context, actor }) => listBansOfUser(context, actor, { userId: SOME_USER })),
  ];
}

function deletedUsers(): Case[] {
  const q = "user_00";
  return [
    ...pages("deleted users", listDeletedUsers, {}),
    ...pages("deleted users, sort deleted", listDeletedUsers, { sort: "deleted" }),
    ...pages("deleted users, search id prefix", listDeletedUsers, { q }),
    ...pages("deleted users, search nobody", listDeletedUsers, { q: "zzzz" }),
    one("deleted users, count", ({ context, actor }) => countListedDeletedUsers(context, actor, {}), { grows }),
    one("deleted users, count search", ({ context, actor }) => countListedDeletedUsers(context, actor, { q }), {
      grows,
    }),
  ];
}

function auditLog(now: number): Case[] {
  const day = (daysAgo: number) => new Date(now - daysAgo * DAY_MS).toISOString().slice(0, 10);
  const range = { from: day(300), to: day(100) };
  const list = (name: string, query: AuditFilterInput) => pages(`audit log ${name}`, listAuditEntries, query);
  return [
    ...list("", {}),
    ...list("action", { action: "user.banned" }),
    ...list("action, rare", { action: "settings.changed" }),
    ...list("action of nobody", { action: "user.note_added" }),
    ...list("security", { category: "security" }),
    ...list("by one operator", { actor: "op-1" }),
    ...list("by operators", { actorKind: "operator" }),
    ...list("by app servers", { actorKind: "app_server" }),
    ...list("of a user", { user: SOME_USER }),
    ...list("target kind", { targetKind: "settings" }),
    ...list("target kind user", { targetKind: "user" }),
    ...list("refused", { result: "refused" }),
    ...list("one code", { result: "rate_limited" }),
    ...list("ok", { result: "ok" }),
    ...list("one request", { request: "r-1" }),
    ...list("in 200 days", range),
    ...list("in 200 days, action, by operators", { ...range, action: "user.banned", actorKind: "operator" }),
    ...list("action, refused", { action: "user.updated", result: "refused" }),
    ...list("action by one operator", { action: "user.tags_changed", actor: "op-2" }),
    ...list("by one operator, refused", { actor: "op-2", result: "refused" }),
    ...list("search user", { q: SOME_USER }),
    ...list("search operator", { q: "op-1" }),
    ...list("search nobody", { q: "zzzz-nobody" }),
    ...list("of the installation", { scope: "installation" }),
    one("activity of a user", ({ context, actor }) => listUserActivity(context, actor, { userId: SOME_USER })),
  ];
}

function groups(): Case[] {
  return [
    ...GROUP_SORTS.flatMap((sort) => pages(`groups, sort ${sort}`, listGroups, { sort })),
    ...Object.entries({
      common: "club",
      "two words": "chess cl",
      "one letter": "c",
      rare: "chess club 145",
      nobody: "zzzz",
      "exact id": "g00000100",
      "id prefix": "g000",
    }).flatMap(([name, q]) => pages(`groups, search ${name}`, listGroups, { q })),
    ...["c", "club", "zzzz"].map((q) =>
      one(`palette, groups for "${q}"`, ({ context, actor }) => suggestGroups(context, actor, { q })),
    ),
    one("palette, operators", ({ context, actor }) => suggestOperators(context, actor, { q: "an" })),
  ];
}

function deliveries(): Case[] {
  const list = (name: string, query: DeliveryListQueryInput) => pages(`deliveries ${name}`, listDeliveries, query);
  return [
    ...list("", {}),
    ...list("waiting", { state: "waiting" }),
    ...list("failing", { state: "failing" }),
    ...list("delivered", { state: "delivered" }),
    ...list("given up", { state: "dead" }),
    ...list("of a type", { type: "user:connection_status" }),
    ...list("of a rare type", { type: "user:activation_state" }),
    ...list("of no such type", { type: "user:friendship" }),
    ...list("of a type, given up", { type: "user:activation_state", state: "dead" }),
    ...list("of a type, failing", { type: "user:activation_state", state: "failing" }),
    ...list("of a user", { user: SOME_USER }),
    ...list("of a user, given up", { user: SOME_USER, state: "dead" }),
    one("deliveries, counts", ({ context, actor }) => countDeliveries(context, actor), { grows }),
  ];
}

function jobs(): Case[] {
  return [
    ...pages("jobs", listJobs, {}),
    ...pages("jobs, finished", listJobs, { state: "finished" }),
    ...pages("jobs, of a kind", listJobs, { kind: "ban" }),
    ...pages("job items", listJobItems, { jobId: "job-1" }),
    ...pages("job items, failed", listJobItems, { jobId: "job-1", state: "failed" }),
    ...pages("job items, skipped", listJobItems, { jobId: "job-1", state: "skipped" }),
  ];
}

function further(): Case[] {
  return [
    ...NEWER_LISTS.map(
      (list): Case => ({
        name: `newer rows of ${list}`,
        prepare: async ({ context, actor }) => {
          const after = await markNewest(context, actor, list, {});
          return () => countNewer(context, actor, { list, after });
        },
      }),
    ),
    one("quota of Development, full", ({ context, inDevelopment }) => getQuota(context, inDevelopment)),
    one("quota bar of Development", ({ context, inDevelopment }) => getQuotaUse(context, inDevelopment)),
    one("use of the Server API", ({ context, actor }) => getApiUse(context, actor)),
    ...IMPACT_FIGURES.map((figure) =>
      one(
        `impact of settings, ${figure}`,
        ({ context, actor }) => getSettingsImpact(context, actor, { figures: figure }),
        {
          grows: "looks at up to 50,000 rows",
        },
      ),
    ),
  ];
}

export function otherCases(now: number): Case[] {
  return [
    ...overview(),
    ...bans(),
    ...deletedUsers(),
    ...auditLog(now),
    ...groups(),
    ...deliveries(),
    ...jobs(),
    ...further(),
  ];
}
