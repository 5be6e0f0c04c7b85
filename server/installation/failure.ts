/** A start or a command cannot go on; `message` says in a sentence what is wrong and what to do. No stack is shown. */
export class Failure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Failure";
  }
}
