import { ok, type Result } from "./result";

/** One page as it was read; `pageToken` is missing on the last one. */
export interface ReadPage<Page> {
  readonly page: Page;
  readonly pageToken?: string | undefined;
}

/** Reads a list page by page. */
export class PagedQuery<Page> {
  #pageToken: string | undefined;
  #hasNext = true;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** `empty` is what comes after the last page. */
  constructor(
    private readonly read: (paging: { readonly pageToken?: string }) => Promise<Result<ReadPage<Page>>>,
    private readonly empty: Page,
  ) {}

  /** Whether there is another page; true before the first one is read. */
  get hasNext(): boolean {
    return this.#hasNext;
  }

  /** Whether a page is being read. */
  get isLoading(): boolean {
    return this.#waiting > 0;
  }

  /** After the last page an empty one. Calls that do not wait for each other get one page after another as well. */
  loadNextPage(): Promise<Result<Page>> {
    this.#waiting += 1;
    const page = this.#last.then(() => this.#load()).finally(() => (this.#waiting -= 1));
    this.#last = page;
    return page;
  }

  async #load(): Promise<Result<Page>> {
    if (!this.#hasNext) return ok(this.empty);
    const answer = await this.read(this.#pageToken === undefined ? {} : { pageToken: this.#pageToken });
    if (!answer.isOk || answer.data === undefined) return answer as Result<never>;
    this.#pageToken = answer.data.pageToken;
    this.#hasNext = this.#pageToken !== undefined;
    return ok(answer.data.page);
  }
}
