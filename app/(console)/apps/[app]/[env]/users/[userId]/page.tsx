/** A user's address without a tab shows the profile, without a redirect that would take an opened dialog away. */
export { default } from "./profile/page";
