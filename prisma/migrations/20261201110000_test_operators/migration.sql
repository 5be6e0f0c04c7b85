-- When an operator goes: made by a token, to test the console as. Null: never.
ALTER TABLE "operators" ADD COLUMN "expires_at" TIMESTAMPTZ(3);

-- The token that made it: with the token or its operator the test operator goes as well.
ALTER TABLE "operators" ADD COLUMN "made_by_token_id" TEXT;

ALTER TABLE "operators" ADD CONSTRAINT "operators_made_by_token_id_fkey" FOREIGN KEY ("made_by_token_id") REFERENCES "operator_tokens"("id") ON DELETE CASCADE ON UPDATE CASCADE;
