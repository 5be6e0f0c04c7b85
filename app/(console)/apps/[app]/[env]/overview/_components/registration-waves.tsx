import { Alert } from "@/components/ui/alert";
import { formatCount, plural } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { Until } from "@/components/ui/time";
import type { Wave } from "@/lib/core/waves/schema";

interface RegistrationWavesProps {
  base: string;
  waves: readonly Wave[];
  /** Whether this role may delete test users here. */
  mayDelete: boolean;
}

/** Registrations that rose far above the usual, with the way to their users, who can be banned or deleted there. */
export function RegistrationWaves({ base, waves, mayDelete }: RegistrationWavesProps) {
  if (waves.length === 0) return null;
  return (
    <section aria-label="Registration waves" className="mb-4 flex flex-col gap-2">
      {waves.map((wave) => (
        <Alert key={wave.id} tone={wave.running ? "warn" : "info"} action={<Actions {...{ base, wave, mayDelete }} />}>
          <p>
            <span className="font-medium">Registration wave:</span> {plural(wave.users, "user")} <Common wave={wave} />
            {wave.running ? (
              <>
                since <Until date={wave.since} />
              </>
            ) : (
              <>
                from <Until date={wave.since} /> to <Until date={wave.lastAt} />
              </>
            )}
            . Usual: {formatCount(wave.usual)} an hour.
          </p>
        </Alert>
      ))}
    </section>
  );
}

function Common({ wave: { kind, key } }: { wave: Wave }) {
  if (kind === "all") return null;
  return (
    <>
      {kind === "prefix" ? "with" : "named"}{" "}
      <code className="text-[0.92em]">{kind === "prefix" ? `${key}…` : key}</code>{" "}
    </>
  );
}

function Actions({ base, wave, mayDelete }: { base: string; wave: Wave; mayDelete: boolean }) {
  const link = "rounded-sm font-medium text-accent-ink hover:underline";
  const name = wave.key === "" ? "" : ` (${wave.key})`;
  return (
    <>
      <Link href={`${base}/users?${usersOf(wave)}`} className={link}>
        See them<span className="sr-only">{name}</span>
      </Link>
      {mayDelete && wave.kind === "prefix" ? (
        <Link href={`${base}/delete-test-users?${new URLSearchParams({ prefix: wave.key })}`} className={link}>
          Delete them…<span className="sr-only">{name}</span>
        </Link>
      ) : null}
    </>
  );
}

/** The users list's filter that finds a wave's users: who was registered meanwhile, and what they have in common. */
function usersOf({ key, since, lastAt, running }: Wave): URLSearchParams {
  const query = new URLSearchParams();
  if (key !== "") query.set("q", key);
  query.set("from", since.toISOString());
  if (!running) query.set("to", lastAt.toISOString());
  return query;
}
