import { type ChildCommand, type ChildEvents, type RestartRule, type SupervisedChild, supervise } from "./child";

/** The console and the service together, in the order that a stop must keep. */
export interface Processes {
  /** The console first: it calls nobody's help while it ends; then the service. */
  stop(): Promise<void>;
  /** SIGKILL, now. */
  kill(): void;
}

export function startProcesses(
  commands: { console: ChildCommand; service: ChildCommand },
  events: ChildEvents,
  rule?: RestartRule,
): Processes {
  const service: SupervisedChild = supervise(commands.service, events, rule);
  const console: SupervisedChild = supervise(commands.console, events, rule);
  return {
    async stop() {
      await console.stop();
      await service.stop();
    },
    kill() {
      console.kill();
      service.kill();
    },
  };
}
