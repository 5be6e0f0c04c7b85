import { defineConfig } from "prisma/config";

/**
 * Read by the Prisma CLI only. The product itself applies migrations through `lib/db/migrate.ts`,
 * which needs no downloaded engine; the plain CLI keeps working on the same folder.
 */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: {
    url: process.env.DATABASE_MIGRATE_URL || process.env.DATABASE_URL || "postgresql://localhost:5432/unset",
  },
});
