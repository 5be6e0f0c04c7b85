/** The same thing under the newer and the older name, so that code written for either runs. */

interface Portrait {
  readonly portraitUri?: string | undefined;
}

/** With `avatarUrl` beside `portraitUri`. */
export function withAvatar<Told extends Portrait>(told: Told): Told & { readonly avatarUrl?: string } {
  return told.portraitUri === undefined ? told : { ...told, avatarUrl: told.portraitUri };
}

/** What is sent: `avatarUrl` as the server calls it; where both are given `avatarUrl` counts. */
export function withPortrait<Given extends { readonly avatarUrl?: string | undefined }>(
  given: Given,
): Omit<Given, "avatarUrl"> & Portrait {
  const { avatarUrl, ...rest } = given;
  return avatarUrl === undefined ? rest : { ...rest, portraitUri: avatarUrl };
}

/** Oldest first is 0, newest first 1. */
export const orderOf = (isAscending: boolean | undefined): { readonly order?: number } =>
  isAscending === undefined ? {} : { order: isAscending ? 0 : 1 };
