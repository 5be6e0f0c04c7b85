-- Roles in single environments, and a role that by itself lets nobody see anything.
ALTER TYPE "operator_role" ADD VALUE IF NOT EXISTS 'guest';

CREATE TABLE "operator_grants" (
    "operator_id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "environment" "environment_name" NOT NULL,
    "role" "operator_role" NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "granted_by" TEXT NOT NULL,

    CONSTRAINT "operator_grants_pkey" PRIMARY KEY ("operator_id", "app_id", "environment")
);

CREATE INDEX "operator_grants_app_id_idx" ON "operator_grants"("app_id");

ALTER TABLE "operator_grants" ADD CONSTRAINT "operator_grants_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "operator_grants" ADD CONSTRAINT "operator_grants_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;
