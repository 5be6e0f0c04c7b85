/** Tells a run that its key was woken, so that it looks for new work while it waits for something slow. */
export class Wakeups {
  private resolve: () => void = () => {};
  private upcoming = this.renewed();
  private listening = false;

  private renewed(): Promise<void> {
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** False when the run does not listen, or no more: then its key has to be run again. */
  notify(): boolean {
    const { resolve } = this;
    this.upcoming = this.renewed();
    resolve();
    return this.listening;
  }

  /** Resolves at the next wake-up. Ask before looking for work, so that none is missed in between. */
  next(): Promise<void> {
    this.listening = true;
    return this.upcoming;
  }

  /** The run listens no more. What it was told until here it must still find. */
  close(): void {
    this.listening = false;
  }
}
