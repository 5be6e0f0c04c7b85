import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { ENV_VARIABLES, parseEnv } from "@/lib/env";
import { HIGHEST_TESTED_POSTGRES, LEAST_POSTGRES } from "@/server/installation/preflight";
import { readOptions } from "@/server/launcher/options";
import { LEAST_NODE } from "../scripts/setup/node-version.mjs";

/** Dockerfile, compose.yaml, deploy/: what they say of the product is so. */

const read = (file: string) => readFileSync(file, "utf8");
const DOCKERFILE = read("Dockerfile");
const UNIT = read("deploy/systemd/im-user-service.service");
const MANIFESTS = readdirSync("deploy/kubernetes").filter((name) => name.endsWith(".yaml"));
const DEFAULTS = parseEnv({});

interface Compose {
  readonly services: Record<string, Service>;
}
interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[] };
}
interface Container {
  readonly args: readonly string[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly [probe: `${string}Probe`]: { readonly httpGet: { readonly path: string; readonly port: string } };
}
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Record<string, string>;
  readonly spec?: { readonly template?: { readonly spec: { readonly containers: readonly Container[] } } };
}

const compose = parse(read("compose.yaml"), { merge: true }) as Compose;
const ours = Object.entries(compose.services).filter(([, { image }]) => image.startsWith("im-user-service"));
const manifests = MANIFESTS.flatMap((name) =>
  parseAllDocuments(read(path.join("deploy/kubernetes", name))).map((document) => document.toJS() as Manifest),
);
const containers = manifests.flatMap(({ spec }) => spec?.template?.spec.containers ?? []);

describe("settings", () => {
  test("every variable that is set is one that the product knows", () => {
    const set = [
      ...ours.flatMap(([, { environment }]) => Object.keys(environment ?? {})),
      ...manifests.filter(({ kind }) => kind === "ConfigMap").flatMap(({ data }) => Object.keys(data ?? {})),
      ...[...UNIT.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => name),
      ...[...(/^ENV ((?:.*\\\n)*.*)$/m.exec(DOCKERFILE)?.[1] ?? "").matchAll(/(\w+)=/g)].map(([, name]) => name),
    ];
    expect(set.length).toBeGreaterThan(20);
    expect(set.filter((name) => !ENV_VARIABLES.includes(name ?? ""))).toEqual([]);
  });

  test("and has a value that the product takes", () => {
    const config = manifests.find(({ kind }) => kind === "ConfigMap")?.data ?? {};
    expect(parseEnv(config)).toMatchObject({ SERVICE_WORKERS: 1, METRICS_ADDRESS: { port: 9464 } });
    for (const [name, { environment }] of ours) {
      const plain = Object.entries(environment ?? {}).map(([key, value]) => [
        key,
        // What compose puts in where nothing is set.
        value.replace(/\$\{\w+:-([^}]*)\}/g, "$1").replace(/\$\{\w+:\?[^}]*\}/g, "secret"),
      ]);
      expect([name, parseEnv(Object.fromEntries(plain)).DATABASE_URL]).toEqual([
        name,
        "postgresql://im:secret@postgres:5432/im",
      ]);
    }
  });

  test("secrets come by reference alone", () => {
    const config = manifests.find(({ kind }) => kind === "ConfigMap")?.data ?? {};
    for (const name of ["DATABASE_URL", "MASTER_KEY", "OWNER_PASSWORD", "REDIS_URL"])
      expect(config).not.toHaveProperty(name);
    expect(manifests.filter(({ kind }) => kind === "Secret")).toEqual([]);
  });
});

