-- When somebody has signed in as this operator in a browser that was not known; null: they have seen it.
ALTER TABLE "operators" ADD COLUMN "new_sign_in_at" TIMESTAMPTZ(3);

-- One-time links by which an operator chooses a new password. At most one for each.
CREATE TABLE "password_links" (
    "operator_id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_links_pkey" PRIMARY KEY ("operator_id")
);
CREATE UNIQUE INDEX "password_links_secret_hash_key" ON "password_links"("secret_hash");

ALTER TABLE "password_links" ADD CONSTRAINT "password_links_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE CASCADE ON UPDATE CASCADE;
