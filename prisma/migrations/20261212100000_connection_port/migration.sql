-- The client's end of a connection, which webhooks tell; 0 where a proxy hides it. Nothing is rewritten.
ALTER TABLE "connections" ADD COLUMN "port" INTEGER NOT NULL DEFAULT 0;
