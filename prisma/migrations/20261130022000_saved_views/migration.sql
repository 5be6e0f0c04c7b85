-- Searches and filters of the console's lists that operators have saved, for themselves or for everybody.
CREATE TABLE "saved_views" (
    "environment_id" INTEGER NOT NULL,
    "list" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "owner_id" TEXT NOT NULL,
    "owner_name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("environment_id", "list", "id")
);

-- Which columns of a list an operator wants to see, in every environment.
CREATE TABLE "list_columns" (
    "operator_id" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "columns" TEXT[],

    CONSTRAINT "list_columns_pkey" PRIMARY KEY ("operator_id", "list")
);
