import "next-auth/jwt";

declare module "next-auth/jwt" {
  /** All that the session cookie holds: which row of `sessions` it is about. */
  interface JWT {
    sid?: string;
  }
}
