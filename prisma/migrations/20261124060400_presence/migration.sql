-- Live connections, and the processes that hold them. Unlogged: after a crash of the server nothing in them is true.

-- CreateTable
CREATE UNLOGGED TABLE "gateway_nodes" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gateway_nodes_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 50);

-- CreateTable
CREATE UNLOGGED TABLE "connections" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "id" UUID NOT NULL,
    "node_id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "sdk" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "connected_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("environment_id","user_id","id")
);

-- Rows come and go all the time: dead ones are cleared before they are many.
ALTER TABLE "connections" SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

-- CreateIndex
CREATE INDEX "connections_node_id_idx" ON "connections"("node_id");
