-- Tokens by which a program acts as an operator. Of the secret only its SHA-256 is kept.
CREATE TABLE "operator_tokens" (
    "id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "app_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT NOT NULL DEFAULT '',
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_tokens_pkey" PRIMARY KEY ("id")
);

-- Who a request is from.
CREATE UNIQUE INDEX "operator_tokens_secret_hash_key" ON "operator_tokens"("secret_hash");

-- An operator's tokens.
CREATE INDEX "operator_tokens_operator_id_created_at_idx" ON "operator_tokens"("operator_id", "created_at");

-- Those that ended long ago, for the sweeper.
CREATE INDEX "operator_tokens_expires_at_idx" ON "operator_tokens"("expires_at");

ALTER TABLE "operator_tokens" ADD CONSTRAINT "operator_tokens_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "operator_tokens" ADD CONSTRAINT "operator_tokens_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "apps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- When an app goes with all its data: made by a program, for a test run. Null: never.
ALTER TABLE "apps" ADD COLUMN "expires_at" TIMESTAMPTZ(3);