describe("what is started", () => {
  test("is the release's own program, with a part that it has", () => {
    expect(DOCKERFILE).toMatch(/^ENTRYPOINT \["node", .*"server\.mjs"\]$/m);
    expect(UNIT).toMatch(/^ExecStart=\/usr\/bin\/node \/opt\/im-user-service\/server\.mjs$/m);
    expect(existsSync("scripts/release/server.mjs")).toBe(true);
    const parts = [...ours.map(([, { command }]) => command ?? []), ...containers.map(({ args }) => args)];
    expect(parts.map((args) => readOptions([...args]).part).sort()).toEqual(
      ["console", "migrate", "service", "console", "migrate", "service"].sort(),
    );
  });

  test("is asked for its health at addresses and ports that it has", () => {
    const answered = /call\.path === "(\/\w+)"/g;
    const ofService = [...read("server/service-http.ts").matchAll(answered)].map(([, address]) => address);
    for (const container of containers.filter(({ args }) => args[0] !== "migrate")) {
      const port = container.args[0] === "console" ? DEFAULTS.CONSOLE_PORT : DEFAULTS.SERVICE_PORT;
      expect(container.ports).toContainEqual({ name: "http", containerPort: port });
      for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"] as const) {
        const { path: address, port: named } = container[probe]?.httpGet ?? {};
        expect(ofService).toContain(address);
        expect(existsSync(`app${address}/route.ts`)).toBe(true);
        expect(named).toBe("http");
      }
    }
    const health = read("scripts/release/healthcheck.mjs");
    expect(health).toContain(
      `["CONSOLE_PORT", ${DEFAULTS.CONSOLE_PORT}], service: ["SERVICE_PORT", ${DEFAULTS.SERVICE_PORT}]`,
    );
    for (const [name, { healthcheck, command }] of ours) {
      if (name !== "migrate") expect(healthcheck?.test).toEqual(["CMD", "node", "healthcheck.mjs", command?.[0]]);
    }
  });

  test("is published at the ports that it listens on", () => {
    const [one, two] = [DEFAULTS.CONSOLE_PORT, DEFAULTS.SERVICE_PORT];
    expect(compose.services.console?.ports).toEqual([`127.0.0.1:${one}:${one}`]);
    expect(compose.services.service?.ports).toEqual([`127.0.0.1:${two}:${two}`]);
    expect(DOCKERFILE).toMatch(new RegExp(`^EXPOSE ${one} ${two} 9464$`, "m"));
  });

  test("follows a number that the service exports", () => {
    const scaler = read("deploy/kubernetes/horizontal-scaling.yaml");
    const [, metric = ""] = /metric: \{ name: (\w+) \}/.exec(scaler) ?? [];
    expect(read("server/metrics/gateway-metrics.ts")).toContain(`"${metric}"`);
  });
});

describe("versions", () => {
  const { version, engines } = JSON.parse(read("package.json")) as { version: string; engines: { node: string } };

  test("of Node.js: package.json, the check at the start and the documents say the same, and the image has a newer one", () => {
    const least = LEAST_NODE.join(".");
    expect(engines.node).toBe(`>=${least}`);
    for (const file of ["README.md", "docs/operations.md", "docs/installation.md"]) expect(read(file)).toContain(least);
    const [, image] = /NODE_IMAGE=\S+node:(\d+)-/.exec(DOCKERFILE) ?? [];
    expect(Number(image)).toBeGreaterThanOrEqual(LEAST_NODE[0] ?? 0);
  });

  test("of PostgreSQL: the container's is one that is tested, and the documents say the least", () => {
    const [, container] = /^postgres:(\d+)$/.exec(compose.services.postgres?.image ?? "") ?? [];
    expect(Number(container)).toBeGreaterThanOrEqual(LEAST_POSTGRES);
    expect(Number(container)).toBeLessThanOrEqual(HIGHEST_TESTED_POSTGRES);
    expect(read("docs/installation.md")).toContain(`version ${LEAST_POSTGRES} or newer`);
  });

  test("of the product: the image's name has the version of package.json", () => {
    for (const [name, { image }] of ours) expect([name, image]).toEqual([name, `im-user-service:${version}`]);
    expect(read("deploy/kubernetes/kustomization.yaml")).toContain(`newTag: ${version}\n`);
    expect(read("docs/installation.md")).toContain(`im-user-service-${version}-linux-x64.tar.gz`);
  });
});
