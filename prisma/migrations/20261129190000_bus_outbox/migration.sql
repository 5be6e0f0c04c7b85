-- Events that follow from a change, until they are published over a carrier that knows no transactions (lib/bus/outbox.ts).
CREATE TABLE "bus_outbox" (
    "id" BIGSERIAL NOT NULL,
    "event" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bus_outbox_pkey" PRIMARY KEY ("id")
);
