/** Tells a run that something was recorded in its environment, so that it looks while it waits for slow answers. */
export class RunSignal {
  private ring: () => void = () => {};
  private following = this.renewed();
  private listening = false;

  private renewed(): Promise<void> {
    return new Promise((resolve) => {
      this.ring = resolve;
    });
  }

  /** False when the run is not looking, or no more: then somebody else must. */
  tell(): boolean {
    const { ring } = this;
    this.following = this.renewed();
    ring();
    return this.listening;
  }

  /** Resolves when it is next told. */
  next(): Promise<void> {
    this.listening = true;
    return this.following;
  }

  end(): void {
    this.listening = false;
  }
}
