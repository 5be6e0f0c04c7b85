-- Users with a tag: a filter of the console's list (lib/core/users/user-filter-store.ts). GIN knows no leading column, so each key begins
-- with its environment: what one environment has costs another nothing.
CREATE FUNCTION "tag_keys"("environment_id" INTEGER, "tags" TEXT[]) RETURNS TEXT[] LANGUAGE SQL IMMUTABLE PARALLEL SAFE
  AS $$ SELECT array_agg($1::text || ':' || tag) FROM unnest($2) AS tag $$;
CREATE INDEX "user_tags_tag_idx" ON "user_tags" USING GIN (tag_keys("environment_id", "tags"));
