import { randomUUID } from "node:crypto";
import type { NextConfig } from "next";

// Server actions are refused from another origin. Behind a proxy that rewrites Host, the console's own origin is this.
const publicHost = process.env.PUBLIC_CONSOLE_URL ? [new URL(process.env.PUBLIC_CONSOLE_URL).host] : [];

// The launcher names what it builds from; whoever builds by hand gets a name of their own. Kept for the workers of the build.
process.env.CONSOLE_VERSION ??= process.env.NODE_ENV === "development" ? "development" : randomUUID();
const version = process.env.CONSOLE_VERSION;

const config: NextConfig = {
  generateBuildId: () => version,
  // lib/console/console-version.ts
  compiler: { define: { __CONSOLE_VERSION__: JSON.stringify(version) } },
  // `next dev` answers only to localhost otherwise, and a page elsewhere never responds.
  allowedDevOrigins: ["127.0.0.1", ...publicHost.map((host) => host.replace(/:\d+$/, ""))],
  // `npm run check` looks at them, and a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    authInterrupts: true,
    // A file that is imported has at most 5 MB, and takes more as an argument.
    serverActions: { allowedOrigins: publicHost, bodySizeLimit: "8mb" },
  },
  // `next dev` would print the arguments of every server action, passwords among them.
  logging: { serverFunctions: false },
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  // Nothing uses the image optimiser, which would fetch and print what strangers name; /_next/image answers 404.
  images: { unoptimized: true },
  reactStrictMode: true,
  // Native modules and the database driver are loaded by Node as they are.
  serverExternalPackages: ["pg", "@prisma/client", "@prisma/adapter-pg", "@node-rs/argon2", "pino"],
  // What browsers ask for where a document names no icon: JSON, a download, a page that is still being sent.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
};

export default config;
