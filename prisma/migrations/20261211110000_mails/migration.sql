-- E-mails to operators that are still to be sent. What is in them is made when they are sent, and a link is sealed until then.
CREATE TABLE "mails" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" JSONB NOT NULL,
    "sealed" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_holder" TEXT NOT NULL DEFAULT '',
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "mails_due_at_idx" ON "mails"("due_at");
