-- Since when an operator has a second factor. Null: a password is enough.
ALTER TABLE "operators" ADD COLUMN "second_factor_since" TIMESTAMPTZ(3);

CREATE TABLE "passkeys" (
    "id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "passkeys_operator_id_idx" ON "passkeys"("operator_id");

CREATE TABLE "authenticator_apps" (
    "operator_id" TEXT NOT NULL,
    "secret_encrypted" BYTEA NOT NULL,
    "last_step" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "authenticator_apps_pkey" PRIMARY KEY ("operator_id")
);

CREATE TABLE "recovery_codes" (
    "operator_id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("operator_id", "code_hash")
);

-- Tickets that have been used, until they would have expired.
CREATE TABLE "spent_tickets" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_tickets_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "spent_tickets_expires_at_idx" ON "spent_tickets"("expires_at");

ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "authenticator_apps" ADD CONSTRAINT "authenticator_apps_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE CASCADE ON UPDATE CASCADE;
