-- How far the audit log was sent on: to an address ('address'), and to a file ('file').
CREATE TABLE "audit_streams" (
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT NOT NULL DEFAULT '',
    "retry_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_streams_pkey" PRIMARY KEY ("kind")
);
