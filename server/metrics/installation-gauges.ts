import { Gauge, type Registry } from "prom-client";
import type { Context } from "@/lib/core/context";
import type { InstallationFigures } from "@/lib/core/monitoring/monitoring-store";
import { readFigures } from "@/lib/core/monitoring/read-figures";

/** One scrape asks every gauge; they share what is read within this time. */
const SHARED_MS = 500;

interface FigureGauge {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
  /** The values by label; "" where there is no label. */
  values(figures: InstallationFigures): Readonly<Record<string, number>>;
}

const GAUGES: readonly FigureGauge[] = [
  {
    name: "im_users_estimated",
    help: "Registered users of all environments, as the database's statistics have it.",
    values: ({ usersEstimated }) => ({ "": usersEstimated }),
  },
  {
    name: "im_development_environments",
    help: "Development environments with at least so many percent of their seats taken.",
    label: "taken",
    values: ({ quota }) => ({ 80: quota.from80, 95: quota.from95, 100: quota.full }),
  },
  {
    name: "im_jobs",
    help: "Jobs that are not finished, by state.",
    label: "state",
    values: ({ jobs }) => ({ ...jobs }),
  },
  {
    name: "im_webhook_events_pending",
    help: "Webhook events that are still to be delivered.",
    values: ({ webhookEventsPending }) => ({ "": webhookEventsPending }),
  },
  {
    name: "im_webhook_oldest_pending_seconds",
    help: "Age of the oldest webhook event that is still to be delivered.",
    values: ({ webhookOldestPendingSeconds }) => ({ "": webhookOldestPendingSeconds }),
  },
];

/**
 * Gauges about the whole installation, read from the database when somebody asks. Every process reports the same, so
 * they are not summed over processes. While the database cannot be read they are missing, and `im_database_readable`
 * is 0.
 */
export function addInstallationGauges(context: Context, registry: Registry): void {
  let reading: Promise<InstallationFigures | null> | undefined;
  const figures = (): Promise<InstallationFigures | null> => {
    if (reading === undefined) {
      reading = readFigures(context).catch((error: unknown) => {
        // The rest of the metrics matters most just then.
        context.log.warn({ err: error }, "metrics: the figures of the installation cannot be read");
        return null;
      });
      setTimeout(() => {
        reading = undefined;
      }, SHARED_MS).unref();
    }
    return reading;
  };

  new Gauge({
    name: "im_database_readable",
    help: "1 when the figures of the installation could be read at this scrape.",
    registers: [registry],
    aggregator: "min",
    async collect() {
      this.set((await figures()) === null ? 0 : 1);
    },
  });
  for (const { name, help, label, values } of GAUGES) {
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [registry],
      aggregator: "max",
      async collect() {
        this.reset();
        const read = await figures();
        if (read === null) return;
        for (const [key, value] of Object.entries(values(read)))
          this.set(label === undefined ? {} : { [label]: key }, value);
      },
    });
  }
}
