import { z } from "zod";
import { getMyUserProfile } from "@/lib/core/profiles/get-my-user-profile";
import { getUserProfiles } from "@/lib/core/profiles/get-user-profiles";
import { getMyUserProfileVisibility, updateMyUserProfileVisibility } from "@/lib/core/profiles/profile-visibility";
import { ChangeVisibilitySchema, JsonObjectSchema, UserProfilesSchema } from "@/lib/core/profiles/schema";
import { searchUserProfileByUniqueId } from "@/lib/core/profiles/search-user-profile-by-unique-id";
import { updateMyUserProfile } from "@/lib/core/profiles/update-my-user-profile";
import type { VisibleProfile } from "@/lib/core/profiles/visible-profile";
import { defineMethod } from "../method";

/** Hosted profiles as clients call them (client contract section 4). */

export const wireProfile = ({ extended, ...basic }: VisibleProfile) =>
  extended === undefined ? basic : { ...basic, extProfile: extended };

const getOwn = defineMethod({
  name: "profile/getOwn",
  input: z.object({}),
  run: async (context, actor) => ({ profile: wireProfile(await getMyUserProfile(context, actor)) }),
});

/** What is given overwrites, what is left out stays, "" clears. Any other name than `extProfile` is a basic key. */
const updateOwn = defineMethod({
  name: "profile/updateOwn",
  input: z.looseObject({ extProfile: JsonObjectSchema.optional() }),
  async run(context, actor, { extProfile, ...basic }) {
    await updateMyUserProfile(context, actor, {
      userProfile: basic,
      ...(extProfile === undefined ? {} : { userExtProfile: extProfile }),
    });
    return {};
  },
});

const getOthers = defineMethod({
  name: "profile/get",
  input: UserProfilesSchema,
  run: async (context, actor, input) => ({
    profiles: (await getUserProfiles(context, actor, input)).map(wireProfile),
  }),
});

const searchByUniqueId = defineMethod({
  name: "profile/searchByUniqueId",
  input: z.object({ uniqueId: z.string() }),
  run: async (context, actor, input) => ({
    profile: wireProfile(await searchUserProfileByUniqueId(context, actor, input)),
  }),
});

const setVisibility = defineMethod({
  name: "profile/setVisibility",
  input: ChangeVisibilitySchema,
  async run(context, actor, input) {
    await updateMyUserProfileVisibility(context, actor, input);
    return {};
  },
});

const getVisibility = defineMethod({
  name: "profile/getVisibility",
  input: z.object({}),
  run: async (context, actor) => ({ visibility: await getMyUserProfileVisibility(context, actor) }),
});

export const PROFILE_METHODS = [getOwn, updateOwn, getOthers, searchByUniqueId, setVisibility, getVisibility];
