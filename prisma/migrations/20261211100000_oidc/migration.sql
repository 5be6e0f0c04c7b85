-- Accounts at OpenID issuers that operators sign in with. Without an operator: whoever had it was removed, and stays out
-- until somebody invites them. An issuer of "" is an e-mail address that was removed.
CREATE TABLE "operator_identities" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "operator_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operator_identities_pkey" PRIMARY KEY ("issuer","subject")
);

CREATE INDEX "operator_identities_operator_id_idx" ON "operator_identities"("operator_id");

ALTER TABLE "operator_identities" ADD CONSTRAINT "operator_identities_operator_id_fkey"
    FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Whether the issuer had asked for a second factor when the session was opened. A default that is a constant rewrites no row.
ALTER TABLE "sessions" ADD COLUMN "two_factors" BOOLEAN NOT NULL DEFAULT false;
