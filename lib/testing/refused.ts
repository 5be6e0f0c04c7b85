/** What the console or the Server API refused, or nobody answered. */
export class Refused extends Error {
  constructor(
    /** Of the console a word such as `forbidden`, of the Server API a number such as 2007. */
    readonly code: string | number,
    message: string,
    /** HTTP status; 0: nobody answered. */
    readonly status: number,
    /** Finds the call in log and audit log. */
    readonly requestId: string,
  ) {
    super(`${message} (${code}${requestId === "" ? "" : `, request ${requestId}`})`);
    this.name = "Refused";
  }
}
